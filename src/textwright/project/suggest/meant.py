"""Words for the rules' lists before anything is marked: those that a label's meaning names and the texts have."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from textwright.project.look_for.shown import BETWEEN, FEWEST, SUCH_AS, Place
from textwright.project.suggest.compiling import compile_page, predictor_of
from textwright.project.suggest.entries import is_money, pieces, spoken
from textwright.project.suggest.forms import Kind, PageRule
from textwright.project.suggest.proposals import MOST, Proposal, known_words
from textwright.project.suggest.shapes import different, finder_of, is_code
from textwright.schema import Label, Schema, schema_of
from textwright.wrangle.words import match_form

# A number and a unit, or a sign of money and a number: "500 ml", "£169k".
MEASURE = re.compile(r"\d[\d.,]*\s*(?P<unit>[^\d\s]\D*)")
MONEY = re.compile(r"(?P<unit>\S)\s?\d[\d.,]*(?:k|m|bn)?")

ONE = schema_of(["A"])


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
    by_kind: dict[Kind, list[str]] = {"words": [], "number": [], "shape": []}
    for each in words:
        unit = _unit(each)
        by_kind["number" if unit else "shape" if is_code(each) else "words"].append(unit or each)
    by_kind["shape"] = list(different(dict.fromkeys(by_kind["shape"], 1)))
    for kind, some in by_kind.items():
        counts = {
            each: _count(each, kind, texts)
            for each in dict.fromkeys(some)
            if not known_words(rules, label.name, kind, each)
        }
        found = sorted(((-times, each) for each, times in counts.items() if times))[:MOST]
        if found:
            yield Proposal(
                label.name, kind, tuple(each for _, each in found), tuple(-times for times, _ in found), "meaning"
            )


def _unit(words: str) -> str | None:
    """Return what makes a number of words a measure; None where they are none.

    >>> _unit("500 ml"), _unit("£169k"), _unit("Bosch")
    ('ml', '£', None)
    """
    money = MONEY.fullmatch(words)
    if money is not None and is_money(money["unit"]):
        return money["unit"]
    measure = MEASURE.fullmatch(words)
    return measure["unit"] if measure else None


def _named(meaning: str) -> list[str]:
    """List the examples that a meaning gives.

    >>> _named("Who makes it, such as Bosch or Le Creuset.")
    ['Bosch', 'Le Creuset']
    """
    parts = SUCH_AS.split(meaning, maxsplit=1)
    first = re.split(r"[.!?](?:\s|$)", parts[1], maxsplit=1)[0] if len(parts) == 2 else ""
    return [each for each in (part.strip(" .…'") for part in BETWEEN.split(first)) if len(each) >= FEWEST]


def _count(words: str, kind: Kind, texts: Sequence[str]) -> int:
    """Count the texts in which a rule of this kind marks something because of the words."""
    if kind == "shape":
        return sum(1 for text in texts if finder_of(spoken([words])).find(text))
    return _count_marked(words, kind, texts)


def _count_marked(words: str, kind: Kind, texts: Sequence[str]) -> int:
    finds = predictor_of(compile_page([PageRule("A", kind, spoken([words]))], ONE), ONE)
    first = next(iter(pieces(words)), "")
    likely = [text for text in texts if first in match_form(text)]
    return sum(1 for answer in finds.predict(likely) if answer.spans)
