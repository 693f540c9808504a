"""Tables as HTML: few rows, numbers to the right, and a word on what is left out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from textwright.draw import escaped

MOST_ROWS = 20


def table_html(columns: Sequence[object], rows: Sequence[Sequence[Any]], *, total: int | None = None) -> str:
    """Draw rows of cells under the names of their columns; `total` counts those that are not given, too.

    >>> table_html(["word"], [["planning"]], total=3).count("<tr>")
    2
    """
    head = "".join(_head(column, [row[place] for row in rows]) for place, column in enumerate(columns))
    body = "".join(f"<tr>{''.join(map(_cell, row))}</tr>" for row in rows[:MOST_ROWS])
    rest = (len(rows) if total is None else total) - min(len(rows), MOST_ROWS)
    more = f'<p class="aside">and {rest:,} more rows</p>' if rest > 0 else ""
    return (
        f'<div class="scroll" tabindex="0" role="group" aria-label="Table"><table><thead><tr>{head}</tr></thead>'
        f"<tbody>{body}</tbody></table></div>{more}"
    )


def _head(column: object, cells: Sequence[object]) -> str:
    """Put the name of a column of numbers above them."""
    numbers = bool(cells) and all(isinstance(cell, int | float) and not isinstance(cell, bool) for cell in cells)
    kind = ' class="number"' if numbers else ""
    return f'<th scope="col"{kind}>{escaped(str(column))}</th>'


def _cell(value: object) -> str:
    if isinstance(value, float):
        return f'<td class="number">{value:.4g}</td>'
    if isinstance(value, int) and not isinstance(value, bool):
        return f'<td class="number">{value:,}</td>'
    return f"<td>{escaped('' if value is None else str(value))}</td>"
