"""Annotations that are likely to be slips: edges, doubles, contradictions, labels that occur once."""

from __future__ import annotations

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping

from textwright.types import Annotation, Example, Span
from textwright.wrangle.profile.oddities import EXAMPLES, sighting
from textwright.wrangle.profile.values import Sighting, Suspicion
from textwright.wrangle.words import alphabet

LOOSE = ",;:.!?/|•–—-，、。；：！？،؛؟।"
# Kind: title, what to do. The order is that of the page.
SUSPICIONS: Mapping[str, tuple[str, str]] = {
    "offset": (
        "Spans outside their text, or without a character",
        "Make the file again: offsets are code points here.",
    ),
    "white_space": ("Spans that begin or end with white space", "Look at them; exact match counts every character."),
    "in_word": ("Spans that begin or end inside a word", "Look at them: often a slip of one character."),
    "loose_end": ("Spans that end with a comma, dash or the like", "Decide in the guideline whether it belongs."),
    "double": ("The same span twice", "Leave one: textwright convert keeps both."),
    "two_ways": (
        "The same text annotated in two ways by one person",
        "Look at both; a model cannot learn what contradicts itself. textwright doubt finds more of the kind.",
    ),
    "disagree": (
        "The same text annotated in two ways by several people",
        "textwright agreement says how well they agree; the annotation page has adjudication.",
    ),
    "once": ("Labels that occur once", "A slip of the name, or a label that no model will learn."),
    "spelling": ("Labels that differ only in capitals, spaces, dashes or underscores", "Give them one name."),
}


class Suspects:
    """Takes one annotated example after another."""

    def __init__(self, *, compared: int) -> None:
        """Begin with none; at most so many texts are compared with each other."""
        self._most = compared
        self._counts: Counter[str] = Counter()
        self._shown: defaultdict[str, list[Sighting]] = defaultdict(list)
        self._by_text: dict[str, list[tuple[str | None, Annotation]]] = {}
        self._labels: Counter[str] = Counter()
        self._first: dict[str, Sighting] = {}

    @property
    def compared(self) -> int:
        """Return how many different texts were compared."""
        return len(self._by_text)

    def add(self, number: int, example: Example) -> None:
        """Look at an example; `number` is its place, from 1."""
        text, spans = example.text, example.gold.spans or ()
        for span in spans:
            for kind in span_slips(text, span):
                self._take(kind, number, text, span)
            self._labels[span.label] += 1
            if span.label not in self._first:
                self._first[span.label] = sighting(number, text, (span.start, span.end))
        for span in doubles(spans):
            self._take("double", number, text, span)
        self._compare(number, example)

    def _take(self, kind: str, number: int, text: str, span: Span) -> None:
        self._counts[kind] += 1
        if len(self._shown[kind]) < EXAMPLES:
            inside = max(0, min(span.start, len(text))), max(0, min(span.end, len(text)))
            self._shown[kind].append(sighting(number, text, inside))

    def _compare(self, number: int, example: Example) -> None:
        """Compare an example with those of the same text before it."""
        text = example.text
        if text not in self._by_text and len(self._by_text) >= self._most:
            return
        before = self._by_text.setdefault(text, [])
        others = [annotator for annotator, gold in before if differ(gold, example.gold)]
        if others:
            kind = "two_ways" if example.annotator in others else "disagree"
            self._take(kind, number, text, Span(0, 0, ""))
        before.append((example.annotator, example.gold))

    def done(self) -> tuple[Suspicion, ...]:
        """Return what was found, in the order of `SUSPICIONS`."""
        once = [label for label, count in self._labels.items() if count == 1]
        self._note("once", once)
        self._note("spelling", alike(self._labels))
        return tuple(
            Suspicion(kind, title, advice, self._counts[kind], tuple(self._shown[kind]))
            for kind, (title, advice) in SUSPICIONS.items()
            if self._counts[kind]
        )

    def _note(self, kind: str, labels: list[str]) -> None:
        self._counts[kind] = len(labels)
        self._shown[kind] = [self._first[label] for label in labels[:EXAMPLES]]


def _if(kind: str, holds: bool) -> tuple[str, ...]:
    return (kind,) if holds else ()


def span_slips(text: str, span: Span) -> tuple[str, ...]:
    """Name what is suspicious about one span.

    >>> span_slips("Senior Nurse", Span(0, 7, "LEVEL")), span_slips("Senior Nurse", Span(0, 5, "LEVEL"))
    (('white_space',), ('in_word',))
    """
    if not 0 <= span.start < span.end <= len(text):
        return ("offset",)
    marked = text[span.start : span.end]
    return (
        *_if("white_space", marked != marked.strip()),
        *_if("in_word", _splits(text, span.start) or _splits(text, span.end)),
        *_if("loose_end", marked[-1] in LOOSE or marked[0] in LOOSE.replace(".", "")),
    )


def _splits(text: str, place: int) -> bool:
    """Say whether a place lies between two letters or two digits, or before a mark on a letter.

    Where a script sets no spaces between words, any place between letters may be an edge.
    """
    if not 0 < place < len(text):
        return False
    before, after = text[place - 1], text[place]
    if unicodedata.category(after).startswith("M"):
        return True
    unspaced = alphabet().unspaced
    if unspaced.match(before) or unspaced.match(after):
        return False
    return (before.isalpha() and after.isalpha() and before.isascii() == after.isascii()) or (
        before.isdigit() and after.isdigit()
    )


def doubles(spans: tuple[Span, ...]) -> Iterator[Span]:
    """Yield each span that stands there again."""
    if len(set(spans)) == len(spans):
        return
    seen: set[Span] = set()
    for span in spans:
        if span in seen:
            yield span
        seen.add(span)


def differ(one: Annotation, other: Annotation) -> bool:
    """Say whether two annotations contradict each other; a layer that one lacks contradicts nothing."""
    layers: list[Callable[[Annotation], tuple[object, ...] | None]] = [lambda a: a.spans, lambda a: a.categories]
    pairs = [(layer(one), layer(other)) for layer in layers]
    return any(a is not None and b is not None and set(a) != set(b) for a, b in pairs)


def alike(labels: Mapping[str, int]) -> list[str]:
    """Return the labels whose name another one has, but for capitals, spaces, dashes and underscores.

    >>> alike({"JOB_TITLE": 3, "Job title": 1, "TOWN": 2})
    ['JOB_TITLE', 'Job title']
    """
    plain = {label: "".join(filter(str.isalnum, label.casefold())) for label in labels}
    shared = Counter(plain.values())
    return [label for label in labels if plain[label] and shared[plain[label]] > 1]
