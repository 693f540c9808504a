"""Looking for kinds of oddities in one text after another: counts, the commonest pieces, three sightings of each."""

from __future__ import annotations

from collections.abc import Sequence

from textwright.wrangle.profile.counting import Frequent
from textwright.wrangle.profile.kinds import Kind, Place
from textwright.wrangle.profile.values import Oddity, Sighting

EXAMPLES = 3
PIECES = 8
REMEMBERED = 20_000
LONGEST_PIECE = 40
AROUND = 60


def sighting(number: int, text: str, place: Place, *, around: int = AROUND) -> Sighting:
    """Cut what stands around a place out of a text, so that a long one can be shown.

    >>> seen = sighting(1, "x" * 500 + "here", (500, 504))
    >>> seen.text[seen.start:seen.end], seen.offset
    ('here', 440)
    """
    start, end = place
    offset = max(0, start - around)
    return Sighting(number, text[offset : end + around], start - offset, end - offset, offset)


class _Seen:
    """What was seen of one kind."""

    def __init__(self, kind: Kind) -> None:
        self.kind = kind
        self._texts = self._times = 0
        self._pieces = Frequent[str](REMEMBERED)
        self._shown: dict[str, Sighting] = {}
        self._more: list[Sighting] = []

    def look(self, number: int, text: str) -> None:
        """Look at a text, which is not empty."""
        if places := list(self.kind.find(text)):
            self._add(number, text, places)

    def _add(self, number: int, text: str, places: Sequence[Place]) -> None:
        self._texts += 1
        self._times += len(places)
        if not self.kind.hidden:
            self._pieces.add(text[start : min(end, start + LONGEST_PIECE)] for start, end in places)
        if len(self._shown) < EXAMPLES:
            self._show(number, text, places[0])

    def _show(self, number: int, text: str, place: Place) -> None:
        """Keep a sighting; different pieces say more than three times the same, and equal texts nothing more."""
        piece, seen = text[place[0] : place[1]], sighting(number, text, place)
        if piece not in self._shown:
            self._shown[piece] = seen
        elif len(self._more) < EXAMPLES and seen.text not in {
            each.text for each in (*self._shown.values(), *self._more)
        }:
            self._more.append(seen)

    def done(self) -> Oddity:
        kind = self.kind
        shown = sorted([*self._shown.values(), *self._more][:EXAMPLES], key=lambda each: each.number)
        return Oddity(
            kind.name,
            kind.title,
            kind.why,
            kind.advice,
            self._texts,
            self._times,
            self._pieces.top(PIECES),
            tuple(map(masked, shown)) if kind.hidden else tuple(shown),
        )


def masked(seen: Sighting) -> Sighting:
    """Hide what points to a person: letters and digits but the first become dots; the length stays.

    >>> masked(Sighting(1, "to eva@web.org now", 3, 14)).text
    'to e••@•••.••• now'
    """
    piece = seen.text[seen.start : seen.end]
    hidden = piece[0] + "".join("•" if each.isalnum() else each for each in piece[1:])
    text = seen.text[: seen.start] + hidden + seen.text[seen.end :]
    return Sighting(seen.number, text, seen.start, seen.end, seen.offset)


class Oddities:
    """Takes one text after another and looks for all kinds."""

    def __init__(self, kinds: Sequence[Kind]) -> None:
        """Begin with nothing seen."""
        self._signed = [(_Seen(kind), kind.sign) for kind in kinds if kind.sign is not None]
        self._others = [_Seen(kind) for kind in kinds if kind.sign is None]

    def add(self, number: int, text: str) -> None:
        """Look at a text, which is not empty; `number` is its place, from 1."""
        for seen, sign in self._signed:
            if sign(text):
                seen.look(number, text)
        if not text.isascii():
            for seen in self._others:
                seen.look(number, text)

    def done(self) -> tuple[Oddity, ...]:
        """Return the kinds that were found, the most texts first."""
        found = [
            oddity for seen in (*(each for each, _ in self._signed), *self._others) if (oddity := seen.done()).texts
        ]
        return tuple(sorted(found, key=lambda oddity: -oddity.texts))
