from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from textwright.errors import DataError, ModelError
from textwright.llm.prompts.few_shot import FewShot
from textwright.llm.prompts.prompt import Prompt, answer_text
from textwright.llm.prompts.template import open_template
from textwright.schema import Schema, Task
from textwright.types import Annotation, Example, Span

from .samples import BAKER, COOPER, MOOD, PLAIN, SALE, STARS, STOCK, TOPIC, TRADES, review, spans_template, written

GOLDEN = Path(__file__).parent / "golden"
NER = open_template("ner")
TEXT = "Deputy Head Baker, Hove"
PROMPTS: Mapping[str, Prompt] = {
    "zero_shot": Prompt(NER, TRADES, {"meanings": False}),
    "labelled": Prompt(NER, TRADES, {"domain": "adverts", "description": "They are short.", "with_guideline": True}),
    "few_shot": Prompt(NER, TRADES, examples=FewShot(STOCK, 3, "cover")),
    "open": Prompt(NER, Schema(open=True)),
    "open_with_labels": Prompt(NER, replace(TRADES, open=True)),
    "several_tasks": Prompt(open_template("multilabel"), Schema(tasks=(MOOD, TOPIC))),
}


@pytest.mark.parametrize("name", PROMPTS)
def test_a_prompt_reads_as_the_golden_one(name: str) -> None:
    golden = (GOLDEN / f"{name}.txt").read_text(encoding="utf-8")
    assert PROMPTS[name].filled(TEXT) + "\n" == golden


def test_names_alone_leave_every_meaning_out() -> None:
    told = PROMPTS["zero_shot"].filled(TEXT)
    assert not [label.meaning for label in TRADES.labels if label.meaning in told]
    assert all(label.name in told for label in TRADES.labels)


# --- values ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "values", "says"),
    [
        ("ner", {"domian": "x"}, "template ner has no variable 'domian'. Did you mean 'domain'? Known variables: with"),
        ("ner", {"question": "x"}, "Known variables: with_guideline, domain, description, meanings"),
        ("ner", {"text": "x"}, "'text' is given by the text and the schema, and cannot be set"),
        ("qa", {}, "template qa needs the variable 'question' (The question): --set question=..."),
        ("qa", {"question": ""}, "needs the variable 'question'"),
        ("ner", {"meanings": "perhaps"}, "meanings is 'perhaps', expected true or false"),
        ("qa_gen", {"count": "many"}, "count is 'many', expected a whole number"),
    ],
)
def test_values_that_do_not_fit_are_named(name: str, values: dict[str, Any], says: str) -> None:
    with pytest.raises(ModelError) as caught:
        Prompt(open_template(name), TRADES, values)
    assert says in str(caught.value)


@pytest.mark.parametrize(
    ("name", "values", "found"),
    [
        ("ner", {"meanings": "no"}, {"meanings": False}),
        ("ner", {"meanings": "TRUE"}, {"meanings": True}),
        ("qa_gen", {"count": "5"}, {"count": 5}),
        ("tabular", {"columns": "who, what,,"}, {"columns": ["who", "what"]}),
        ("tabular", {"columns": ["who"]}, {"columns": ["who"]}),
        ("ner", {"domain": "5"}, {"domain": "5"}),
        ("qa_gen", {}, {"count": 3}),
    ],
)
def test_a_text_becomes_what_the_default_is(name: str, values: dict[str, Any], found: dict[str, Any]) -> None:
    filled = Prompt(open_template(name), TRADES, values).values
    assert {key: filled[key] for key in found} == found


def test_domain_can_be_set_only_where_the_template_speaks_of_it(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"has no variable 'domain'\. Known variables: none"):
        Prompt(spans_template(tmp_path, PLAIN), TRADES, {"domain": "x"})


# --- schemas that do not fit ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "schema", "says"),
    [
        ("ner", Schema(tasks=(MOOD,)), "the schema has no labels for them. Name some (--labels A,B)"),
        ("multiclass", TRADES, "asks for categories, but the schema has no tasks"),
        ("binary", Schema(tasks=(STARS,)), "is for two labels, of which one is right; the task 'stars' has 3. Take"),
        ("multiclass", Schema(tasks=(MOOD, TOPIC)), "the task 'topic' has 3, several of which may be right. Take the"),
        ("multiclass", Schema(tasks=(Task("x", ()),)), "the task 'x' has no labels, nor is the schema open"),
    ],
)
def test_a_schema_of_another_kind_is_refused(name: str, schema: Schema, says: str) -> None:
    with pytest.raises(ModelError) as caught:
        Prompt(open_template(name), schema)
    assert says in str(caught.value)


@pytest.mark.parametrize(("name", "multiple"), [("multiclass", False), ("multilabel", True)])
def test_an_open_schema_without_tasks_asks_for_the_category(name: str, multiple: bool) -> None:
    prompt = Prompt(open_template(name), Schema(open=True))
    assert prompt.schema.tasks == (Task("category", (), multiple=multiple),)
    assert "Make up the labels yourself" in prompt.messages("x")[0].content


# --- examples -------------------------------------------------------------------------------


def test_examples_are_turns_before_the_text() -> None:
    messages = Prompt(NER, TRADES, examples=FewShot((COOPER, SALE), 2, "first")).messages("x")
    assert [each.role for each in messages] == ["system", "user", "assistant", "user", "assistant", "user"]
    assert messages[1].content == "<text>\nCooper wanted\n</text>"
    assert messages[2].content == '{"spans": [{"label": "TRADE", "text": "Cooper"}]}'
    assert messages[4].content == '{"spans": []}'


