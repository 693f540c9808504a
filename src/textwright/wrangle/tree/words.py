"""Joining marks to words: elisions, ampersands, hyphens, marks inside words, slashes and initials.

The rules are those of the npm packages parse-english 7 and parse-latin 7 (MIT, Titus Wormer), with their names for
them: `mergeEnglishElisionExceptions`, `mergeInitialWordSymbol`, `mergeFinalWordSymbol`, `mergeInnerWordSymbol`,
`mergeInnerWordSlash`, `mergeInitialisms`. Theirs change lists while they walk over them; where that makes a rule pass
over a piece, the rule here does so as well.
"""

from __future__ import annotations

from collections.abc import Sequence

from textwright.wrangle.tree.pieces import Change, Piece, Rule, as_word, cut, is_mark, rewritten
from textwright.wrangle.tree.tables import MARK, SPACE, WORD, tables

APOSTROPHES = ("'", "’")
# Beside a slash, words shorter than this are one word: "m/f", "w/o".
SHORT = 3
# Marks that may stand between the parts of a word.
INNER = "&'-.:=?@_\u00ad\u00b7\u2010\u2011\u2019\u2027"


def with_words(pieces: list[Piece]) -> list[Piece]:
    """Join marks to the words that they belong to. A rule whose characters do not occur is not asked."""
    present = {piece[3][0] for piece in pieces if is_mark(piece)}
    for characters, rule in RULES:
        if not present.isdisjoint(characters):
            pieces = rewritten(pieces, rule, characters)
    return pieces


def _kind(pieces: Sequence[Piece], place: int) -> str | None:
    return pieces[place].kind if 0 <= place < len(pieces) else None


def _elision(pieces: Sequence[Piece], place: int, done: Sequence[Piece]) -> Change | None:
    """Join the slash of "w/", and the apostrophe of "ol' ", "'tis", "'80s" and "'n'"."""
    mark = pieces[place].text
    if mark == "/" and done and done[-1].kind is WORD and done[-1].text.lower() == "w":
        return _passing_over(pieces, place, as_word([done[-1], pieces[place]]))
    if mark in APOSTROPHES:
        return _elided_end(pieces, place, done) or _elided_beginning(pieces, place, done)
    return None


def _passing_over(pieces: Sequence[Piece], place: int, word: Piece) -> Change:
    """Take back the word before and put the longer one; the piece after the mark is not looked at."""
    return Change(1, [word, *pieces[place + 1 : place + 2]], place + 2)


def _elided_end(pieces: Sequence[Piece], place: int, done: Sequence[Piece]) -> Change | None:
    among_spaces = (
        len(done) > 2
        and done[-1].kind is WORD
        and done[-2].kind is SPACE
        and _kind(pieces, place + 1) is SPACE
        and done[-1].text.lower() in tables().elided_before
    )
    return _passing_over(pieces, place, as_word([done[-1], pieces[place]])) if among_spaces else None


def _elided_beginning(pieces: Sequence[Piece], place: int, done: Sequence[Piece]) -> Change | None:
    if _kind(pieces, place + 1) is not WORD or (done and done[-1].kind is WORD):
        return None
    word = pieces[place + 1].text.lower()
    if word in tables().elided_after:
        return Change(0, [as_word(pieces[place : place + 2])], place + 2)
    if word == "n" and _kind(pieces, place + 2) is MARK and pieces[place + 2].text in APOSTROPHES:
        return Change(0, [as_word(pieces[place : place + 3])], place + 3)
    return None


def _ampersand(pieces: Sequence[Piece], place: int, done: Sequence[Piece]) -> Change | None:
    """Join "&" to the word after it, where none stands right before it."""
    if pieces[place].text != "&" or _kind(pieces, place + 1) is not WORD or (done and done[-1].kind is WORD):
        return None
    return Change(0, [as_word(pieces[place : place + 2])], place + 2)


def _final_hyphen(pieces: Sequence[Piece], place: int, done: Sequence[Piece]) -> Change | None:
    """Join "-" to the word before it, where none follows: "pre- and postnatal"."""
    if pieces[place].text != "-" or not done or done[-1].kind is not WORD or _kind(pieces, place + 1) is WORD:
        return None
    return Change(1, [as_word([done[-1], pieces[place]])], place + 1)


def _inner_mark(pieces: Sequence[Piece], place: int, done: Sequence[Piece]) -> Change | None:
    """Join words with the marks between them: "R&D", "don't", "e.g", "10:30", "well-known"."""
    if not done or done[-1].kind is not WORD:
        return None
    end = _last_word(pieces, place)
    return Change(1, [as_word([done[-1], *pieces[place:end]])], end) if end > place else None


def _last_word(pieces: Sequence[Piece], place: int) -> int:
    """Return where the last word ends that nothing but words and inner marks part from here."""
    end = place
    while place < len(pieces) and (pieces[place].kind is WORD or _is_inner(pieces[place])):
        place += 1
        end = place if pieces[place - 1].kind is WORD else end
    return end


def _is_inner(piece: Piece) -> bool:
    return is_mark(piece) and (piece.text in INNER or piece.text[0] == "_")


def _slash(pieces: Sequence[Piece], place: int, done: Sequence[Piece]) -> Change | None:
    """Join short words at a slash: "m/f", "w/"."""
    if pieces[place].text != "/" or not done or done[-1].kind is not WORD:
        return None
    end = place + 2 if _kind(pieces, place + 1) is WORD else place + 1
    is_short = len(done[-1].text) < SHORT and all(len(each.text) < SHORT for each in pieces[place + 1 : end])
    return Change(1, [as_word([done[-1], *pieces[place:end]])], end) if is_short else None


def _initials(pieces: Sequence[Piece], place: int, done: Sequence[Piece]) -> Change | None:
    """Join the last full stop of "U.S.", but not that of "1.5."."""
    if pieces[place].text != "." or not done or done[-1].kind is not WORD:
        return None
    word = done[-1]
    is_initials = word.last - word.first > 1 and _are_initials(word)
    return Change(1, [as_word([word, pieces[place]])], place + 1) if is_initials else None


def _are_initials(word: Piece) -> bool:
    """Say whether a word ends in single letters with full stops between them; digits may be among them, not alone."""
    texts = [piece.text for piece in cut(word.text)][::-1]
    end = next((place for place in range(1, len(texts), 2) if texts[place] != "."), len(texts))
    letters = texts[0:end:2]
    is_odd, numbers = len(texts) % 2 == 1, tables().numbers
    return is_odd and end > 1 and all(len(each) == 1 for each in letters) and not numbers.issuperset(letters)


# Each rule with the characters that it is about.
RULES: tuple[tuple[str, Rule], ...] = (
    ("/'’", _elision),
    ("&", _ampersand),
    ("-", _final_hyphen),
    (INNER, _inner_mark),
    ("/", _slash),
    (".", _initials),
)
