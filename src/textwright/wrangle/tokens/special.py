"""Addresses, e-mails, hashtags, mentions and amounts of money: what is one thing although it holds several words.

A search finds the signs that such a thing cannot do without, and looks around each of them, not far: however
long a text without them is, it costs one search.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from textwright.wrangle.tokens.boundaries import regex_library

LONGEST_LOCAL, LONGEST_SCHEME, LONGEST_AMOUNT = 64, 16, 32

# Without one of these an ASCII text holds nothing special: quicker to see than by a pattern.
ASCII_SIGNS = ("@", "#", "$", "://", "ww.", "WW.", "wW.", "Ww.")


class Place(NamedTuple):
    """Where something special stands, and what it is."""

    start: int
    end: int
    kind: str


def special_places(text: str) -> Iterator[Place]:
    """Yield what is special in a text, in order; nothing overlaps.

    >>> list(special_places("£50k, jobs@example.org"))
    [Place(start=0, end=4, kind='money'), Place(start=6, end=22, kind='email')]
    """
    if text.isascii() and not any(map(text.__contains__, ASCII_SIGNS)):
        return
    done = 0
    for sign in _signs().finditer(text):
        if sign.start() < done:
            continue
        found = _around(text, sign[0], sign.start())
        if found is not None and found.start >= done:
            yield found
            done = found.end


@cache
def _signs() -> re.Pattern[str]:
    chars = "".join(map(chr, range(0x30000)))
    money = "".join(regex_library().findall(r"\p{Sc}", chars))
    return re.compile(rf"[@#＃{money}]|://|(?<!\w)[wW]{{3}}\.(?=\w)")


def _around(text: str, sign: str, at: int) -> Place | None:
    if sign == "@":
        return _email(text, at) or _name(text, at, "mention", _MENTION)
    if sign in "#＃":
        return _name(text, at, "hashtag", _hashtag())
    if sign == "://":
        return _url(text, at)
    if sign[0] in "wW":
        return _address(text, at, at + len(sign))
    return _money(text, at)


# --- e-mails and names -------------------------------------------------------------------------------

_LOCAL = re.compile(r"\w(?:[\w.+%'-]*[\w+%-])?$")
_DOMAIN = re.compile(r"(?:[^\W_](?:[\w-]{0,61}[^\W_])?\.){1,8}[^\W\d_]{2,63}(?![\w@])")
_MENTION = re.compile(r"@(?=\w{0,29}[^\W\d_])\w{1,30}(?![\w@])")
_LETTER = re.compile(r"[^\W\d_]")


def _email(text: str, at: int) -> Place | None:
    """Look on both sides of an `@`: for a name of at most 64 characters, and a domain with a dot."""
    domain = _DOMAIN.match(text, at + 1)
    local = domain and _LOCAL.search(text[max(0, at - LONGEST_LOCAL - 1) : at])
    if not domain or not local or len(local[0]) > LONGEST_LOCAL:
        return None
    return Place(at - len(local[0]), domain.end(), "email")


@cache
def _hashtag() -> re.Pattern[str]:
    """Return the pattern of UAX 31's hashtags, with a letter in them so that `#1` is none."""
    found: re.Pattern[str] = regex_library().compile(
        r"[#＃](?=[\p{XID_Continue}--\p{L}]*+\p{L})\p{XID_Continue}++", 0x100
    )
    return found


def _name(text: str, at: int, kind: str, pattern: re.Pattern[str]) -> Place | None:
    """Read a name behind its sign, unless the sign stands in or behind a word, or in an entity such as `&#39;`."""
    before = text[at - 1] if at else " "
    if before.isalnum() or before in "_&#＃@/":
        return None
    match = pattern.match(text, at)
    return Place(at, match.end(), kind) if match else None


# --- addresses ---------------------------------------------------------------------------------------

_SCHEME = re.compile(r"(?<![\w+.-])[A-Za-z][A-Za-z0-9+.-]{1,15}$")
_BODY = re.compile(r"[^\s<>\"“”«»‹›\x00-\x20\x7f-\x9f\ufffd]+")
_NEVER_LAST = frozenset(".,;:!?'’‘*_~|…")
_BRACKETS = {")": "(", "]": "[", "}": "{"}


def _url(text: str, at: int) -> Place | None:
    """Read the scheme before `://` and the address behind."""
    from_here = max(0, at - LONGEST_SCHEME - 1)
    scheme = _SCHEME.search(text[from_here:at])
    return _address(text, from_here + scheme.start(), at + 3) if scheme else None


def _address(text: str, start: int, body: int) -> Place | None:
    """Read an address up to white space, quotes or angle brackets, without the punctuation that follows it."""
    match = _BODY.match(text, body)
    end = _trimmed(text, body, match.end()) if match else body
    return Place(start, end, "url") if any(char.isalnum() for char in text[body:end]) else None


def _trimmed(text: str, start: int, end: int) -> int:
    """Leave out what ends a sentence, and closing brackets that were opened before the address.

    The rule is that of autolinks in GitHub Flavored Markdown, section 6.9, for all brackets.
    """
    surplus = {
        close: text.count(close, start, end) - text.count(open_, start, end) for close, open_ in _BRACKETS.items()
    }
    while end > start:
        last = text[end - 1]
        if last in _BRACKETS and surplus[last] > 0:
            surplus[last] -= 1
        elif last not in _NEVER_LAST:
            break
        end -= 1
    return end


# --- money -------------------------------------------------------------------------------------------

_SIZE = r"(?:[kKmM]|[bB][nN]|[mM][nN])?"
_NUMBER = rf"\d+(?:[.,]\d+)*+{_SIZE}"
_AFTER = re.compile(rf"{_NUMBER}(?!\w)")
_BEFORE = re.compile(rf"(?<![\w.,]){_NUMBER}$")


def _money(text: str, at: int) -> Place | None:
    """Read the amount behind a currency sign, else the one before it, as in `£50k` and `45.000€`."""
    after = _AFTER.match(text, at + 1)
    if after:
        return Place(at, after.end(), "money")
    before = _BEFORE.search(text[max(0, at - LONGEST_AMOUNT) : at])
    if before and not text[at + 1 : at + 2].isalnum():
        return Place(at - len(before[0]), at + 1, "money")
    return None
