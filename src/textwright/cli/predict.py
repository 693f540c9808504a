"""`textwright predict`: a line in, a line out, whatever the model and the kind of file."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from io import BufferedReader
from pathlib import Path
from typing import Annotated, cast

import typer

from textwright import formats
from textwright.cli.annotating import Explain, annotate, explainer
from textwright.cli.in_place import is_in_place, refuse_to_replace
from textwright.cli.markup import told_of_html
from textwright.cli.options import Column, Model, Out
from textwright.cli.output import write_lines, write_table
from textwright.cli.progress import progress
from textwright.cli.reading import PARSERS, Record, read_lines, read_table, read_whole
from textwright.cli.rejects import Rejects, rejects_to
from textwright.cli.status import Status
from textwright.cli.telling import say, tell
from textwright.errors import DataError
from textwright.formats.base import Format, Options, open_bytes
from textwright.formats.encoding import encoding_of_lines
from textwright.predictor import Predictor
from textwright.references import open_model
from textwright.wrangle.counted import counted

STDIN = Path("-")
TABLES = ("csv", "parquet")
# Files that are one text.
WHOLE = frozenset({".html", ".htm", ".md", ".markdown"})
# Files that another program would open and find broken, were JSON lines written under their names.
DOCUMENTS = frozenset({".html", ".htm", ".xlsx", ".xls", ".ods", ".docx", ".pdf"})


def predict(
    model: Model,
    file: Annotated[Path, typer.Argument(metavar="[FILE|-]", help="Texts; - is standard input.")] = STDIN,
    out: Out = None,
    reject: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Where lines without an answer go, with number and reason.")
    ] = None,
    column: Column = "text",
    explain: Annotated[
        bool, typer.Option("--explain", help="Say on standard error which rule made each span.")
    ] = False,
    threads: Annotated[int, typer.Option(min=1, help="Cores to use; several serve the networks that mark spans.")] = 1,
    markup: Annotated[
        str | None, typer.Option(metavar="html|markdown", help="The texts are HTML or Markdown; offsets count in it.")
    ] = None,
) -> None:
    """Annotate texts with a model: a line in, a line out, in order.

    FILE holds plain lines, JSON lines with a "text", or a table (CSV, Parquet). A table comes out as
    the same table with a column for each label; everything else as JSON lines. The ending of OUT may
    name another kind. Keys and columns that were there are kept; spans that were there are replaced.
    OUT may be FILE itself, unless spans or categories would be lost in it.

    A line that cannot be read and a text without an answer keep their place with an "error", or go
    to the file of --reject; the exit status is then 4.

    With --markup the model reads the text of HTML or Markdown, and its spans are those of the source. A
    file that ends in .html, .htm, .md or .markdown is then one text.

    Example:
        textwright predict job_titles titles.txt -o titles.jsonl
        cat titles.txt | textwright predict job_titles.rules - --explain
        textwright predict job_titles jobs.csv --column headline -o marked.csv
        textwright predict job_adverts advert.html --markup html
    """
    check_places(file, out, reject)
    if explain and markup:
        raise DataError("--explain: rules are explained on plain texts. Leave out --markup or --explain")
    predictor = with_markup(with_threads(open_model(model), threads), markup)
    is_whole = markup is not None and file.suffix.lower() in WHOLE
    job = Job(
        predictor, file, out, column, explainer(predictor, model) if explain else None, is_whole, markup is not None
    )
    started = time.perf_counter()
    with rejects_to(reject) as rejects:
        count = run(job, rejects)
    say(summary(count, time.perf_counter() - started, rejects, reject))
    if rejects.count:
        raise typer.Exit(Status.PARTLY)


def with_threads(model: Predictor, threads: int) -> Predictor:
    """Let a model that can use several threads use so many; any other stays as it is."""
    if threads == 1:
        return model
    from textwright.predictors.onnx import OnnxPredictor

    return replace(model, threads=threads) if isinstance(model, OnnxPredictor) else model


def with_markup(model: Predictor, markup: str | None) -> Predictor:
    """Let a model read HTML or Markdown, when asked."""
    if markup is None:
        return model
    from textwright.predictors.marked_up import marked_up

    return marked_up(model, markup)


def check_places(file: Path, out: Path | None, reject: Path | None) -> None:
    """Refuse what would overwrite a file that is still needed."""
    if file != STDIN and not file.exists():
        raise DataError(f"{file}: no such file")
    if file.is_dir():
        raise DataError(f"{file}: is a folder, expected a file of texts")
    if reject is not None and reject.resolve() in {each.resolve() for each in (file, out) if each is not None}:
        raise DataError(f"{reject}: the rejected lines need a file of their own")


@dataclass(frozen=True, slots=True)
class Job:
    """What is to be annotated, by which model, and where the result goes."""

    model: Predictor
    file: Path
    out: Path | None
    column: str
    explain: Explain | None
    is_whole: bool = False
    reads_markup: bool = False


def run(job: Job, rejects: Rejects) -> int:
    """Annotate a file; return the number of records read."""
    with source_of(job.file) as stream:
        source = formats.FORMATS["lines"] if job.is_whole else input_format(job.file, stream)
        target = output_format(source, job.out)
        with progress(job.file, wanted=job.out is not None or not sys.stdout.isatty()) as advance:
            options = options_of(job, source, advance)
            if job.out is not None and is_in_place(job.file, job.out) and not job.is_whole:
                refuse_to_replace(job.out, read(job.file, None, source, options.quiet()), job.model.schema)
            batches = read_whole(job.file) if job.is_whole else read(job.file, stream, source, options)
            counted = Counted(batches if job.reads_markup else told_of_html(batches, name_of(job.file)))
            table = target.name in TABLES
            annotated = annotate(job.model, counted, rejects, job.explain, with_notes=not table)
            if table:
                write_table(job.out, target, annotated, options)
            else:
                write_lines(job.out, annotated)
    return counted.count


def options_of(job: Job, source: Format, advance: Callable[[int], None] | None) -> Options:
    """Tell readers and writers what they need to know; a table keeps its columns in order."""
    options = Options(column=job.column, schema=job.model.schema, on_warning=tell, on_progress=advance, lossy=True)
    if source.name not in TABLES:
        return options
    options = replace(options, delimiter=formats.kept_delimiter(job.file, job.out, format=source.name, options=options))
    return replace(options, columns=formats.columns_of(job.file, format=source.name, options=options))


class Counted:
    """Batches of records, counted as they go by."""

    def __init__(self, batches: Iterator[list[Record]]) -> None:
        """Begin at none."""
        self._batches = batches
        self.count = 0

    def __iter__(self) -> Iterator[list[Record]]:
        """Pass the batches on."""
        for batch in self._batches:
            self.count += len(batch)
            yield batch


# --- in ---------------------------------------------------------------------------------------


@contextmanager
def source_of(file: Path) -> Iterator[BufferedReader | None]:
    """Open what can be read only once (standard input, a pipe); None for a file."""
    if file == STDIN:
        yield cast(BufferedReader, sys.stdin.buffer)
    elif file.is_file():
        yield None
    else:
        with file.open("rb") as stream:
            yield stream


def input_format(file: Path, stream: BufferedReader | None) -> Format:
    """Find the format of a file by content and ending, of a stream by its first character."""
    if stream is not None:
        return formats.FORMATS[_kind_of_lines(stream)]
    if any(file.suffix.lower() in each.endings for each in formats.FORMATS.values()):
        return formats.find_format(file)
    with file.open("rb") as opened:
        return formats.FORMATS[_kind_of_lines(opened)]


def _kind_of_lines(stream: BufferedReader) -> str:
    if stream.isatty():
        tell("reading lines from the terminal; end with Ctrl-D")
        return "lines"
    head = stream.peek(1).removeprefix(b"\xef\xbb\xbf").lstrip()
    return "jsonl" if head.startswith(b"{") else "lines"


def read(file: Path, stream: BufferedReader | None, source: Format, options: Options) -> Iterator[list[Record]]:
    """Yield the records of a file or stream in batches; warn of a file that is empty."""
    if file.is_file() and not file.stat().st_size:
        options.warn(f"{file}: the file is empty")
    if source.name not in PARSERS:
        yield from read_table(file, source, options)
        return
    parse, skip_blank = PARSERS[source.name]
    name = name_of(file)
    if stream is not None:
        yield from read_lines(stream, name, parse, skip_blank=skip_blank)
        return
    encoding = encoding_of_lines(file, options) if source.name == "lines" else "utf-8"
    with open_bytes(file, options) as opened:
        yield from read_lines(opened, name, parse, skip_blank=skip_blank, encoding=encoding)


def name_of(file: Path) -> str:
    """Name a file as a person would."""
    return "standard input" if file == STDIN else str(file)


# --- out -------------------------------------------------------------------------------------


def output_format(source: Format, out: Path | None) -> Format:
    """Choose the kind of file that the ending of OUT names, else the kind that came in.

    Raise `DataError` when the ending names a kind that cannot be written a line at a time.
    """
    ending = out.suffix.lower() if out is not None else ""
    named = [each.name for each in formats.FORMATS.values() if ending in each.endings]
    tables = [name for name in named if name in TABLES]
    if tables:
        return formats.FORMATS[tables[0]]
    if not named and ending not in DOCUMENTS:
        return source if source.name in TABLES else formats.FORMATS["jsonl"]
    if not {"jsonl", "lines"} & set(named):
        raise DataError(f"{out}: predict writes .jsonl, .csv and .parquet. Write .jsonl, then: textwright convert")
    return formats.FORMATS["jsonl"]


def summary(count: int, seconds: float, rejects: Rejects, reject: Path | None) -> str:
    """Say how many records were annotated, how fast, and what became of the others.

    >>> summary(1200, 0.5, Rejects(), None)
    '1,200 texts in 0.5 s, 2,400 a second'
    """
    speed = f"{counted(count, 'text')} in {seconds:.1f} s, {count / max(seconds, 1e-9):,.0f} a second"
    if not rejects.count:
        return speed
    where = "with an error in their place" if reject is None else f"in {reject}"
    return f"{speed}; {rejects.count:,} without an answer, {where}. The first: {rejects.first}"
