"""Reading answers: what is exact, what can be mended without guessing, and what is refused with a reason."""

from __future__ import annotations

import json
import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from textwright.llm.answers.answer_words import problem_of
from textwright.llm.answers.reading import LONGEST, AnswerError, Read, read_answer
from textwright.llm.prompts.answer_schema import answer_schema
from textwright.schema import Label, Schema, Task

SPANS = answer_schema(Schema(labels=(Label("SENIORITY"), Label("JOBTITLE"), Label("DURATION"))), "spans")
OPEN = answer_schema(Schema(open=True), "spans")
ADVERTISER = Task("advertiser", (Label("agency"), Label("direct")))
EMOTION = Task("emotion", (Label("joy"), Label("anger")), multiple=True)
ONE_TASK = answer_schema(Schema(tasks=(ADVERTISER,)), "categories")
TWO_TASKS = answer_schema(Schema(tasks=(ADVERTISER, EMOTION)), "categories")

SENIOR = {"label": "SENIORITY", "text": "Senior"}
NURSE = {"label": "JOBTITLE", "text": "Senior Nurse"}
BOTH = {"spans": [SENIOR, NURSE]}
WHOLE = json.dumps(BOTH)


def test_exact_json_is_read_as_it_is() -> None:
    assert read_answer(WHOLE, SPANS) == Read(BOTH, ())


@pytest.mark.parametrize(
    ("raw", "marks"),
    [
        (f"<think>Is it {{a}}?</think>{WHOLE}", ("think",)),
        (f"```json\n{WHOLE}\n```", ("fence",)),
        (f"Sure! Here is [the answer]: {WHOLE} I hope it helps.", ("talk",)),
        (f"{WHOLE}\n\nText: Head Cook\n{{'spans': []}}", ("talk",)),
        (WHOLE.replace('"', "'"), ("json",)),
        (WHOLE.replace("}]", "},]"), ("json",)),
        (WHOLE.replace("}, {", "} {"), ("json",)),
        ("{" + WHOLE + "}", ("json",)),
        (WHOLE[:-1], ("json",)),
        (WHOLE[:-2], ("cut",)),
        (json.dumps([SENIOR, NURSE]), ("list",)),
        (json.dumps([BOTH]), ("list",)),
        (f"{json.dumps(SENIOR)}\n{json.dumps(NURSE)}", ("lines", "list")),
        (f"{json.dumps(SENIOR)}, {json.dumps(NURSE)}, {{'label': 'JOB", ("lines", "cut", "list")),
        ('{"spans": [{"SENIORITY": "Senior"}, {"JOBTITLE": "Senior Nurse"}]}', ("keyed",)),
        ('{"SENIORITY": "Senior", "JOBTITLE": ["Senior Nurse"], "DURATION": null}', ("keyed",)),
        ('{"spans": {"SENIORITY": "Senior", "Job Title": "Senior Nurse"}}', ("keyed",)),
        ('{"spans": [["SENIORITY", "Senior"], ["Senior Nurse", "JOBTITLE"]]}', ("pairs",)),
        (WHOLE.replace("label", "Label").replace("spans", "SPANS"), ("keys",)),
        (WHOLE.replace("label", "type").replace("text", "entity").replace("spans", "entities"), ("keys",)),
        (WHOLE.replace("label", "entity").replace("text", "value"), ("keys",)),
        (WHOLE.replace("SENIORITY", "seniority"), ("case",)),
        (WHOLE.replace('"Senior"}', '"Senior", "start": 0}').replace("]}", '], "note": "done"}'), ("extra",)),
        (
            '{"spans": [{"label": "SENIORITY", "text": "Senior", "label": "JOBTITLE", "text": "Senior Nurse"}]}',
            ("merged",),
        ),
        (f'{{"spans": [{json.dumps(SENIOR)}], "spans": [{json.dumps(NURSE)}]}}', ("doubled",)),
    ],
)
def test_what_models_do_is_mended_and_marked(raw: str, marks: tuple[str, ...]) -> None:
    assert read_answer(raw, SPANS) == Read(BOTH, marks)


