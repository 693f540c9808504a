"""The table for terminals and for Markdown."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from textwright.evaluate.tables import NOTHING, Table, chance, markdown, markdown_cell
from textwright.evaluate.tables import figure as share
from textwright.experiment.table.across import Across
from textwright.experiment.table.change import Changed
from textwright.experiment.table.columns import GROUPS, RUNTIME_NAMES, Column, measure_title
from textwright.experiment.table.differences import Difference, two_digits
from textwright.experiment.table.measured import Measured
from textwright.experiment.table.rows import Row
from textwright.experiment.table.slices import FEWEST_TEXTS, Part, Slices
from textwright.wrangle.counted import counted

if TYPE_CHECKING:
    from textwright.experiment.table.table import ExperimentTable

ALL = 1000
DIFFERENCES = ("behind the best", "difference", "95 % interval", "p", "p (Holm)", "texts that would tell")


def first_line(table: ExperimentTable) -> str:
    """Say what was judged, on what, and how the figures read."""
    judged = f"{counted(table.texts, 'text')}, {counted(len(table.rows), 'method')}"
    return (
        f"{table.name} on {table.test}: {judged}, the best by {measure_title(table.measure)} first. "
        f"Beneath a figure stands its 95 % interval{_and_seeds(table)}."
    )


def _and_seeds(table: ExperimentTable) -> str:
    several = any(len(row.seeds) > 1 for row in table.rows)
    return "; of several seeds the mean is given, with the range over them" if several else ""


def tables_of(table: ExperimentTable, *, methods: int = ALL) -> list[Table]:
    """Return the tables in the order in which one reads them; slices have the best `methods` only."""
    return [
        *(_figures(table, title, columns) for title, columns in _grouped(table.columns)),
        *_differences(table),
        *(slice_table(each, table.rows[:methods]) for each in table.slices if each.is_shown),
        *map(change_table, table.changes),
        *([] if table.across is None else [across_table(table.across)]),
    ]


def markdown_of(table: ExperimentTable) -> str:
    """Write the warnings, the tables and what they mean as Markdown."""
    parts = [f"## {markdown_cell(table.name)}", markdown_cell(first_line(table))]
    parts += _list("Before you trust the figures", table.warnings)
    parts += _list("In words", table.verdicts())
    parts += map(markdown, tables_of(table))
    for front in table.fronts:
        parts += _list(f"{measure_title(front.measure)} against {front.axis.title}", front.in_words())
    for changed in table.changes:
        parts += _list(f"{changed.change.label} was defined anew", changed.in_words())
    return "\n\n".join(parts) + "\n"


def _list(title: str, lines: Sequence[str]) -> list[str]:
    if not lines:
        return []
    return [f"**{markdown_cell(title)}**", "\n".join(f"- {markdown_cell(line)}" for line in lines)]


# --- figures --------------------------------------------------------------------------------


def _grouped(columns: Sequence[Column]) -> Iterator[tuple[str, list[Column]]]:
    """Part the columns: exactness, then how fast in each runtime, then the rest."""
    yield GROUPS["exactness"], [each for each in columns if each.group == "exactness"]
    speeds = [each for each in columns if each.group == "speed"]
    for runtime in dict.fromkeys(each.runtime for each in speeds):
        yield f"{GROUPS['speed']}, in {RUNTIME_NAMES[runtime]}", [each for each in speeds if each.runtime == runtime]
    yield "What else to know", [each for each in columns if each.group not in ("exactness", "speed")]


def _figures(table: ExperimentTable, title: str, columns: Sequence[Column]) -> Table:
    rows = [row for row in table.rows if any(column.key in row.figures for column in columns)]
    body = tuple((row.method, *(cell(row, column) for column in columns)) for row in rows)
    return Table(title, ("method", *(column.title for column in columns)), body)


def cell(row: Row, column: Column) -> str:
    """Write a figure, its interval and the range over its seeds, each in a line."""
    found = row.figures.get(column.key)
    return NOTHING if found is None else "\n".join(lines_of(found, column))


def lines_of(found: Measured, column: Column) -> list[str]:
    """Write a figure, then its interval and its range where there are any."""
    lines = [column.write(found.value)]
    if found.low is not None and found.high is not None:
        lines.append(f"{column.write(found.low)}–{column.write(found.high)}")
    if found.least is not None and found.most is not None and found.least != found.most:
        lines.append(f"seeds {column.write(found.least)}–{column.write(found.most)}")
    return lines


def _differences(table: ExperimentTable) -> Iterator[Table]:
    if table.differences:
        title = f"{measure_title(table.measure)}, less that of {table.best.method}"
        yield Table(title, DIFFERENCES, tuple(map(_difference, table.differences.values())))


def _difference(each: Difference) -> tuple[str, ...]:
    return (each.method, *difference_cells(each))


def difference_cells(each: Difference) -> tuple[str, str, str, str, str]:
    """Write the difference, its interval, both p values, and how many texts would tell."""
    found = each.found
    needed = "enough" if each.told_apart else NOTHING if each.needed is None else f"{two_digits(each.needed):,}"
    ends = f"{found.interval.low:+.3f} to {found.interval.high:+.3f}"
    return (f"{found.difference:+.3f}", ends, chance(found.p_value), chance(each.p_holm), needed)


# --- parts, changes, test sets --------------------------------------------------------------


def slice_table(slices: Slices, rows: Sequence[Row]) -> Table:
    """Return each method on each part."""
    methods = [row.method for row in rows]
    title = f"{measure_title(slices.measure)} by {slices.key}, the hardest first"
    body = tuple(
        (part_name(part), f"{part.texts:,}", *(_of(part, method) for method in methods)) for part in slices.parts
    )
    return Table(title, (slices.key, "texts", *methods), body)


def part_name(part: Part) -> str:
    """Name a part; say when it is too small to say anything."""
    if part.folded:
        return f"{part.value} together, each under {FEWEST_TEXTS} texts"
    return f"{part.value} (too few)" if part.too_few else part.value


def _of(part: Part, method: str) -> str:
    return with_ends(part.figures.get(method))


def with_ends(found: Measured | None) -> str:
    """Write a share over its interval."""
    if found is None:
        return NOTHING
    ends = [] if found.low is None or found.high is None else [f"{share(found.low)}–{share(found.high)}"]
    return "\n".join([share(found.value), *ends])


def change_table(changed: Changed) -> Table:
    """Return each method before and after."""
    change = changed.change
    rows = tuple(
        (
            method,
            with_ends(before),
            with_ends(after),
            f"{after.value - before.value:+.3f}",
            *map(str, changed.agree(method)),
        )
        for method, before, after in changed.figures
    )
    moved = f"of {len(changed.moved):,} changed texts"
    head = (
        "method",
        f"before ({change.before})",
        f"after ({change.after})",
        "difference",
        f"agrees with before, {moved}",
        f"agrees with after, {moved}",
    )
    return Table(f"{change.label} exact, before and after its definition changed", head, rows)


def across_table(across: Across) -> Table:
    """Return each method on each test set."""
    head = ("method", *(f"{test} ({counted(texts, 'text')})" for test, texts in across.texts.items()))
    rows = tuple(
        (method, *(with_ends(found.get(test)) for test in across.texts)) for method, found in across.figures.items()
    )
    return Table(f"{measure_title(across.measure)} on each test set", head, rows)
