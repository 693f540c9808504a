"""What suggesting brings and what it costs: texts shown with a suggestion against those shown without.

People keep more of what they are shown than they would have made themselves. How much more is the difference
between the strict F1 of what was kept with what was suggested, and the same F1 on the texts that were shown
without. It is the bias of suggesting.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any

import numpy as np

from textwright.evaluate.statistics import Interval, percentile_interval
from textwright.store.database import Database
from textwright.store.kept import Kept, kept_with_suggestions
from textwright.store.projects import Project
from textwright.types import Annotation

ROUNDS = 1000
# Fewer texts on a side give no interval that says anything.
FEWEST = 5


@dataclass(frozen=True, slots=True)
class Pair:
    """How many things were suggested and kept alike, and how many of each there were."""

    both: int
    kept: int
    suggested: int


def pair(kept: Annotation, suggested: Annotation) -> Pair:
    """Compare what was kept with what was suggested, strictly."""
    a, b = _things(kept), _things(suggested)
    return Pair(len(a & b), len(a), len(b))


def _things(annotation: Annotation) -> set[object]:
    return {*(annotation.spans or ()), *(annotation.categories or ())}


def f1(pairs: Sequence[Pair]) -> float | None:
    """Give the F1 over all texts together; None where nothing was kept nor suggested."""
    total = sum(each.kept + each.suggested for each in pairs)
    return 2 * sum(each.both for each in pairs) / total if total else None


def bias_interval(shown: Sequence[Pair], blind: Sequence[Pair], *, seed: int = 0) -> Interval | None:
    """Give the middle 95 % of the difference, shown minus blind, with the texts of each side drawn again and again."""
    if min(len(shown), len(blind)) < FEWEST:
        return None
    generator = np.random.default_rng(seed)
    differences = _drawn(shown, generator) - _drawn(blind, generator)
    known = differences[~np.isnan(differences)]
    return percentile_interval(known.tolist()) if len(known) else None


def _drawn(pairs: Sequence[Pair], generator: np.random.Generator) -> Any:
    both = np.array([each.both for each in pairs], dtype=float)
    total = np.array([each.kept + each.suggested for each in pairs], dtype=float)
    values = np.full(ROUNDS, np.nan)
    for i in range(ROUNDS):
        places = generator.integers(0, len(pairs), len(pairs))
        whole = total[places].sum()
        values[i] = 2 * both[places].sum() / whole if whole else np.nan
    return values


def measured(database: Database, project: Project) -> Mapping[str, Any] | None:
    """Measure what suggesting did so far; None where no text with a suggestion was handed in."""
    found = kept_with_suggestions(database, project)
    if not found:
        return None
    sides = {blind: [each for each in found if each.blind is blind] for blind in (False, True)}
    pairs = {blind: [pair(each.kept, each.suggested) for each in side] for blind, side in sides.items()}
    return {
        "shown": _side(sides[False], pairs[False]),
        "blind": _side(sides[True], pairs[True]),
        "bias": _bias(pairs[False], pairs[True]),
    }


def _side(kept: Sequence[Kept], pairs: Sequence[Pair]) -> Mapping[str, Any]:
    return {
        "texts": len(kept),
        "seconds_per_text": median(each.seconds for each in kept) if kept else None,
        "f1_kept": f1(pairs),
    }


def _bias(shown: Sequence[Pair], blind: Sequence[Pair]) -> Mapping[str, float] | None:
    interval, with_, without = bias_interval(shown, blind), f1(shown), f1(blind)
    if interval is None or with_ is None or without is None:
        return None
    return {"difference": with_ - without, "low": interval.low, "high": interval.high}
