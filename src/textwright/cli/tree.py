"""`textwright tree`: texts as the syntax trees of unified's tools."""

from __future__ import annotations

import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path
from typing import Annotated

import typer

from textwright.cli.options import Column, File, Out, Reject
from textwright.cli.output import bytes_out, refuse_same
from textwright.cli.progress import is_beside, progress
from textwright.cli.reading import Record
from textwright.cli.rejects import Rejects, rejects_to
from textwright.cli.source import STDIN, check_places, opened
from textwright.cli.telling import say, tell
from textwright.formats.base import Options
from textwright.formats.jsonl import format_example
from textwright.types import Example
from textwright.wrangle.counted import counted
from textwright.wrangle.tree import Node, parse, to_json
from textwright.wrangle.tree.drawing import drawn, inspect, shown
from textwright.wrangle.tree.nodes import walk

COUNTED = {"RootNode": "text", "SentenceNode": "sentence", "WordNode": "word"}


def tree(
    file: File = STDIN,
    out: Out = None,
    pretty: Annotated[bool, typer.Option("--pretty", help="Draw the trees, in colours on a terminal.")] = False,
    column: Column = "text",
    reject: Reject = None,
) -> None:
    """Turn texts into syntax trees, a JSON line each, for unified's tools.

    A line is the nlcst root: paragraphs, sentences, words, marks and white space, each with its position (offsets
    count UTF-16 units). A text that has an id keeps it in the root's "data". FILE holds plain lines, JSON lines with
    a "text", or a table.

    Example:
        textwright tree titles.txt -o trees.jsonl
        echo "Mr. Bean isn't here. Call 5.30 p.m." | textwright tree --pretty
    """
    check_places(file, out, reject)
    refuse_same(file, out, reject)
    started, counts = time.perf_counter(), Counter[str]()
    with rejects_to(reject) as rejects:
        run(Job(file, out, column, pretty), rejects, counts)
    say(summary(counts, time.perf_counter() - started, rejects))
    rejects.end()


@dataclass(frozen=True, slots=True)
class Job:
    """What is to be parsed, and how and where the trees go."""

    file: Path
    out: Path | None
    column: str
    pretty: bool


def run(job: Job, rejects: Rejects, counts: Counter[str]) -> None:
    """Write a tree for each text, as soon as it is there."""
    with opened(job.file) as source, progress(job.file, wanted=is_beside(job.out)) as advance:
        options = Options(column=job.column, on_warning=tell, on_progress=advance, lossy=True)
        records = chain.from_iterable(source.batches(options))
        parsed = trees(records, rejects, counts)
        with_id = source.format.name != "lines"
        if job.pretty:
            in_colour = job.out is None and sys.stdout.isatty()
            lines = (as_drawing(root, in_colour=in_colour) for root, _ in parsed if root is not None)
        else:
            lines = (as_line(root, example, with_id=with_id) for root, example in parsed)
        write(job.out, lines)


def write(out: Path | None, lines: Iterable[str]) -> None:
    """Write each line, on standard output as soon as it is there."""
    with bytes_out(out) as target:
        for line in lines:
            target.write(f"{line}\n".encode("utf-8", "replace"))
            if out is None:
                target.flush()


def trees(records: Iterable[Record], rejects: Rejects, counts: Counter[str]) -> Iterator[tuple[Node | None, Example]]:
    """Yield each text with its tree; None for one that could not be read."""
    for record in records:
        if record.example is None:
            yield from ((None, example) for example in rejects.take(record, record.reason))
            continue
        root = parse(record.example.text)
        counts.update(node.type for node in walk(root))
        yield root, record.example


def as_line(root: Node | None, example: Example, *, with_id: bool) -> str:
    """Write a tree as JSON, or why there is none."""
    if root is None:
        return format_example(example)
    return shown(to_json(replace(root, extra={"data": {"id": example.id}}) if with_id else root))


def as_drawing(root: Node, *, in_colour: bool) -> str:
    """Draw a tree, with a blank line after it."""
    if not in_colour:
        return f"{inspect(root)}\n"
    from rich.console import Console

    console = Console(soft_wrap=True, highlight=False, emoji=False)
    with console.capture() as captured:
        console.print(drawn(root))
    return captured.get()


def summary(counts: Counter[str], seconds: float, rejects: Rejects) -> str:
    """Say what was found, and what could not be read.

    >>> summary(Counter(RootNode=1, SentenceNode=1, WordNode=2), 0.5, Rejects())
    '1 text, 1 sentence, 2 words in 0.5 s'
    """
    found = ", ".join(counted(counts[kind], name) for kind, name in COUNTED.items())
    return f"{found} in {seconds:.1f} s{rejects.words('could not be read')}"
