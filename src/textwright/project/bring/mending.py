"""Mending one text: each repair gives the text anew, with the way back, so that spans can follow."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from textwright.errors import MissingExtraError
from textwright.types import Annotation, Example
from textwright.wrangle.clean import Mapped, clean
from textwright.wrangle.profile.kinds import KINDS, PERSONAL

TAG = next(kind for kind in KINDS if kind.name == "tag")
INVISIBLE = next(kind for kind in KINDS if kind.name == "invisible")
PERSONS = tuple(kind for kind in PERSONAL if kind.name in {"email", "phone"})


def mended(example: Example, mend: Callable[[str], Mapped]) -> Example:
    """Mend the text of an example; its spans follow.

    >>> mended(Example("1", "R&amp;D Lead"), clean).text
    'R&D Lead'
    """
    made = mend(example.text)
    if made.text == example.text:
        return example
    spans = example.gold.spans
    moved = None if spans is None else made.mapped_spans(spans)
    return replace(example, text=made.text, gold=Annotation(moved, example.gold.categories))


def without_tags(text: str) -> Mapped:
    """Keep of HTML what a browser would show; a text without tags is left alone, whatever signs it has.

    >>> without_tags("<b>Bold</b> coat").text, without_tags("a < b & c > d").text
    ('Bold coat', 'a < b & c > d')
    """
    from textwright.wrangle.source.html import from_html

    if TAG.sign is not None and not TAG.sign(text):
        return Mapped(text)
    return from_html(text) if any(True for _ in TAG.find(text)) else Mapped(text)


def right_letters(text: str) -> Mapped:
    """Mend entities, wrong letters and characters that nobody sees."""
    if text.isascii() and "&" not in text and text.isprintable():
        return Mapped(text)
    done = clean(text)
    done = done.then(_mended_letters(done.text))
    return done.then(_without_invisible(done.text))


def _mended_letters(text: str) -> Mapped:
    from textwright.wrangle.source.repair import repair

    try:
        return repair(text)
    except MissingExtraError:
        return Mapped(text)


def _without_invisible(text: str) -> Mapped:
    gone = {place for start, end in INVISIBLE.find(text) for place in range(start, end)}
    if not gone:
        return Mapped(text)
    kept = [place for place in range(len(text)) if place not in gone]
    return Mapped("".join(text[i] for i in kept), tuple(kept), tuple(place + 1 for place in kept))


def masked(text: str) -> Mapped:
    """Put x for each letter and 0 for each digit of what may point to a person: it keeps its shape and its place.

    >>> masked("Write to ann@example.org").text
    'Write to xxx@xxxxxxx.xxx'
    """
    places = _personal_places(text)
    return Mapped("".join(_mask(each) if i in places else each for i, each in enumerate(text)))


def _personal_places(text: str) -> set[int]:
    seen = [kind for kind in PERSONS if kind.sign is None or kind.sign(text)]
    return {place for kind in seen for start, end in kind.find(text) for place in range(start, end)}


def _mask(character: str) -> str:
    if character.isdigit():
        return "0"
    return "x" if character.isalpha() else character
