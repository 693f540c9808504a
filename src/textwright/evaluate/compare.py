"""Two or more models on the same texts: which differences are more than chance."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Any

from textwright.errors import DataError
from textwright.evaluate.report import Report
from textwright.evaluate.statistics import Interval, holm, mcnemar, paired_difference, texts_needed
from textwright.wrangle.counted import counted

ALPHA = 0.05


@dataclass(frozen=True, slots=True)
class Pair:
    """Two models on one measure: how far a is ahead of b, and whether chance could do that.

    `only_a` and `only_b` count the texts that just one of them has right. `texts` is how many were
    compared, `needed` how many would tell the two apart (None: no number would, they are level).
    """

    a: str
    b: str
    measure: str
    texts: int
    only_a: int
    only_b: int
    interval: Interval
    p_value: float
    p_holm: float = 1.0
    needed: int | None = None

    @property
    def difference(self) -> float:
        """Return a's share of right texts less b's."""
        return (self.only_a - self.only_b) / self.texts if self.texts else 0.0

    @property
    def told_apart(self) -> bool:
        """Say whether the difference is more than chance, all comparisons considered."""
        return self.p_holm < ALPHA

    def in_words(self) -> str:
        """Say what the numbers mean."""
        points = f"{100 * abs(self.difference):.1f} percentage points"
        better, worse = (self.a, self.b) if self.difference >= 0 else (self.b, self.a)
        if self.told_apart:
            low, high = sorted(100 * end * (1 if self.difference > 0 else -1) for end in self.interval)
            between = f"95 % interval {low:.1f} to {high:.1f}, {_chance(self.p_holm)} after Holm's correction"
            return f"{self.measure}: {better} is {points} ahead of {worse} ({between})."
        if self.only_a == self.only_b:
            return f"{self.measure}: {self.a} and {self.b} are right equally often, so no difference can be shown."
        return (
            f"{self.measure}: {better} and {worse} cannot be told apart ({points} between them, {_chance(self.p_holm)} "
            f"after Holm's correction). About {self._more():,} more texts would be needed."
        )

    def _more(self) -> int:
        """Say how many more texts are needed, with two digits that mean something."""
        more = max(1, (self.needed or 0) - self.texts)
        step = int(10 ** max(0, len(str(more)) - 2))
        return -(-more // step) * step

    def to_data(self) -> dict[str, Any]:
        """Return the keys of the contract, the counts and the words."""
        return {
            "a": self.a,
            "b": self.b,
            "measure": self.measure,
            "difference": self.difference,
            "low": self.interval.low,
            "high": self.interval.high,
            "only_a": self.only_a,
            "only_b": self.only_b,
            "p_value": self.p_value,
            "p_holm": self.p_holm,
            "texts": self.texts,
            "texts_needed": self.needed,
            "verdict": self.in_words(),
        }


def _chance(p_value: float) -> str:
    return "p < 0.0001" if p_value < 0.0001 else f"p = {p_value:.2g}"


@dataclass(frozen=True, slots=True)
class Comparison:
    """Reports on one data set and every pair of them on every measure they share."""

    reports: tuple[Report, ...]
    measures: tuple[str, ...]
    pairs: tuple[Pair, ...]
    notes: tuple[str, ...]

    def verdicts(self) -> list[str]:
        """Say of each pair what its numbers mean."""
        return [pair.in_words() for pair in self.pairs]

    def to_data(self) -> dict[str, Any]:
        """Return plain data for JSON."""
        return {
            "reports": [report.to_data() for report in self.reports],
            "pairs": [pair.to_data() for pair in self.pairs],
            "notes": list(self.notes),
        }

    def __repr__(self) -> str:
        """Name the models, the texts and how many differences are more than chance."""
        names, apart = ", ".join(report.name for report in self.reports), sum(pair.told_apart for pair in self.pairs)
        texts = counted(len(self.reports[0].outcomes), "text")
        return f"<Comparison of {names} on {texts}: {apart} of {counted(len(self.pairs), 'difference')} beyond chance>"

    def __str__(self) -> str:
        """Return the tables and the words for whoever prints them."""
        return self.to_markdown()

    def to_markdown(self) -> str:
        """Return the tables and the words as Markdown."""
        from textwright.evaluate.tables import comparison_markdown

        return comparison_markdown(self)

    def to_html(self) -> str:
        """Return a page that stands alone: the models side by side, text by text."""
        from textwright.evaluate.page import comparison_page

        return comparison_page(self)

    def _repr_markdown_(self) -> str:
        return self.to_markdown()

    def _repr_html_(self) -> str:
        from textwright.evaluate.page import comparison_fragment

        return comparison_fragment(self)


def compare(reports: Sequence[Report]) -> Comparison:
    """Compare models pair by pair on the texts that both were judged on.

    Holm's correction covers all pairs and measures of the comparison together. Raise `DataError`
    unless there are two reports at least, all on the same data set.
    """
    reports = [reports] if isinstance(reports, Report) else reports
    _check(reports)
    named = _with_own_names(reports)
    measures = _shared_measures(named)
    pairs = [_pair(a, b, measure) for measure in measures for a, b in combinations(named, 2)]
    corrected = holm([pair.p_value for pair in pairs])
    finished = tuple(_finished(pair, p_holm, len(pairs)) for pair, p_holm in zip(pairs, corrected, strict=True))
    return Comparison(tuple(named), tuple(measures), finished, tuple(_notes(named, measures)))


def _check(reports: Sequence[Report]) -> None:
    wrong = next((each for each in reports if not isinstance(each, Report)), None)
    if wrong is not None:
        raise DataError(f"found {type(wrong).__name__}, expected reports: those that evaluate(model, dataset) makes")
    if len(reports) < 2:
        raise DataError(f"found {len(reports)} report, expected two or more to compare")
    first = reports[0]
    for other in reports[1:]:
        if other.fingerprint != first.fingerprint:
            raise DataError(
                f"{first.name} was judged on {first.dataset or 'a data set'} ({first.fingerprint[:12]}), {other.name} "
                f"on {other.dataset or 'another'} ({other.fingerprint[:12]}). Only reports on the same texts and "
                "gold can be compared: evaluate both on one file"
            )


def _with_own_names(reports: Sequence[Report]) -> list[Report]:
    """Give each of several reports with one name a number, so that they can be told apart."""
    named: dict[str, Report] = {}
    for report in reports:
        name, count = report.name, 1
        while name in named:
            count += 1
            name = f"{report.name} ({count})"
        named[name] = replace(report, name=name)
    return list(named.values())


def _shared_measures(reports: Sequence[Report]) -> list[str]:
    """Return the measures that all reports have; the whole text only where it means the same."""
    shared = [measure for measure in reports[0].rights if all(measure in each.rights for each in reports)]
    if len({(frozenset(each.scope.labels), frozenset(each.scope.tasks)) for each in reports}) > 1:
        shared.remove("whole_text")
    if not shared:
        raise DataError("the reports share no measure: they scored different labels. Name the same labels for each")
    return shared


def _pair(a: Report, b: Report, measure: str) -> Pair:
    both = list(zip(a.rights[measure], b.rights[measure], strict=True))
    texts = sum(right is not None for right, _ in both)
    only_a, only_b = both.count((True, False)), both.count((False, True))
    interval = paired_difference(only_a, only_b, texts)
    return Pair(a.name, b.name, measure, texts, only_a, only_b, interval, mcnemar(only_a, only_b))


def _finished(pair: Pair, p_holm: float, questions: int) -> Pair:
    """Add what depends on how many questions were asked."""
    needed = texts_needed(pair.only_a, pair.only_b, pair.texts, alpha=ALPHA / questions)
    return replace(pair, p_holm=p_holm, needed=needed)


def _notes(reports: Sequence[Report], measures: Sequence[str]) -> Iterator[str]:
    first = reports[0]
    yield f"{len(first.outcomes)} texts of {first.dataset or 'a data set'} ({first.fingerprint[:12]})."
    for report in reports:
        if alone := [measure for measure in report.rights if measure not in measures]:
            yield f"Only {report.name} was scored for {', '.join(alone)}, so that is not compared."
        if report.failed:
            yield f"{report.name} gave no answer to {report.failed} texts; they count as wrong."
        if report.scope.not_scored:
            yield f"Not scored for {report.name}: {', '.join(report.scope.not_scored)}."
