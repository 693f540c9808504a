"""Plain lines: one text a line, nothing annotated. Blank lines are texts too, so that order is kept.

Read as UTF-8, or as Windows-1252 with a warning: see `encoding`. Written as UTF-8.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from textwright.formats import losses
from textwright.formats.base import Format, Identify, LossReport, Options, read_lines
from textwright.formats.encoding import encoding_of_lines
from textwright.formats.records import write_lines
from textwright.types import Example


def read(path: Path, options: Options) -> Iterator[Example]:
    """Stream one example a line, in order; hand a line that cannot be decoded to `options.on_reject`."""
    identify = Identify()
    for _, line in read_lines(path, options, blank=True, encoding=encoding_of_lines(path, options)):
        text = line.removesuffix("\n").removesuffix("\r")
        yield Example(identify(text), text)


def write(path: Path, examples: Iterable[Example], options: Options) -> None:
    """Write the texts alone, a line each; a line break inside a text becomes a space."""
    del options
    write_lines(path, (_one_line(example.text) for example in examples))


def _one_line(text: str) -> str:
    return text.replace("\r\n", " ").replace("\n", " ").replace("\r", " ").removeprefix("\ufeff")


def _losses(example: Example, options: Options) -> LossReport:
    """Count all but the text, and the breaks in it."""
    kinds = ("spans", "categories", "empty layers", "meta", "annotators", "other keys")
    breaks = example.text.replace("\r\n", "\n").replace("\r", "\n").count("\n")
    marks = int(example.text.startswith("\ufeff"))
    own = {"line breaks": breaks, "byte order marks": marks}
    return dict(losses.count(example, options, *kinds)) | {kind: number for kind, number in own.items() if number}


def _recognise(path: Path, head: bytes) -> bool:
    """Recognise nothing: any text is lines, so only the ending or the name can say so."""
    del path, head
    return False


FORMAT = Format("lines", (".txt",), _recognise, read, write, _losses)
