"""The disputed texts of a page: gold, then each different answer once, with the methods that gave it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textwright.draw import draw_html, escaped
from textwright.evaluate.frame import (
    MOST_DRAWN,
    answer_row,
    as_data,
    choice,
    letter,
    listed,
    search_box,
    searchable,
)
from textwright.experiment.table.answers import Disputed, Given
from textwright.experiment.table.change import Changed, Moved
from textwright.experiment.table.columns import measure_title
from textwright.experiment.table.naming import listed_names
from textwright.schema import Schema

if TYPE_CHECKING:
    from textwright.experiment.table.table import ExperimentTable

MOST_MOVED = 200
PRINTED = 20  # as table.css has it
DISAGREE = '<label><input type="checkbox" name="disagree"> only where methods disagree</label>'


def texts_section(table: ExperimentTable) -> str:
    """Draw the disputed texts with their filters."""
    methods = [row.method for row in table.rows]
    items = "".join(_item(each, methods, table.schema) for each in table.disputed[:MOST_DRAWN])
    heading = f"{len(table.disputed):,} texts that at least one method got wrong"
    return listed(heading, _filters(table, methods), _notes(table) + items, len(table.disputed))


def _notes(table: ExperimentTable) -> str:
    """Say whose answers are shown of several seeds, and on paper how many texts are left out."""
    several = listed_names(row.method for row in table.rows if len(row.seeds) > 1)
    seeds = f"Of several seeds the first one's answers stand here, not the mean of the table: {several}."
    printed = f'<p class="tw-printed">On paper stand the first {PRINTED}.</p>' if len(table.disputed) > PRINTED else ""
    return (f"<p>{escaped(seeds)}</p>" if several else "") + printed


def _filters(table: ExperimentTable, methods: list[str]) -> str:
    numbered = [(str(place), method) for place, method in enumerate(methods)]
    measures = [(str(place), measure_title(measure)) for place, measure in enumerate(table.measures)]
    return (
        search_box()
        + choice("measure", "Judged by", measures, every=None)
        + choice("right", "Right", numbered)
        + choice("wrong", "Wrong", numbered)
        + "".join(_part_choice(table, key) for key in _keys(table))
        + DISAGREE
    )


def _keys(table: ExperimentTable) -> list[str]:
    return list(dict.fromkeys(key for each in table.disputed for key in each.parts))


def _part_choice(table: ExperimentTable, key: str) -> str:
    values = sorted({each.parts[key] for each in table.disputed if key in each.parts})
    return choice("part", key, [(_part(key, value), value) for value in values])


def _part(key: str, value: str) -> str:
    return f"{key}={value}"


def _item(text: Disputed, methods: list[str], schema: Schema) -> str:
    """Draw a text. `data-right` has a word a measure, a letter a method."""
    letters = ["".join(map(letter, rights)) for rights in text.verdicts.values()]
    parts = [_part(key, value) for key, value in text.parts.items()]
    return (
        f'<article class="tw-item" data-right="{" ".join(letters)}" data-parts="{as_data(parts)}" '
        f'data-find="{escaped(searchable(text.id, text.text))}"><header><code>{escaped(text.id)}</code></header>'
        f"{answer_row('gold', draw_html(text.text, text.gold, schema, styled=False))}"
        f"{''.join(_answer(given, text, methods, schema) for given in text.given)}</article>"
    )


def _answer(given: Given, text: Disputed, methods: list[str], schema: Schema) -> str:
    mark = f' <span class="tw-mark" data-of="{methods.index(given.methods[0])}"></span>'
    names = listed_names(given.methods)
    if given.answer is None:
        return answer_row(names, "<p>no answer</p>", mark)
    if given.answer == text.gold:
        return answer_row(names, "<p>as gold</p>", mark)
    return answer_row(names, draw_html(text.text, given.answer, schema, styled=False), mark)


# --- texts whose gold changed ---------------------------------------------------------------


def change_section(changed: Changed, schema: Schema) -> str:
    """Draw the texts whose gold changed, as it was and as it is, with who agrees with which."""
    shown = changed.moved[:MOST_MOVED]
    if not shown:
        return ""
    more = len(changed.moved) - len(shown)
    cut = f"<p>{more:,} more are in the JSON.</p>" if more else ""
    items = "".join(_moved(each, schema) for each in shown)
    title = f"Texts whose {changed.change.label} changed: {len(changed.moved):,}"
    return f"<details><summary>{escaped(title)}</summary>{items}{cut}</details>"


def _moved(text: Moved, schema: Schema) -> str:
    before, after = (draw_html(text.text, each, schema, styled=False) for each in (text.before, text.after))
    rows = answer_row(_with("before", text.with_before), before) + answer_row(_with("after", text.with_after), after)
    return f'<div class="tw-moved"><code>{escaped(text.id)}</code>{rows}</div>'


def _with(side: str, methods: tuple[str, ...]) -> str:
    return f"{side}: {listed_names(methods)}" if methods else f"{side}: no method agrees"
