"""Whether lines are a table, which of its columns holds the texts, and a heading for one that has none.

The playground's page chooses in the same way: web/pages/playground/table.ts.
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from textwright.formats.csv import delimiter_of, marked, unmarked
from textwright.project.bring.quoting import sound_rows

TEXT_COLUMNS = ("text", "texts", "title", "titles", "job title", "job_title", "headline", "sentence", "description")
# Most rows of a table have as many cells as its first.
REGULAR = 0.9
LOOKED_AT = 50
LONGEST_NAME = 30
# What ends in a semicolon in HTML, as in R&amp;D.
ENTITY = re.compile(r"&#?\w+$")
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

    Commas stand in texts, too. So where no table is `expected`, only tabs make one, semicolons that no space follows,
    or a column that is named as texts are.

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
    telling = separator == "\t" or _parts_cells(rows, separator) or (heading and any(map(_names_texts, rows[0])))
    if not expected and (len(rows[0]) < 2 or not telling):
        return None
    place = likely_column(rows, heading=heading)
    columns = _names(rows[0], place, heading=heading)
    return Table(separator, heading, columns, columns[place])


def _rows(sample: str, separator: str) -> list[list[str]]:
    """Return the rows up to the first that is broken, as the last of a sample may be; all where that is the first."""
    rows = list[list[str]]()
    try:
        rows.extend(row for row in csv.reader(io.StringIO(sample, newline=""), delimiter=separator, strict=True) if row)
    except csv.Error:
        return rows if len(rows) > 1 else [row for row in sound_rows(io.StringIO(sample, newline=""), separator) if row]
    return rows


def _parts_cells(rows: Rows, separator: str) -> bool:
    """Say whether semicolons part the cells of a table: in a sentence a space follows them, or they end it."""
    if separator != ";" or len(rows) < 2:
        return False
    filled = sum(any(cells) for cells in zip(*rows, strict=False))
    return filled > 1 and not any(_is_of_sentence(row) for row in rows)


def _is_of_sentence(row: Sequence[str]) -> bool:
    return any(cell[:1].isspace() for cell in row[1:]) or any(map(ENTITY.search, row[:-1]))


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


def _names(first: Sequence[str], place: int, *, heading: bool) -> tuple[str, ...]:
    """Return a name for each column, each once: `formats.csv` reads a table by its heading."""
    names: list[str] = []
    for i, cell in enumerate(first):
        numbered = "text" if i == place and not heading else f"column {i + 1}"
        name = unmarked(cell) if heading and cell.strip() else numbered
        names.append(name if name not in names else f"{name} {i + 1}")
    return tuple(names)


def sound_table(path: Path, table: Table, folder: Path) -> tuple[Path, list[int]]:
    """Write the table into `folder`, with a first row that names the columns and each quotation mark closed.

    Return the copy and the lines of the marks that are not closed in the file.
    """
    copy, stray = folder / "table.csv", list[int]()
    with path.open(encoding="utf-8", newline="") as source, copy.open("w", encoding="utf-8", newline="") as target:
        rows = sound_rows(source, table.separator, on_stray=stray.append)
        if table.heading:
            next(rows)
        writer = csv.writer(target, delimiter=table.separator, lineterminator="\n", quoting=csv.QUOTE_ALL)
        writer.writerow([marked(name) for name in table.columns])
        writer.writerows(rows)
    return copy, stray
