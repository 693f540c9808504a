"""What is refused, left out and told before a training file is written."""

from __future__ import annotations

from dataclasses import replace

import pytest

from textwright.errors import DataError
from textwright.llm.tuning.checks import HeldOut, balance, check, warnings
from textwright.schema import Label, Rule, Schema, Task, schema_of
from textwright.types import Annotation, Category, Example, Span

from .conftest import marked

SCHEMA = schema_of(["SENIORITY", "ROLE"])
SINGLE = Schema(tasks=(Task("tone", (Label("glad"), Label("sad"))),))


def ids(examples: tuple[Example, ...]) -> list[str]:
    return [each.id for each in examples]


def test_good_examples_are_all_kept(examples: list[Example]) -> None:
    checked = check(examples, SCHEMA, "spans")
    assert checked.examples == tuple(examples)
    assert not checked.left_out


def test_too_few_are_refused_with_what_was_left_out(examples: list[Example]) -> None:
    bare = [replace(each, gold=Annotation()) for each in examples[:4]]
    with pytest.raises(DataError, match=r"8 examples are too few.*4 not annotated for this task.*10 are the least"):
        check([*bare, *examples[4:]], SCHEMA, "spans")


@pytest.mark.parametrize(
    ("extra", "reason"),
    [
        (Example("x", " \n ", Annotation(spans=())), "empty text"),
        (Example("x", "Cook"), "not annotated for this task"),
        (Example("x", "Cook", Annotation(categories=())), "not annotated for this task"),
        (
            Example("x", "Cook", Annotation(spans=(Span(0, 9, "ROLE"),))),
            "annotation that does not fit the text or the schema",
        ),
    ],
)
def test_what_cannot_be_learned_is_left_out_and_named(examples: list[Example], extra: Example, reason: str) -> None:
    checked = check([*examples, extra], SCHEMA, "spans")
    assert ids(checked.examples) == [each.id for each in examples]
    assert checked.left_out == {reason: ("x",)}


def test_text_without_any_span_is_learned_from(examples: list[Example]) -> None:
    checked = check([*examples, Example("x", "Hello there", Annotation(spans=()))], SCHEMA, "spans")
    assert "x" in ids(checked.examples)


def test_same_text_twice_is_refused_and_named(examples: list[Example]) -> None:
    with pytest.raises(DataError, match="1 texts stand there several times: t-3 and twin 'Senior Teacher'"):
        check([*examples, replace(examples[3], id="twin")], SCHEMA, "spans")


def test_same_text_with_different_answers_is_refused_and_named(examples: list[Example]) -> None:
    other = replace(examples[3], id="other", gold=Annotation(spans=()))
    with pytest.raises(DataError, match="1 texts stand there with different answers: t-3 and other"):
        check([*examples, other], SCHEMA, "spans")


def test_dropping_keeps_one_of_equal_examples_and_none_that_contradict(examples: list[Example]) -> None:
    twin, other = replace(examples[3], id="twin"), replace(examples[5], id="other", gold=Annotation(spans=()))
    checked = check([*examples, twin, other], SCHEMA, "spans", drop_duplicates=True)
    assert checked.left_out == {"same text twice": ("twin",), "same text with different answers": ("t-5", "other")}
    assert len(checked.examples) == 11


def test_texts_of_a_test_set_are_refused_and_named(examples: list[Example]) -> None:
    test = HeldOut("dev.jsonl", [Example("d-9", "SENIOR: baker!")])
    with pytest.raises(DataError, match=r"1 texts are in a test set.*t-1 \(in dev.jsonl: d-9\)"):
        check(examples, SCHEMA, "spans", tests=[test])


def test_texts_of_a_test_set_can_be_left_out(examples: list[Example]) -> None:
    test = HeldOut("dev.jsonl", [Example("d-9", "Senior Baker"), Example("d-10", "Chef")])
    checked = check(examples, SCHEMA, "spans", tests=[test], drop_leaks=True)
    assert checked.left_out == {"in a test set": ("t-1",)}


def test_near_same_texts_of_a_test_set_are_counted(examples: list[Example]) -> None:
    long = replace(marked(0), id="long", text="Senior Nurse for the day clinic in the old town of Bath")
    test = HeldOut("dev.jsonl", [Example("d-1", "Senior Nurse for the day clinic in the old town of Bath (f)")])
    assert check([*examples, long], SCHEMA, "spans", tests=[test]).near == 1


def test_labels_that_the_schema_does_not_ask_for_are_taken_off_and_counted(examples: list[Example]) -> None:
    checked = check(examples, schema_of(["ROLE"]), "spans")
    assert {span.label for each in checked.examples for span in each.gold.spans or ()} == {"ROLE"}
    assert checked.not_asked == {"SENIORITY": 12}


def test_broken_rules_are_told_and_the_examples_kept(examples: list[Example]) -> None:
    rules = (Rule("exactly_one_inside", outer="ROLE", inner="SENIORITY"),)
    checked = check(examples, replace(SCHEMA, rules=rules), "spans")
    assert len(checked.examples) == 12
    assert {problem.kind for _, problem in checked.broken} == {"exactly_one_inside"}


def test_question_with_one_answer_that_has_none_is_left_out() -> None:
    tones = [Example(f"c-{i}", f"text {i}", Annotation(categories=(Category("tone", "glad"),))) for i in range(10)]
    silent = Example("x", "other", Annotation(categories=(Category("topic", "food"),)))
    checked = check([*tones, silent], SINGLE, "categories")
    assert checked.left_out == {"not annotated for this task": ("x",)}


def test_label_that_a_task_does_not_have_is_left_out() -> None:
    tones = [Example(f"c-{i}", f"text {i}", Annotation(categories=(Category("tone", "glad"),))) for i in range(10)]
    wrong = Example("x", "other", Annotation(categories=(Category("tone", "angry"),)))
    checked = check([*tones, wrong], SINGLE, "categories")
    assert list(checked.left_out.values()) == [("x",)]


def test_balance_counts_labels_that_never_occur_and_texts_with_nothing(examples: list[Example]) -> None:
    schema = schema_of(["SENIORITY", "ROLE", "TOWN"])
    shares = balance([*examples, Example("x", "Hello", Annotation(spans=()))], schema, "spans")
    assert {each.label: each.examples for each in shares} == {"SENIORITY": 12, "ROLE": 12, "TOWN": 0, "nothing": 1}
    assert warnings(shares) == ["never occurs, so that the model learns never to answer it: TOWN"]
