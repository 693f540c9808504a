"""`textwright predict`: a line in, a line out, whatever the model and the kind of file."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated

import typer

from textwright import formats
from textwright.cli.answering import Explain, annotate, explainer
from textwright.cli.in_place import is_in_place, refuse_to_replace
from textwright.cli.markup import told_of_html
from textwright.cli.options import Column, File, Model, Out, RawCells
from textwright.cli.output import write_lines, write_table
from textwright.cli.progress import is_beside, progress
from textwright.cli.reading import Counted
from textwright.cli.rejects import Rejects, rejects_to
from textwright.cli.source import STDIN, TABLES, Source, check_places, opened, opened_as_one
from textwright.cli.telling import say, tell
from textwright.errors import DataError
from textwright.formats.base import Format, Options
from textwright.predictor import Predictor
from textwright.references import open_model
from textwright.wrangle.counted import counted

# Files that are one text.
WHOLE = frozenset({".html", ".htm", ".md", ".markdown"})
# Files that another program would open and find broken, were JSON lines written under their names.
DOCUMENTS = frozenset({".html", ".htm", ".xlsx", ".xls", ".ods", ".docx", ".pdf"})


def predict(
    model: Model,
    file: File = STDIN,
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
    raw_cells: RawCells = False,
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
        predictor,
        file,
        out,
        column,
        explainer(predictor, model) if explain else None,
        is_whole,
        markup is not None,
        raw_cells,
    )
    started = time.perf_counter()
    with rejects_to(reject) as rejects:
        count = run(job, rejects)
    say(summary(count, time.perf_counter() - started, rejects))
    rejects.end()


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
    raw_cells: bool = False


def run(job: Job, rejects: Rejects) -> int:
    """Annotate a file; return the number of records read."""
    with opened_as_one(job.file) if job.is_whole else opened(job.file) as source:
        target = output_format(source.format, job.out)
        with progress(job.file, wanted=is_beside(job.out)) as advance:
            options = Options(
                column=job.column,
                raw_cells=job.raw_cells,
                schema=job.model.schema,
                on_warning=tell,
                on_progress=advance,
                lossy=True,
            )
            options = source.as_it_came(options, job.out)
            _refuse_to_replace(job, source, options)
            batches = source.batches(options)
            counted = Counted(batches if job.reads_markup else told_of_html(batches, source.name))
            _write(job, target, counted, rejects, options)
    return counted.count


def _refuse_to_replace(job: Job, source: Source, options: Options) -> None:
    """Raise `DataError` where OUT is FILE itself and what is annotated there would go."""
    if job.out is not None and is_in_place(job.file, job.out) and not job.is_whole:
        refuse_to_replace(job.out, source.batches(options.quiet()), job.model.schema)


def _write(job: Job, target: Format, batches: Counted, rejects: Rejects, options: Options) -> None:
    is_table = target.name in TABLES
    annotated = annotate(job.model, batches, rejects, job.explain, with_notes=not is_table)
    if is_table:
        write_table(job.out, target, annotated, options)
    else:
        write_lines(job.out, annotated)


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


def summary(count: int, seconds: float, rejects: Rejects) -> str:
    """Say how many records were annotated, how fast, and what became of the others.

    >>> summary(1200, 0.5, Rejects())
    '1,200 texts in 0.5 s, 2,400 a second'
    """
    speed = f"{counted(count, 'text')} in {seconds:.1f} s, {count / max(seconds, 1e-9):,.0f} a second"
    return speed + rejects.words("without an answer", in_place="with an error in their place")
