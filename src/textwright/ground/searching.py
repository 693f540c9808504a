"""Find where many strings stand in one text, in time that grows with the text and not with their number."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from daachorse import MATCH_KIND_STANDARD, CharwiseDoubleArrayAhoCorasick

# So many places of a string are known; of a text with more, the later ones are never used.
MOST_PLACES = 10_000
# A search of its own for each string takes some milliseconds in ten million characters.
LARGE = 20_000_000
# What is searched together: longer strings are searched alone, which is quick for them.
LONGEST_TOGETHER, PIECE = 200, 4096
SURROGATE = re.compile("[\ud800-\udfff]")


def places_of(strings: Iterable[str], text: str) -> dict[str, list[int]]:
    """List for each string where it begins in the text, overlapping places too, the first `MOST_PLACES`.

    >>> places_of(["aa", "b"], "aaab")
    {'aa': [0, 1], 'b': [3]}
    """
    wanted = [string for string in dict.fromkeys(strings) if string]
    short = [string for string in wanted if len(string) <= LONGEST_TOGETHER]
    together = short if len(text) * len(short) > LARGE else []
    found = searched_together(together, text)
    return {string: found[string] if string in found else searched(string, text) for string in wanted}


def searched(string: str, text: str) -> list[int]:
    """Return the first `MOST_PLACES` places where a string begins in a text."""
    found: list[int] = []
    place = text.find(string)
    while place >= 0 and len(found) < MOST_PLACES:
        found.append(place)
        place = text.find(string, place + 1)
    return found


def searched_together(strings: Sequence[str], text: str) -> Mapping[str, list[int]]:
    """Run one automaton over the text; nothing is said of strings that stand so often that it would not help."""
    plain = [string for string in strings if not SURROGATE.search(string)]
    if not plain:
        return {}
    automaton = CharwiseDoubleArrayAhoCorasick(plain, match_kind=MATCH_KIND_STANDARD)
    found: dict[str, list[int]] = {string: [] for string in plain}
    step, room = PIECE, 4 * len(text) + MOST_PLACES
    for begin in range(0, len(text), step):
        piece = SURROGATE.sub("\ufffd", text[begin : begin + step + LONGEST_TOGETHER - 1])
        matches = automaton.find_overlapping(piece)
        room -= len(matches)
        if room < 0:
            return {}
        for start, _, number in matches:
            _note(begin + start, plain[number], text, found, within=start < step)
    return found


def _note(place: int, string: str, text: str, found: Mapping[str, list[int]], *, within: bool) -> None:
    places = found[string]
    if within and len(places) < MOST_PLACES and text.startswith(string, place):
        places.append(place)


def nth_place(string: str, text: str, number: int, known: Sequence[int]) -> int | None:
    """Return where the string begins for the n-th time; `known` are the first of its places.

    >>> nth_place("a", "banana", 3, [1])
    5
    """
    if number <= len(known):
        return known[number - 1]
    place = known[-1] if known else -1
    for _ in range(number - len(known)):
        place = text.find(string, place + 1)
        if place < 0:
            return None
    return place
