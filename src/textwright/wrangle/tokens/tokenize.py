"""Cut a text into tokens that lose nothing: put together they are the text again."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import Any

from textwright.wrangle.tokens.boundaries import cutter, regex_library
from textwright.wrangle.tokens.special import special_places
from textwright.wrangle.tokens.token import Token

_LETTER = re.compile(r"[^\W\d_]")
_DIGIT = re.compile(r"\d")
KEYCAP = "\u20e3"


def tokenize(text: str) -> list[Token]:
    """Cut a text into tokens, white space included: `"".join(token.text for token in tokens)` is the text.

    Word boundaries are those of Unicode Standard Annex 29; addresses, e-mails, hashtags, mentions and amounts
    of money are one token each. Needs `regex` (extra `wrangle`); raises `MissingExtraError` without.

    >>> [(token.text, token.kind) for token in tokenize("It's £50k 👍🏽")][::2]
    [("It's", 'word'), ('£50k', 'money'), ('👍🏽', 'emoji')]
    """
    cut, tokens, done = cutter(text), list[Token](), 0
    for start, end, kind in special_places(text):
        _add(tokens, cut(text, done, start), done)
        tokens.append(Token(text[start:end], start, end, kind))
        done = end
    _add(tokens, cut(text, done, len(text)), done)
    return tokens


def _add(tokens: list[Token], pieces: Sequence[str], start: int) -> None:
    """Append the pieces that stand one behind the other from `start` on; this loop is what a text costs."""
    new, kinds, append = tuple.__new__, _kinds_of_signs(), tokens.append
    for piece in pieces:
        end = start + len(piece)
        kind = "word" if piece.isalpha() else kinds.get(piece) or _kind_of(piece)
        append(new(Token, (piece, start, end, kind)))
        start = end


@cache
def _kinds_of_signs() -> dict[str, str]:
    """Name the kinds of ASCII's single characters and of those that texts are full of, once."""
    return {char: _kind_of(char) for char in map(chr, (*range(0x80), *range(0xA0, 0x100), *range(0x2010, 0x2040)))}


def _kind_of(piece: str) -> str:
    """Name the kind of a piece: by its first character, and a word with a letter in it from a number without."""
    if piece[0].isspace() or piece[0] in "\x85\u2028\u2029":
        return "white_space"
    by_properties = _properties().match(piece)
    if by_properties:
        return str(by_properties.lastgroup)
    if _LETTER.search(piece):
        return "word"
    return "number" if _DIGIT.search(piece) else "symbol"


@cache
def _properties() -> Any:
    """Return the pattern of what is known by its beginning: emoji, and signs that are no part of a word."""
    modifier = r"\p{Emoji_Modifier}|\ufe0f"
    emoji = (
        r"\p{Regional_Indicator}{2}|\p{Emoji_Presentation}(?!\ufe0e)"
        rf"|\p{{Extended_Pictographic}}(?:{modifier}|\u200d\p{{Extended_Pictographic}})|[0-9#*]\ufe0f?{KEYCAP}"
    )
    alone = r"(?![\p{L}\p{Nd}])"
    return regex_library().compile(
        rf"(?P<emoji>{emoji})|(?P<punctuation>\p{{P}}++{alone})|(?P<symbol>\p{{S}})|(?P<number>\p{{No}})|(?P<word>\p{{M}})"
    )
