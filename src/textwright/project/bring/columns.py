"""Whether lines are a table, which of its columns holds the texts, and a heading for one that has none.

The playground's page chooses in the same way: web/pages/playground/table.ts.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from shutil import copyfileobj

from textwright.formats.csv import delimiter_of

TEXT_COLUMNS = ("text", "texts", "title", "titles", "job title", "job_title", "headline", "sentence", "description")
# Most rows of a table have as many cells as its first.
REGULAR = 0.9
LOOKED_AT = 50
LONGEST_NAME = 30
Rows = Sequence[Sequence[str]]


@dataclass(frozen=True, slots=True)
class Table:
    """What a table looks like: its separator, its columns by name, and that of the texts.

    `heading` says whether the first row names the columns.
    """

    separator: str
    heading: bool
    columns: tuple[str, ...]
    column: str


def table_in(sample: str, *, expected: bool) -> Table | None:
    r"""Look whether the first lines of a file are a table; None: they are texts, a line each.

    Commas stand in texts, too. So where no table is `expected`, only tabs make one, or a column that is named as
    texts are.

    >>> table_in("id\ttitle\n1\tHead Chef\n", expected=False).column
    'title'
    >>> table_in("Nurse, Leeds\nCook, York\n", expected=False) is None
    True
    """
    separator = delimiter_of(sample)
    rows = _rows(sample, separator)
    if not rows or not _is_regular(rows):
        return None
    heading = has_heading(rows)
    telling = separator == "\t" or (heading and any(map(_names_texts, rows[0])))
    if not expected and (len(rows[0]) < 2 or not telling):
        return None
    place = likely_column(rows, heading=heading)
    columns = _names(rows[0], heading, place)
    return Table(separator, heading, columns, columns[place])


def _rows(sample: str, separator: str) -> list[list[str]]:
    """Return the rows up to the first that is broken, as the last of a sample may be."""
    rows = list[list[str]]()
    try:
        rows.extend(row for row in csv.reader(io.StringIO(sample, newline=""), delimiter=separator, strict=True) if row)
    except csv.Error:
        return rows
    return rows


def _is_regular(rows: Rows) -> bool:
    width = len(rows[0])
    return sum(len(row) == width for row in rows) >= REGULAR * len(rows)


def has_heading(rows: Rows) -> bool:
    """Say whether the first row seems to name the columns.

    It does when a column is named as texts are, or when it has short different words alone.
    """
    first = rows[0]
    if any(map(_names_texts, first)):
        return True
    return len(first) > 1 and len(set(first)) == len(first) and all(map(_is_name, first))


def _is_name(cell: str) -> bool:
    has_letter, has_digit = any(map(str.isalpha, cell)), any(map(str.isdigit, cell))
    return has_letter and not has_digit and len(cell) <= LONGEST_NAME


def _names_texts(cell: str) -> bool:
    return cell.strip().lower() in TEXT_COLUMNS


def is_heading(line: str) -> bool:
    """Say whether a line alone names a column of texts."""
    return _names_texts(line.strip().strip('"'))


def likely_column(rows: Rows, *, heading: bool) -> int:
    """Return the place of the column that is named as texts are, else of the one with most letters."""
    named = [cell.strip().lower() for cell in rows[0]] if heading else []
    for name in TEXT_COLUMNS:
        if name in named:
            return named.index(name)
    letters: Counter[int] = Counter()
    for row in rows[heading : LOOKED_AT + heading]:
        letters.update({place: sum(map(str.isalpha, cell)) for place, cell in enumerate(row[: len(rows[0])])})
    return max(range(len(rows[0])), key=lambda place: letters[place])


def _names(first: Sequence[str], heading: bool, place: int) -> tuple[str, ...]:
    """Return a name for each column, each once: `formats.csv` reads a table by its heading."""
    names: list[str] = []
    for i, cell in enumerate(first):
        numbered = "text" if i == place and not heading else f"column {i + 1}"
        name = cell if heading and cell.strip() else numbered
        names.append(name if name not in names else f"{name} {i + 1}")
    return tuple(names)


def with_heading(path: Path, table: Table, folder: Path) -> Path:
    """Return the table as a file whose first row names the columns: the file itself, or a copy in `folder`."""
    with path.open(encoding="utf-8", newline="") as source:
        first = next(csv.reader(source, delimiter=table.separator)) if table.heading else None
        if first == list(table.columns):
            return path
        copy = folder / "table.csv"
        with copy.open("w", encoding="utf-8", newline="") as target:
            csv.writer(target, delimiter=table.separator, lineterminator="\n").writerow(table.columns)
            copyfileobj(source, target)
    return copy
