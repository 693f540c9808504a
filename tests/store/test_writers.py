"""Two writers at once: one wins, the other is told, and an act that is sent twice is one act."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from typing import Any

import pytest
from sqlalchemy import select

from tests.store.working import state
from textwright.store.acts import Act, Kind, Outcome, history, record
from textwright.store.database import Database, open_database
from textwright.store.projects import Project
from textwright.store.tables import ANNOTATIONS, TEXTS

ROUNDS = 8


@pytest.fixture(params=["threads", "processes"])
def databases(request: pytest.FixtureRequest, database: Database) -> Any:
    """Give two writers one database of two threads, or two as two processes have them."""
    other = database if request.param == "threads" else open_database(database.where)
    yield database, other
    if other is not database:
        other.close()


def at_once(*steps: Callable[[], Any]) -> list[Any]:
    """Run steps in threads that start together; return what they found."""
    barrier, found = threading.Barrier(len(steps)), [None] * len(steps)

    def run(i: int, step: Callable[[], Any]) -> None:
        barrier.wait()
        found[i] = step()

    threads = [threading.Thread(target=run, args=(i, step)) for i, step in enumerate(steps)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found


def act(key: str, base: int, *, text: int = 1, kind: Kind = "edit", label: str = "RANK") -> Act:
    return Act(key, text, base, kind, state((0, 4, label), note=key))


def test_of_two_acts_on_one_version_exactly_one_is_kept(databases: Sequence[Database], project: Project) -> None:
    for base in range(ROUNDS):
        steps = [
            lambda name=name, each=each, base=base: record(each, project, "ann", [act(f"{base} {name}", base)])[0]
            for name, each in zip("ab", databases, strict=True)
        ]
        outcomes: list[Outcome] = at_once(*steps)
        [won] = [each for each in outcomes if each.problem is None]
        [told] = [each for each in outcomes if each.problem is not None]
        assert told.problem is not None
        assert (won.version, told.problem.kind) == (base + 1, "conflict")
        assert [each.version for each in told.history] == list(range(1, base + 2))
    assert len(history(databases[0], project, 1)) == ROUNDS


def test_the_same_act_sent_twice_at_once_is_kept_once_and_answered_alike(
    databases: Sequence[Database], project: Project
) -> None:
    for base in range(ROUNDS):
        steps = [
            lambda each=each, base=base: record(each, project, "ann", [act(str(base), base)])[0] for each in databases
        ]
        first, second = at_once(*steps)
        assert first == second
        assert first.version == base + 1
    assert len(history(databases[0], project, 1)) == ROUNDS


def test_two_who_hand_in_at_once_are_counted_and_compared(databases: Sequence[Database], project: Project) -> None:
    for text in (1, 2, 3):
        steps = [
            lambda i=i, each=each, text=text: record(
                each, project, f"ann{i}", [act(f"{i} {text}", 0, text=text, kind="accept", label=("RANK", "JOB")[i])]
            )
            for i, each in enumerate(databases)
        ]
        at_once(*steps)
    with databases[0].read() as connection:
        rows = connection.execute(select(TEXTS.c["handed_in", "takers", "differs"])).all()
    assert [tuple(row) for row in rows] == [(2, 2, True)] * 3


def test_many_writers_in_any_order_lose_nothing(databases: Sequence[Database], project: Project) -> None:
    def work(name: str, each: Database, order: Sequence[int]) -> list[Outcome]:
        return [
            outcome
            for base in range(5)
            for outcome in record(
                each, project, name, [act(f"{name} {text} {base}", base, text=text, kind="accept") for text in order]
            )
        ]

    orders = ((1, 2, 3), (3, 2, 1), (2, 3, 1), (3, 1, 2))
    found = at_once(
        *(
            lambda i=i, order=order: work(f"ann{i}", databases[i % 2], order)  # type: ignore[misc]
            for i, order in enumerate(orders)
        )
    )
    assert [outcome.problem for outcomes in found for outcome in outcomes] == [None] * 60
    with databases[0].read() as connection:
        assert list(connection.scalars(select(TEXTS.c.handed_in))) == [4, 4, 4]
        assert set(connection.scalars(select(ANNOTATIONS.c.version))) == {5}
