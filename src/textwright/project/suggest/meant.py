"""Words for the rules' lists before anything is marked: those that a label's meaning names and the texts have."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from textwright.project.look_for.shown import BETWEEN, FEWEST, SUCH_AS, Place
from textwright.project.suggest.forms import Kind, PageRule
from textwright.project.suggest.proposals import MOST, Proposal, known_words
from textwright.schema import Label, Schema

# A number and a unit: "500 ml".
MEASURE = re.compile(r"\d[\d.,]*\s*(?P<unit>[^\d\s].*)")


def meant(
    schema: Schema, texts: Sequence[str], places: Mapping[str, Place], rules: Sequence[PageRule]
) -> list[Proposal]:
    """Propose what each label's meaning gives as an example, and the part of a text on which it is shown.

    `times` counts the texts that have the words; words that stand in none are not proposed.
    """
    known = frozenset(texts)
    shown = {label: place.text[place.start : place.end] for label, place in places.items() if place.text in known}
    return [proposal for label in schema.labels for proposal in _of_label(label, shown.get(label.name), texts, rules)]


def _of_label(label: Label, shown: str | None, texts: Sequence[str], rules: Sequence[PageRule]) -> Iterator[Proposal]:
    words = dict.fromkeys([*([shown] if shown else []), *_named(label.meaning)])
    by_kind: dict[Kind, list[str]] = {"words": [], "number": []}
    for each in words:
        measure = MEASURE.fullmatch(each)
        by_kind["number" if measure else "words"].append(measure["unit"] if measure else each)
    for kind, some in by_kind.items():
        counts = {each: _count(each, kind, texts) for each in some if not known_words(rules, label.name, kind, each)}
        found = sorted(((-times, each) for each, times in counts.items() if times))[:MOST]
        if found:
            yield Proposal(
                label.name, kind, tuple(each for _, each in found), tuple(-times for times, _ in found), "meaning"
            )


def _named(meaning: str) -> list[str]:
    """List the examples that a meaning gives.

    >>> _named("Who makes it, such as Bosch or Le Creuset.")
    ['Bosch', 'Le Creuset']
    """
    parts = SUCH_AS.split(meaning, maxsplit=1)
    first = re.split(r"[.!?](?:\s|$)", parts[1], maxsplit=1)[0] if len(parts) == 2 else ""
    return [each for each in (part.strip(" .…'") for part in BETWEEN.split(first)) if len(each) >= FEWEST]


def _count(words: str, kind: Kind, texts: Sequence[str]) -> int:
    before = r"\d\s*" if kind == "number" else r"(?<!\w)"
    pattern = re.compile(rf"{before}{re.escape(words)}(?!\w)", re.IGNORECASE)
    return sum(1 for text in texts if pattern.search(text))
