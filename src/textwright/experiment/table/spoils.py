"""What could spoil the figures: told before any of them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from textwright.evaluate.figure import Figure
from textwright.evaluate.statistics import wilson
from textwright.experiment.table.measured import Measured, measured
from textwright.experiment.table.rows import Entry
from textwright.runs.record import Run


def failures(runs: Sequence[Run], test: str) -> Iterator[str]:
    """Say which methods have no model or no figures, and why; what cannot run in a runtime is named once."""
    for run in runs:
        if run.failed:
            yield f"{_name(run)} failed, so it is not in the table: {run.failed}"
    for run in runs:
        for place, reason in run.not_judged.items():
            if place.rpartition(".")[0] == test:
                yield f"{_name(run)} was not judged in {place.rpartition('.')[2]}: {reason}"
    yield from _unable(runs, test)


def _name(run: Run) -> str:
    return f"{run.method} (seed {run.seed})" if run.seed else run.method


def _unable(runs: Sequence[Run], test: str) -> Iterator[str]:
    methods: dict[tuple[str, str], dict[str, None]] = {}
    for run in runs:
        for each in run.judgements:
            if each.test == test and each.unable:
                methods.setdefault((each.runtime, each.unable), {})[run.method] = None
    for (runtime, reason), names in methods.items():
        yield f"No figures in {runtime} for {', '.join(names)}: {reason}"


def without(entry: Entry, ids: Collection[str], measure: str) -> Measured | None:
    """Give a method's share of right texts with some of the texts left out."""
    return measured([_share(judgement.report, ids, measure) for judgement in entry.judgements])


def _share(report: Mapping[str, Any], ids: Collection[str], measure: str) -> Figure | None:
    rights = report["right"].get(measure)
    if rights is None:
        return None
    known = [right for name, right in zip(report["ids"], rights, strict=True) if name not in ids and right is not None]
    return Figure(sum(known) / len(known), *wilson(sum(known), len(known))) if known else None
