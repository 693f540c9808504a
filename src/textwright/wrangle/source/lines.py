"""Where the content of Markdown's blocks stands in its lines.

A block's content is its lines without what leads them (a quote's `>`, a list's indent), so that each is
the end of a line of the source.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from textwright.wrangle.source.flow import Piece, all_from, put_together, verbatim

if TYPE_CHECKING:
    from markdown_it.token import Token


class Lines:
    r"""The lines of a source whose line ends are `\n`."""

    def __init__(self, source: str) -> None:
        r"""Find the lines. markdown-it reads `\0` as U+FFFD."""
        self._source = source.replace("\0", "\ufffd")
        self._starts = [0]
        for line in source.split("\n"):
            self._starts.append(self._starts[-1] + len(line) + 1)

    def inline(self, token: Token, before: Token) -> Piece:
        """Place the content of a paragraph or a heading; `before` is the token that opens it."""
        first = first_line(token)
        if before.markup.startswith("#"):
            return self._in_heading(self._line(first), token.content)
        return self.content(token.content, self._first_with_words(token))

    def _first_with_words(self, token: Token) -> int:
        """Give the line in which the content begins: not the first where that holds only white space of Unicode's."""
        first, stop = token.map or (0, 0)
        begin = token.content.split("\n", 1)[0]
        while first + token.content.count("\n") + 1 < stop and begin not in self._line(first).text:
            first += 1
        return first

    def code(self, token: Token) -> Piece:
        """Place the content of a code block, without its last line end; a fence's begins a line below the fence."""
        return self.content(token.content.removesuffix("\n"), first_line(token) + (token.type == "fence"))

    def content(self, content: str, first: int) -> Piece:
        """Place content that begins in the line `first`; each line of it is the end of its line."""
        pieces = list[Piece]()
        for number, each in enumerate(content.split("\n") if content else (), first):
            start = self._starts[number]
            pieces += [all_from("\n", start - 1, start), *_at_end(each, self._line(number))]
        return put_together(pieces[1:])

    def cells(self, first: int, contents: Sequence[str], *, is_head: bool) -> list[Piece]:
        """Place the contents of a row's cells; a row may have fewer cells than its table, or more."""
        found = list(_parted(self._line(first)))
        if not _trimmed(found[-1].text):
            found = found[:-1]
        leads = len(found) > len(contents) if is_head else not found[:1] or not _trimmed(found[0].text.strip(" \t>"))
        nothing = Piece("", (), ())
        cells = [*found[leads:], *([nothing] * len(contents))]
        return [put_together(_at_end(each, cell)) for each, cell in zip(contents, cells, strict=False)]

    def _line(self, number: int) -> Piece:
        return verbatim(self._source, self._starts[number], self._starts[number + 1] - 1)

    def _in_heading(self, line: Piece, content: str) -> Piece:
        """Find a heading's content behind its `#`."""
        signs = line.text[line.text.index("#") :]
        start = line.text.find(content, len(line.text) - len(signs.lstrip("#")))
        return line.part(start, start + len(content))


def first_line(token: Token) -> int:
    """Give the number of the line in which a block begins."""
    return token.map[0] if token.map else 0


def _trimmed(text: str) -> str:
    """Leave out the white space that markdown-it leaves out; older versions leave out what Python does."""
    from markdown_it.common import utils

    trim: Callable[[str], str] = getattr(utils, "mdTrim", str.strip)
    return trim(text)


def _at_end(content: str, line: Piece) -> Iterator[Piece]:
    """Place content at the end of a line; spaces that lead it may be part of a tab."""
    words = content.lstrip(" \t")
    # Which white space is left out behind it is the parser's affair, so that the last place that fits is looked for.
    start, spaces = line.text.rindex(words), len(content) - len(words)
    end = start + len(words)
    if line.text[:start].endswith(content[:spaces]):
        yield line.part(start - spaces, end)
        return
    first = len(line.text[:start].rstrip(" \t"))
    yield all_from(content[:spaces], line.starts[first], line.ends[start - 1])
    yield line.part(start, end)


def _parted(line: Piece) -> Iterator[Piece]:
    r"""Part a row at the bars that are not escaped; `\|` is a bar in a cell."""
    pieces, start = list[Piece](), 0
    for place, char in enumerate(line.text):
        if char != "|":
            continue
        is_escaped = place > 0 and line.text[place - 1] == "\\"
        pieces.append(line.part(start, place - is_escaped))
        start = place + 1
        if is_escaped:
            pieces.append(all_from("|", line.starts[place - 1], line.ends[place]))
        else:
            yield put_together(pieces)
            pieces = []
    yield put_together([*pieces, line.part(start, len(line.text))])
