"""What a word says of itself, without its neighbours: wink-nlp's columns, and the Snowball stem.

Shape, prefix and suffix are those of wink-nlp 2.4 with its model wink-eng-lite-web-model 1.8 (MIT), whose
`feature.js` defines them. Its normal form is lower case too, and where it cuts contractions in two it writes
them out (`n't` as `not`), which words here, being whole, do not need.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any, NamedTuple

from textwright.errors import MissingExtraError
from textwright.wrangle.tokens.halves import whole

PREFIX, SUFFIX = 2, 3
KEPT_WORDS = 50_000
LONGEST_KEPT = 64
# Letters, with apostrophes and hyphens within, as in "o'clock" and "co-ordinators".
_PLAIN = re.compile(r"[^\W\d_]+(?:['-][^\W\d_]+)*'?")
_MARKS = re.compile("[\u0300-\u036f\u2060]")
# The longest run of a kind of characters that a shape shows.
_SHAPES = (
    (re.compile("[A-Z]{4,}"), "XXXX"),
    (re.compile("[A-Z]"), "X"),
    (re.compile("[a-z]{4,}"), "xxxx"),
    (re.compile("[a-z]"), "x"),
    (re.compile("[0-9]{4,}"), "dddd"),
    (re.compile("[0-9]"), "d"),
)


class Word(NamedTuple):
    """What a word says of itself."""

    normal: str
    shape: str
    prefix: str
    suffix: str
    stop_word: bool


def word_of(text: str) -> Word:
    """Describe a word; those met lately are remembered."""
    return _kept_word(text) if len(text) <= LONGEST_KEPT else _word_of(text)


def _word_of(text: str) -> Word:
    normal = normal_of(text)
    return Word(normal, shape_of(text), text[:PREFIX], text[-SUFFIX:], normal in STOP_WORDS)


_kept_word = lru_cache(KEPT_WORDS)(_word_of)


def normal_of(text: str) -> str:
    """Write a word in lower case, with a straight apostrophe.

    >>> normal_of("Don’t")
    "don't"
    """
    return text.lower().replace("’", "'")


def shape_of(text: str) -> str:
    """Write each letter of ASCII as X or x and each digit as d, at most four in a run; accents are left out.

    >>> shape_of("iPhone12"), shape_of("Zürich"), shape_of("3,500")
    ('xXxxxxdd', 'Xxxxx', 'd,ddd')
    """
    shape = text if text.isascii() else _MARKS.sub("", unicodedata.normalize("NFD", text))
    for pattern, sign in _SHAPES:
        shape = pattern.sub(sign, shape)
    return shape


def stem(word: str) -> str:
    """Return the stem of an English word by Snowball's `english` stemmer, from its normal form.

    What is no plain word, such as `u.s` or `10-year`, is its own stem.

    Needs PyStemmer (extra `wrangle`); raises `MissingExtraError` without.

    >>> [stem(word) for word in ("planning", "planner", "planned")]
    ['plan', 'planner', 'plan']
    """
    normal = normal_of(whole(word))
    found: str = _stemmer().stemWord(normal) if _PLAIN.fullmatch(normal) else normal
    return found


@cache
def _stemmer() -> Any:
    try:
        from Stemmer import Stemmer
    except ImportError as error:
        raise MissingExtraError("PyStemmer", "wrangle") from error
    return Stemmer("english")


def _stop_words() -> frozenset[str]:
    lines = (files(__package__) / "stop_words.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(" ".join(line for line in lines if not line.startswith("#")).split())


# Words that say little of what a text is about: Snowball's English stop list, 174 words in their normal form.
STOP_WORDS = _stop_words()
