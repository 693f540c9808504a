"""Markdown to text, each character with its place in the source.

markdown-it-py reads it as CommonMark says, with tables and strikethrough. Its tokens are written as
HTML, every character of which knows its place in the Markdown; `from_html` does the rest, so that
HTML within Markdown, white space and blocks are what they are there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from textwright.errors import MissingExtraError
from textwright.wrangle.clean import Mapped
from textwright.wrangle.source.flow import Piece, all_from, joined, put_together, verbatim, without_returns
from textwright.wrangle.source.html import from_html
from textwright.wrangle.source.lines import Lines, first_line

if TYPE_CHECKING:
    from markdown_it.token import Token

# Characters of a text that would be markup in HTML.
_ESCAPES = {"<": "&lt;", "&": "&amp;", "\r": "&#13;"}
_LINE_ENDS = {"softbreak": "\n", "hardbreak": "<br>"}
# Tokens whose content is HTML.
_MARKUP = frozenset({"html_block", "html_inline"})


def from_markdown(source: str) -> Mapped:
    r"""Give the text of Markdown (CommonMark with tables and strikethrough), with the way back.

    It is laid out as `from_html` lays out the HTML that the Markdown stands for; what pictures show is
    text too, where the Markdown says it: `![a ward at night](ward.png)`. Raise `MissingExtraError`
    without markdown-it-py or turbohtml.

    >>> mapped = from_markdown("# Staff *Nurse*\n\nR\\&D &amp; more")
    >>> mapped.text, mapped.raw(6, 11), mapped.raw(14, 15)
    ('Staff Nurse\n\nR&D & more', (9, 14), (18, 20))
    """
    plain = without_returns(verbatim(source, 0, len(source)))
    html = joined(list(_html(plain.text)))
    whole = Mapped(plain.text, tuple(plain.starts), tuple(plain.ends)).then(html)
    return _apart(whole.then(from_html(html.text)))


def _apart(mapped: Mapped) -> Mapped:
    """Part the ranges of characters that different tags between the same two texts stand for; none stays empty."""
    starts, ends = list[int](), list[int]()
    for start, end in zip(mapped.starts or (), mapped.ends or (), strict=True):
        if ends and (start < ends[-1] or start == end):
            start, end = (ends[-1], end) if ends[-1] < end else (starts[-1], ends[-1])
        starts.append(start)
        ends.append(end)
    return Mapped(mapped.text, tuple(starts), tuple(ends))


def _html(source: str) -> Iterator[Piece]:
    """Yield the HTML of the Markdown; a tag comes from all that lies between the texts around it."""
    last, done, tags = 0, 0, list[str]()
    for each in _parts(source):
        if isinstance(each, str):
            tags.append(each)
        elif each.text:
            yield all_from("".join(tags), done, max(each.starts[0], done))
            yield each
            last, done, tags = each.starts[-1], each.ends[-1], []
    # A cell that the source's last row lacks has no place but that of the last character.
    yield all_from("".join(tags), done if done < len(source) else last, len(source))


def _parts(source: str) -> Iterator[str | Piece]:
    """Yield tags, as strings, and what has a place in the source."""
    lines = Lines(source)
    cells = _cells(lines, tokens := _parsed(source))
    for place, token in enumerate(tokens):
        if token.type == "inline":
            content = cells.get(place) or lines.inline(token, tokens[place - 1])
            yield from _inline(token.children or (), content)
        else:
            yield from _block_parts(token, lines)


def _block_parts(token: Token, lines: Lines) -> Sequence[str | Piece]:
    if token.type in ("fence", "code_block"):
        return ["<pre><code>", _escaped(lines.code(token)), "</code></pre>"]
    if token.type in _MARKUP:
        # With the tags that follow, so that their line breaks have a place even where <pre> keeps this one.
        line_end = "\n" * token.content.endswith("\n")
        return [lines.content(token.content.removesuffix("\n"), first_line(token)), line_end]
    return [] if token.hidden else [_tag(token)]


def _parsed(source: str) -> list[Token]:
    try:
        from textwright.wrangle.source.places import parser
    except ImportError as error:
        raise MissingExtraError("markdown-it-py", "wrangle") from error
    return parser().parse(source)


def _cells(lines: Lines, tokens: Sequence[Token]) -> dict[int, Piece]:
    """Find the cells of tables in their rows: the token's number, and the content with its places."""
    found: dict[int, Piece] = {}
    row: list[int] = []
    for place, token in enumerate(tokens):
        if token.type == "tr_open":
            row = []
        elif token.type == "inline" and tokens[place - 1].type in ("th_open", "td_open"):
            row.append(place)
        elif token.type == "tr_close" and row:
            is_head = tokens[row[0] - 1].type == "th_open"
            contents = lines.cells(first_line(tokens[row[0]]), [tokens[each].content for each in row], is_head=is_head)
            found.update(zip(row, contents, strict=True))
    return found


def _inline(tokens: Sequence[Token], content: Piece) -> Iterator[str | Piece]:
    """Yield what stands in a line; each token knows its place in the content."""
    for token in tokens:
        yield from _inline_parts(token, content)


def _inline_parts(token: Token, content: Piece) -> Iterable[str | Piece]:
    if token.type == "image":
        start = int(token.meta["place"][0]) + len("![")
        words = content.part(start, start + len(token.content))
        return ["<span>", *_inline(token.children or (), words), "</span>"]
    if token.type in _MARKUP:
        return [content.part(*token.meta["place"])]
    if token.type == "code_inline":
        return ["<code>", _escaped(_code(token, content)), "</code>"]
    if token.type in ("text", "text_special"):
        return [_escaped(_text(token, content))]
    if token.type in _LINE_ENDS:
        return [_all_in(content.part(*token.meta["place"]), _LINE_ENDS[token.type])]
    return [_tag(token)]


def _tag(token: Token) -> str:
    return f"</{token.tag}>" if token.nesting < 0 else f"<{token.tag}>"


def _text(token: Token, content: Piece) -> Piece:
    """Give a text with its places; an escape or a character reference comes from all that was written for it."""
    found = content.part(*token.meta["place"])
    if token.type == "text" and found.text != token.content:
        # An address that was written as <address>; or half of a sign that became a tag, of which nothing is text.
        return found.part(1, 1 + len(token.content))
    return found if found.text == token.content else _all_in(found, token.content)


def _all_in(piece: Piece, text: str) -> Piece:
    return all_from(text, piece.starts[0], piece.ends[-1])


def _code(token: Token, content: Piece) -> Piece:
    """Give the content of a code span: a line end is a space there, and one space at each end is not part of it."""
    start, end = token.meta["place"]
    width = len(token.markup)
    found = content.part(start + width, end - width)
    if len(token.content) == len(found.text) - 2:
        found = found.part(1, len(found.text) - 1)
    return Piece(token.content, found.starts, found.ends)


def _escaped(piece: Piece) -> Piece:
    """Write a text as HTML."""
    if not any(char in piece.text for char in _ESCAPES):
        return piece
    chars = zip(piece.text, piece.starts, piece.ends, strict=True)
    return put_together([all_from(_ESCAPES.get(char, char), start, end) for char, start, end in chars])
