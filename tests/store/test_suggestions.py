from __future__ import annotations

from textwright.store.database import Database
from textwright.store.projects import Project
from textwright.store.queue import Wish, take_next
from textwright.store.suggestions import Proposal, keep_suggestions, suggestions_of, texts_with, texts_without
from textwright.types import Annotation, Category, Span

SAID = Annotation((Span(0, 4, "RANK"),), (Category("kind", "a"),))


def lacking(database: Database, project: Project, *, round: int = 0, ahead: int = 10) -> list[int]:  # noqa: A002
    found = texts_without(database, project, source="m", round=round, people=1, ahead=ahead)
    return [number for number, _ in found]


def test_newest_suggestion_comes_first_and_none_is_lost(database: Database, project: Project) -> None:
    keep_suggestions(database, [Proposal(1, "m", 0, Annotation(())), Proposal(1, "m", 1, SAID)])
    found = suggestions_of(database, [1, 2])
    assert [(each.round, each.annotation) for each in found[1]] == [(1, SAID), (0, Annotation(()))]
    assert texts_with(database, [1, 2]) == {1}


def test_next_texts_without_a_suggestion_are_found(database: Database, project: Project) -> None:
    keep_suggestions(database, [Proposal(2, "m", 0, SAID)])
    assert lacking(database, project) == [1, 3]
    assert lacking(database, project, ahead=1) == [1]


def test_new_round_asks_for_all_again(database: Database, project: Project) -> None:
    keep_suggestions(database, [Proposal(2, "m", 0, SAID)])
    assert lacking(database, project, round=1) == [1, 2, 3]


def test_texts_that_somebody_holds_are_asked_for_too(database: Database, project: Project) -> None:
    take_next(database, project, Wish("ann", 3))
    assert lacking(database, project, ahead=2) == [1, 2]
