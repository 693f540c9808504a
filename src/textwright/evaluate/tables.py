"""The tables of a report and of a comparison, once for terminal, Markdown and page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textwright.evaluate.f1 import FTable
from textwright.evaluate.mistakes import KINDS
from textwright.evaluate.score import Share
from textwright.evaluate.slices import Slice
from textwright.evaluate.statistics import Interval, too_few_sources, wilson
from textwright.wrangle.counted import counted

if TYPE_CHECKING:
    from textwright.evaluate.compare import Comparison
    from textwright.evaluate.report import Report
    from textwright.types import Usage

NOTHING = "–"
SLICED_LABELS = 3
Row = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table of finished words and numbers; the first column names the row."""

    title: str
    head: Row
    rows: tuple[Row, ...]


def figure(value: float | None) -> str:
    """Write a share with three digits.

    >>> figure(0.5), figure(None)
    ('0.500', '–')
    """
    return NOTHING if value is None else f"{value:.3f}"


def between(interval: Interval | None) -> str:
    """Write the two ends of an interval."""
    return NOTHING if interval is None else f"{interval.low:.3f} to {interval.high:.3f}"


def chance(p_value: float) -> str:
    """Write a p value.

    >>> chance(0.0312), chance(1e-9)
    ('0.031', '< 0.0001')
    """
    return "< 0.0001" if p_value < 0.0001 else f"{p_value:.2g}"


def time_of(milliseconds: float) -> str:
    """Write a time in the unit that suits it.

    >>> time_of(0.0423), time_of(3.2), time_of(2500.0)
    ('42 µs', '3.2 ms', '2.5 s')
    """
    if milliseconds < 1:
        return f"{1000 * milliseconds:.2g} µs" if milliseconds < 0.01 else f"{1000 * milliseconds:.0f} µs"
    return f"{milliseconds:.1f} ms" if milliseconds < 1000 else f"{milliseconds / 1000:.1f} s"


def size_of(size: int | None) -> str:
    """Write a size in bytes in the unit that suits it.

    >>> size_of(1_500_000), size_of(None)
    ('1.5 MB', '–')
    """
    if size is None:
        return NOTHING
    for unit, name in ((1_000_000, "MB"), (1_000, "kB")):
        if size >= unit:
            return f"{size / unit:.1f} {name}"
    return f"{size} bytes"


# --- one report -----------------------------------------------------------------------------


def report_tables(report: Report) -> list[Table]:
    """Return a report's tables in the order in which one reads them."""
    return [
        *_exact_table(report),
        *_span_table(report),
        *_task_tables(report),
        *(_slice_table(report, key, parts) for key, parts in report.slices.items()),
        *_mistake_table(report),
    ]


def _exact_table(report: Report) -> Iterator[Table]:
    rows = [
        (
            label,
            figure(each.all.accuracy),
            between(_wilson(each.all)),
            str(each.positives.total),
            figure(each.positives.accuracy),
            figure(each.to_data()["empty_baseline"]),
        )
        for label, each in report.score.exact.items()
    ]
    whole = report.score.whole_text
    rows.append(("whole text", figure(whole.accuracy), between(_wilson(whole)), str(whole.total), "", ""))
    head = ("exact match", "right", "95 % interval", "texts with it", "right there", "if nothing found")
    yield Table("Exact match", head, tuple(rows))


def _wilson(share: Share) -> Interval:
    return wilson(share.right, share.total)


def _span_table(report: Report) -> Iterator[Table]:
    table = report.score.spans
    if table is None:
        return
    head = ("spans", "precision", "recall", "F1", "95 % interval")
    yield Table("Spans, strictly: same edges and same label", head, (*_f1_rows(table), *_average_rows(table)))


def _f1_rows(table: FTable) -> Iterator[Row]:
    for label, counts in table.counts.items():
        ends = between(table.intervals.get(label))
        yield (label, figure(counts.precision), figure(counts.recall), figure(counts.f1), ends)


def _average_rows(table: FTable) -> Iterator[Row]:
    for name in ("micro", "macro"):
        data = table.to_data()[name]
        figures = (figure(data[each]) for each in ("precision", "recall", "f1"))
        yield (f"{name} average", *figures, between(table.intervals.get(name)))


def _task_tables(report: Report) -> Iterator[Table]:
    for task, each in report.score.categories.items():
        sets = f"{figure(each.sets.accuracy)} of {each.sets.total} texts have exactly their labels"
        title = f"{task}: {sets} (95 % interval {between(_wilson(each.sets))})"
        head = (task, "precision", "recall", "F1", "95 % interval")
        yield Table(title, head, (*_f1_rows(each.labels), *_average_rows(each.labels)))


def _slice_table(report: Report, key: str, parts: Sequence[Slice]) -> Table:
    labels = report.scope.labels[:SLICED_LABELS]
    head = (key, "texts", "whole text", "95 % interval", *(f"{label} exact" for label in labels))
    rows = tuple(
        (
            part.value,
            str(part.examples),
            figure(part.score.whole_text.accuracy),
            between(_wilson(part.score.whole_text)),
            *(figure(part.score.exact[label].all.accuracy) for label in labels),
        )
        for part in parts
    )
    return Table(f"By {key}, the worst first", head, rows)


def _mistake_table(report: Report) -> Iterator[Table]:
    counts = Counter((fault.label, fault.kind) for mistake in report.mistakes for fault in mistake.faults)
    kinds = [kind for kind in KINDS if any(found == kind for _, found in counts)]
    labels = [
        label for label in ("", *report.scope.labels, *report.scope.tasks) if any(label == of for of, _ in counts)
    ]
    rows = tuple((label or "no answer", *(str(counts[label, kind] or "") for kind in kinds)) for label in labels)
    if rows:
        yield Table("Mistakes", ("mistakes", *kinds), rows)


