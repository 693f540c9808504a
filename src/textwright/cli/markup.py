"""A word to who gives a model HTML as if it were plain text."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from textwright.cli.reading import Record
from textwright.cli.telling import tell


def told_of_html(batches: Iterator[list[Record]], name: str) -> Iterator[list[Record]]:
    """Pass batches on; where the first one has an HTML tag, say on standard error what reads such texts."""
    first = next(batches, None)
    if first is None:
        return
    if any(_has_tag(record.example.text) for record in first if record.example is not None):
        said = "looks like HTML, whose tags are taken for words. To read its text alone: --markup html"
        tell(f"{name}: {said}")
    yield from chain([first], batches)


def _has_tag(text: str) -> bool:
    if "<" not in text:
        return False
    from textwright.wrangle.profile.kinds import KINDS

    tag = next(kind for kind in KINDS if kind.name == "tag")
    return any(True for _ in tag.find(text))
