"""Shapes of codes: `X{2}-d{3}` is two capital letters, a dash, three digits. See docs/rules.md.

A shape is found in the characters of a text, where it stands alone, and covers whole words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from textwright.errors import ModelError
from textwright.wrangle.words import DASHES, GAP, GAPS, HYPHENS, Words, alphabet

CAPITAL, SMALL, DIGIT = KINDS = "Xxd"
LETTERS = CAPITAL + SMALL
DASH, SPACE = "-", " "
MOST_CHARACTERS = 60
# Accents that stand apart from their letter, which is one character with them or without.
ACCENTS = "\u0300-\u036f"
ITEM = re.compile(
    r"(?:(?P<kind>[Xxd])|\[(?P<kinds>[Xxd]+)\])(?:\{(?P<least>\d{1,3})(?:,(?P<most>\d{1,3}))?\})?"
    r"|\\(?P<escaped>.)|(?P<sign>[^\[\]{}\\])",
    re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Run:
    """From `least` to `most` characters of some kinds: `X` a capital letter, `x` a small one, `d` a digit.

    A run of letters and digits holds at least one of each.
    """

    kinds: str
    least: int
    most: int

    @property
    def letters(self) -> str:
        """Return which of its kinds are letters."""
        return "".join(kind for kind in self.kinds if kind in LETTERS)

    @property
    def is_mixed(self) -> bool:
        """Say whether it is of letters and digits."""
        return DIGIT in self.kinds and self.kinds != DIGIT


@dataclass(frozen=True, slots=True)
class Sign:
    """One character that is no letter and no digit; `-` is any dash, and a space one white space."""

    char: str


Shape = tuple[Run | Sign, ...]


def run_of(kinds: str, least: int, most: int) -> Run:
    """Make a run; the order of its kinds says nothing.

    >>> run_of("dX", 1, 2) == run_of("Xd", 1, 2)
    True
    """
    return Run("".join(kind for kind in KINDS if kind in kinds), least, most)


# --- reading and writing --------------------------------------------------------------------------------------------


def parse_shape(written: str) -> Shape:
    """Read a shape. Raise `ModelError` that shows where it went wrong.

    >>> parse_shape("XX-d{3,4}")
    (Run(kinds='X', least=2, most=2), Sign(char='-'), Run(kinds='d', least=3, most=4))
    """
    parts = list[Run | Sign]()
    place = 0
    while place < len(written):
        found = ITEM.match(written, place)
        if found is None:
            raise _error(written, place, f"found {written[place]!r}, expected X, x, d, [Xd] or a sign")
        _add(parts, _part(found, written))
        place = found.end()
    _check(tuple(parts), written)
    return tuple(parts)


def _part(found: re.Match[str], written: str) -> Run | Sign:
    kinds, sign = found["kind"] or found["kinds"], found["escaped"] or found["sign"]
    if kinds is None:
        if re.fullmatch(f"[{alphabet().letters}0-9]", sign):
            raise _error(written, found.start(), f"found {sign!r}: X is a capital letter, x a small one, d a digit")
        return Sign(as_sign(sign))
    least = int(found["least"] or 1)
    most = int(found["most"] or least)
    if not 1 <= least <= most:
        raise _error(written, found.start(), f"{least} to {most} characters are none; 1 is the least")
    return run_of(kinds, least, most)


def _add(parts: list[Run | Sign], part: Run | Sign) -> None:
    """Add a part; the same kinds side by side are one run."""
    last = parts[-1] if parts else None
    if isinstance(part, Run) and isinstance(last, Run) and last.kinds == part.kinds:
        parts[-1] = Run(part.kinds, last.least + part.least, last.most + part.most)
    else:
        parts.append(part)


def _check(shape: Shape, written: str) -> None:
    if not any(isinstance(part, Run) for part in shape):
        raise ModelError(f"shape {written!r} has no letter and no digit: X, x or d")
    if longest(shape) > MOST_CHARACTERS:
        raise ModelError(f"shape {written!r} is up to {longest(shape)} characters long, at most {MOST_CHARACTERS} fit")
    for one, other in pairwise(shape):
        if isinstance(one, Run) and isinstance(other, Run) and set(one.kinds) & set(other.kinds):
            raise ModelError(
                f"shape {written!r}: [{one.kinds}] and [{other.kinds}] stand side by side and cannot be told apart"
            )


def _error(written: str, place: int, reason: str) -> ModelError:
    return ModelError(f"shape {written!r}, character {place + 1}: {reason}")


def longest(shape: Shape) -> int:
    """Return how many characters a shape has at most."""
    return sum(part.most if isinstance(part, Run) else 1 for part in shape)


def as_sign(char: str) -> str:
    """Write a sign as shapes hold it: each dash is one sign, and each white space.

    >>> as_sign("–"), as_sign("/")
    ('-', '/')
    """
    if char in DASHES:
        return DASH
    return SPACE if char in alphabet().white_space else char


def write_shape(shape: Shape) -> str:
    """Write a shape; `parse_shape` reads the same one.

    >>> write_shape(parse_shape("XX-[dX]{3,10}"))
    'X{2}-[Xd]{3,10}'
    """
    return "".join(_written(part) for part in shape)


def _written(part: Run | Sign) -> str:
    if isinstance(part, Sign):
        return f"\\{part.char}" if part.char in "[]{}\\" else part.char
    kinds = part.kinds if len(part.kinds) == 1 else f"[{part.kinds}]"
    if part.least == part.most:
        return kinds if part.least == 1 else f"{kinds}{{{part.least}}}"
    return f"{kinds}{{{part.least},{part.most}}}"


# --- finding --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Characters:
    """What letters there are, and which of them are capitals: the insides of character classes."""

    letters: str
    capitals: str


ASCII = Characters("A-Za-z", "A-Z")


@dataclass(frozen=True)
class NamedShapes:
    """The shapes of one name, of which the longest that fits at a place is found."""

    name: str
    shapes: tuple[Shape, ...]

    @cached_property
    def _any(self) -> list[re.Pattern[str]]:
        known = Characters(alphabet().letters, alphabet().capitals)
        return [re.compile(_source(shape, known)) for shape in self.shapes]

    @cached_property
    def _ascii(self) -> list[re.Pattern[str]]:
        """Find them in a text of plain characters: that is compiled a hundred times as fast."""
        return [re.compile(_source(shape, ASCII)) for shape in self.shapes]

    def find(self, text: str) -> list[tuple[int, int]]:
        """List where each shape stands alone in a text, the longest at a place first."""
        is_plain = text.isascii() or alphabet().plain.issuperset(text)
        patterns = self._ascii if is_plain else self._any
        places = (match.span() for pattern in patterns for match in pattern.finditer(text))
        return sorted(places, key=lambda place: (place[0], -place[1]))


def words_of_shapes(named: Sequence[NamedShapes], text: str, words: Words) -> Iterator[tuple[str, int, int]]:
    """Yield each shape that is found, with its words `[first, last)`; words that one has are left alone by the next."""
    places = [(each.name, *place) for each in named for place in each.find(text)]
    if not places:
        return
    firsts, lasts = _edges(words)
    taken = set[int]()
    for name, start, end in places:
        first, last = firsts.get(start), lasts.get(end)
        if first is not None and last is not None and taken.isdisjoint(range(first, last)):
            taken.update(range(first, last))
            yield name, first, last


def _edges(words: Words) -> tuple[Mapping[int, int], Mapping[int, int]]:
    """Map the characters at which words begin and end to the words; gaps are empty, and no words."""
    kept = [i for i, surface in enumerate(words.surfaces) if surface != GAP]
    return {words.starts[i]: i for i in kept}, {words.ends[i]: i + 1 for i in kept}


def _source(shape: Shape, known: Characters) -> str:
    """Write a shape as an expression. Where it begins or ends with a run, no longer code may go on there."""
    alone = f"[{known.letters}0-9]"
    before = f"(?<!{alone})(?<!{alone}[{HYPHENS}])(?<![0-9][.,])" if isinstance(shape[0], Run) else ""
    after = f"(?!{alone}|[{HYPHENS}]{alone}|[.,][0-9]|['’][{known.letters}])" if isinstance(shape[-1], Run) else ""
    return f"{before}{''.join(_part_source(part, known) for part in shape)}{after}"


def _part_source(part: Run | Sign, known: Characters) -> str:
    if isinstance(part, Sign):
        return _sign(part.char)
    one = _one(part.kinds, known)
    within = f"{one}{{0,{part.most - 1}}}"
    both = f"(?={within}[0-9])(?={within}{_one(part.letters, known)})" if part.is_mixed else ""
    return f"{both}{one}{{{part.least},{part.most}}}"


def _one(kinds: str, known: Characters) -> str:
    """Write one character of some kinds; a small letter is a letter that is no capital."""
    digits = "0-9" if DIGIT in kinds else ""
    letters = known.letters if SMALL in kinds else known.capitals if CAPITAL in kinds else ""
    no_capital = f"(?![{known.capitals}])" if SMALL in kinds and CAPITAL not in kinds else ""
    if known is ASCII or not letters:
        return f"(?:{no_capital}[{letters}{digits}])"
    return f"(?:(?![{ACCENTS}]){no_capital}[{letters}{digits}][{ACCENTS}]*)"


def _sign(char: str) -> str:
    if char == DASH:
        return f"[{DASHES}]"
    if char == SPACE:
        return f"(?![{GAPS}])[{alphabet().white_space}]"
    return re.escape(char)
