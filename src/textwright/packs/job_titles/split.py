"""The trivial baseline for job titles: cut at the first sign that something else begins."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from textwright.predictor import InOneLine, refuse_one_text
from textwright.schema import Schema
from textwright.types import Annotation, Span

# A hyphen or slash inside a word (`Co-op`, `UX/UI`) is no cut: white space must stand beside it.
CUT = re.compile(r"\s-|-\s|[\u2010-\u2015(\[{)\]},|:]|\s/\s|(?<=\S)\s\s|\s(?:at|in)\s", re.IGNORECASE)


@dataclass(frozen=True, slots=True, repr=False)
class SplitPredictor(InOneLine):
    """Mark as the title and its core what stands before the first sign that something else begins."""

    schema: Schema

    @property
    def size_bytes(self) -> int:
        """Return the bytes of this file: it holds the signs, and nothing else is loaded."""
        return Path(__file__).stat().st_size

    def predict(self, texts: Sequence[str]) -> list[Annotation]:
        """Give one JOBTITLE with an equal COREJOBTITLE, or nothing, for each text."""
        refuse_one_text(texts)
        return [split_title(text) for text in texts]


def split_title(text: str) -> Annotation:
    """Mark the beginning of one text.

    >>> [span.end for span in split_title("Staff Nurse - Leeds").spans]
    [11, 11]
    """
    cut = CUT.search(text)
    head = text[: cut.start()] if cut else text
    title = head.strip()
    if not title:
        return Annotation(spans=())
    start = len(head) - len(head.lstrip())
    end = start + len(title)
    return Annotation(spans=(Span(start, end, "COREJOBTITLE"), Span(start, end, "JOBTITLE")))
