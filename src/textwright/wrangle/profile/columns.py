"""What stands beside the texts: meta keys and further columns, with their most frequent values."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from textwright.types import Example
from textwright.wrangle.profile.counting import Frequent
from textwright.wrangle.profile.values import Column

SHOWN = 12
REMEMBERED = 5_000
LONGEST = 80
MOST_COLUMNS = 60


class _Values:
    def __init__(self) -> None:
        self.texts = 0
        self.values = Frequent[str](REMEMBERED)

    def add(self, value: Any) -> None:
        self.texts += 1
        self.values.add((shown(value),))


def shown(value: Any) -> str:
    """Write a value in a line: strings as they are, the rest as JSON.

    >>> shown("board"), shown([1, 2]), shown(None)
    ('board', '[1, 2]', 'null')
    """
    written = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
    return written if len(written) <= LONGEST else written[: LONGEST - 1] + "…"


class ColumnCount:
    """Takes one example after another."""

    def __init__(self) -> None:
        """Begin with none."""
        self._columns: dict[tuple[str, str], _Values] = {}

    def add(self, example: Example) -> None:
        """Look at what an example says beside its text."""
        if example.meta:
            self._add("meta", example.meta)
        if example.extra:
            self._add("column", example.extra)

    def _add(self, where: str, values: Mapping[str, Any]) -> None:
        for name, value in values.items():
            known = self._columns.get((where, name))
            if known is None and len(self._columns) < MOST_COLUMNS:
                known = self._columns[where, name] = _Values()
            if known is not None:
                known.add(value)

    def done(self) -> tuple[Column, ...]:
        """Return the keys and columns in the order in which they came."""
        return tuple(
            Column(name, where, each.texts, len(each.values), each.values.missed == 0, each.values.top(SHOWN))
            for (where, name), each in self._columns.items()
        )
