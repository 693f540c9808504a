"""Pages that stand alone: one HTML file without any address in it, for a report or a comparison.

Everything is drawn here and escaped; the script only hides and shows. A policy in the page forbids
any other script, so that a text could not run one even if it got past the escaping.
"""

from __future__ import annotations

import json
from base64 import b64encode
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from textwright.draw import draw_html, escaped, style
from textwright.evaluate.mistakes import KINDS, Mistake, scored
from textwright.evaluate.tables import Table, comparison_tables, report_lines, report_tables
from textwright.schema import Schema
from textwright.types import Annotation

if TYPE_CHECKING:
    from textwright.evaluate.compare import Comparison
    from textwright.evaluate.outcome import Outcome
    from textwright.evaluate.report import Report

MOST_DRAWN = 2000
SHOWN_IN_NOTEBOOK = 5
Draw = Callable[[Annotation], str]


def report_page(report: Report) -> str:
    """Return a report as a page: figures, then every mistake drawn, to search and filter."""
    mistakes = report.mistakes[:MOST_DRAWN]
    body = _figures(report_lines(report), report_tables(report))
    filters = _search() + _kind_boxes(report.mistakes) + _choice("label", "Label", _labels_of(report.mistakes))
    heading = f"Mistakes: {len(report.mistakes)} of {len(report.outcomes)} texts"
    items = "".join(_mistake_item(each, report) for each in mistakes)
    return _page(report.name, body + _list(heading, filters, items, len(report.mistakes)))


def comparison_page(comparison: Comparison) -> str:
    """Return a comparison as a page: figures, then the models' answers side by side, text by text."""
    body = _figures(comparison.notes, comparison_tables(comparison), comparison.verdicts())
    names = [report.name for report in comparison.reports]
    numbered = list(enumerate(names))
    filters = (
        _search()
        + _choice("measure", "Judged by", [(str(i), each) for i, each in enumerate(comparison.measures)], every=None)
        + _choice("right", "Right", [(str(i), name) for i, name in numbered])
        + _choice("wrong", "Wrong", [(str(i), name) for i, name in numbered])
    )
    places = _where_one_is_wrong(comparison)
    items = "".join(_compared_item(comparison, place) for place in places[:MOST_DRAWN])
    heading = f"{len(places)} texts that at least one model got wrong"
    return _page(" / ".join(names), body + _list(heading, filters, items, len(places)))


def figures_page(title: str, lines: Sequence[str], tables: Iterable[Table], pictures: Sequence[str]) -> str:
    """Return sentences, pictures (SVG) and tables as a page."""
    said = "".join(f"<p>{escaped(line)}</p>" for line in lines)
    drawn = "".join(f"<figure>{picture}</figure>" for picture in pictures)
    return _page(title, said + drawn + "".join(map(_table, tables)), script="")


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
    return f'<style>{_file("page.css")}{style()}</style><div class="tw-report">{body}</div>'


# --- the frame ------------------------------------------------------------------------------


@cache
def _file(name: str) -> str:
    return Path(__file__).with_name(name).read_text(encoding="utf-8")


def _page(title: str, body: str, *, script: str | None = None) -> str:
    """Frame a page; only its own script may run, which hides and shows unless it is another."""
    script = _file("page.js") if script is None else script
    digest = b64encode(sha256(script.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-{digest}'; base-uri 'none'"
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escaped(title)}</title>\n<style>{_file('page.css')}{style()}</style>\n</head>\n"
        f'<body class="tw-page">\n<main class="tw-report">\n<h1>{escaped(title)}</h1>\n{body}\n</main>\n'
        f"<script>{script}</script>\n</body>\n</html>\n"
    )


def _figures(lines: Sequence[str], tables: Iterable[Table], verdicts: Sequence[str] = ()) -> str:
    said = "".join(f"<p>{escaped(line)}</p>" for line in lines)
    listed = "".join(f"<li>{escaped(line)}</li>" for line in verdicts)
    meaning = f"<h2>In words</h2><ul>{listed}</ul>" if listed else ""
    return said + "".join(map(_table, tables)) + meaning


def _table(table: Table) -> str:
    head = "".join(f'<th scope="col">{escaped(cell)}</th>' for cell in table.head)
    rows = "".join(
        f'<tr><th scope="row">{escaped(row[0])}</th>{"".join(f"<td>{escaped(cell)}</td>" for cell in row[1:])}</tr>'
        for row in table.rows
    )
    title = escaped(table.title)
    return (
        f'<h2>{title}</h2><div class="tw-scroll" role="region" aria-label="{title}" tabindex="0">'
        f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>"
    )


# --- the list of texts ----------------------------------------------------------------------