@pytest.mark.parametrize(
    ("raw", "value", "marks"),
    [
        ("[]", [], ("list",)),
        ('{"spans": null}', [], ("null",)),
        ('{"spans": [{"label": "DURATION", "text": 6}]}', [{"label": "DURATION", "text": "6"}], ("number",)),
        (
            '{"spans": [{"label": "DURATION", "text": "6", "occurrence": "2"}]}',
            [{"label": "DURATION", "text": "6", "occurrence": 2}],
            ("number",),
        ),
        (
            '{"spans": [{"label": "DURATION", "text": "6 \\ud83d"}]}',
            [{"label": "DURATION", "text": "6 \ufffd"}],
            ("surrogate",),
        ),
        (json.dumps(SENIOR), [SENIOR], ("list",)),
    ],
)
def test_small_slips_are_mended(raw: str, value: list[Any], marks: tuple[str, ...]) -> None:
    assert read_answer(raw, SPANS) == Read({"spans": value}, marks)


@pytest.mark.parametrize(
    ("raw", "schema", "labels"),
    [
        ('{"advertiser": "Agency"}', ONE_TASK, [("advertiser", "agency")]),
        ('["agency"]', ONE_TASK, [("advertiser", "agency")]),
        ('{"label": "agency"}', ONE_TASK, [("advertiser", "agency")]),
        ('{"categories": {"advertiser": "agency"}}', ONE_TASK, [("advertiser", "agency")]),
        (
            '{"advertiser": "direct", "emotion": ["joy", "anger"]}',
            TWO_TASKS,
            [("advertiser", "direct"), ("emotion", "joy"), ("emotion", "anger")],
        ),
        ('["direct", "joy"]', TWO_TASKS, [("advertiser", "direct"), ("emotion", "joy")]),
    ],
)
def test_categories_are_mended(raw: str, schema: dict[str, Any], labels: list[tuple[str, str]]) -> None:
    found = read_answer(raw, schema).value["categories"]
    assert [(each["task"], each["label"]) for each in found] == labels


def test_an_open_schema_takes_any_label_that_says_something() -> None:
    assert read_answer('{"PERSON": ["Ada"]}', OPEN).value == {"spans": [{"label": "PERSON", "text": "Ada"}]}
    with pytest.raises(AnswerError, match='has no "spans"'):
        read_answer('{"sorry": null}', OPEN)


@pytest.mark.parametrize(
    ("raw", "why"),
    [
        ("", "the answer is empty"),
        (" \n", "the answer is empty"),
        ("I cannot do that.", 'there is no JSON in it; it says "I cannot do that."'),
        ("<think>Let me see", "only thinks aloud"),
        ('{"spans": [{"label": "SENI', "cut off before its first whole item"),
        ('{"spans": [', "cut off before its first whole item"),
        ('{"spans": [{"label": "PERSON", "text": "Ada"}]}', 'label is "PERSON", wanted one of "SENIORITY"'),
        ('{"spans": [{"label": "SENIORITY"}]}', r'spans\[0\] has no "text"'),
        ('{"spans": "none"}', 'spans is "none", wanted a list'),
        ('{"spans": [{"label": "SENIORITY", "text": NaN}]}', r"spans\[0\].text is null, wanted a string"),
        ('{"spans": [{"label": "SENIORITY", "text": "a", "text": "b"}]}', r'text is \["a", "b"\], wanted a string'),
        ("{}", 'has no "spans"'),
        ("[" * 100_000, "more than 64 deep"),
        ('{"a":' * 100_000, "more than 64 deep"),
        ("x" * 5_000_000, "5,000,000 characters"),
        ('{"spans": [' + "1" * 5000 + "]}", "wanted an object"),
        ('{"categories": []}', 'has no "spans"'),
    ],
)
def test_what_cannot_be_used_is_refused_with_a_reason(raw: str, why: str) -> None:
    with pytest.raises(AnswerError, match=why) as caught:
        read_answer(raw, SPANS)
    assert len(str(caught.value)) < 600


def test_the_reason_shows_what_is_wanted() -> None:
    with pytest.raises(AnswerError) as caught:
        read_answer("{}", SPANS)
    wanted = '{"spans": [{"label": "SENIORITY|JOBTITLE|DURATION", "text": "..."}]}'
    assert str(caught.value) == f'the answer has no "spans". Wanted: {wanted}'


@pytest.mark.parametrize("raw", ["__import__('os').mkdir({path!r})", "{{'spans': __import__('os').mkdir({path!r})}}"])
def test_nothing_in_an_answer_is_run(raw: str, tmp_path: Any) -> None:
    with pytest.raises(AnswerError):
        read_answer(raw.format(path=str(tmp_path / "made")), SPANS)
    assert not (tmp_path / "made").exists()


