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
    head = "".join(f'<th scope="col">{escaped(str(column))}</th>' for column in columns)
    body = "".join(f"<tr>{''.join(map(_cell, row))}</tr>" for row in rows[:MOST_ROWS])
    rest = (len(rows) if total is None else total) - min(len(rows), MOST_ROWS)
    more = f'<p class="aside">and {rest:,} more rows</p>' if rest > 0 else ""
    return (
        f'<div class="scroll" tabindex="0" role="region" aria-label="Table"><table><thead><tr>{head}</tr></thead>'
        f"<tbody>{body}</tbody></table></div>{more}"
    )


def _cell(value: object) -> str:
    if isinstance(value, float):
        return f'<td class="number">{value:.4g}</td>'
    if isinstance(value, int) and not isinstance(value, bool):
        return f'<td class="number">{value:,}</td>'
    return f"<td>{escaped('' if value is None else str(value))}</td>"
