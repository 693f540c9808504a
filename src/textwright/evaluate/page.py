"""Pages of a report and of a comparison: figures, and every mistake drawn, to search and filter."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from textwright.draw import draw_html, escaped
from textwright.evaluate.frame import (
    MOST_DRAWN,
    answer_row,
    as_data,
    choice,
    drawn_table,
    framed,
    letter,
    listed,
    paragraphs,
    search_box,
    searchable,
    sheet,
)
from textwright.evaluate.mistakes import KINDS, Mistake, scored
from textwright.evaluate.tables import Table, comparison_tables, report_lines, report_tables
from textwright.schema import Schema
from textwright.types import Annotation

if TYPE_CHECKING:
    from textwright.evaluate.compare import Comparison
    from textwright.evaluate.outcome import Outcome
    from textwright.evaluate.report import Report

SHOWN_IN_NOTEBOOK = 5
Draw = Callable[[Annotation], str]


def report_page(report: Report) -> str:
    """Return a report as a page: figures, then every mistake drawn, to search and filter."""
    mistakes = report.mistakes[:MOST_DRAWN]
    body = _figures(report_lines(report), report_tables(report))
    filters = search_box() + _kind_boxes(report.mistakes) + choice("label", "Label", _labels_of(report.mistakes))
    heading = f"Mistakes: {len(report.mistakes)} of {len(report.outcomes)} texts"
    items = "".join(_mistake_item(each, report) for each in mistakes)
    return framed(report.name, body + listed(heading, filters, items, len(report.mistakes)))


def comparison_page(comparison: Comparison) -> str:
    """Return a comparison as a page: figures, then the models' answers side by side, text by text."""
    body = _figures(comparison.notes, comparison_tables(comparison), comparison.verdicts())
    names = [report.name for report in comparison.reports]
    numbered = list(enumerate(names))
    filters = (
        search_box()
        + choice("measure", "Judged by", [(str(i), each) for i, each in enumerate(comparison.measures)], every=None)
        + choice("right", "Right", [(str(i), name) for i, name in numbered])
        + choice("wrong", "Wrong", [(str(i), name) for i, name in numbered])
    )
    places = _where_one_is_wrong(comparison)
    items = "".join(_compared_item(comparison, place) for place in places[:MOST_DRAWN])
    heading = f"{len(places)} texts that at least one model got wrong"
    return framed(" / ".join(names), body + listed(heading, filters, items, len(places)))


def figures_page(title: str, lines: Sequence[str], tables: Iterable[Table], pictures: Sequence[str]) -> str:
    """Return sentences, pictures (SVG) and tables as a page."""
    drawn = "".join(f"<figure>{picture}</figure>" for picture in pictures)
    return framed(title, paragraphs(lines) + drawn + "".join(map(drawn_table, tables)), script="")


def report_fragment(report: Report) -> str:
    """Return what a notebook shows of a report: the figures and its first mistakes."""
    shown = report.mistakes[:SHOWN_IN_NOTEBOOK]
    items = "".join(_mistake_item(each, report) for each in shown)
    rest = len(report.mistakes) - len(shown)
    more = f"<p>and {rest} more: <code>report.mistakes</code>, <code>report.to_html()</code></p>" if rest > 0 else ""
    return _fragment(_figures(report_lines(report), report_tables(report)) + items + more)


def comparison_fragment(comparison: Comparison) -> str:
    """Return what a notebook shows of a comparison: the figures and their meaning."""
    return _fragment(_figures(comparison.notes, comparison_tables(comparison), comparison.verdicts()))


def _fragment(body: str) -> str:
    return f'<style>{sheet()}</style><div class="tw-report">{body}</div>'


def _figures(lines: Sequence[str], tables: Iterable[Table], verdicts: Sequence[str] = ()) -> str:
    items = "".join(f"<li>{escaped(line)}</li>" for line in verdicts)
    meaning = f"<h2>In words</h2><ul>{items}</ul>" if items else ""
    return paragraphs(lines) + "".join(map(drawn_table, tables)) + meaning


# --- the list of texts ----------------------------------------------------------------------


def _kind_boxes(mistakes: Iterable[Mistake]) -> str:
    counts = Counter(kind for mistake in mistakes for kind in mistake.kinds)
    box = '<label><input type="checkbox" name="kind" value="{0}" checked> {0} <small>{1}</small></label>'
    boxes = "".join(box.format(kind, counts[kind]) for kind in KINDS if counts[kind])
    return f"<fieldset><legend>Kind</legend>{boxes}</fieldset>" if boxes else ""


def _labels_of(mistakes: Iterable[Mistake]) -> list[tuple[str, str]]:
    counts = Counter(label for mistake in mistakes for label in mistake.labels)
    return [(label, f"{label} ({count})") for label, count in counts.most_common()]


def _drawer(text: str, schema: Schema) -> Draw:
    return lambda annotation: draw_html(text, annotation, schema, styled=False)


def _mistake_item(mistake: Mistake, report: Report) -> str:
    draw = _drawer(mistake.text, report.schema)
    found = "<p>no answer</p>" if mistake.predicted is None else draw(mistake.predicted)
    kinds = "".join(f'<span class="tw-kind">{kind}</span>' for kind in mistake.kinds)
    faults = "".join(f"<li>{escaped(fault.in_words(mistake.text))}</li>" for fault in mistake.faults)
    return (
        f'<article class="tw-item" data-kinds="{as_data(mistake.kinds)}" data-labels="{as_data(mistake.labels)}" '
        f'data-find="{escaped(searchable(mistake.id, mistake.text))}">'
        f"<header><code>{escaped(mistake.id)}</code> {kinds}</header>"
        f"{answer_row('gold', draw(mistake.gold))}{answer_row('found', found)}<ul>{faults}</ul></article>"
    )


def _where_one_is_wrong(comparison: Comparison) -> list[int]:
    """Return the places of the texts that some model has wrong by some measure."""
    rights = [report.rights[measure] for report in comparison.reports for measure in comparison.measures]
    return [place for place, verdicts in enumerate(zip(*rights, strict=True)) if False in verdicts]


def _compared_item(comparison: Comparison, place: int) -> str:
    """Draw the gold and each answer to one text. `data-right` has a word a measure, a letter a model."""
    example = comparison.reports[0].outcomes[place].example
    draw = _drawer(example.text, comparison.reports[0].schema)
    letters = [
        "".join(letter(report.rights[measure][place]) for report in comparison.reports)
        for measure in comparison.measures
    ]
    return (
        f'<article class="tw-item" data-right="{" ".join(letters)}" '
        f'data-find="{escaped(searchable(example.id, example.text))}">'
        f"<header><code>{escaped(example.id)}</code></header>"
        f"{answer_row('gold', draw(scored(example.gold, comparison.reports[0].scope)))}"
        f"{''.join(_answers(comparison, place, draw))}</article>"
    )


def _answers(comparison: Comparison, place: int, draw: Draw) -> Iterator[str]:
    for report in comparison.reports:
        outcome: Outcome = report.outcomes[place]
        answer = outcome.answer.annotation
        drawing = "<p>no answer</p>" if answer is None else draw(scored(answer, report.scope))
        yield answer_row(report.name, drawing, ' <span class="tw-mark"></span>')
