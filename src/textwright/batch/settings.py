"""What is asked of a run over a large table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Literal, get_args

from textwright.errors import DataError

Kind = Literal["parquet", "csv", "jsonl"]
KINDS: tuple[Kind, ...] = get_args(Kind)
ROWS_PER_PART = 50_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What a run reads and writes, as far as it can change the output.

    `column` and `id_column` hold the text and its id in a table. `format` is the kind that is written,
    None the kind that is read. A part holds at most `rows_per_part` rows, fewer where they are long.
    `raw_cells`: cells of CSV are read and written as they stand, also those that a spreadsheet would run.
    """

    column: str = "text"
    id_column: str = "id"
    format: Kind | None = None
    rows_per_part: int = ROWS_PER_PART
    raw_cells: bool = False

    def __post_init__(self) -> None:
        """Raise `DataError` when a setting cannot be used."""
        if self.format is not None and self.format not in KINDS:
            raise DataError(f"format {self.format!r}: batch writes {', '.join(KINDS)}")
        if self.rows_per_part < 1:
            raise DataError(f"{self.rows_per_part} rows in a part: at least 1 is needed")

    def to_data(self) -> Mapping[str, Any]:
        """Return the settings as plain data."""
        return asdict(self)
