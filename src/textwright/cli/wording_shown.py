"""How `textwright wording` shows what came of each wording, label by label."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from textwright.wrangle.counted import counted

if TYPE_CHECKING:
    from textwright.evaluate.compare import Comparison
    from textwright.evaluate.report import Report
    from textwright.evaluate.statistics import Interval
    from textwright.evaluate.tables import Table


def lines_of(comparison: Comparison) -> list[str]:
    """Say how many texts were asked, and which wordings have texts without an answer."""
    texts = len(comparison.reports[0].outcomes)
    return [
        f"{counted(texts, 'text')}. Exact match with its 95 % interval, and span F1, for each wording.",
        *_failures(comparison),
    ]


def _wrong(failed: int) -> str:
    return counted(failed, "text without an answer counts as wrong", "texts without an answer count as wrong")


def _failures(comparison: Comparison) -> list[str]:
    return [
        f"{each.name}: {_wrong(each.failed)}, such as: {_first_problem(each)}"
        for each in comparison.reports
        if each.failed
    ]


def _first_problem(report: Report) -> str:
    problems = (outcome.answer.problem for outcome in report.outcomes)
    return next((each.reason for each in problems if each is not None), "no answer")


def table_of(comparison: Comparison) -> Table:
    """Put the wordings below each other for each label, with what they are ahead of the names alone."""
    from textwright.evaluate.tables import Table

    data = [report.to_data() for report in comparison.reports]
    ahead = _ahead(comparison)
    rows = [_row(each, label, ahead) for label in data[0]["exact"] for each in data]
    rows += [_row(each, task, ahead) for task in data[0]["categories"] for each in data]
    head = ("label", "told", "exact", "low to high", "span F1", "ahead of the name alone", "seconds a text")
    return Table("", head, tuple(rows))


def _row(data: Mapping[str, Any], label: str, ahead: Mapping[tuple[str, str], str]) -> tuple[str, ...]:
    from textwright.evaluate.tables import figure

    name = data["model"]["name"]
    found = data["exact"].get(label) or data["categories"][label]
    low, high = found.get("low"), found.get("high")
    interval = "" if low is None or high is None else f"{low:.3f} to {high:.3f}"
    f1 = data["spans"].get(label, {}).get("f1")
    return (label, name, figure(found["accuracy"]), interval, figure(f1), ahead.get((label, name), ""), _seconds(data))


def _ahead(comparison: Comparison) -> dict[tuple[str, str], str]:
    """Say for each label and wording how far it is ahead on the same texts, with the 95 % interval."""
    first = comparison.reports[0].name
    against = [pair for pair in comparison.pairs if pair.a == first]
    return {(pair.measure.partition(":")[2], pair.b): _less(pair.difference, pair.interval) for pair in against}


def _less(difference: float, interval: Interval) -> str:
    """Write how far the second of a pair is ahead of the first."""
    return f"{0.0 - difference:+.3f} ({0.0 - interval.high:+.3f} to {0.0 - interval.low:+.3f})"


def _seconds(data: Mapping[str, Any]) -> str:
    usage = data["usage"]
    return "–" if not usage else f"{usage['seconds'] / data['dataset']['examples']:.1f}"


def verdicts_of(comparison: Comparison) -> list[str]:
    """Compare each wording with the names alone."""
    first = comparison.reports[0].name
    return ["", *(pair.in_words() for pair in comparison.pairs if pair.a == first)]
