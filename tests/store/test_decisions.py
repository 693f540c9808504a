from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from tests.store.test_acts import act, state
from textwright.store.acts import record
from textwright.store.database import Database
from textwright.store.decisions import (
    Conflict,
    Decision,
    KeptDecision,
    count_differing,
    decisions_of,
    differing_texts,
    keep_decision,
    reasoned_decisions,
    sides_of,
)
from textwright.store.projects import Project
from textwright.types import Annotation, Span

CHOSEN = Annotation((Span(0, 4, "RANK"),))


def differ(database: Database, project: Project) -> None:
    record(database, project, "ann", [act("a", 0, kind="accept")])
    record(database, project, "bob", [act("b", 0, kind="accept", data=state((0, 4, "JOB")))])


def test_differing_text_waits_until_it_is_decided(database: Database, project: Project) -> None:
    differ(database, project)
    assert [text.number for text in differing_texts(database, project, people=2, decided=False, after=0, limit=9)] == [
        1
    ]
    assert [side.annotator for side in sides_of(database, [1])[1]] == ["ann", "bob"]
    keep_decision(database, "rev", Decision("d", 1, 0, "ann", CHOSEN))
    assert count_differing(database, project, people=2) == 0
    assert decisions_of(database, [1])[1].annotation == CHOSEN


def test_of_two_who_decide_at_once_one_is_told(database: Database, project: Project) -> None:
    differ(database, project)
    with ThreadPoolExecutor(4) as pool:
        kept = list(
            pool.map(lambda i: keep_decision(database, f"r{i}", Decision(f"d{i}", 1, 0, None, CHOSEN)), range(4))
        )
    assert sum(isinstance(each, KeptDecision) for each in kept) == 1
    assert sum(isinstance(each, Conflict) for each in kept) == 3


def test_only_the_decision_in_force_gives_its_reason(database: Database, project: Project) -> None:
    first = keep_decision(database, "rev", Decision("d1", 1, 0, None, CHOSEN, "old"))
    assert isinstance(first, KeptDecision)
    keep_decision(database, "rev", Decision("d2", 1, first.id, None, CHOSEN, "new"))
    assert [each.reason for each in reasoned_decisions(database, project)] == ["new"]
