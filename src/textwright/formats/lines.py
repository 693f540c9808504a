"""Plain lines: one text a line, nothing annotated. Blank lines are texts too, so that order is kept."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from textwright.formats.base import Format, Identify, Options, Rejected
from textwright.types import Example


def read(path: Path, options: Options) -> Iterator[Example]:
    """Stream one example a line, in order; hand a line that is not UTF-8 to `options.on_reject`."""
    identify = Identify()
    with path.open("rb") as file:
        for number, raw in enumerate(file, start=1):
            body = raw.removesuffix(b"\n").removesuffix(b"\r")
            try:
                text = body.decode("utf-8-sig" if number == 1 else "utf-8")
            except UnicodeDecodeError as error:
                reason = f"not UTF-8 at byte {error.start} of the line ({body[error.start : error.start + 1]!r})"
                options.on_reject(Rejected(str(path), number, reason, body.decode("utf-8", "replace")))
                continue
            yield Example(identify(text), text)


def write(path: Path, examples: Iterable[Example], options: Options) -> None:
    """Write the texts alone, a line each; line breaks inside a text become spaces."""
    del options
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(" ".join(example.text.splitlines() or [""]) + "\n" for example in examples)


def losses(example: Example) -> dict[str, int]:
    """Count the annotations and line breaks that plain lines cannot hold."""
    gold = example.gold
    found = {
        "spans": len(gold.spans or ()),
        "categories": len(gold.categories or ()),
        "line breaks": len(example.text.splitlines()) - 1 if example.text else 0,
    }
    return {kind: count for kind, count in found.items() if count > 0}


def _recognise(head: bytes) -> bool:
    del head
    return True


FORMAT = Format("lines", (".txt",), _recognise, read, write, losses)
