from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import pytest

from tests.evaluate.fakes import SCHEMA, TONES, Known, spans, tones
from tests.experiment.table.made import GOLD, NOTHING, TEXTS, judged, run_of, wrong_in
from textwright.dataset import Dataset
from textwright.evaluate import evaluate
from textwright.experiment.advice.definitions import Definitions, definitions_of
from textwright.experiment.advice.votes import votes_of
from textwright.experiment.table.rows import entries_of
from textwright.runs import Judgement, Run
from textwright.types import Annotation, Example

NURSE = spans((7, 12, "JOB"), (0, 6, "LEVEL"))
NUMBERED = spans((0, 14, "JOB"), (0, 6, "LEVEL"))


def answering(name: str, otherwise: Mapping[int, Annotation], **facts: Any) -> Run:
    """Make a method that answers as gold, but otherwise to the texts of some places."""
    given = {text: otherwise.get(place, gold) for place, (text, gold) in enumerate(GOLD.items())}
    return run_of(name, judged(given), **facts)


def looked_at(*runs: Run, data: Dataset | None = None) -> Definitions:
    return definitions_of(entries_of(runs, "test"), [data] if data is not None else [])


def said(found: Definitions) -> str:
    return " ".join(found.in_words())


def test_texts_in_which_methods_agree_against_gold_are_shown() -> None:
    wrong = dict.fromkeys(range(3), NURSE)
    found = looked_at(answering("a", wrong), answering("b", wrong))
    assert "JOB: in 3 texts most methods agree with each other, but not with the annotation." in said(found)
    assert "- “Senior Nurse 0” is annotated “Senior Nurse”; 2 of 2 methods say “Nurse”" in found.in_words()
    assert "LEVEL" not in said(found)


def test_texts_in_which_methods_differ_are_hard_and_gold_is_not_doubted() -> None:
    found = looked_at(answering("a", dict.fromkeys(range(4), NURSE)), answering("b", dict.fromkeys(range(4), NUMBERED)))
    assert "JOB: in 4 texts no answer has a majority." in said(found)
    assert "- “Senior Nurse 0” is annotated “Senior Nurse”; a says “Nurse”, b says “Senior Nurse 0”" in found.in_words()
    assert "agree with each other" not in said(found)


def test_methods_that_say_the_same_are_not_said_to_differ() -> None:
    sides = {"a1": NURSE, "a2": NURSE, "b1": NUMBERED, "b2": NUMBERED}
    found = looked_at(*(answering(name, dict.fromkeys(range(3), each)) for name, each in sides.items()))
    assert "JOB: in 3 texts no answer has a majority." in said(found)
    assert "; a1 and a2 say “Nurse”, b1 and b2 say “Senior Nurse 0”" in said(found)


def test_a_method_that_agrees_with_the_annotation_is_not_counted_against_it() -> None:
    wrong = dict.fromkeys(range(3), NURSE)
    found = looked_at(answering("a", wrong), answering("b", wrong), answering("c", {}))
    assert "is annotated “Senior Nurse”; 2 of 3 methods say “Nurse”" in said(found)


def test_most_methods_that_find_nothing_are_counted() -> None:
    wrong = dict.fromkeys(range(3), NOTHING)
    assert "2 of 2 methods say nothing" in said(looked_at(answering("a", wrong), answering("b", wrong)))


def test_fewer_than_three_texts_are_not_told() -> None:
    wrong = dict.fromkeys(range(2), NURSE)
    assert "annotation" not in said(looked_at(answering("a", wrong), answering("b", wrong)))


@pytest.mark.parametrize(
    "others",
    [
        [answering("b", dict.fromkeys(range(5), NURSE), needs={"a": "a-0"})],
        [],
    ],
    ids=["made of the other", "alone"],
)
def test_methods_that_are_no_witnesses_of_their_own_do_not_vote(others: list[Run]) -> None:
    found = looked_at(answering("a", dict.fromkeys(range(5), NURSE)), *others)
    assert "Fewer than two independent methods" in said(found)


def test_a_method_that_does_not_know_a_label_has_no_vote_on_it() -> None:
    blind = run_of("blind", judged(dict.fromkeys(TEXTS, NOTHING)))
    entries = entries_of([blind, answering("a", {0: NOTHING}), answering("b", {0: NOTHING})], "test")
    assert {tuple(vote.said) for vote in votes_of(entries, ["exact:JOB"])} == {("a", "b")}


def test_an_answer_that_failed_is_no_vote() -> None:
    silent = {text: gold for place, (text, gold) in enumerate(wrong_in([0]).items()) if place != 1}
    entries = entries_of([run_of("silent", judged(silent)), answering("a", {0: NURSE})], "test")
    assert [vote.id for vote in votes_of(entries, ["exact:JOB"])] == ["t0"]


def test_labels_that_are_taken_for_each_other_are_paired() -> None:
    swapped = spans((0, 12, "LEVEL"))
    runs = [answering(name, dict.fromkeys(range(3), swapped)) for name in ("a", "b")]
    assert "annotated label first: JOB for LEVEL (3)" in said(looked_at(*runs))


def test_categories_that_are_taken_for_each_other_are_paired() -> None:
    texts = [f"text {place}" for place in range(6)]
    gold = [Example(text, text, tones("calm")) for text in texts]
    answers = {text: tones("warm" if place < 4 else "calm") for place, text in enumerate(texts)}
    report = evaluate(Known(answers, TONES), Dataset(gold, schema=TONES)).to_data()
    runs = [run_of(name, Judgement("test", "python", "k", report, (None,) * 6)) for name in ("a", "b")]
    found = looked_at(*runs)
    assert "calm for warm (4)" in said(found)
    assert "tone: in 4 texts most methods agree with each other" in said(found)
    assert "- “text 0” is annotated calm; 2 of 2 methods say warm" in found.in_words()


def several(differing: int) -> Dataset:
    """Two annotators on twelve texts, who differ on the job in some of them."""
    lines = []
    for place, text in enumerate(TEXTS[:12]):
        other = NURSE if place < differing else GOLD[text]
        lines += [
            Example(f"t{place}", text, GOLD[text], annotator="anna"),
            Example(f"t{place}", text, other, annotator="ben"),
        ]
    return Dataset(lines, schema=SCHEMA)


@pytest.mark.parametrize(
    ("differing", "told"), [(6, "Annotators disagree on JOB (0.50"), (0, "Annotators agree on every label")]
)
def test_annotators_are_asked_first_where_several_stand(differing: int, told: str) -> None:
    found = looked_at(answering("a", {}), answering("b", {}), data=several(differing))
    assert found.in_words()[0].startswith(told)
    assert "LEVEL (" not in said(found)
    assert ("Say more exactly what this label means." in said(found)) == (differing > 0)


def test_without_several_annotators_that_is_said() -> None:
    assert looked_at(answering("a", {}), answering("b", {})).in_words()[0].startswith("No text was annotated by two")


def test_the_numbers_behind_the_words_are_plain_data() -> None:
    wrong = dict.fromkeys(range(3), NURSE)
    data = json.loads(json.dumps(looked_at(answering("a", wrong), answering("b", wrong), data=several(3)).to_data()))
    [job, *_] = data["labels"]
    assert (job["label"], job["against_gold"], job["divided"]) == ("JOB", 3, 0)
    assert job["against_gold_examples"][0]["annotated"] == [[0, 12]]
    assert data["annotators"][0]["label"] == "JOB"
