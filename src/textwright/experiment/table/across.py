"""Several test sets: what each method is worth on each of them, by one measure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from textwright.experiment.table.columns import measure_figure
from textwright.experiment.table.measured import Measured, measured
from textwright.experiment.table.rows import entries_of
from textwright.runs.record import Run


@dataclass(frozen=True, slots=True)
class Across:
    """Each method's figure on each test set that it was judged on, and how many texts each set has."""

    measure: str
    texts: Mapping[str, int]
    figures: Mapping[str, Mapping[str, Measured]]

    def to_data(self) -> dict[str, Any]:
        """Return plain data for JSON."""
        methods = {
            method: {test: each.to_data() for test, each in found.items()} for method, found in self.figures.items()
        }
        return {"measure": self.measure, "texts": dict(self.texts), "methods": methods}


def across_of(runs: Sequence[Run], tests: Sequence[str], methods: Sequence[str], measure: str) -> Across | None:
    """Read each method's figure on each test set. None: there is one set only."""
    texts: dict[str, int] = {}
    figures: dict[str, dict[str, Measured]] = {method: {} for method in methods}
    for test in tests:
        for entry in entries_of(runs, test):
            texts[test] = len(entry.judgements[0].report["ids"])
            found = measured([measure_figure(judgement.report, measure) for judgement in entry.judgements])
            if found is not None and entry.method in figures:
                figures[entry.method][test] = found
    return Across(measure, texts, figures) if len(texts) > 1 else None
