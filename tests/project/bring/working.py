"""A project at work, in a folder of its own, with nothing in its background."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from textwright.project import open_project
from textwright.project.workbench import ME, Workbench
from textwright.store.acts import Act
from textwright.store.state import State, state_data
from textwright.types import Span


@contextmanager
def at_work(folder: Path) -> Iterator[Workbench]:
    """Open a project in a folder, or open it again."""
    bench = Workbench(open_project(folder / "shop.textwright"), say=lambda _: None)
    try:
        yield bench
    finally:
        bench.close()


def numbers(bench: Workbench) -> dict[str, int]:
    """Return the numbers of the texts that the desk has, by text."""
    rows = bench.desk.rows(ME, "owner", limit=1_000).rows
    return {row.text: row.number for row in rows}


def hand_in(bench: Workbench, text: str, *spans: Span) -> None:
    """Hand in a text with these spans."""
    number = numbers(bench)[text]
    act = Act(f"key-{number}-{len(spans)}", number, 0, "accept", state_data(State(spans)))
    (outcome,) = bench.desk.record(ME, [act])
    assert outcome.problem is None


def gold(bench: Workbench) -> dict[str, list[str]]:
    """Return what is annotated, by text: the marked words of each."""
    return {
        example.text: [example.text[span.start : span.end] for span in example.gold.spans or ()]
        for example in bench.desk.examples(which="gold")
    }
