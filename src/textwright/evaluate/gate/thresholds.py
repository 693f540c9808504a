"""Thresholds: a figure, or the lower end of its interval, is to be as high as was asked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from textwright.errors import DataError
from textwright.evaluate.gate.judged import Data, Judged, known
from textwright.evaluate.gate.rules import Measure, Threshold
from textwright.evaluate.gate.sizes import texts_for_low
from textwright.evaluate.gate.verdict import Verdict
from textwright.evaluate.gate.words import apart, points


@dataclass(frozen=True, slots=True)
class Found:
    """A figure of a report with its interval, where it has one, and how many texts it rests on."""

    value: float | None
    low: float | None
    high: float | None
    texts: int | None

    def end(self, by: str) -> float | None:
        """Return the value, or the lower end."""
        return self.value if by == "value" else self.low


def judge_threshold(rule: Threshold, model: Judged) -> Verdict:
    """Hold the worst seed's figure against a threshold."""
    founds = [found(report, rule.measure, model.name) for report in model.reports]
    if rule.by == "low" and any(each.value is not None and each.low is None for each in founds):
        raise DataError(f'{rule.measure} of {model.name} has no interval, so by = "low" cannot be asked; leave it out')
    worst = min(founds, key=lambda each: -1.0 if each.end(rule.by) is None else float(each.end(rule.by) or 0.0))
    asked = f"{rule.measure} {'at least' if rule.by == 'value' else 'surely at least'} {rule.at_least:g}"
    seeds = f" (the worst of {len(founds)} seeds)" if len(founds) > 1 else ""
    return _verdict(rule, Verdict(rule, model.name, asked, "missed", ""), worst, seeds)


def _verdict(rule: Threshold, asked: Verdict, found: Found, seeds: str) -> Verdict:
    """Say what became of a threshold; a lower end that no answers could lift so high is for more texts to decide."""
    end = found.end(rule.by)
    if end is None or not found.texts:
        words = (
            f"{asked.model}: {rule.measure} is of no texts, so nobody can say whether it is at least {rule.at_least:g}."
        )
        return replace(asked, outcome="undecidable", words=words, texts=found.texts)
    by_texts = rule.by == "low" and rule.measure.counts_texts
    seen = replace(asked, found=end, low=found.low, high=found.high, texts=found.texts)
    said = f"{asked.model}: {_said(rule, found)}{seeds}"
    if end >= rule.at_least:
        return replace(seen, outcome="passed", words=f"{said}; at least {rule.at_least:g} was asked.")
    least = texts_for_low(rule.at_least) if by_texts else 0
    if least is None or found.texts < least:
        words = f"{said}: the data cannot decide {_impossible(rule, least)}; {found.texts:,} are there."
        return replace(seen, outcome="undecidable", words=words, texts_needed=least)
    needed = texts_for_low(rule.at_least, share=found.value or 0.0) if by_texts else None
    more = f"; {found.value:.3f} right of {needed:,} texts would do" if needed else ""
    words = f"{said}, {points(rule.at_least - end)} below the {rule.at_least:g} that was asked{more}."
    return replace(seen, words=words, texts_needed=needed)


def _said(rule: Threshold, found: Found) -> str:
    shown, _ = apart(found.end(rule.by) or 0.0, rule.at_least)
    if found.low is None or found.high is None:
        return f"{rule.measure} is {shown} ({found.texts:,} texts)"
    if rule.by == "low":
        return f"the lower end of {rule.measure} is {shown} ({found.value:.3f}, {found.texts:,} texts)"
    return f"{rule.measure} is {shown} (95 % interval {found.low:.3f} to {found.high:.3f}, {found.texts:,} texts)"


def _impossible(rule: Threshold, needed: int | None) -> str:
    if needed is None:
        return f"{rule.at_least:g}, which no lower end reaches"
    return f"{rule.at_least:g}, which a lower end reaches with {needed:,} texts at least, all of them right"


# --- a figure of a report -------------------------------------------------------------------


def found(report: Data, measure: Measure, name: str) -> Found:
    """Look a measure up in a report. Raise `DataError` when it was not scored, with what comes near."""
    part = _part(report, measure)
    texts = part.get("examples", len(report["ids"]))
    row, value, ends = _row(part, measure.figure, name)
    low, high = ends
    return Found(row.get(value), row.get(low), row.get(high), row.get("texts", texts))


def _part(report: Data, measure: Measure) -> Data:
    """Return the figures of all texts, or of a slice."""
    if measure.key is None:
        return report
    slices = report.get("slices", {})
    known("the report was not sliced by {}", measure.key, slices)
    parts = {str(each["value"]): each for each in slices[measure.key]}
    known(f"no text has {measure.key} = {{}}", str(measure.value), parts)
    return dict(parts[str(measure.value)])


def _row(part: Data, figure: str, name: str) -> tuple[Mapping[str, Any], str, tuple[str, str]]:
    """Return the row of a figure with the keys of its value and of its ends."""
    share = ("accuracy", ("low", "high"))
    if figure == "whole_text":
        return part["whole_text"], *share
    kind, _, rest = figure.partition(":")
    if rest and kind in ("exact", "category"):
        return _of(part["exact" if kind == "exact" else "categories"], rest, name, kind), *share
    layer, _, rest = figure.partition(".")
    label, _, value = rest.rpartition(".")
    return _of(part[layer], label, name, layer), value, (f"{value}_low", f"{value}_high")


def _of(rows: Mapping[str, Any], label: str, name: str, kind: str) -> Mapping[str, Any]:
    known(f"{name} was not scored for {kind} {{}}", label, rows)
    return dict(rows[label])
