"""`textwright features`: a table with a row for each token, in constant memory."""

from __future__ import annotations

import csv
import io
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

import typer

from textwright.cli.options import Column, File, Out, RawCells, Reject, names_of
from textwright.cli.output import bytes_out, refuse_same, whole_file
from textwright.cli.progress import is_beside, progress
from textwright.cli.reading import Counted, Record
from textwright.cli.rejects import Rejects, rejects_to
from textwright.cli.source import STDIN, check_places, opened
from textwright.cli.telling import say, tell
from textwright.errors import DataError
from textwright.formats.arrow import pyarrow
from textwright.formats.base import Options
from textwright.formats.csv import marked
from textwright.formats.records import encode
from textwright.types import Example
from textwright.wrangle.counted import counted
from textwright.wrangle.features.table import COLUMNS, Columns, feature_columns, known_columns
from textwright.wrangle.tokens.halves import whole

ENDINGS = (".jsonl", ".csv", ".tsv", ".parquet")
Write = Callable[[Columns], None]


def features(
    file: File = STDIN,
    out: Out = None,
    columns: Annotated[
        list[str] | None, typer.Option(metavar="A,B", help=f"Write these columns only: {', '.join(COLUMNS)}.")
    ] = None,
    column: Column = "text",
    reject: Reject = None,
    raw_cells: RawCells = False,
) -> None:
    """Write a table with a row for each token: shape, stop word, part of speech, stem, lemma and more.

    FILE holds plain lines, JSON lines with a "text", or a table (CSV, Parquet). Each row begins with the "id"
    of its text; "document" is the text's place, from 0. The ending of OUT chooses: .jsonl, .csv, .tsv or .parquet;
    standard output is JSON lines. sentence, part_of_speech and lemma need spaCy: pip install 'textwright[spacy]'.

    A line that cannot be read has no rows; the exit status is then 4. With --reject it goes to that file.

    Example:
        textwright features titles.txt -o table.csv
        textwright features titles.txt --columns text,stem,shape
    """
    check_places(file, out, reject)
    refuse_same(file, out, reject)
    wanted = known_columns(COLUMNS if columns is None else names_of(columns) or ())
    kind = kind_of(out)
    started = time.perf_counter()
    with rejects_to(reject) as rejects, opened(file) as source, progress(file, wanted=is_beside(out)) as advance:
        batches = Counted(
            source.batches(Options(column=column, raw_cells=raw_cells, on_warning=tell, on_progress=advance))
        )
        with writer(out, kind, ("id", *wanted), raw=raw_cells) as write:
            for part in tables(batches, wanted, rejects):
                write(part)
    say(said(batches.count, time.perf_counter() - started, rejects))
    rejects.end()


def kind_of(out: Path | None) -> str:
    """Return the ending that says what to write. Raise `DataError` for one that is not known."""
    ending = out.suffix.lower() if out is not None else ".jsonl"
    if out is not None and out.exists() and not out.is_file():
        return ending if ending in ENDINGS else ".jsonl"
    if ending not in ENDINGS:
        raise DataError(f"{out}: features writes {', '.join(ENDINGS)}")
    return ending


def tables(batches: Counted, wanted: Sequence[str], rejects: Rejects) -> Iterator[Columns]:
    """Yield the rows of each batch of texts as columns; a record without a text is put aside."""
    done = 0
    for batch in batches:
        examples = list(readable(batch, rejects))
        part: Columns = {name: [] for name in ("id", *wanted)}
        found = feature_columns([whole(each.text) for each in examples], columns=("start", *wanted), first=done)
        for example, own in zip(examples, found, strict=True):
            part["id"] += [whole(example.id)] * len(own["start"])
            for name in wanted:
                part[name] += own[name]
        done += len(examples)
        yield part


def readable(batch: Sequence[Record], rejects: Rejects) -> Iterator[Example]:
    """Yield the examples of a batch, and count what could not be read."""
    for record in batch:
        if record.example is not None:
            yield record.example
        else:
            rejects.take(record, record.reason)


def said(count: int, seconds: float, rejects: Rejects) -> str:
    """Say how many texts there were, how fast, and what could not be read.

    >>> said(1200, 0.5, Rejects())
    '1,200 texts in 0.5 s, 2,400 a second'
    """
    speed = f"{counted(count, 'text')} in {seconds:.1f} s, {count / max(seconds, 1e-9):,.0f} a second"
    return speed + rejects.words("could not be read", in_place="left out")


# --- out ---------------------------------------------------------------------------------------------


@contextmanager
def writer(out: Path | None, kind: str, names: Sequence[str], *, raw: bool = False) -> Iterator[Write]:
    """Give what writes the columns of some rows; the file appears under its name when it is whole."""
    if kind == ".parquet" and out is not None:
        arrow = pyarrow()
        types = {str: arrow.string(), int: arrow.int64(), bool: arrow.bool_()}
        schema = arrow.schema([(name, types[COLUMNS.get(name, str)]) for name in names])
        with whole_file(out) as part, arrow.parquet.ParquetWriter(part, schema) as file:
            yield lambda columns: file.write_table(arrow.table(columns, schema=schema))
        return
    lines = json_lines if kind == ".jsonl" else csv_lines("\t" if kind == ".tsv" else ",", raw=raw)
    with bytes_out(out) as binary:
        if kind != ".jsonl":
            binary.write(csv_lines("\t" if kind == ".tsv" else ",")({name: [name] for name in names}).encode())

        def write(columns: Columns) -> None:
            binary.write(lines(columns).encode())
            binary.flush()

        yield write


def json_lines(columns: Columns) -> str:
    """Write rows as JSON lines."""
    rows = zip(*columns.values(), strict=True)
    return "".join([encode(dict(zip(columns, row, strict=True))) + "\n" for row in rows])


def csv_lines(delimiter: str, *, raw: bool = False) -> Callable[[Columns], str]:
    """Return what writes rows as CSV or TSV; true and false as in JSON."""

    def lines(columns: Columns) -> str:
        text = io.StringIO()
        rows = csv.writer(text, delimiter=delimiter, lineterminator="\n")
        rows.writerows([cell(value, raw=raw) for value in row] for row in zip(*columns.values(), strict=True))
        return text.getvalue()

    return lines


def cell(value: Any, *, raw: bool) -> Any:
    """Write a truth value in lower case, and the mark before what would be a formula."""
    if isinstance(value, bool):
        return str(value).lower()
    return value if raw or not isinstance(value, str) else marked(value)
