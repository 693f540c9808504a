"""The table as a page that stands alone: to sort, with the fronts drawn and every disputed text side by side."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

from textwright.draw import escaped
from textwright.errors import MissingExtraError
from textwright.evaluate.frame import beside, drawn_table, framed, paragraphs, scrolling
from textwright.experiment.table.columns import GROUPS, RUNTIME_NAMES, Column, measure_title
from textwright.experiment.table.differences import Difference
from textwright.experiment.table.rows import Row
from textwright.experiment.table.texts import change_section, texts_section
from textwright.experiment.table.written import (
    across_table,
    change_table,
    difference_cells,
    first_line,
    lines_of,
    slice_table,
)

if TYPE_CHECKING:
    from textwright.experiment.table.table import ExperimentTable

BEHIND = ("behind the best", "p (Holm)", "texts that would tell")


def table_page(table: ExperimentTable) -> str:
    """Return the page: what could spoil the figures, the table, its meaning, pictures, parts, texts."""
    body = (
        paragraphs([first_line(table)])
        + _warnings(table.warnings)
        + _main_table(table)
        + _listed("In words", table.verdicts())
        + _fronts(table)
        + "".join(drawn_table(slice_table(each, table.rows)) for each in table.slices if each.is_shown)
        + "".join(_change(table, place) for place in range(len(table.changes)))
        + ("" if table.across is None else drawn_table(across_table(table.across)))
        + texts_section(table)
    )
    title = f"{table.name}: {table.test}"
    return framed(title, body, script=beside("page.js") + _own("table.js"), styles=_own("table.css"))


@cache
def _own(name: str) -> str:
    return Path(__file__).with_name(name).read_text(encoding="utf-8")


def _warnings(lines: Sequence[str]) -> str:
    inside = _listed("Before you trust the figures", lines)
    return f'<section class="tw-warnings">{inside}</section>' if lines else ""


def _listed(title: str, lines: Iterable[str]) -> str:
    items = "".join(f"<li>{escaped(line)}</li>" for line in lines)
    return f'<h2>{escaped(title)}</h2><ul class="tw-words">{items}</ul>' if items else ""


# --- the table ------------------------------------------------------------------------------


def _main_table(table: ExperimentTable) -> str:
    several = len({column.runtime for column in table.columns}) > 1
    head = '<th scope="col"><button type="button">method</button></th>'
    exact, others = _parted(table.columns)
    head += "".join(_head(column, table.measure, several) for column in exact)
    head += "".join(_behind_head(name) for name in (BEHIND if table.differences else ()))
    head += "".join(_head(column, table.measure, several) for column in others)
    rows = "".join(_row(row, table) for row in table.rows)
    drawn = f'<table class="tw-sortable"><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>'
    return scrolling("Every method", drawn) + _boxes(table.columns, several)


def _parted(columns: Sequence[Column]) -> tuple[list[Column], list[Column]]:
    """Part the columns, so that the differences stand after what they are differences of."""
    exact = [each for each in columns if each.group == "exactness"]
    return exact, [each for each in columns if each.group != "exactness"]


def _head(column: Column, measure: str, several: bool) -> str:
    first = "descending" if column.more else "ascending"
    sort = ' aria-sort="descending"' if column.key == measure else ""
    button = f'<button type="button">{escaped(_title(column, several))}</button>'
    return f'<th scope="col" data-column="{escaped(column.key)}" data-first="{first}"{sort}>{button}</th>'


def _title(column: Column, several: bool) -> str:
    """Call a column by its name, and by its runtime where there are several."""
    where = f", {RUNTIME_NAMES[column.runtime]}" if several and column.group == "speed" else ""
    return column.title + where


def _behind_head(name: str) -> str:
    return f'<th scope="col" data-first="descending"><button type="button">{escaped(name)}</button></th>'


def _row(row: Row, table: ExperimentTable) -> str:
    exact, others = _parted(table.columns)
    cells = "".join(_cell(row, column) for column in exact)
    if table.differences:
        cells += _behind(table.differences.get(row.method))
    cells += "".join(_cell(row, column) for column in others)
    name = escaped(row.method)
    return f'<tr><th scope="row" data-value="{name}">{name}</th>{cells}</tr>'


def _cell(row: Row, column: Column) -> str:
    found, key = row.figures.get(column.key), escaped(column.key)
    if found is None:
        return f'<td data-column="{key}">–</td>'
    value, *others = lines_of(found, column)
    small = "".join(f"<small>{escaped(each)}</small>" for each in others)
    return f'<td data-column="{key}" data-value="{found.value:.9g}">{escaped(value)}{small}</td>'


def _behind(found: Difference | None) -> str:
    if found is None:
        return '<td data-value="0">the best</td><td></td><td></td>'
    difference, ends, _, p_holm, needed = difference_cells(found)
    return (
        f'<td data-value="{found.found.difference:.9g}">{difference}<small>{ends}</small></td>'
        f'<td data-value="{found.p_holm:.9g}">{escaped(p_holm)}</td>'
        f'<td data-value="{0 if found.told_apart else found.needed or ""}">{escaped(needed)}</td>'
    )


def _boxes(columns: Sequence[Column], several: bool) -> str:
    """Draw a box for each column, to hide it."""
    groups = dict.fromkeys(column.group for column in columns)
    sets = "".join(
        f"<fieldset><legend>{escaped(GROUPS[group])}</legend>"
        + "".join(_box(column, several) for column in columns if column.group == group)
        + "</fieldset>"
        for group in groups
    )
    return f'<details class="tw-columns"><summary>Columns to show</summary><form>{sets}</form></details>'


def _box(column: Column, several: bool) -> str:
    box = f'<input type="checkbox" value="{escaped(column.key)}" checked>'
    return f"<label>{box} {escaped(_title(column, several))}</label>"


# --- pictures -------------------------------------------------------------------------------


def _fronts(table: ExperimentTable) -> str:
    if not table.fronts:
        return ""
    from textwright.experiment.table.pictures import front_picture

    drawn = "".join(
        _figure(f"Picture: {each.axis.title}", partial(front_picture, each), each.in_words(), each.how())
        for each in table.fronts
    )
    exact = escaped(measure_title(table.measure))
    return f'<h2>What {exact} takes</h2><div class="tw-experiment-fronts">{drawn}</div>'


def _figure(title: str, picture: Callable[[], str], lines: Sequence[str], more: Sequence[str] = ()) -> str:
    """Draw a picture over what it says in words; where nothing can draw it, say the line that helps."""
    try:
        drawn = (
            f'<div class="tw-picture" role="group" aria-label="{escaped(title)}" tabindex="0">'
            f'<div aria-hidden="true">{picture()}</div></div>'
        )
    except MissingExtraError as error:
        drawn = f"<p>Not drawn: {escaped(str(error))}</p>"
    items = "".join(f"<li>{escaped(line)}</li>" for line in more)
    details = f"<details><summary>By how much</summary><ul>{items}</ul></details>" if items else ""
    return f"<figure>{drawn}<figcaption>{paragraphs(lines)}{details}</figcaption></figure>"


def _change(table: ExperimentTable, place: int) -> str:
    from textwright.experiment.table.pictures import change_picture

    changed = table.changes[place]
    title = f"<h2>{escaped(changed.change.label)} was defined anew</h2>"
    picture = _figure("Picture: before and after", partial(change_picture, changed), changed.in_words())
    return title + picture + drawn_table(change_table(changed)) + change_section(changed, table.schema)
