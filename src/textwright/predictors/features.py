"""Turn a text into words with hashed features: the input of a network. See docs/training.md.

Everything is an integer of 32 bits, so that TypeScript gives the same rows.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Any

from textwright.errors import ModelError
from textwright.predictors.folder import whole_number
from textwright.wrangle.clean import Mapped, clean
from textwright.wrangle.words import Words, alphabet, cut, fold

FNV_OFFSET, FNV_PRIME, MASK = 0x811C9DC5, 0x01000193, 0xFFFFFFFF
# A word longer than this is a code, an address or noise: its beginning says enough.
LONGEST = 40
# What a setting may be at least and at most: nothing of ours comes near, and a word takes no second.
LIMITS = (("rows", 1, 1 << 26), ("width", 1, 1024), ("word_hashes", 0, 64), ("affixes", 0, LONGEST))


@dataclass(frozen=True, slots=True)
class Features:
    """Which features a word has, and how they are numbered.

    A feature is a string; its number is `1 + hash % rows`. Each word has `width` numbers, filled up
    with 0 and cut off when there are more. `word_hashes` says how often the word itself is hashed. With
    `characters` each letter of a script that sets no spaces (Han, kana, Thai and so on) is a word of its own, so that
    spans can begin and end there; models of earlier versions do without.
    """

    rows: int = 16384
    width: int = 32
    word_hashes: int = 2
    affixes: int = 4
    ngrams: tuple[int, ...] = (3, 4)
    characters: bool = True

    @staticmethod
    def from_data(data: Mapping[str, Any]) -> Features:
        """Read the settings of a `config.json`. Raise `ModelError` when a key is missing, unknown or no such number."""
        try:
            found = Features(**{"characters": False, **data, "ngrams": tuple(data["ngrams"])})
        except (KeyError, TypeError, ValueError) as error:
            raise ModelError(f"the features {data!r:.300} are not those of this version: {error}") from error
        for name, least, most in LIMITS:
            whole_number(data, name, least=least, most=most)
        if len(found.ngrams) > LONGEST or not all(type(size) is int and 1 <= size <= LONGEST for size in found.ngrams):
            raise ModelError(f"config.json: ngrams is {found.ngrams!r:.60}, expected lengths from 1 to {LONGEST}")
        return found

    def to_data(self) -> dict[str, Any]:
        """Return the settings as plain data."""
        data = {**asdict(self), "ngrams": list(self.ngrams)}
        return {key: value for key, value in data.items() if key != "characters" or value}


@dataclass(frozen=True, slots=True)
class Encoded:
    """A text as a network reads it: for each word its place in code points and its feature numbers.

    A gap (white space that separates) is a word without a character: its start equals its end.
    """

    starts: tuple[int, ...]
    ends: tuple[int, ...]
    rows: tuple[tuple[int, ...], ...]


@dataclass(frozen=True, slots=True)
class Word:
    """A word as written, with its place in the raw text; `glued` when no white space stands before."""

    surface: str
    start: int
    end: int
    glued: bool


def encode(text: str, features: Features) -> Encoded:
    """Cut a text into words and number their features.

    >>> encode("Lead Chef", Features(width=4)).ends
    (4, 9)
    """
    words = list(pieces(text, characters=features.characters))
    number = numbering(features)
    return Encoded(
        tuple([start for _, start, _, _ in words]),
        tuple([end for _, _, end, _ in words]),
        tuple([number(surface, glued) for surface, _, _, glued in words]),
    )


def network_words(text: str, *, characters: bool = False) -> list[Word]:
    """Clean and cut a text; cut words that were run together, `ChefLondon`, once more.

    >>> [word.surface for word in network_words("ChefLondon &amp; iOS")]
    ['Chef', 'London', '&', 'iOS']
    >>> [word.surface for word in network_words("東京UX", characters=True)]
    ['東', '京', 'UX']
    """
    return [Word(*piece) for piece in pieces(text, characters=characters)]


def pieces(text: str, *, characters: bool = False) -> Iterator[Piece]:
    """Yield each word of `network_words` as a plain tuple, which is quicker for long texts."""
    mapped = clean(text)
    found = _pieces(cut(mapped.text), characters)
    return found if mapped.starts is None else (_raw(piece, mapped) for piece in found)


Piece = tuple[str, int, int, bool]


def _pieces(words: Words, characters: bool) -> Iterator[Piece]:
    for surface, start, end, glued in zip(words.surfaces, words.starts, words.ends, words.glued, strict=True):
        seams = _seams(surface, characters)
        if start == end or len(seams) == 2:
            yield surface, start, end, bool(glued)
            continue
        for first, last in pairwise(seams):
            yield surface[first:last], start + first, start + last, bool(glued) or first > 0


def _raw(piece: Piece, mapped: Mapped) -> Piece:
    """Find a piece's place in the raw text; a gap has one point."""
    surface, start, end, glued = piece
    if start == end:
        at = mapped.raw(start, start + 1)[0]
        return surface, at, at, glued
    return surface, *mapped.raw(start, end), glued


