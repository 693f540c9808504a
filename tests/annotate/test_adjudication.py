from __future__ import annotations

import pytest

from tests.annotate.acting import act
from tests.annotate.conftest import SCHEMA, NewDesk
from textwright.annotate.adjudication import ConflictError, notes_markdown
from textwright.annotate.desk import Desk
from textwright.errors import DataError
from textwright.store.decisions import Decision
from textwright.types import Annotation, Span

CHOSEN = Annotation((Span(0, 6, "RANK"),))


@pytest.fixture
def desk(new_desk: NewDesk) -> Desk:
    """Two people agree on text 1, differ on 2, and only one handed in 3."""
    made = new_desk(people=2)
    for name, label in (("ann", "RANK"), ("bob", "JOB")):
        act(made, name, 1, (0, 6, "RANK"))
        act(made, name, 2, (0, 6, label))
    act(made, "ann", 3)
    return made


def decide(desk: Desk, key: str = "d1", *, base: int = 0, took: str | None = "ann", reason: str = "") -> int:
    return desk.decide("rev", Decision(key, 2, base, took, CHOSEN, reason)).id


def test_texts_that_differ_are_listed_with_their_sides(desk: Desk) -> None:
    found = desk.disagreements()
    assert [(each.text.number, [side.annotator for side in each.sides]) for each in found.texts] == [
        (2, ["ann", "bob"])
    ]
    assert (found.more, found.left) == (False, 1)


def test_decided_text_leaves_the_list_and_becomes_gold(desk: Desk) -> None:
    decide(desk)
    assert desk.disagreements().left == 0
    assert [each.text.number for each in desk.disagreements(decided=True).texts] == [2]
    assert [(each.id, each.gold.spans) for each in desk.examples(which="gold")][1] == ("t1", CHOSEN.spans)


def test_decision_sent_twice_is_one(desk: Desk) -> None:
    assert decide(desk) == decide(desk)


def test_second_reviewer_is_told_of_the_first(desk: Desk) -> None:
    first = decide(desk)
    with pytest.raises(ConflictError, match="rev decided") as caught:
        decide(desk, "d2")
    assert caught.value.decision is not None
    assert caught.value.decision.id == first
    assert decide(desk, "d2", base=first) > first


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        (Decision("k", 99, 0, None, CHOSEN), "no text 99"),
        (Decision("k", 2, 0, "eve", CHOSEN), "'eve' has handed in nothing"),
        (Decision("k", 2, 0, None, Annotation((Span(0, 6, "TOWN"),))), "unknown label 'TOWN'"),
        (Decision("k", 2, 0, None, Annotation((Span(0, 99, "JOB"),))), "does not fit"),
        (Decision("", 2, 0, None, CHOSEN), "key"),
    ],
)
def test_decision_that_does_not_fit_is_refused(desk: Desk, wrong: Decision, message: str) -> None:
    with pytest.raises(DataError, match=message):
        desk.decide("rev", wrong)
    assert desk.disagreements().left == 1


def test_reasons_become_notes_with_the_labels_that_differed(desk: Desk) -> None:
    decide(desk, reason="Seniority is\nno <b>job</b>.")
    [note] = desk.notes()
    assert (note.number, note.labels) == (2, ["JOB", "RANK"])
    assert "- `Senior Chef 1`: Seniority is no &lt;b>job&lt;/b>. (rev)" in notes_markdown([note], SCHEMA)


def test_agreement_is_over_what_was_handed_in(desk: Desk) -> None:
    assert desk.agreement().to_data()["texts"]["compared"] == 2


def test_reviewer_sees_what_all_handed_in_and_an_annotator_does_not(desk: Desk) -> None:
    def seen(name: str, role: str) -> dict[int, list[str]]:
        rows = desk.rows(name, role).rows  # type: ignore[arg-type]  # any role
        return {row.number: [each.annotator for each in row.annotations] for row in rows if row.annotations}

    assert seen("rev", "reviewer") == {1: ["ann", "bob"], 2: ["ann", "bob"]}
    assert seen("cyd", "annotator") == {}
    assert seen("bob", "annotator") == {1: ["ann", "bob"], 2: ["ann", "bob"]}
