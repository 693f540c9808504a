"""The table as a page that stands alone: to sort, with the fronts drawn and every disputed text side by side."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

from textwright.draw import escaped
from textwright.errors import MissingExtraError
from textwright.evaluate.frame import beside, drawn_table, framed, paragraphs, scrolling
from textwright.experiment.table.columns import Column, measure_title
from textwright.experiment.table.differences import Difference
from textwright.experiment.table.rows import Row
from textwright.experiment.table.shown import Shown, shown_of
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
    shown = shown_of(table.columns, table.rows, compared=bool(table.differences))
    by_key = {column.key: column for column in table.columns}
    head = '<th scope="col"><button type="button">method</button></th>'
    head += "".join(_head(each, by_key.get(each.key), table.measure) for each in shown)
    rows = "".join(_row(row, table, shown) for row in table.rows)
    drawn = f'<table class="tw-sortable"><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>'
    return scrolling("Every method", drawn) + _boxes(shown)


def _head(shown: Shown, column: Column | None, measure: str) -> str:
    first = "descending" if column is None or column.more else "ascending"
    sort = ' aria-sort="descending"' if shown.key == measure else ""
    button = f'<button type="button">{escaped(shown.title)}</button>'
    return f'<th scope="col"{_of(shown)} data-first="{first}"{sort}>{button}</th>'


def _of(shown: Shown) -> str:
    """Name the column of a cell; what is not shown at first is hidden."""
    return f' data-column="{escaped(shown.key)}"' + ("" if shown.at_first else " hidden")


def _row(row: Row, table: ExperimentTable, shown: Sequence[Shown]) -> str:
    by_key = {column.key: column for column in table.columns}
    behind = _behind(table.differences.get(row.method), best=row is table.best)
    cells = "".join(
        f"<td{_of(each)}{_cell(row, by_key[each.key]) if each.key in by_key else behind[each.key]}</td>"
        for each in shown
    )
    name = escaped(row.method)
    return f'<tr><th scope="row" data-value="{name}">{name}</th>{cells}</tr>'


def _cell(row: Row, column: Column) -> str:
    """Write the rest of a cell: the number to order by, the figure, and what stands beneath it."""
    found = row.figures.get(column.key)
    if found is None:
        return ">–"
    value, *others = lines_of(found, column)
    small = "".join(f"<small>{escaped(each)}</small>" for each in others)
    return f' data-value="{found.value:.9g}">{escaped(value)}{small}'


def _behind(found: Difference | None, *, best: bool) -> dict[str, str]:
    """Write the rest of the cells that say how far a method is behind the best."""
    if found is None:
        return {"behind": ' data-value="0">the best' if best else ">–", "p_holm": ">", "needed": ">"}
    difference, ends, _, p_holm, needed = difference_cells(found)
    return {
        "behind": f' data-value="{found.found.difference:.9g}">{difference}<small>{ends}</small>',
        "p_holm": f' data-value="{found.p_holm:.9g}">{escaped(p_holm)}',
        "needed": f' data-value="{0 if found.told_apart else found.needed or ""}">{escaped(needed)}',
    }


def _boxes(shown: Sequence[Shown]) -> str:
    """Draw a box for each column, to hide and show it, and say how many are hidden."""
    sets = "".join(
        f"<fieldset><legend>{escaped(group)}</legend>"
        + "".join(_box(each) for each in shown if each.group == group)
        + "</fieldset>"
        for group in dict.fromkeys(each.group for each in shown)
    )
    count = f"{sum(each.at_first for each in shown)} of {len(shown)}"
    title = f'Columns to show (<span class="tw-count">{count}</span>)'
    return f'<details class="tw-columns"><summary>{title}</summary><form>{sets}</form></details>'


def _box(shown: Shown) -> str:
    checked = " checked" if shown.at_first else ""
    box = f'<input type="checkbox" value="{escaped(shown.key)}" autocomplete="off"{checked}>'
    return f"<label>{box} {escaped(shown.title)}</label>"


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
