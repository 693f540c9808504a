"""From what somebody pastes or opens to texts: lines, a table, a page of HTML, or any file of `formats`."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar

from textwright import formats
from textwright.errors import DataError
from textwright.formats.base import Identify, Options, Rejected
from textwright.project.bring.columns import is_heading, sound_table, table_in
from textwright.project.bring.plain import as_utf8, fingerprint_of, head_of, refuse_no_text
from textwright.project.bring.records import is_list, table_of_records
from textwright.types import Example
from textwright.wrangle.counted import counted

# More than anybody corrects by hand: of more, so many are taken at random.
MOST_TEXTS = 10_000
LONGEST_TEXT = 20_000
LONGEST_PAGE = 20 << 20
# Of what is left out so many are named.
TOLD = 3
PASTED = "pasted lines"
GUESSED = (
    "It was not in UTF-8, so it was read as Windows-1252: look at the accents. "
    "If letters are wrong, save the file as UTF-8 and bring it anew."
)
TABLES, PAGES = {".csv", ".tsv"}, {".html", ".htm", ".xhtml"}
LINES = {"", ".txt", ".text", ".md", ".log"}
Item = TypeVar("Item", str, Example)


@dataclass(frozen=True, slots=True)
class Brought:
    """Texts that were read, what they came from, and what there is to say of it.

    `column` is that of the texts and `columns` are all, where they were a table. `fingerprint` tells whether a file was
    changed.
    """

    name: str
    examples: tuple[Example, ...]
    column: str | None = None
    notes: tuple[str, ...] = ()
    fingerprint: str = ""
    columns: tuple[str, ...] = ()


def read_pasted(text: str, *, seed: int = 0) -> Brought:
    """Read pasted lines. Raise `DataError` where there is no text in them."""
    with TemporaryDirectory(prefix="textwright-") as folder:
        path = Path(folder) / "pasted.txt"
        path.write_text(text, encoding="utf-8", errors="backslashreplace", newline="")
        return read_brought(path, name=PASTED, seed=seed)


def read_brought(path: Path, *, name: str, column: str | None = None, seed: int = 0) -> Brought:
    """Read the texts of a file, which its sender calls `name`, in bounded memory.

    `column` is that of a table's texts; None: the likely one. Of very many texts `seed` chooses some. What cannot be
    read is left out and noted. Raise `DataError` that names the file where nothing can be read.
    """
    if not path.is_file():
        raise DataError(f"{name}: no such file" if not path.exists() else f"{name}: not a file")
    refuse_no_text(path, name)
    with TemporaryDirectory(prefix="textwright-") as folder:
        try:
            brought = _read(path, Path(folder), _Wanted(name, column, seed))
            return replace(brought, fingerprint=fingerprint_of(path))
        except UnicodeError as error:
            raise DataError(f"{name}: cannot be decoded: {error}. Save it as UTF-8") from error
        except DataError as error:
            raise DataError(_named(str(error), path, folder, name)) from error


def _named(message: str, path: Path, folder: str, name: str) -> str:
    """Name the file as its sender does, not by where it was kept meanwhile."""
    words = message.replace(str(path), name)
    first, _, rest = words.partition(": ")
    return f"{name}: {rest}" if first.startswith(folder) else words


@dataclass(frozen=True, slots=True)
class _Wanted:
    name: str
    column: str | None
    seed: int


def _read(path: Path, folder: Path, wanted: _Wanted) -> Brought:
    suffix = Path(wanted.name).suffix.lower() or path.suffix.lower()
    if suffix in PAGES:
        return _of_page(path, folder, wanted)
    plain, is_guess = (path, False) if suffix == ".parquet" else as_utf8(path, folder)
    if _is_plain(plain, suffix):
        brought = _of_plain(plain, folder, wanted, expected=suffix in TABLES)
    else:
        brought = _of_known(plain, folder, wanted)
    return replace(brought, notes=(GUESSED, *brought.notes) if is_guess else brought.notes)


def _of_known(path: Path, folder: Path, wanted: _Wanted) -> Brought:
    """Read a file of a known format; JSON of somebody's own making is a table."""
    table = table_of_records(path, folder)
    if table is not None:
        return _of_plain(table, folder, wanted, expected=True)
    return _taken(path, None, Options(), wanted)


def _is_plain(path: Path, suffix: str) -> bool:
    """Say whether a file is lines or a table of text, by its ending; its content has a word where that says nothing."""
    if suffix in TABLES:
        return True
    known = {ending for each in formats.FORMATS.values() for ending in each.endings}
    if suffix in known and suffix not in LINES:
        return False
    with path.open("rb") as file:
        head = file.read(formats.HEAD_BYTES)
    if head[:1] not in (b"{", b"["):
        return True
    return not (is_list(path) or any(each.recognise(path, head) for each in formats.FORMATS.values()))


def _of_page(path: Path, folder: Path, wanted: _Wanted) -> Brought:
    """Read what a browser would show of a page; its tables are tables."""
    from textwright.wrangle.source.html import from_html

    if path.stat().st_size > LONGEST_PAGE:
        raise DataError(f"{wanted.name}: the page has more than {LONGEST_PAGE >> 20} MB. Bring a part of it")
    plain, _ = as_utf8(path, folder)
    shown = folder / "page.txt"
    shown.write_text(from_html(plain.read_text(encoding="utf-8")).text, encoding="utf-8", newline="")
    if not shown.stat().st_size:
        raise DataError(f"{wanted.name}: the page shows no text")
    return _of_plain(shown, folder, wanted, expected=False)