@pytest.mark.parametrize("cut", range(1, len(WHOLE)))
def test_an_answer_that_was_cut_keeps_whole_mentions_and_invents_none(cut: int) -> None:
    try:
        read = read_answer(WHOLE[:cut], SPANS)
    except AnswerError:
        assert WHOLE[:cut].count("}") == 0
    else:
        assert read.repaired == (("json",) if WHOLE[:cut].endswith("}]") else ("cut",))
        assert read.value["spans"] == BOTH["spans"][: WHOLE[:cut].count("}")]


def test_thirty_mentions_a_line_are_all_read() -> None:
    lines = "\n".join(json.dumps({"label": "JOBTITLE", "text": f"Nurse {n}"}) for n in range(30))
    assert len(read_answer(lines, SPANS).value["spans"]) == 30


@pytest.mark.parametrize(
    "raw",
    [
        '{"spans": ["' + "]aa{" * 1000,
        "{'a':'" + "1,}{" * 10_000,
        "[" + "{]" * 2_000,
        '["' + "a]\n{a}" * 2_000,
        "{" + "{a ] " * 1000,
        "{'" * 20_000,
        '{"a": "' + 'x" ' * 30_000,
        "{}" * 20_000,
        '"' * 1_000_000,
        "\\" * 500_000 + "{" + '"\\' * 200_000,
    ],
)
def test_rubbish_is_refused_soon(raw: str) -> None:
    # What this guards against took minutes to hours; time is the thing tested, with much room for a slow machine.
    began = time.process_time()
    with pytest.raises(AnswerError):
        read_answer(raw, SPANS)
    assert time.process_time() - began < 30


MENTIONS = st.fixed_dictionaries(
    {"label": st.sampled_from(["SENIORITY", "JOBTITLE"]), "text": st.text(st.characters(codec="utf-8"))},
    optional={"occurrence": st.one_of(st.none(), st.integers(-(10**6), 10**6))},
)
ANSWERS = st.fixed_dictionaries({"spans": st.lists(MENTIONS, max_size=5)})


@given(ANSWERS, st.booleans(), st.sampled_from([None, 2]))
def test_every_right_answer_is_read_unchanged(value: dict[str, Any], ascii_only: bool, indent: int | None) -> None:
    raw = json.dumps(value, ensure_ascii=ascii_only, indent=indent)
    assert read_answer(raw, SPANS) == Read(value, ())
    assert read_answer(f"Here it is:\n```json\n{raw}\n```\n", SPANS) == Read(value, ("fence",))


def test_what_lacks_a_bracket_only_is_not_guessed_at() -> None:
    # json_repair takes the control character after the backslash for six letters.
    value = {"spans": [{"label": "JOBTITLE", "text": "Nurse \\\x0b"}]}
    assert read_answer(json.dumps(value)[:-1], SPANS) == Read(value, ("json",))


@given(ANSWERS, st.data())
def test_a_cut_anywhere_invents_nothing(value: dict[str, Any], data: st.DataObject) -> None:
    raw = json.dumps(value)
    cut = data.draw(st.integers(0, len(raw) - 1))
    try:
        found = read_answer(raw[:cut], SPANS).value["spans"]
    except AnswerError:
        return
    assert found == value["spans"][: len(found)]


PIECES = [
    "{",
    "}",
    "[",
    "]",
    '"',
    "'",
    ":",
    ",",
    "\\",
    "spans",
    "label",
    "text",
    "SENIORITY",
    " ",
    "1",
    "null",
    "é",
    "\n",
]


@given(st.one_of(st.text(), st.lists(st.sampled_from(PIECES), max_size=60).map("".join)))
def test_any_text_is_read_or_refused(raw: str) -> None:
    try:
        read = read_answer(raw, SPANS)
    except AnswerError:
        return
    assert problem_of(read.value, SPANS) is None
    json.dumps(read.value, allow_nan=False).encode("utf-8")


JSON = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(), st.sampled_from(["SENIORITY", "text"])),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.dictionaries(
            st.one_of(st.text(), st.sampled_from(["spans", "label", "text", "JOBTITLE"])), inner, max_size=4
        ),
    ),
    max_leaves=12,
)


@given(JSON)
def test_any_json_is_fitted_or_refused(value: Any) -> None:
    for schema in (SPANS, OPEN, ONE_TASK, TWO_TASKS):
        try:
            read = read_answer(json.dumps(value), schema)
        except AnswerError:
            continue
        assert problem_of(read.value, schema) is None


def test_a_long_answer_within_the_limit_is_read() -> None:
    value = {"spans": [SENIOR] * 2000}
    raw = json.dumps(value)
    assert len(raw) < LONGEST
    assert read_answer(raw, SPANS).value == value
