"""Which columns the page shows at first: as many as fit a screen, of each group what a choice hangs on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass

from textwright.experiment.table.columns import GROUPS, RUNTIME_NAMES, Column
from textwright.experiment.table.rows import Row
from textwright.runs.record import Runtime

MOST_SHARES = 4
BEHIND = {"behind": "behind the best", "p_holm": "p (Holm)", "needed": "texts that would tell"}
FIRST = ("behind", "latency_ms_p50", "size_bytes", "training_seconds", "cost_per_1000")


@dataclass(frozen=True, slots=True)
class Shown:
    """A column of the page by its key, what it is called, its group in words, and whether it is shown at first."""

    key: str
    title: str
    group: str
    at_first: bool


def shown_of(columns: Sequence[Column], rows: Sequence[Row], *, compared: bool) -> list[Shown]:
    """List all columns in the order of the page: exactness, then how far behind the best, then the rest."""
    runtimes = {column.runtime for column in columns}
    exact = [each for each in columns if each.group == "exactness"]
    shares = [each for each in exact if "_f1" not in each.key][:MOST_SHARES]
    first = {*(each.key for each in shares), *_failing(rows), *FIRST, *(f"latency_ms_p50:{each}" for each in runtimes)}
    others = [each for each in columns if each.group != "exactness"]
    return [
        *(_shown(each, runtimes, first) for each in exact),
        *(_behind(first) if compared else ()),
        *(_shown(each, runtimes, first) for each in others),
    ]


def _failing(rows: Sequence[Row]) -> Iterator[str]:
    if any(row.value("failed") for row in rows):
        yield "failed"


def _shown(column: Column, runtimes: Set[Runtime], first: set[str]) -> Shown:
    return Shown(column.key, title_of(column, several=len(runtimes) > 1), GROUPS[column.group], column.key in first)


def title_of(column: Column, *, several: bool) -> str:
    """Call a column by its name, and by its runtime where there are several."""
    where = f", {RUNTIME_NAMES[column.runtime]}" if several and column.group == "speed" else ""
    return column.title + where


def _behind(first: set[str]) -> Iterator[Shown]:
    for key, title in BEHIND.items():
        yield Shown(key, title, "How far behind the best", key in first)