@lru_cache(maxsize=20000)
def _seams(surface: str, characters: bool) -> tuple[int, ...]:
    """Give the places between which a word lies in one piece: `ab|Cd`, and `東|京` with `characters`."""
    inner = _run_together(surface)
    if characters and alphabet().unspaced.search(surface):
        inner = sorted({*inner, *_between_characters(surface)})
    return 0, *inner, len(surface)


def _run_together(surface: str) -> list[int]:
    if fold(surface) == surface.replace("’", "'") or len(surface) < 4:
        return []
    shape = [_kind(char) for char in surface]
    return [i for i in range(2, len(shape) - 1) if shape[i - 2 : i + 2] == ["x", "x", "X", "x"]]


def _between_characters(surface: str) -> Iterator[int]:
    """Yield the places beside each letter of a script without spaces; what is written onto a letter stays with it."""
    unspaced = alphabet().unspaced
    letters = [place for place, char in enumerate(surface) if not _is_written_onto(char)]
    for before, place in pairwise(letters):
        if unspaced.match(surface, before) or unspaced.match(surface, place):
            yield place


def _is_written_onto(char: str) -> bool:
    """Say whether a character is a mark, or a vowel or end of a Korean syllable that stands in parts."""
    return unicodedata.category(char).startswith("M") or "\u1160" <= char <= "\u11ff"


@lru_cache(maxsize=8)
def numbering(features: Features) -> Callable[[str, bool], tuple[int, ...]]:
    """Give the function that numbers a word's features; it remembers the words it has seen."""

    @lru_cache(maxsize=20000)
    def number(surface: str, glued: bool) -> tuple[int, ...]:
        rows = [1 + code % features.rows for code in _codes(surface[:LONGEST], glued, features)]
        return tuple((rows + [0] * features.width)[: features.width])

    return number


def _codes(surface: str, glued: bool, features: Features) -> Iterator[int]:
    """Hash every feature of a word, the most telling first."""
    word = fold(surface)
    code = hash_text("w" + word)
    for again in range(features.word_hashes):
        yield mix(code + again)
    yield _code("h" + shape_of(surface))
    yield _code("b1" if glued else "b0")
    for size in range(1, min(features.affixes, len(word) - 1) + 1):
        yield _code("p" + word[:size])
        yield _code("s" + word[-size:])
    bounded = f"<{word}>"
    for size in features.ngrams:
        for i in range(len(bounded) - size + 1):
            yield _code("g" + bounded[i : i + size])


@lru_cache(maxsize=50000)
def _code(feature: str) -> int:
    """Hash a feature; remember it, for parts of words recur in other words."""
    return mix(hash_text(feature))


def hash_text(text: str) -> int:
    """Hash a string: FNV-1a with 32 bits over its code points.

    >>> hash_text("a")
    3826002220
    """
    code = FNV_OFFSET
    for char in text:
        code = (code ^ ord(char)) * FNV_PRIME & MASK
    return code


def mix(code: int) -> int:
    """Spread the bits of a hash (the finish of MurmurHash3), so that its remainder is even."""
    code &= MASK
    code = (code ^ code >> 16) * 0x85EBCA6B & MASK
    code = (code ^ code >> 13) * 0xC2B2AE35 & MASK
    return code ^ code >> 16


def shape_of(surface: str) -> str:
    """Give a word's shape: X, x and 0 for upper, lower and digit; longer runs are cut to two.

    >>> shape_of("iPhone15")
    'xXxx00'
    """
    shape = ""
    for char in surface:
        kind = _kind(char)
        if not shape.endswith(kind * 2):
            shape += kind
    return shape


@lru_cache(maxsize=5000)
def _kind(char: str) -> str:
    if "0" <= char <= "9":
        return "0"
    if fold(char) != char:
        return "X"
    return "x" if char in alphabet().lower else char
