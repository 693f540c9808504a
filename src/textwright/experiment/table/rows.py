"""A method's row: its figures over its seeds, in every runtime."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from textwright.experiment.table.columns import Column
from textwright.experiment.table.measured import Measured, measured
from textwright.runs.record import Judgement, Run, Runtime


@dataclass(frozen=True, slots=True)
class Entry:
    """A method with the runs of its seeds that were judged on the test set, and their judgements in Python."""

    method: str
    kind: str
    runs: tuple[Run, ...]
    judgements: tuple[Judgement, ...]

    @property
    def seeds(self) -> tuple[int, ...]:
        """Return the seeds that were judged."""
        return tuple(run.seed for run in self.runs)

    def rights(self, measure: str) -> list[Sequence[bool | None]]:
        """Return for each seed which texts were right by a measure."""
        return [judgement.report["right"][measure] for judgement in self.judgements]

    def pairs(self, test: str, runtime: Runtime) -> list[tuple[Run, Judgement]]:
        """Return the runs with their judgements in a runtime, where there are any."""
        found = ((run, run.judged(test, runtime)) for run in self.runs)
        return [(run, judgement) for run, judgement in found if judgement is not None and judgement.unable is None]


@dataclass(frozen=True, slots=True)
class Row:
    """A method's figures by the key of the column."""

    method: str
    kind: str
    seeds: tuple[int, ...]
    figures: Mapping[str, Measured]

    def value(self, key: str) -> float | None:
        """Return the mean of a figure, if the method has it."""
        found = self.figures.get(key)
        return None if found is None else found.value

    def to_data(self) -> dict[str, Any]:
        """Return plain data for JSON."""
        figures = {key: each.to_data() for key, each in self.figures.items()}
        return {"method": self.method, "kind": self.kind, "seeds": list(self.seeds), "figures": figures}


def entries_of(runs: Sequence[Run], test: str) -> list[Entry]:
    """Put the runs of each method together, those that were judged on the test set in Python."""
    judged: dict[str, list[tuple[Run, Judgement]]] = {}
    for run in runs:
        judgement = run.judged(test)
        if judgement is not None and judgement.unable is None:
            judged.setdefault(run.method, []).append((run, judgement))
    return [_entry(method, pairs) for method, pairs in judged.items()]


def _entry(method: str, pairs: list[tuple[Run, Judgement]]) -> Entry:
    ordered = sorted(pairs, key=lambda pair: pair[0].seed)
    runs, judgements = zip(*ordered, strict=True)
    return Entry(method, runs[0].kind, runs, judgements)


def row_of(entry: Entry, test: str, columns: Sequence[Column]) -> Row:
    """Read a method's figures."""
    figures: dict[str, Measured] = {}
    for column in columns:
        pairs = entry.pairs(test, column.runtime)
        if (found := measured([column.figure(*pair) for pair in pairs])) is not None:
            figures[column.key] = found
    return Row(entry.method, entry.kind, entry.seeds, figures)
