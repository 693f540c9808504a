"""How well annotators agree on the labels of whole texts, task by task."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from textwright.evaluate.agreement import ChoiceFigures, PairOnTask
from textwright.evaluate.alpha import Choice, Rating, alpha, kappa
from textwright.evaluate.annotators import Shared
from textwright.evaluate.figure import Figure, share_figure
from textwright.evaluate.resampling import Draws


@dataclass(frozen=True, slots=True)
class ChoiceLayer:
    """What each annotator answered to a task, text by text: the set of labels given."""

    answers: Mapping[int, Mapping[str, Choice]]
    draws: Draws

    @property
    def single(self) -> bool:
        """Say whether nobody gave a text two labels: then kappa has a meaning."""
        return all(len(choice) < 2 for said in self.answers.values() for choice in said.values())

    def figures(self, label: str | None = None) -> ChoiceFigures:
        """Give the figures of one label (given or not), or of the whole sets."""
        ratings = self.ratings(label)
        support = sum(any(rating.values) for rating in ratings)
        return ChoiceFigures(_exact(ratings), alpha(ratings, self.draws), support)

    def ratings(self, label: str | None = None) -> list[Rating]:
        """List what was said of each text, of one label or all."""
        return [
            Rating(text, tuple(choice if label is None else choice & {label} for choice in said.values()))
            for text, said in self.answers.items()
        ]

    def pair(self, a: str, b: str) -> PairOnTask | None:
        """Give the figures of two annotators; None where they answered no text both."""
        ratings = [Rating(text, (said[a], said[b])) for text, said in self.answers.items() if a in said and b in said]
        if not ratings:
            return None
        one = kappa(ratings, self.draws) if self.single else None
        return PairOnTask(_exact(ratings), alpha(ratings, self.draws), one)


def choice_layer(texts: Sequence[Shared], task: str, draws: Draws) -> ChoiceLayer:
    """Collect the answers to a task in the texts whose categories two annotators gave."""
    answers = {place: _answers(text, task) for place, text in enumerate(texts)}
    return ChoiceLayer({place: said for place, said in answers.items() if len(said) > 1}, draws)


def _answers(text: Shared, task: str) -> dict[str, Choice]:
    return {
        annotator: frozenset(each.label for each in gold.categories if each.task == task)
        for annotator, gold in text.said.items()
        if gold.categories is not None
    }


def _exact(ratings: Sequence[Rating]) -> Figure:
    pairs = [(rating.text, a == b) for rating in ratings for a, b in combinations(rating.values, 2)]
    return share_figure([text for text, _ in pairs], [right for _, right in pairs])
