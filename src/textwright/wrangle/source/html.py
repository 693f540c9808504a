"""HTML to the text that a browser shows, each character with its place in the source.

No parser that builds a tree tells where a text came from: turbohtml, justhtml and selectolax give
positions of elements at best, the standard library's `html.parser` gives a text's beginning but no
character reference's end, and reads tag soup unlike browsers. turbohtml's tokenizer, WHATWG's state
machine in C, gives every token with its line and column and every character reference by itself. So
this module reads its tokens, and keeps as much of the stack of open elements as the text depends on:
blocks, tables, `<pre>` and what is not shown. The text keeps the order of the source: what a browser
would move out of a table stays where it was written.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from textwright.errors import MissingExtraError
from textwright.wrangle.clean import Mapped
from textwright.wrangle.source.elements import RAW, Elements, Tag
from textwright.wrangle.source.flow import Flow, Piece, all_from, put_together, verbatim, without_returns

if TYPE_CHECKING:
    from turbohtml import Token

_LINE_END = re.compile(r"\r\n?|\n")
_CDATA, _CDATA_END = "<![CDATA[", "]]>"


def from_html(source: str) -> Mapped:
    """Give the text of HTML as a browser's `innerText` has it, with the way back; tag soup is welcome.

    Paragraphs, list items and other blocks stand on lines of their own, cells are parted by tabs, white
    space folds but in `<pre>`; scripts, styles, the title and what is `hidden` are not text. A character
    that a tag stands for, such as a line break, comes from the markup between its neighbours. Raise
    `MissingExtraError` without turbohtml.

    >>> mapped = from_html("<p>R&amp;D <b>Lead</b></p>")
    >>> mapped.text, mapped.raw(0, 3)
    ('R&D Lead', (3, 10))
    """
    flow = Flow()
    elements = Elements(flow)
    before: Tag | Piece | Comment | None = None
    for each in _without_cdata(source, elements) if _CDATA in source else _tokens(source):
        if isinstance(each, Tag):
            elements.meet(each)
        elif isinstance(each, Piece):
            _take(_without_first_line_end(each, before) if elements.keeps_space else each, elements, flow)
        before = each
    return flow.finished()


def _take(piece: Piece, elements: Elements, flow: Flow) -> None:
    """Take text into the flow, as the elements that are open say."""
    if elements.keeps_space:
        flow.keep(piece)
    elif not elements.hides:
        flow.fold(piece)


def _without_first_line_end(piece: Piece, before: Tag | Piece | Comment | None) -> Piece:
    """Leave out the line end right behind `<pre>`, which is for the eyes of the source's writer."""
    begins = isinstance(before, Tag) and before.opens and before.name in ("pre", "listing")
    return piece.part(1, len(piece.text)) if begins and piece.text.startswith("\n") else piece


class Comment(NamedTuple):
    """Something that is no text, `[start, end)`."""

    start: int
    end: int


def _tokens(source: str) -> Iterator[Tag | Piece | Comment]:
    """Yield tags, texts and comments with their places. A text holds no tag and no character reference."""
    try:
        from turbohtml import TokenType, tokenize
    except ImportError as error:
        raise MissingExtraError("turbohtml", "wrangle") from error
    lines = [0, *(match.end() for match in _LINE_END.finditer(source))]
    raw = False
    for token in tokenize(source, resolve_references=False, capture_source=True):
        start = lines[token.line - 1] + token.col
        if token.type == TokenType.TEXT:
            yield _text(source, start, token.data or "", raw=raw)
        elif token.type == TokenType.CHARACTER_REFERENCE:
            yield _reference(token, start)
        elif token.type in (TokenType.START_TAG, TokenType.END_TAG):
            tag = _tag(token, source, start, opens=token.type == TokenType.START_TAG)
            raw = tag.opens and tag.name in RAW
            yield tag
        else:
            yield Comment(start, _end_of(source, start, token.source or ""))


def _tag(token: Token, source: str, start: int, *, opens: bool) -> Tag:
    attributes = {name: value or "" for name, value in token.attrs or ()}
    end = _end_of(source, start, token.source or "")
    return Tag(token.tag or "", start, end, opens, token.self_closing, attributes)


def _end_of(source: str, start: int, found: str) -> int:
    r"""Find where a token ends; the tokenizer counts `\r\n` once."""
    end = start + len(found)
    if "\n" not in found:
        return end
    while len(_LINE_END.sub("\n", source[start:end])) < len(found):
        end += source.count("\r\n", start, end) - (end - start - len(found)) or 1
    return end


def _text(source: str, start: int, data: str, *, raw: bool) -> Piece:
    r"""Find a text in the source; `\r\n` is one character of it, `</>` none, and `\0` is not shown."""
    if "\0" not in data and source.startswith(data, start) and (raw or "</>" not in data):
        return verbatim(source, start, start + len(data))
    pieces, place = list[Piece](), start
    for char in data:
        while not raw and source.startswith("</>", place):
            place += 3
        end = place + (2 if source.startswith("\r\n", place) else 1)
        if char != "\0":
            pieces.append(all_from(char, place, end))
        place = end
    return put_together(pieces)


def _reference(token: Token, start: int) -> Piece:
    """Place a character reference; after one without a semicolon the tokenizer gives the letters that follow, too."""
    data, found = token.data or "", token.source or ""
    same = 0
    while same < len(data) - 1 and not found.endswith(";") and data[-1 - same] == found[-1 - same]:
        same += 1
    seam, end = len(data) - same, start + len(found) - same
    after = Piece(data[seam:], range(end, end + same), range(end + 1, end + same + 1))
    return put_together([all_from(data[:seam], start, end), after])


def _without_cdata(source: str, elements: Elements) -> Iterator[Tag | Piece | Comment]:
    """Make CDATA within SVG and MathML text, as a tree builder would; anywhere else it is a comment."""
    done = 0
    for token in _tokens(source):
        if isinstance(token, Piece):
            if token.text and token.ends[-1] > done:
                yield token.part(bisect_left(token.starts, done), len(token.text))
        elif token.start < done:
            continue
        elif isinstance(token, Comment) and elements.is_foreign and source.startswith(_CDATA, token.start):
            start = token.start + len(_CDATA)
            stop = source.find(_CDATA_END, start)
            stop = len(source) if stop < 0 else stop
            done = stop + len(_CDATA_END)
            yield without_returns(verbatim(source, start, stop))
        else:
            yield token