def _list(heading: str, filters: str, items: str, total: int) -> str:
    beyond = total - MOST_DRAWN
    cut = f"<p>The first {MOST_DRAWN:,} are drawn here; {beyond:,} more are in the JSON.</p>" if beyond > 0 else ""
    return (
        f'<section id="texts"><h2>{escaped(heading)}</h2>{cut}'
        f'<form class="tw-filters" role="search">{filters}<output aria-live="polite"></output></form>{items}</section>'
    )


def _search() -> str:
    return '<label>Search <input type="search" name="text" autocomplete="off" placeholder="in texts and ids"></label>'


def _choice(name: str, title: str, options: Sequence[tuple[str, str]], *, every: str | None = "any") -> str:
    first = f'<option value="">{every}</option>' if every else ""
    rest = "".join(f'<option value="{escaped(value)}">{escaped(shown)}</option>' for value, shown in options)
    return f'<label>{title} <select name="{name}">{first}{rest}</select></label>'


def _kind_boxes(mistakes: Iterable[Mistake]) -> str:
    counts = Counter(kind for mistake in mistakes for kind in mistake.kinds)
    box = '<label><input type="checkbox" name="kind" value="{0}" checked> {0} <small>{1}</small></label>'
    boxes = "".join(box.format(kind, counts[kind]) for kind in KINDS if counts[kind])
    return f"<fieldset><legend>Kind</legend>{boxes}</fieldset>" if boxes else ""


def _labels_of(mistakes: Iterable[Mistake]) -> list[tuple[str, str]]:
    counts = Counter(label for mistake in mistakes for label in mistake.labels)
    return [(label, f"{label} ({count})") for label, count in counts.most_common()]


def _data(value: Sequence[str]) -> str:
    return escaped(json.dumps(list(value), ensure_ascii=False))


def _drawer(text: str, schema: Schema) -> Draw:
    return lambda annotation: draw_html(text, annotation, schema, styled=False)


def _mistake_item(mistake: Mistake, report: Report) -> str:
    draw = _drawer(mistake.text, report.schema)
    found = "<p>no answer</p>" if mistake.predicted is None else draw(mistake.predicted)
    kinds = "".join(f'<span class="tw-kind">{kind}</span>' for kind in mistake.kinds)
    faults = "".join(f"<li>{escaped(fault.in_words(mistake.text))}</li>" for fault in mistake.faults)
    return (
        f'<article class="tw-item" data-kinds="{_data(mistake.kinds)}" data-labels="{_data(mistake.labels)}" '
        f'data-find="{escaped(_searchable(mistake.id, mistake.text))}">'
        f"<header><code>{escaped(mistake.id)}</code> {kinds}</header>"
        f"{_row('gold', draw(mistake.gold))}{_row('found', found)}<ul>{faults}</ul></article>"
    )


def _row(name: str, drawing: str, mark: str = "") -> str:
    return f'<div class="tw-row"><div class="tw-who">{escaped(name)}{mark}</div>{drawing}</div>'


def _searchable(name: str, text: str) -> str:
    return f"{name} {text}".casefold()


def _where_one_is_wrong(comparison: Comparison) -> list[int]:
    """Return the places of the texts that some model has wrong by some measure."""
    rights = [report.rights[measure] for report in comparison.reports for measure in comparison.measures]
    return [place for place, verdicts in enumerate(zip(*rights, strict=True)) if False in verdicts]


def _compared_item(comparison: Comparison, place: int) -> str:
    """Draw the gold and each answer to one text. `data-right` has a word a measure, a letter a model."""
    example = comparison.reports[0].outcomes[place].example
    draw = _drawer(example.text, comparison.reports[0].schema)
    letters = [
        "".join(_letter(report.rights[measure][place]) for report in comparison.reports)
        for measure in comparison.measures
    ]
    return (
        f'<article class="tw-item" data-right="{" ".join(letters)}" '
        f'data-find="{escaped(_searchable(example.id, example.text))}">'
        f"<header><code>{escaped(example.id)}</code></header>"
        f"{_row('gold', draw(scored(example.gold, comparison.reports[0].scope)))}"
        f"{''.join(_answers(comparison, place, draw))}</article>"
    )


def _letter(right: bool | None) -> str:
    return {True: "r", False: "w", None: "-"}[right]


def _answers(comparison: Comparison, place: int, draw: Draw) -> Iterator[str]:
    for report in comparison.reports:
        outcome: Outcome = report.outcomes[place]
        answer = outcome.answer.annotation
        drawing = "<p>no answer</p>" if answer is None else draw(scored(answer, report.scope))
        yield _row(report.name, drawing, ' <span class="tw-mark"></span>')
