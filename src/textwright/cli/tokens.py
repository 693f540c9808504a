"""`textwright tokens`: what texts are cut into, with offsets: words, simple words, a model's subwords."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from textwright.cli.options import MODEL_HELP, Column, File, Out, Reject, complete_model
from textwright.cli.output import bytes_out, refuse_same
from textwright.cli.predict import summary
from textwright.cli.progress import is_beside, progress
from textwright.cli.reading import Counted, Record
from textwright.cli.rejects import Rejects, rejects_to
from textwright.cli.source import STDIN, check_places, opened
from textwright.cli.telling import say, tell
from textwright.errors import DataError
from textwright.formats.base import Options
from textwright.formats.records import encode
from textwright.wrangle import Token, subwords, tokenize
from textwright.wrangle.tokens.simple import simple_tokens

Cut = Callable[[str], list[Token]]


class Kind(StrEnum):
    """What a text is cut into."""

    WORDS = "words"
    SIMPLE = "simple"
    SUBWORDS = "subwords"


def tokens(
    file: File = STDIN,
    out: Out = None,
    kind: Annotated[
        Kind, typer.Option(help="words: by Unicode's rules; simple: as Keras does; subwords: of a model.")
    ] = Kind.WORDS,
    model: Annotated[
        str | None,
        typer.Option(
            metavar="MODEL",
            help=f"Whose subwords. {MODEL_HELP} Or a tokenizer.json, or a folder with one.",
            autocompletion=complete_model,
        ),
    ] = None,
    column: Column = "text",
    reject: Reject = None,
) -> None:
    """Cut texts into tokens with offsets: words, simple words as in Keras, or a model's subwords.

    FILE holds plain lines, JSON lines with a "text", or a table (CSV, Parquet). Out comes a JSON line for each
    text, in order. A line that cannot be read keeps its place with an "error", or goes to the file of --reject;
    the exit status is then 4.

    Example:
        textwright tokens titles.txt -o tokens.jsonl
        echo "Part-time Nurse, £20k" | textwright tokens --kind simple
        textwright tokens titles.txt --kind subwords --model emotion
    """
    check_places(file, out, reject)
    refuse_same(file, out, reject)
    cut = cutter(kind, model)
    started = time.perf_counter()
    with rejects_to(reject) as rejects, opened(file) as source, progress(file, wanted=is_beside(out)) as advance:
        batches = Counted(source.batches(Options(column=column, on_warning=tell, on_progress=advance)))
        write(out, lines_of(batches, cut, rejects))
    say(summary(batches.count, time.perf_counter() - started, rejects))
    rejects.end()


def cutter(kind: Kind, model: str | None) -> Cut:
    """Return what cuts a text. Raise `DataError` when model and kind do not go together."""
    if kind is not Kind.SUBWORDS and model is not None:
        raise DataError(f"--model {model}: {kind} need no model. Ask for its subwords: --kind subwords")
    if kind is Kind.SUBWORDS:
        return subword_cutter(model)
    return tokenize if kind is Kind.WORDS else simple_tokens


def subword_cutter(model: str | None) -> Cut:
    """Open a model, or the tokenizer.json beside it, which opens quicker."""
    if model is None:
        raise DataError("--kind subwords: whose? Name a model that reads subwords, such as --model emotion")
    from textwright.references import open_model
    from textwright.wrangle.tokens.subwords import FILE, whole_tokenizer

    path = Path(model).expanduser()
    is_own = path.is_file() or ("/" in model and (path / FILE).is_file())
    tokenizer = whole_tokenizer(path if is_own else open_model(model))
    return lambda text: subwords(tokenizer, text)


def lines_of(batches: Counted, cut: Cut, rejects: Rejects) -> Iterator[list[dict[str, object]]]:
    """Yield what is written for each batch: the tokens of a text, or why it could not be read."""
    for batch in batches:
        yield [line for record in batch for line in record_lines(record, cut, rejects)]


def record_lines(record: Record, cut: Cut, rejects: Rejects) -> Iterator[dict[str, object]]:
    """Yield the line of a record; none when it went to the file of what is rejected."""
    example = record.example
    if example is not None:
        found = [token._asdict() for token in cut(example.text)]
        yield {"id": example.id, "text": example.text, "tokens": found}
        return
    for each in rejects.take(record, record.reason):
        yield {"id": each.id, "text": each.text, **each.extra}


def write(out: Path | None, batches: Iterator[list[dict[str, object]]]) -> None:
    """Write JSON lines, each batch at once."""
    with bytes_out(out) as file:
        for batch in batches:
            file.write("".join([encode(line) + "\n" for line in batch]).encode("utf-8", "surrogatepass"))
            file.flush()
