"""Texts written with their marks: `[BRAND: Hozelock] [PRODUCT: garden hose]`, and `topic=billing | ...` before a text.

It is quick to write and to read, and it is only for texts that hold no such brackets themselves.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from textwright.dataset import Dataset
from textwright.errors import DataError
from textwright.formats.base import Identify
from textwright.schema import Schema
from textwright.types import Annotation, Category, Example, Span

ANSWERS = re.compile(r"^((?:\w+=\w+ )+)\| ")
MARK = re.compile(r"\[(\w+): ([^\[\]]+)\]")


def read_marked(path: Path, schema: Schema, *, name: str) -> Dataset:
    """Read a file of marked texts, a line each. Raise `DataError` with the line that does not fit the schema."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return Dataset(_examples(path, lines, schema), schema=schema, name=name)


def _examples(path: Path, lines: Iterable[str], schema: Schema) -> Iterator[Example]:
    identify = Identify()
    for number, line in enumerate(lines, start=1):
        text, gold = parse_marked(line)
        for problem in schema.problems(text, gold):
            raise DataError(f"{path}:{number}: {problem.reason}")
        yield Example(identify(text), text, gold if schema.tasks else Annotation(gold.spans))


def parse_marked(line: str) -> tuple[str, Annotation]:
    """Part a text from its marks.

    >>> parse_marked("[SIZE: 25m] hose")
    ('25m hose', Annotation(spans=(Span(start=0, end=3, label='SIZE', score=None),), categories=()))
    """
    answers, body = _answers(line)
    pieces, spans, length, done = list[str](), list[Span](), 0, 0
    for mark in MARK.finditer(body):
        before, marked = body[done : mark.start()], mark[2]
        start = length + len(before)
        pieces += [before, marked]
        spans.append(Span(start, start + len(marked), mark[1]))
        length, done = start + len(marked), mark.end()
    return "".join([*pieces, body[done:]]), Annotation(tuple(spans), answers)


def _answers(line: str) -> tuple[tuple[Category, ...], str]:
    """Take the answers for the whole text from its front."""
    found = ANSWERS.match(line)
    if found is None:
        return (), line
    answers = tuple(Category(*answer.split("=")) for answer in found[1].split())
    return answers, line[found.end() :]
