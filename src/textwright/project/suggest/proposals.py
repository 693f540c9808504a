"""Words for the rules' lists, proposed from what was annotated so far. Texts that were set aside propose nothing."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from textwright.project.suggest.entries import entries_of, pieces
from textwright.project.suggest.forms import Kind, PageRule
from textwright.project.suggest.shapes import different, is_code, looks_like
from textwright.schema import Schema
from textwright.store.held_out import is_held_out
from textwright.types import Example, Span
from textwright.wrangle.words import GAP, Words, cut

MOST = 12
# A word beside marked parts is worth a rule when it stood there so often, and seldom anywhere else.
LEAST_SEEN, LEAST_SHARE = 3, 0.8
# A part of more words will hardly come again as it is.
LONGEST_WORDS = 4
NUMBERS = frozenset("0123456789")
# `30x40` is no code: an x stands between two numbers.
LETTER_BEFORE_DIGIT = re.compile(r"[^\W\d_xX][0-9]")

Origin = Literal["marked", "meaning"]


@dataclass(frozen=True, slots=True)
class Proposal:
    """Words for one rule of a label, the likeliest first; `times` says how often each was marked.

    `origin` says where they come from: from what was marked, or from the label's meaning; `times` then counts texts.
    """

    label: str
    kind: Kind
    words: tuple[str, ...]
    times: tuple[int, ...]
    origin: Origin = "marked"


@dataclass(frozen=True, slots=True)
class Place:
    """A marked part among the words of its text: the words `[first, last)`."""

    words: Words
    first: int
    last: int


def proposals(examples: Iterable[Example], rules: Sequence[PageRule], schema: Schema) -> list[Proposal]:
    """Propose words that the rules do not hold yet: marked parts, units behind numbers, words before marked parts."""
    learned = [example for example in examples if not is_held_out(example)]
    cuts = {example.id: cut(example.text) for example in learned}
    everywhere = Counter(form for words in cuts.values() for form in map(str.lower, words.surfaces))
    found = list[Proposal]()
    for label in schema.spans:
        places = [place for each in learned for place in _places(each, cuts[each.id], label)]
        found += _of_label(label, places, everywhere, rules)
    return found


def _of_label(
    label: str, places: Sequence[Place], everywhere: Mapping[str, int], rules: Sequence[PageRule]
) -> list[Proposal]:
    """Units first: what is a number and a unit is no word for a list, nor is a code."""
    measured = [place for place in places if _is_measure(place)]
    codes = Counter(each for place in places if not _is_measure(place) and is_code(each := _surface(place)))
    others = [place for place in places if not _is_measure(place) and place.last - place.first <= LONGEST_WORDS]
    counted: Mapping[Kind, Counter[str]] = {
        "words": Counter(each for place in others if (each := _surface(place)) not in codes),
        "number": Counter(place.words.surfaces[place.last - 1] for place in measured),
        "after": _telling(Counter(_before(place) for place in places if place.first > 0), everywhere),
    }
    made = [_proposal(label, kind, counts, _known(rules, label, kind)) for kind, counts in counted.items()]
    return [each for each in (*made, _of_codes(label, codes, rules)) if each.words]


def _of_codes(label: str, codes: Counter[str], rules: Sequence[PageRule]) -> Proposal:
    """Propose one example of each thing that marked codes look like."""
    ranked = sorted(codes.items(), key=lambda each: (-each[1], each[0]))
    new = {code: times for code, times in ranked if not known_words(rules, label, "shape", code)}
    found = sorted(different(new).items(), key=lambda each: -each[1])[:MOST]
    return Proposal(label, "shape", tuple(code for code, _ in found), tuple(times for _, times in found))


def _proposal(label: str, kind: Kind, counts: Counter[str], known: frozenset[tuple[str, ...]]) -> Proposal:
    """Count spellings that differ in case as one, the most frequent of them shown."""
    by_form: dict[tuple[str, ...], Counter[str]] = {}
    for words, times in counts.items():
        by_form.setdefault(pieces(words), Counter())[words] += times
    new = {forms: spellings for forms, spellings in by_form.items() if forms and forms not in known}
    ranked = sorted(new.values(), key=lambda spellings: (-spellings.total(), min(spellings)))[:MOST]
    return Proposal(label, kind, tuple(_most_frequent(each) for each in ranked), tuple(each.total() for each in ranked))


def _most_frequent(spellings: Counter[str]) -> str:
    return min(spellings, key=lambda each: (-spellings[each], each))


def known_words(rules: Sequence[PageRule], label: str, kind: Kind, words: str) -> bool:
    """Say whether a rule of a label holds words already, or an example that they look like."""
    if kind == "shape":
        mine = [rule for rule in rules if rule.label == label and rule.kind == kind]
        return any(looks_like(rule.words, words) for rule in mine)
    return pieces(words) in _known(rules, label, kind)


def _known(rules: Sequence[PageRule], label: str, kind: Kind) -> frozenset[tuple[str, ...]]:
    mine = [rule for rule in rules if rule.label == label and rule.kind == kind]
    return frozenset(pieces(entry) for rule in mine for entry in entries_of(rule.words).words)


def _places(example: Example, words: Words, label: str) -> list[Place]:
    spans = [span for span in example.gold.spans or () if span.label == label]
    places = [_place(words, span) for span in spans]
    return [place for place in places if place.first < place.last]


def _place(words: Words, span: Span) -> Place:
    inside = [i for i, start in enumerate(words.starts) if span.start <= start and words.ends[i] <= span.end]
    return Place(words, inside[0], inside[-1] + 1) if inside else Place(words, 0, 0)


def _surface(place: Place) -> str:
    """Write the words of a part with white space where the text has it."""
    written = ""
    for i in range(place.first, place.last):
        surface = " " if place.words.surfaces[i] == GAP else place.words.surfaces[i]
        written += surface if place.words.glued[i] or i == place.first else f" {surface}"
    return " ".join(written.split())


def _is_measure(place: Place) -> bool:
    """Say whether a part is numbers and a last word that is none; `2Y4C` is a code."""
    surfaces = place.words.surfaces[place.first : place.last]
    ends = len(surfaces) > 1 and surfaces[0][0] in NUMBERS and surfaces[-1][0] not in NUMBERS
    return ends and not LETTER_BEFORE_DIGIT.search(_surface(place))


def _before(place: Place) -> str:
    return place.words.surfaces[place.first - 1].lower()


def _telling(counts: Counter[str], everywhere: Mapping[str, int]) -> Counter[str]:
    """Keep the words that stand before marked parts and seldom elsewhere."""
    kept = {
        word: times
        for word, times in counts.items()
        if times >= LEAST_SEEN and word != GAP and times >= LEAST_SHARE * everywhere[word]
    }
    return Counter(kept)