def test_a_template_that_speaks_of_examples_places_them_itself(tmp_path: Path) -> None:
    said = (
        "{% for each in examples %}{{ each.text }} -> {{ each.answer }} ({{ each.value.spans | length }})\n{% endfor %}"
    )
    template = spans_template(tmp_path, PLAIN.replace("Mark.", said))
    system, user = Prompt(template, TRADES, examples=FewShot((COOPER, SALE), 2, "first")).messages("x")
    assert system.content.splitlines() == [
        'Cooper wanted -> {"spans": [{"label": "TRADE", "text": "Cooper"}]} (1)',
        'Everything must go -> {"spans": []} (0)',
    ]
    assert user.content == "x"


def test_an_example_with_the_text_itself_is_never_shown() -> None:
    shown = Prompt(NER, TRADES, examples=FewShot(STOCK, 4, "similar")).filled(COOPER.text.upper())
    assert COOPER.text not in shown


def test_evidence_is_asked_for_only_without_examples() -> None:
    schema = Schema(tasks=(MOOD,))
    stock = FewShot((review("r-1", "Lovely soup", ("mood", "good")),))
    assert '"evidence"' in Prompt(open_template("binary"), schema).filled("x")
    assert '"evidence"' not in Prompt(open_template("binary"), schema, {"evidence": False}).filled("x")
    assert '"evidence"' not in Prompt(open_template("binary"), schema, examples=stock).filled("x")


NO_SPANS = Example("e-9", "x")
OUTSIDE = Example("e-9", "x", Annotation(spans=(Span(0, 9, "TOWN"),)))
UNKNOWN = Example("e-9", "x", Annotation(spans=(Span(0, 1, "CITY"),)))
BLANK = Example("e-9", " x", Annotation(spans=(Span(0, 2, "TOWN"),)))
RULE = Example("e-9", "Hove Lewes", Annotation(spans=(Span(0, 10, "TOWN"), Span(5, 10, "TOWN"))))


@pytest.mark.parametrize(
    ("bad", "says"),
    [
        (NO_SPANS, "its spans were not annotated"),
        (OUTSIDE, "TOWN [0, 9) does not fit in the text of 1 code points"),
        (UNKNOWN, "unknown label 'CITY'. Known labels: TRADE, RANK, TOWN"),
        (BLANK, "begins or ends with white space"),
        (RULE, "two TOWN overlap"),
    ],
)
def test_an_example_that_teaches_something_wrong_is_named(bad: Example, says: str) -> None:
    with pytest.raises(DataError) as caught:
        Prompt(NER, TRADES, examples=FewShot((BAKER, bad)))
    assert str(caught.value).startswith("example e-9: ")
    assert says in str(caught.value)


@pytest.mark.parametrize(
    ("bad", "says"),
    [
        (review("e-9", "x"), "the task 'mood' has 0 answers"),
        (review("e-9", "x", ("mood", "good"), ("mood", "bad")), "the task 'mood' has 2 answers"),
        (review("e-9", "x", ("mood", "odd")), "unknown label 'odd' of task mood"),
        (BAKER, "its categories were not annotated"),
    ],
)
def test_an_example_with_other_categories_is_named(bad: Example, says: str) -> None:
    with pytest.raises(DataError, match=f"example {bad.id}: {says}"):
        Prompt(open_template("multiclass"), Schema(tasks=(MOOD,)), examples=FewShot((bad,)))


def test_examples_of_an_answer_template_are_checked_by_its_schema() -> None:
    summary = open_template("summary")
    good = Example("e-1", "A long text.", extra={"answer": {"summary": "Long."}})
    turns = Prompt(summary, examples=FewShot((good,))).messages("x")
    assert turns[2].content == '{"summary": "Long."}'
    for bad, says in [(replace(good, extra={}), "has no key 'answer'"), (replace(good, extra={"answer": {}}), "form")]:
        with pytest.raises(DataError, match=f"example e-1: .*{says}"):
            Prompt(summary, examples=FewShot((bad,)))


# --- answers --------------------------------------------------------------------------------


def test_gold_is_answered_in_the_order_of_the_text() -> None:
    shuffled = Example("e-1", "Head Baker", Annotation(spans=(Span(0, 4, "RANK"), Span(0, 10, "TRADE"))))
    assert answer_text(shuffled, "spans") == (
        '{"spans": [{"label": "TRADE", "text": "Head Baker"}, {"label": "RANK", "text": "Head"}]}'
    )


def test_a_later_place_is_answered_with_its_occurrence() -> None:
    second = Example("e-1", "Cook, cook, Cook", Annotation(spans=(Span(12, 16, "TRADE"),)))
    assert answer_text(second, "spans") == '{"spans": [{"label": "TRADE", "text": "Cook", "occurrence": 2}]}'


def test_only_the_layer_that_is_asked_for_is_answered() -> None:
    both = replace(BAKER, gold=replace(BAKER.gold, categories=()))
    assert "categories" not in answer_text(both, "spans")
    assert answer_text(both, "categories") == '{"categories": []}'


def test_an_example_without_gold_has_no_answer() -> None:
    with pytest.raises(DataError, match="example e-1: it has no categories"):
        answer_text(BAKER, "categories")


def test_a_template_without_answer_takes_plain_text(tmp_path: Path) -> None:
    plain = written(tmp_path, f'+++\ntask = "answer"\nstop = ["END"]\n+++\n{PLAIN}')
    prompt = Prompt(plain)
    assert (prompt.answer, prompt.stop, prompt.task, prompt.name) == (None, ("END",), "answer", "mine")