def _of_plain(path: Path, folder: Path, wanted: _Wanted, *, expected: bool) -> Brought:
    table = table_in(head_of(path), expected=expected)
    if table is None:
        return _of_lines(path, wanted)
    column = wanted.column or table.column
    if column not in table.columns:
        raise DataError(f"{wanted.name}: no column {column!r}. Columns: {', '.join(table.columns)}")
    copy, stray = sound_table(path, table, folder)
    taken = _taken(copy, "csv", Options(column), wanted)
    return replace(taken, columns=table.columns, notes=(*_of_quotes(stray), *taken.notes))


def _of_quotes(stray: Sequence[int]) -> Iterator[str]:
    if len(stray) == 1:
        yield f"A quotation mark in line {stray[0]} does not fit; it was read as part of the text."
    elif stray:
        yield f"Quotation marks in {len(stray):,} lines do not fit; they were read as part of the texts. " + (
            f"The first: line {stray[0]}."
        )


def _of_lines(path: Path, wanted: _Wanted) -> Brought:
    """Read a text a line. Blank lines part texts and are none; a first line that names a column is none, either."""
    with path.open(encoding="utf-8", newline=None) as file:
        full = (line for line in map(str.strip, file) if line)
        first = next(full, "")
        lines = full if is_heading(first) else chain([first] if first else [], full)
        identify, left = Identify(), _Left()
        return _gathered(_fitting(lines, left), left, wanted, None, lambda line: Example(identify(line), line))


def _taken(path: Path, format: str | None, options: Options, wanted: _Wanted) -> Brought:  # noqa: A002
    """Read a file of a known format."""
    left = _Left()
    column = options.column if format == "csv" else None
    options = replace(options, on_reject=left.take, on_warning=lambda _: None)
    examples = _fitting(formats.read(path, format=format, options=options), left)
    return _gathered(examples, left, wanted, column, lambda example: example)


class _Left:
    """What is left out: how many, and of the first ones why."""

    def __init__(self) -> None:
        self.count, self.told = 0, list[str]()

    def take(self, rejected: Rejected) -> None:
        self.add(f"line {rejected.line}: {rejected.reason}")

    def add(self, reason: str) -> None:
        self.count += 1
        if self.count <= TOLD:
            self.told.append(reason)

    @property
    def reasons(self) -> str:
        more = self.count - len(self.told)
        return "; ".join([*self.told, *([f"and {more:,} more"] if more else [])])


def _gathered(
    found: Iterable[Item], left: _Left, wanted: _Wanted, column: str | None, example_of: Callable[[Item], Example]
) -> Brought:
    total, taken = _at_random(found, MOST_TEXTS, wanted.seed)
    if not any(map(_is_full, taken)):
        why = f"nothing could be read ({left.reasons})" if left.count else "there is no text in it"
        raise DataError(f"{wanted.name}: {why}. Bring a text a line, a table, or JSON lines with a text each")
    examples = tuple(_without_nul(example_of(each)) for each in taken)
    return Brought(wanted.name, examples, column, tuple(_notes(total, len(taken), left)))


def _fitting(found: Iterable[Item], left: _Left) -> Iterator[Item]:
    """Pass on what can be worked with."""
    for place, each in enumerate(found, start=1):
        length = len(each.text if isinstance(each, Example) else each)
        if length > LONGEST_TEXT:
            left.add(f"text {place} has {length:,} characters, at most {LONGEST_TEXT:,} are taken")
        else:
            yield each


def _is_full(item: Item) -> bool:
    return bool((item.text if isinstance(item, Example) else item).strip())


def _without_nul(example: Example) -> Example:
    """Show zero bytes as what they are, lost characters: databases hold none, and offsets stay."""
    if "\0" not in example.text and "\0" not in example.id:
        return example
    return replace(example, id=example.id.replace("\0", "\ufffd"), text=example.text.replace("\0", "\ufffd"))


def _at_random(found: Iterable[Item], most: int, seed: int) -> tuple[int, list[Item]]:
    """Count what is found and take at most so many, each with the same chance, in their order.

    Vitter, Random sampling with a reservoir (1985), algorithm R.
    """
    chance, kept, total = random.Random(seed), list[tuple[int, Item]](), 0
    for each in found:
        total += 1
        if len(kept) < most:
            kept.append((total, each))
        elif (place := int(chance.random() * total)) < most:
            kept[place] = total, each
    return total, [each for _, each in sorted(kept, key=lambda pair: pair[0])]


def _notes(total: int, taken: int, left: _Left) -> Iterator[str]:
    if total > taken:
        yield f"There are {total:,} texts in it; {taken:,} of them were taken at random. Nobody corrects more by hand."
    if left.count:
        records = counted(left.count, "record")
        yield f"{records} could not be read and {_is(left.count)} left out. {_sentence(left.reasons)}"


def _sentence(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}."


def _is(count: int) -> str:
    return "is" if count == 1 else "are"
