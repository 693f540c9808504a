"""What `textwright annotate` works on: the first texts are there at once, the rest are read behind the page."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from textwright import formats
from textwright.annotate.desk import Desk
from textwright.annotate.settings import Settings
from textwright.cli.telling import tell
from textwright.errors import DataError, TextwrightError
from textwright.formats import Options, Rejected
from textwright.predictor import Predictor
from textwright.references import open_model
from textwright.types import Example

# So many texts are there when the page opens; the rest of a large file is read behind it.
AT_FIRST = 500
TOLD = 3


@dataclass(frozen=True, slots=True)
class Work:
    """What is to be annotated, and how."""

    data: Path
    column: str
    schema: str | None
    database: str | None
    project: str | None
    gold: Path | None
    settings: Settings

    @property
    def where(self) -> str:
        """Return the database: the one that was named, else a file beside the data."""
        return self.database or str(self.data.with_name(f"{self.data.stem}.textwright.sqlite"))

    @property
    def name(self) -> str:
        """Return the project's name."""
        return self.project or self.data.stem

    @property
    def models(self) -> Path:
        """Return the folder of trained models: beside the database, or beside the data where that is a server's."""
        place = self.data if "://" in self.where else Path(self.where)
        return place.with_name(f"{place.stem}.models")


class Texts:
    """The texts of the file: the first ones are read at once, the rest when it is asked for."""

    def __init__(self, work: Work) -> None:
        """Read the first texts. Raise `DataError` when there is none."""
        self.stopped, self.rejected = threading.Event(), list[Rejected]()
        options = Options(column=work.column, on_reject=self.rejected.append, on_warning=tell)
        # Not formats.read, which warns of spans that look wrong, too: the page is where those are mended.
        self.rest = self._until_stopped(formats.find_format(work.data).read(work.data, options))
        self.first = list(islice(self.rest, AT_FIRST))
        if not self.first:
            raise DataError(f"{work.data}: holds no text that could be annotated{self._why(work.data)}")

    def _why(self, file: Path) -> str:
        if not file.stat().st_size:
            return ": the file is empty"
        return f": {self.rejected[0]}" if self.rejected else ""

    def _until_stopped(self, examples: Iterator[Example]) -> Iterator[Example]:
        """Leave out what has no text to annotate, and end when the server does."""
        for example in examples:
            if self.stopped.is_set():
                return
            if example.text.strip():
                yield example


class Rest:
    """What goes on behind the page: the rest of the texts and the suggesters."""

    def __init__(self, desk: Desk, work: Work, texts: Texts) -> None:
        """Take note of what is to be done."""
        self._desk, self._work, self._texts = desk, work, texts
        self._thread = threading.Thread(target=self._read, name="textwright reading", daemon=True)

    def begin(self) -> None:
        """Add the first texts; open the suggesters and read the rest in the background."""
        if self._work.gold is not None:
            self._desk.add(formats.read(self._work.gold, options=Options(column=self._work.column)), gold=True)
        self._desk.add(self._texts.first)
        self._thread.start()

    def stop(self) -> None:
        """Stop reading; what was added stays."""
        self._texts.stopped.set()
        self._thread.join(0.3)

    def _predictors(self) -> Mapping[str, Predictor]:
        """Open the suggesters; one that cannot be opened is said and left out."""
        found = {}
        for name in self._work.settings.suggesters:
            try:
                found[name] = open_model(name)
            except TextwrightError as error:
                tell(f"there are no suggestions of {name}: {error}")
        return found

    def _read(self) -> None:
        try:
            self._desk.suggest_with(self._predictors())
            self._desk.start()
            self._desk.add(self._texts.rest)
        except TextwrightError as error:
            if not self._texts.stopped.is_set():
                tell(str(error))
        rejected = self._texts.rejected
        for each in rejected[:TOLD]:
            tell(f"{each} (left out)")
        if len(rejected) > TOLD:
            tell(f"{len(rejected) - TOLD:,} more lines could not be read and are left out")
