"""Tags of tokens (IOB2, IOB1, BIOES, BILOU) to spans and back."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import cache
from itertools import pairwise

from textwright.errors import DataError
from textwright.types import Span

OUTSIDE = "O"
# Python's \\w leaves out the marks on letters, which are vowels in many scripts; two joiners stand within words, too.
MARKS, JOINERS = range(0x300, 0x20000), "\u200c\u200d"
_TAG = re.compile(r"([BIESLU])-(.+)", re.DOTALL)

Token = tuple[int, int]


def tokens_of(text: str, spans: Iterable[Span] = ()) -> list[Token]:
    """Cut a text into words and signs, and wherever a span begins or ends.

    >>> tokens_of("UX/UI lead")
    [(0, 2), (2, 3), (3, 5), (6, 10)]
    """
    cuts = {place for span in spans for place in (span.start, span.end)}
    found: list[Token] = []
    for word in (_ascii_words() if text.isascii() else _words()).finditer(text):
        places = sorted({word.start(), word.end(), *(cut for cut in cuts if word.start() < cut < word.end())})
        found += pairwise(places)
    return found


@cache
def _ascii_words() -> re.Pattern[str]:
    return re.compile(r"\w+|[^\w\s]")


@cache
def _words() -> re.Pattern[str]:
    marks = "".join(chr(code) for code in MARKS if unicodedata.category(chr(code)) in {"Mn", "Mc"})
    letters = rf"[\w{marks}]+"
    return re.compile(rf"{letters}(?:[{JOINERS}]{letters})*|[^\w\s]")


def tags_of(tokens: Sequence[Token], spans: Iterable[Span]) -> list[str]:
    """Return the IOB2 tag of each token. The spans must not overlap."""
    tags = [OUTSIDE] * len(tokens)
    waiting = sorted(spans, key=lambda span: span.start)
    at = 0
    for span in waiting:
        while at < len(tokens) and tokens[at][0] < span.start:
            at += 1
        mark = "B"
        while at < len(tokens) and tokens[at][1] <= span.end:
            tags[at] = f"{mark}-{span.label}"
            mark = "I"
            at += 1
    return tags


def spans_of_tags(tokens: Sequence[Token], tags: Sequence[str]) -> list[Span]:
    """Return the spans that tags mark; raise `DataError` for what is no tag."""
    found: list[Span] = []
    open_label = ""
    for (start, end), tag in zip(tokens, tags, strict=True):
        mark, label = _parts(tag)
        if mark in {"I", "E", "L"} and label == open_label:
            found[-1] = Span(found[-1].start, end, label)
        elif label:
            found.append(Span(start, end, label))
        open_label = "" if mark in {"E", "L", "S", "U"} else label
    return found


def _parts(tag: str) -> tuple[str, str]:
    if tag == OUTSIDE:
        return OUTSIDE, ""
    found = _TAG.fullmatch(tag)
    if not found:
        raise DataError(f"found {tag!r}, expected a tag such as O, B-LABEL or I-LABEL")
    return found[1], found[2]


def joined(words: Sequence[str]) -> tuple[str, list[Token]]:
    """Put words together with single spaces; return the text and where each word stands.

    >>> joined(["UX", "lead"])
    ('UX lead', [(0, 2), (3, 7)])
    """
    tokens: list[Token] = []
    at = 0
    for word in words:
        tokens.append((at, at + len(word)))
        at += len(word) + 1
    return " ".join(words), tokens
