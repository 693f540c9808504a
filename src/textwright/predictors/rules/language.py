"""Read patterns and classes of the rule language into a small tree. See docs/rules.md."""

from __future__ import annotations

import re

from textwright.errors import ModelError
from textwright.predictors.rules.trees import Choice, Glued, Kind, List, Literal, Mark, Repeat, Sequence, Tree
from textwright.wrangle.words import GAP, HYPHEN, HYPHENS, cut, match_form

MOST_HYPHENS = 5
MOST_DEEP = 50


TOKEN = re.compile(
    r'\s+|(?P<quoted>"[^"]*")|(?P<list>\{[^{}<>\s]+\})|(?P<kind><[^<>{}\s]+>)|(?P<mark>\[[^\s\[\]:"{}<>]+:)'
    r'|(?P<sign>[()\]|?*+~])|(?P<word>[^\s"{}<>\[\]()|?*+~]+)|(?P<bad>.)',
    re.DOTALL,
)


def parse_pattern(pattern: str) -> Tree:
    """Read a pattern. Raise `ModelError` that shows where it went wrong."""
    reader = _Reader(pattern)
    tree = reader.choice()
    if reader.peek() is not None:
        raise reader.error(f"{reader.peek()!r} has no beginning")
    return tree


def parse_class(kinds: str) -> list[tuple[str, Tree]]:
    """Read what a class is made of: each part with `+` or `-`. Raise `ModelError` for a sign out of place.

    >>> [(sign, part.name) for sign, part in parse_class("<word> - {rank}")]
    [('+', 'word'), ('-', 'rank')]
    """
    parts: list[tuple[str, Tree]] = []
    sign: str | None = "+"
    for token in re.findall(r'"[^"]*"|\S+', kinds):
        if token in ("+", "-"):
            if sign is not None:
                raise ModelError(f'found {token!r}, expected a word, {{list}} or <kind>. The sign itself is "{token}"')
            sign = token
            continue
        if sign is None:
            raise ModelError(f"expected + or - before {token!r}")
        parts.append((sign, _part(token)))
        sign = None
    if sign is not None:
        raise ModelError(f"{kinds!r} ends where a word, {{list}} or <kind> was expected")
    return parts


def _part(token: str) -> Tree:
    return parse_pattern(token) if token[0] in '{<"' else literal(token)


def literal(words: str) -> Tree:
    """Make the tree of a word or entry; a hyphen between words may also be a space or nothing.

    >>> len(literal("part-time").items)
    3
    """
    if len(words) == 1 and words in HYPHENS:
        return Literal(HYPHEN)
    forms = [match_form(surface) for surface in cut(words).surfaces if surface != GAP]
    if not forms:
        raise ModelError(f"{words!r} holds no word")
    if forms.count(HYPHEN) > MOST_HYPHENS:
        raise ModelError(f"{words!r} has more than {MOST_HYPHENS} hyphens; write its ways as entries of a list")
    ways = [tuple(map(Literal, way)) for way in hyphen_ways(forms)]
    made = [way[0] if len(way) == 1 else Sequence(way) for way in ways]
    return made[0] if len(made) == 1 else Choice(tuple(made))


def hyphen_ways(forms: list[str]) -> list[list[str]]:
    """Spell out each way to write a hyphenated entry: `a - b`, `a b`, `ab`.

    >>> hyphen_ways(["part", "-", "time"])
    [['part', '-', 'time'], ['part', 'time'], ['parttime']]
    """
    for i in range(1, len(forms) - 1):
        if forms[i] == HYPHEN:
            before, left, right, after = forms[: i - 1], forms[i - 1], forms[i + 1], forms[i + 2 :]
            rest = hyphen_ways([right, *after])
            joined = hyphen_ways([left + right, *after])
            with_hyphen = [[*before, left, HYPHEN, *way] for way in rest]
            with_space = [[*before, left, *way] for way in rest]
            return with_hyphen + with_space + [[*before, *way] for way in joined]
    return [forms]


class _Reader:
    """Reads a pattern by recursive descent."""

    def __init__(self, pattern: str) -> None:
        self.pattern = pattern
        self.tokens = [m for m in TOKEN.finditer(pattern) if m.lastgroup]
        self.place = 0
        self.depth = 0

    def peek(self) -> str | None:
        return self.tokens[self.place].group() if self.place < len(self.tokens) else None

    def error(self, reason: str) -> ModelError:
        at = self.tokens[self.place].start() if self.place < len(self.tokens) else len(self.pattern)
        return ModelError(f"pattern {self.pattern!r}, character {at + 1}: {reason}")

    def choice(self) -> Tree:
        items = [self.sequence()]
        while self.peek() == "|":
            self.place += 1
            items.append(self.sequence())
        return items[0] if len(items) == 1 else Choice(tuple(items))

    def sequence(self) -> Tree:
        items = []
        while self.peek() not in (None, "|", ")", "]"):
            items.append(self.repeated())
        if not items:
            raise self.error("expected a word, {list}, <kind>, ( or [")
        return items[0] if len(items) == 1 else Sequence(tuple(items))

    def repeated(self) -> Tree:
        item = self.item()
        sign = self.peek()
        if sign in ("?", "*", "+"):
            self.place += 1
            return Repeat(item, sign)
        return item

    def item(self) -> Tree:
        token = self.tokens[self.place]
        kind, word = token.lastgroup, token.group()
        if word == "~":
            return self.glued()
        if word == "(" or kind == "mark":
            return self.group(word)
        if kind == "bad" or kind == "sign":
            raise self.error(f"found {word!r}, expected a word, {{list}}, <kind>, ( or [")
        self.place += 1
        if kind == "list":
            return List(word[1:-1])
        if kind == "kind":
            return Kind(word[1:-1])
        return literal(word[1:-1] if kind == "quoted" else word)

    def group(self, opening: str) -> Tree:
        closing = ")" if opening == "(" else "]"
        if self.depth == MOST_DEEP:
            raise self.error(f"more than {MOST_DEEP} brackets inside each other")
        self.place += 1
        self.depth += 1
        inner = self.choice()
        self.depth -= 1
        if self.peek() != closing:
            raise self.error(f"{opening!r} is not closed by {closing!r}")
        self.place += 1
        return inner if opening == "(" else Mark(opening[1:-1], inner)

    def glued(self) -> Tree:
        self.place += 1
        if self.peek() is None:
            raise self.error("expected a single word after ~")
        item = self.item()
        if isinstance(item, Literal | List | Kind):
            return Glued(item)
        raise self.error("only a single word, {list} or <kind> may follow ~")
