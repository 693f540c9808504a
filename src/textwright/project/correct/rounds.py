"""How well each model did that was trained in the background, on the texts that were set aside."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textwright.store.rounds import Round


@dataclass(frozen=True, slots=True)
class Trained:
    """A model that learned from `learned` texts: of a hundred `right`, judged on `tests` texts that it never saw.

    `whole` of these texts are right in everything; None where nobody counted. `measure` says what `right` counts:
    span F1, or the answers to the task of that name.
    """

    learned: int
    right: float
    tests: int
    whole: int | None
    measure: str


def trained_of(rounds: Sequence[Round]) -> list[Trained]:
    """Return the models that were trained, of those alone that count the same as the latest."""
    found = [_trained(each) for each in rounds]
    return [each for each in found if each.measure == found[-1].measure]


def _trained(each: Round) -> Trained:
    facts = each.facts
    learned = facts.get("learned", facts["texts"])
    return Trained(learned, 100 * facts["score"], facts["support"], facts.get("right"), facts["measure"])
