"""Which keys lead from what is drawn on a text to what is right: the annotation page's, as the contract has them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from textwright.types import Span, in_order

Place = tuple[int, int]


@dataclass
class Hand:
    """Somebody at the keyboard who knows which words a text has, and what is selected."""

    words: Sequence[Place]
    selected: Place

    def to(self, start: int, end: int) -> Iterator[str]:
        """Select a place: word by word, then at both ends by a character."""
        yield from self._to_word(self._word_at(start))
        while (longer := self._longer()) and longer[1] <= end:
            self.selected = longer
            yield "Shift+ArrowRight"
        yield from self._by_characters(start, end)

    def _word_at(self, start: int) -> Place:
        """Return the word in which a place begins, or else the first behind it."""
        return next((word for word in self.words if word[1] > start), self.words[-1])

    def _to_word(self, word: Place) -> Iterator[str]:
        if self.selected == word:
            return
        if self.selected[0] >= word[0]:
            yield from self._step("ArrowLeft", (each for each in reversed(self.words) if each[1] <= self.selected[0]))
        else:
            yield from self._step("ArrowRight", (each for each in self.words if each[0] >= self.selected[1]))
        yield from self._to_word(word)

    def _step(self, key: str, ahead: Iterable[Place]) -> Iterator[str]:
        end = self.words[0] if key == "ArrowLeft" else self.words[-1]
        self.selected = next(iter(ahead), end)
        yield key

    def _longer(self) -> Place | None:
        after = next((word for word in self.words if word[1] > self.selected[1]), None)
        return None if after is None else (self.selected[0], after[1])

    def _by_characters(self, start: int, end: int) -> Iterator[str]:
        right, left = end - self.selected[1], self.selected[0] - start
        yield from ["." if right > 0 else ","] * abs(right)
        yield from ["Shift+Comma" if left > 0 else "Shift+Period"] * abs(left)
        self.selected = (start, end)


def keys_for(words: Sequence[Place], drawn: Sequence[Span], gold: Iterable[Span], keys: Mapping[str, str]) -> list[str]:
    """List the keys that make `gold` of `drawn` on a text that has just come up; the last hands it in.

    `words` are the places of its words, `keys` the key of each label.
    """
    wanted = set(gold)
    hand = Hand(words, words[0])
    pressed = list(_without(list(in_order(drawn)), wanted, hand))
    for span in in_order(wanted - set(drawn)):
        pressed += [*hand.to(span.start, span.end), keys[span.label]]
    return [*pressed, "Enter"]


def _without(drawn: list[Span], wanted: set[Span], hand: Hand) -> Iterator[str]:
    """Walk the drawn spans, and remove each that is wrong."""
    chosen: int | None = None
    while any(span not in wanted for span in drawn):
        chosen = (_first(drawn, hand) if chosen is None else chosen + 1) % len(drawn)
        hand.selected = (drawn[chosen].start, drawn[chosen].end)
        yield "ArrowDown"
        if drawn[chosen] not in wanted:
            del drawn[chosen]
            chosen = None
            yield "Delete"


def _first(drawn: Sequence[Span], hand: Hand) -> int:
    return next((place for place, span in enumerate(drawn) if span.start >= hand.selected[0]), 0)