def report_lines(report: Report) -> list[str]:
    """Say in sentences what the tables do not: what was judged, what was left out, how fast."""
    texts = counted(len(report.outcomes), "text")
    lines = [f"{report.name} on {report.dataset or 'a data set'}: {texts}, {_failed(report)}."]
    lines += _left_out(report)
    speed = report.speed
    lines.append(
        f"One text takes {time_of(speed.latency_ms_p50)} (median; 95 % of texts within "
        f"{time_of(speed.latency_ms_p95)}), in batches {speed.texts_per_second:,.0f} texts a second; "
        f"size {size_of(report.size_bytes)}."
    )
    lines += _resampling(report)
    if report.usage is not None:
        usage = report.usage
        tokens = f"{usage.prompt_tokens:,} + {usage.completion_tokens:,} tokens"
        lines.append(f"The answers took {usage.calls:,} calls, {tokens} and {_money(usage)}.")
    return lines


def _money(usage: Usage) -> str:
    """Say what was paid; part of it is no price for all."""
    return "price unknown" if usage.unpriced else f"${usage.cost:.4f}"


def _resampling(report: Report) -> Iterator[str]:
    if report.groups.too_few:
        yield f"For the intervals of F1 texts are drawn: {too_few_sources(report.groups.too_few)}."


def _failed(report: Report) -> str:
    return f"{report.failed} without an answer (counted wrong)" if report.failed else "all answered"


def _left_out(report: Report) -> Iterator[str]:
    if report.scope.not_scored:
        yield f"Not scored: {', '.join(report.scope.not_scored)}."
    scored = {"spans": report.scope.labels, "categories": report.scope.tasks}
    for layer, count in report.not_annotated.items():
        if count and scored[layer]:
            yield f"{count} texts have no gold {layer} and are left out of those figures."


# --- a comparison ---------------------------------------------------------------------------


def comparison_tables(comparison: Comparison) -> list[Table]:
    """Return the figures side by side, then the differences."""
    names = tuple(report.name for report in comparison.reports)
    rows = [(measure, *(_side(report, measure) for report in comparison.reports)) for measure in comparison.measures]
    rows += [(what, *values) for what, values in _other_rows(comparison.reports)]
    return [
        Table("Side by side", ("share of right texts", *names), tuple(rows)),
        Table("Differences on the same texts", DIFFERENCES, tuple(_difference_rows(comparison))),
    ]


DIFFERENCES = ("measure", "a", "b", "a − b", "95 % interval", "only a right", "only b right", "p", "p (Holm)")


def _side(report: Report, measure: str) -> str:
    rights = [right for right in report.rights[measure] if right is not None]
    return f"{figure(sum(rights) / len(rights))} ({between(wilson(sum(rights), len(rights)))})"


def _other_rows(reports: Sequence[Report]) -> Iterator[tuple[str, list[str]]]:
    if all(report.score.spans for report in reports):
        yield "span F1, micro", [figure(each.score.spans.micro.f1) for each in reports if each.score.spans]
    yield "without an answer", [str(each.failed) for each in reports]
    yield "one text, median", [time_of(each.speed.latency_ms_p50) for each in reports]
    yield "texts a second", [f"{each.speed.texts_per_second:,.0f}" for each in reports]
    yield "size", [size_of(each.size_bytes) for each in reports]
    if any(each.usage for each in reports):
        yield "cost", [_money(each.usage) if each.usage else NOTHING for each in reports]


def _difference_rows(comparison: Comparison) -> Iterator[Row]:
    for pair in comparison.pairs:
        ends = f"{pair.interval.low:+.3f} to {pair.interval.high:+.3f}"
        chances = (chance(pair.p_value), chance(pair.p_holm))
        yield (
            pair.measure,
            pair.a,
            pair.b,
            f"{pair.difference:+.3f}",
            ends,
            str(pair.only_a),
            str(pair.only_b),
            *chances,
        )


# --- Markdown -------------------------------------------------------------------------------


def report_markdown(report: Report) -> str:
    """Write a report as Markdown."""
    return markdown_document(report.name, report_lines(report), report_tables(report))


def comparison_markdown(comparison: Comparison) -> str:
    """Write a comparison as Markdown: tables, then what they mean in words."""
    title = " / ".join(report.name for report in comparison.reports)
    written = markdown_document(title, comparison.notes, comparison_tables(comparison))
    return written + "\n" + "".join(f"- {markdown_cell(line)}\n" for line in comparison.verdicts())


def markdown_document(title: str, lines: Iterable[str], tables: Iterable[Table]) -> str:
    """Write a heading, sentences and tables as Markdown."""
    parts = [f"## {markdown_cell(title)}", *map(markdown_cell, lines), *map(markdown, tables)]
    return "\n\n".join(parts) + "\n"


def markdown(table: Table) -> str:
    """Write a table as Markdown, numbers to the right."""
    rule = ("---", *("---:" for _ in table.head[1:]))
    rows = ("| " + " | ".join(map(markdown_cell, row)) + " |" for row in (table.head, rule, *table.rows))
    return f"**{markdown_cell(table.title)}**\n\n" + "\n".join(rows)


def markdown_cell(text: str) -> str:
    r"""Keep a name from being read as Markdown or HTML.

    >>> print(markdown_cell("a|b <i>"))
    a\|b &lt;i>
    """
    return " ".join(text.replace("\\", "\\\\").replace("|", "\\|").replace("<", "&lt;").split())
