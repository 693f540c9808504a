"""Whether the test set bears the decision: its size, its sources, what of it was learned, what is weak."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Any

from textwright.evaluate.statistics import FEWEST_SOURCES
from textwright.experiment.advice.candidates import Candidate
from textwright.experiment.advice.shipping import Shipping
from textwright.experiment.advice.wording import called, listed, points
from textwright.experiment.table.slices import FEWEST_TEXTS, Part, slices_of
from textwright.wrangle.counted import counted

# What is noticed in 80 of 100 cases, at a level of 5 %: the sum of both normal quantiles.
NOTICED = 1.96 + 0.84
# An interval so wide decides little.
WIDE = 0.06
# One source with so many of the texts says mostly how it is there.
MOSTLY = 0.5
SHOWN = 3


@dataclass(frozen=True, slots=True)
class Enough:
    """What the test set can tell.

    `noticed` is the smallest difference between two methods that these texts would most likely show; None: there is
    nothing to compare. `sources` counts the texts of each known source. `weak` lists parts of the texts in which the
    method is worse than on all, by more than chance. `learned` counts the test texts that stand in what methods
    learned from: the same, and near so.
    """

    test: str
    texts: int
    interval: tuple[float, float] | None
    noticed: float | None
    sources: Mapping[str, int]
    weak: tuple[tuple[str, Part], ...]
    overall: float
    method: str
    learned: Mapping[str, int]

    def in_words(self) -> list[str]:
        """Say whether the decision can be trusted."""
        return [*self._leaks(), *self._size(), *self._sources(), *self._parts()]

    def _leaks(self) -> Iterator[str]:
        same, near = self.learned.get("same", 0), self.learned.get("near", 0)
        if same:
            yield (
                f"{_texts(same)} in what a method learned from: the figures flatter it. "
                'Say leaks = "drop" in the experiment file, and run it again.'
            )
        if near:
            nearly = "is nearly the same as one" if near == 1 else "are nearly the same as some"
            yield f"{near} of the test texts {nearly} that a method learned from; new texts may be harder."

    def _size(self) -> Iterator[str]:
        if self.interval:
            width = self.interval[1] - self.interval[0]
            wide = ", which is wide: label more test texts before a close decision" if width > WIDE else ""
            name = called(self.method)
            leave = "leaves" if self.texts == 1 else "leave"
            yield f"{counted(self.texts, 'text')} {leave} open {points(width)} of what {name} is worth on others{wide}."
        if self.noticed is not None:
            yield (
                f"A difference of about {points(self.noticed)} between two methods would be noticed in 80 of 100 "
                "cases, a smaller one less often."
            )

    def _sources(self) -> Iterator[str]:
        if not self.sources:
            yield "Where the texts come from is not known (meta.source), so that a source that stands out goes unseen."
            return
        name, most = max(self.sources.items(), key=lambda each: each[1])
        if most > MOSTLY * self.texts and len(self.sources) > 1:
            yield f"{most / self.texts:.0%} of the texts come from {name}: the figures say mostly how it is there."
        if len(self.sources) < FEWEST_SOURCES:
            yield (
                f"The texts come from {counted(len(self.sources), 'source')}; with fewer than {FEWEST_SOURCES} nobody "
                "can tell how other sources would differ, and the intervals do not hold it."
            )

    def _parts(self) -> Iterator[str]:
        if self.weak:
            names = listed([self._part(key, part) for key, part in self.weak[:SHOWN]])
            weaker = f"{called(self.method)} is weaker, by more than chance, on {names}"
            yield f"{weaker}; on all texts it has {100 * self.overall:.1f}."

    def _part(self, key: str, part: Part) -> str:
        return f"{key} {part.value} ({100 * part.figures[self.method].value:.1f} of 100, {counted(part.texts, 'text')})"

    def to_data(self) -> dict[str, Any]:
        """Return plain data for JSON."""
        return {
            "test": self.test,
            "texts": self.texts,
            "interval": None if self.interval is None else list(self.interval),
            "smallest_difference_noticed": self.noticed,
            "sources": dict(self.sources),
            "weak": [{"key": key, **part.to_data()} for key, part in self.weak],
            "learned": dict(self.learned),
        }


def _texts(number: int) -> str:
    return "1 of the test texts stands" if number == 1 else f"{number} of the test texts stand"


def enough_of(
    candidates: Sequence[Candidate], shipping: Shipping, test: str, *, learned: Mapping[str, int] | None = None
) -> Enough:
    """Look at the test set from the method to ship, or what comes nearest."""
    chosen = shipping.choice or shipping.nearest or shipping.top
    exact, judgement = chosen.exact, chosen.entry.judgements[0]
    return Enough(
        test=test,
        texts=chosen.texts,
        interval=None if exact.low is None or exact.high is None else (exact.low, exact.high),
        noticed=_noticed(shipping),
        sources=Counter(source for source in judgement.sources if source is not None),
        weak=tuple(_weak(candidates, chosen, shipping.measure)),
        overall=exact.value,
        method=chosen.method,
        learned=learned or {},
    )


def _noticed(shipping: Shipping) -> float | None:
    """Say which difference would be noticed by McNemar's test between methods that differ as much as these do.

    Connor, R. J. (1987), Biometrics 43, 207-211; the median of the methods, compared with the best.
    """
    found = [each.found for each in shipping.top_behind.values() if each.found.texts and each.found.differ > 0]
    if not found:
        return None
    each = sorted(found, key=lambda one: one.differ * one.design_effect / one.texts)[len(found) // 2]
    return NOTICED * sqrt(each.differ * max(1.0, each.design_effect) / each.texts)


def _weak(candidates: Sequence[Candidate], chosen: Candidate, measure: str) -> Iterator[tuple[str, Part]]:
    """Find the parts whose interval lies below the share on all texts, the worst first."""
    found = [
        (slices.key, part)
        for slices in slices_of([each.entry for each in candidates], measure)
        for part in slices.parts
        if part.texts >= FEWEST_TEXTS and not part.folded and _is_below(part, chosen)
    ]
    yield from sorted(found, key=lambda each: each[1].figures[chosen.method].value)


def _is_below(part: Part, chosen: Candidate) -> bool:
    figure = part.figures.get(chosen.method)
    return figure is not None and figure.high is not None and figure.high < chosen.exact.value
