"""When two texts are the same, and how near they are: the one definition for leaks, duplicates and splits.

Same: equal in letters and digits, case aside; `C++`, `C#` and `.NET` keep their signs.
Near: most of their short stretches are shared.
"""

from __future__ import annotations

import re
import unicodedata

from textwright.errors import DataError

NEAR = 0.8
LONG = 40
OVERLAP = 10
Features = frozenset[str]
# What tells C++ and C# from C, and .NET from net: signs right behind a letter, a dot between a space and a letter.
_SIGNS = re.compile(r"(?<=[^\W\d_])(?:\+\++|#(?![^\W\d_]))|(?<![^\s(\[/])\.(?=[^\W\d_])")
# Vowels and other points of Hebrew and Arabic, and the dot that is left of a Turkish capital I.
_POINTS = re.compile(
    r"(?<=i)\u0307|[\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u064b-\u065f\u0670]"
    r"|[\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed]"
)
# No mark stands before these.
_MANY = re.compile(r"[^\x00-\u02ff\s\w]")


def words_of(text: str) -> str:
    """Return a text's runs of letters and digits, case aside; a text without any is taken as it is.

    The `++` or `#` that ends a word and the dot that begins one are part of it, and so are the marks on letters, which
    are vowels in many scripts; the points of Arabic and Hebrew, which hardly anybody writes, are left out.

    >>> words_of("UX-Designer (m/f) £30k"), words_of("C++/.NET developer."), words_of("--")
    ('ux designer m f 30k', 'c++ .net developer', '--')
    """
    folded = _POINTS.sub("", unicodedata.normalize("NFKC", text).casefold())
    kept = {place for sign in _SIGNS.finditer(folded) for place in range(*sign.span())}
    kept |= {match.start() for match in _MANY.finditer(folded) if is_mark(match[0])}
    words = "".join(each if each.isalnum() or i in kept else " " for i, each in enumerate(folded)).split()
    return " ".join(words) or text.strip()


def is_mark(character: str) -> bool:
    """Say whether a character is a vowel or accent on a letter, and not what chooses the look of an emoji."""
    return unicodedata.category(character) in {"Mn", "Mc"} and not "\ufe00" <= character <= "\ufe0f"


def same_key(words: str) -> str:
    """Return what two texts that are the same have in common, of their `words_of`.

    >>> same_key(words_of("Mid-Weight Designer")) == same_key(words_of("midweight designer"))
    True
    """
    return words.replace(" ", "")


def letters(words: str) -> Features:
    """Return the runs of three characters of a short text; none of a long one.

    >>> sorted(letters("cook"))
    [' co', 'coo', 'ok ', 'ook']
    """
    if words.count(" ") > LONG + OVERLAP:
        return frozenset()
    padded = f" {words} "
    return frozenset(padded[i : i + 3] for i in range(len(padded) - 2))


def shingles(words: str) -> Features:
    """Return the runs of three words of a long text; none of a short one."""
    found = words.split()
    if len(found) <= LONG:
        return frozenset()
    return frozenset(" ".join(found[i : i + 3]) for i in range(len(found) - 2))


# Short texts are compared by letters in threes, long ones by words in threes, those between by both.
FEATURES = (letters, shingles)


def jaccard(a: Features, b: Features, near: float = 0.0) -> float:
    """Return the share of features in both of those in either; 0 where the sizes alone rule `near` out."""
    if not a or not b or min(len(a), len(b)) < near * max(len(a), len(b)):
        return 0.0
    both = len(a & b)
    return both / (len(a) + len(b) - both)


def likeness(a: str, b: str, *, near: float = 0.0) -> float:
    """Say how near two texts are, from 0 to 1, of their `words_of`; 0 may stand for anything below `near`.

    >>> round(likeness("ux designer", "ux designers"), 2), likeness("micro soft", "microsoft")
    (0.77, 1.0)
    """
    if same_key(a) == same_key(b):
        return 1.0
    return max(jaccard(features_of(a), features_of(b), near) for features_of in FEATURES)


def refuse_bad_nearness(near: float) -> None:
    """Raise `DataError` when `near` is no similarity to look for."""
    if not 0 < near <= 1:
        raise DataError(f"near is {near}, must be above 0 and at most 1")
