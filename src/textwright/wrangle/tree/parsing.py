"""From a text to its tree.

The method is that of the npm packages parse-english 7.0.0 and parse-latin 7.0.0
(https://github.com/wooorm/parse-english, MIT, Titus Wormer): tokens are joined to words, words cut into sentences and
these into paragraphs.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from textwright.wrangle.tree.nodes import Node, Point, Position, new_node
from textwright.wrangle.tree.pieces import Piece, cut
from textwright.wrangle.tree.sentences import NEW_LINE, Paragraph, paragraphs_of, sentences_of
from textwright.wrangle.tree.tables import SPACE, SYMBOL, WORD
from textwright.wrangle.tree.words import with_words

WIDE = re.compile("[\U00010000-\U0010ffff]")
# Makes a named tuple without the detour through its own `__new__`: half the time.
_new = tuple.__new__


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
    parts = paragraphs_of(sentences_of(with_words(tokens)))
    return _Builder(tokens, _points(text, tokens)).root(parts)


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
        kind, first, last, text = piece
        position = _new(Position, (self.points[first], self.points[last], None))
        if kind is not WORD:
            return new_node(kind, (), text, position)
        if last == first + 1:
            return new_node(WORD, (new_node("TextNode", (), text, position),), None, position)
        return new_node(WORD, tuple([self.inner(token) for token in self.tokens[first:last]]), None, position)

    def inner(self, token: Piece) -> Node:
        kind = "TextNode" if token.kind is WORD else token.kind
        return new_node(kind, (), token.text, Position(self.points[token.first], self.points[token.last]))


def _parent(kind: str, children: Sequence[Node]) -> Node:
    first, last = (children[place].position if children else None for place in (0, -1))
    position = Position(first.start, last.end) if first and last else None
    return new_node(kind, tuple(children), None, position)


def _points(text: str, tokens: Sequence[Piece]) -> list[Point]:
    """Return the place before each token and that at the end."""
    if NEW_LINE.search(text) is None and WIDE.search(text) is None:
        offsets = accumulate([len(token.text) for token in tokens], initial=0)
        return [_new(Point, (1, offset + 1, offset, 0, 0)) for offset in offsets]
    points = [Point(1, 1, 0)]
    for token in tokens:
        points.append(_after(points[-1], token))
    return points


def _after(point: Point, token: Piece) -> Point:
    """Return the place after a token that begins at `point`. A line ends as in JavaScript: CR, LF or both."""
    line, column, offset, wide, wide_in_line = point
    length, kind = len(token.text), token.kind
    if kind is SYMBOL:
        here = len(WIDE.findall(token.text))
        wide, wide_in_line = wide + here, wide_in_line + here
    elif kind is SPACE and (ends := [match.end() for match in NEW_LINE.finditer(token.text)]):
        line, column, wide_in_line = line + len(ends), 1 - ends[-1], 0
    return _new(Point, (line, column + length, (offset or 0) + length, wide, wide_in_line))
