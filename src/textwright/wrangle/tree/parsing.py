"""From a text to its tree.

The method is that of the npm packages parse-english 7.0.0 and parse-latin 7.0.0
(https://github.com/wooorm/parse-english, MIT, Titus Wormer): tokens are joined to words, words cut into sentences and
these into paragraphs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from textwright.wrangle.tree.nodes import Node, Point, Position
from textwright.wrangle.tree.pieces import Piece, cut
from textwright.wrangle.tree.sentences import NEW_LINE, Paragraph, paragraphs_of, sentences_of
from textwright.wrangle.tree.tables import WORD
from textwright.wrangle.tree.words import with_words

WIDE = re.compile("[\U00010000-\U0010ffff]")


def parse(text: str) -> Node:
    """Turn a text into its tree: paragraphs, sentences, words, marks and white space, each with its position.

    Every text has a tree, and `to_text` of it is the text again. An empty one is a root without children or position.

    >>> print(parse("Ltd. firm"))
    RootNode[1] (1:1-1:10, 0-9)
    └─0 ParagraphNode[1] (1:1-1:10, 0-9)
        └─0 SentenceNode[3] (1:1-1:10, 0-9)
            ├─0 WordNode[2] (1:1-1:5, 0-4)
            │   ├─0 TextNode "Ltd" (1:1-1:4, 0-3)
            │   └─1 PunctuationNode "." (1:4-1:5, 3-4)
            ├─1 WhiteSpaceNode " " (1:5-1:6, 4-5)
            └─2 WordNode[1] (1:6-1:10, 5-9)
                └─0 TextNode "firm" (1:6-1:10, 5-9)
    """
    tokens = cut(text)
    parts = paragraphs_of(sentences_of(with_words(tokens, text)))
    return _Builder(tokens, [*_points(text, tokens)]).root(parts)


@dataclass(frozen=True, slots=True)
class _Builder:
    """Makes nodes: token `i` stands between `points[i]` and `points[i + 1]`."""

    tokens: Sequence[Piece]
    points: Sequence[Point]

    def root(self, parts: Sequence[Paragraph | Piece]) -> Node:
        children = [self.piece(part) if isinstance(part, Piece) else self.paragraph(part) for part in parts]
        return _parent("RootNode", children)

    def paragraph(self, parts: Paragraph) -> Node:
        children = [self.piece(part) if isinstance(part, Piece) else self.sentence(part) for part in parts]
        return _parent("ParagraphNode", children)

    def sentence(self, pieces: Sequence[Piece]) -> Node:
        return _parent("SentenceNode", [self.piece(piece) for piece in pieces])

    def piece(self, piece: Piece) -> Node:
        """Make a word with what is inside it, or a literal."""
        position = Position(self.points[piece.first], self.points[piece.last])
        if piece.kind is not WORD:
            return Node(piece.kind, (), piece.text, position)
        if piece.last == piece.first + 1:
            return Node(WORD, (Node("TextNode", (), piece.text, position),), None, position)
        return Node(WORD, tuple([self.inner(token) for token in self.tokens[piece.first : piece.last]]), None, position)

    def inner(self, token: Piece) -> Node:
        kind = "TextNode" if token.kind is WORD else token.kind
        return Node(kind, (), token.text, Position(self.points[token.first], self.points[token.last]))


def _parent(kind: str, children: Sequence[Node]) -> Node:
    first, last = (children[place].position if children else None for place in (0, -1))
    position = Position(first.start, last.end) if first and last else None
    return Node(kind, tuple(children), None, position)


def _points(text: str, tokens: Sequence[Piece]) -> Iterator[Point]:
    """Yield the place before each token and that at the end."""
    offset = 0
    if text.isascii() and "\n" not in text and "\r" not in text:
        for token in tokens:
            yield Point(1, offset + 1, offset)
            offset += len(token.text)
        yield Point(1, offset + 1, offset)
        return
    point = Point(1, 1, 0)
    for token in tokens:
        yield point
        point = _after(point, token.text)
    yield point


def _after(point: Point, text: str) -> Point:
    """Return the place after a token that begins at `point`. A line ends as in JavaScript: CR, LF or both."""
    line, column, offset, wide, wide_in_line = point
    start, here = 0, len(WIDE.findall(text))
    for match in NEW_LINE.finditer(text):
        line, column, wide_in_line, start = line + 1, 1, 0, match.end()
    return Point(line, column + len(text) - start, (offset or 0) + len(text), wide + here, wide_in_line + here)
