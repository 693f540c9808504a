"""Reports: sentences and tables on the terminal, and the files that are written beside them."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from textwright.cli.telling import say
from textwright.errors import DataError
from textwright.formats.files import atomically

if TYPE_CHECKING:
    from textwright.evaluate.tables import Table

WIDTH_OF_A_FILE = 120


def show(lines: Sequence[str], tables: Sequence[Table], *, stderr: bool = False) -> None:
    """Print sentences and tables on standard output, or error, wide enough where it is a file."""
    from rich.console import Console

    seen = (sys.stderr if stderr else sys.stdout).isatty()
    console = Console(width=None if seen else WIDTH_OF_A_FILE, stderr=stderr, emoji=False)
    for line in lines:
        console.print(line, markup=False, highlight=False)
    for table in tables:
        console.print()
        console.print(_rich(table))


def _rich(table: Table) -> Any:
    from rich import box
    from rich.table import Table as RichTable
    from rich.text import Text

    drawn = RichTable(
        box=box.SIMPLE_HEAD, title=Text(table.title), title_justify="left", title_style="bold", pad_edge=False
    )
    for place, name in enumerate(table.head):
        drawn.add_column(Text(name), justify="right" if place else "left", style="" if place else "bold")
    for row in table.rows:
        drawn.add_row(*map(Text, row))
    return drawn


def check_folders(*files: Path | None) -> None:
    """Refuse a file that cannot be written before the work begins. Raise `DataError`."""
    for file in files:
        if file is None:
            continue
        if file.is_dir():
            raise DataError(f"{file}: is a folder, expected a file to write")
        if not file.absolute().parent.is_dir():
            raise DataError(f"{file}: the folder {file.parent} does not exist")


def write_json(file: Path | None, data: Callable[[], Any]) -> None:
    """Write data as JSON, if a file is named."""
    write_text(file, lambda: json.dumps(data(), allow_nan=False, indent=1) + "\n")


def write_text(file: Path | None, text: Callable[[], str]) -> None:
    """Write a text in one step, so that a full disk leaves no half of it, and say so on standard error."""
    if file is None:
        return
    whole = text().encode()
    atomically(file, lambda beside: _put(beside, whole))
    say(f"wrote {file}")


def _put(file: Path, whole: bytes) -> None:
    file.write_bytes(whole)
