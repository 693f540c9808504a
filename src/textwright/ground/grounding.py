"""Find what a language model says in the text that it speaks of."""

from __future__ import annotations

from collections.abc import Sequence

from textwright.ground.finding import Finder, Fits
from textwright.ground.mentions import Grounding, Mention, Place, Repair
from textwright.ground.nesting import Nesting
from textwright.ground.placing import Put, Wanted, placed
from textwright.schema import Schema
from textwright.types import Span, in_order


def ground(text: str, mentions: Sequence[Mention], schema: Schema) -> Grounding:
    """Place all mentions of an answer together; what has no place of its own is in `not_in_text`.

    >>> said = [Mention("ROLE", "Nurse"), Mention("ROLE", "nurse", 2)]
    >>> found = ground("Nurse, Senior Nurse", said, Schema(open=True))
    >>> [(span.start, span.end) for span in found.spans], [repair.found for repair in found.repaired]
    ([(0, 5), (14, 19)], ['Nurse'])
    """
    puts = placed(_wanted(text, mentions), Nesting.of(schema))
    taken = {put.number for put in puts}
    return Grounding(
        spans=in_order(Span(put.start, put.end, put.label, mentions[put.number].score) for put in puts),
        repaired=tuple(_repair(put, mentions, text) for put in puts if not put.fit.exact),
        not_in_text=tuple(each for number, each in enumerate(mentions) if number not in taken),
    )


def _wanted(text: str, mentions: Sequence[Mention]) -> list[Wanted]:
    finder = Finder(text)
    free = finder.fits({each.text for each in mentions if not _number(each)})
    named = finder.nth_fits((each.text, number) for each in mentions if (number := _number(each)))
    return [_as_wanted(place, each, free, named) for place, each in enumerate(mentions)]


def _as_wanted(place: int, mention: Mention, free: dict[str, Fits], named: dict[tuple[str, int], Fits]) -> Wanted:
    if number := _number(mention):
        return Wanted(place, mention.label, named[mention.text, number], None)
    return Wanted(place, mention.label, free[mention.text], (mention.label, mention.text))


def _number(mention: Mention) -> int:
    """Return which place of the text is meant; 0: the answer does not say."""
    return max(0, mention.occurrence or 0)


def _repair(put: Put, mentions: Sequence[Mention], text: str) -> Repair:
    return Repair(put.label, mentions[put.number].text, text[put.start : put.end], put.start, put.end)


def locate(text: str, quote: str) -> Place | None:
    """Find the best place of a quote, of equal ones the first; None when the text does not say it.

    >>> locate("For our client,  a hotel", "our client, a hotel.")
    Place(start=4, end=24, exact=False)
    """
    fits = Finder(text).fits([quote])[quote]
    if not fits:
        return None
    best = min(fits, key=lambda fit: (fit.cost, fit.start))
    return Place(best.start, best.end, best.exact)
