"""Teachers that give no probabilities, such as rules and prompts: what they say counts as certain."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from textwright.errors import DataError
from textwright.predictor import Predictor, answers
from textwright.schema import Schema
from textwright.types import Annotation, Category, Scores

Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class CertainTeacher:
    """What a model said of the texts of a pool, each with the probability that it gave, or else 1."""

    schema: Schema
    said: Mapping[str, Annotation]

    def predict(self, texts: Sequence[str]) -> list[Annotation]:
        """Return what was said of texts of the pool."""
        return [self.said[text] for text in texts]

    def score(self, texts: Sequence[str]) -> list[Scores]:
        """Return what was said of texts of the pool, and 0 for every category that was not chosen."""
        return [_scores(self.said[text], self.schema) for text in texts]


def _scores(said: Annotation, schema: Schema) -> Scores:
    spans = tuple(replace(span, score=_sure(span.score)) for span in said.spans or ())
    chosen = {(each.task, each.label): _sure(each.score) for each in said.categories or ()}
    all_of_them = ((task.name, label.name) for task in schema.tasks for label in task.labels)
    return Scores(spans, tuple(Category(*each, chosen.get(each, 0.0)) for each in all_of_them))


def _sure(score: float | None) -> float:
    return 1.0 if score is None else score


def ask_teacher(name: str, model: Predictor, pool: Sequence[str], *, tell: Tell) -> CertainTeacher:
    """Ask a model about every text of a pool. One that it does not answer teaches nothing, and is counted.

    Raise `DataError` when it answers none.
    """
    said: dict[str, Annotation] = {}
    first = ""
    for text, answer in zip(pool, answers(model, pool), strict=True):
        if answer.annotation is not None:
            said[text] = answer.annotation
        elif not first and answer.problem is not None:
            first = answer.problem.reason
    if pool and not said:
        raise DataError(f"{name} answered none of the {len(pool):,} texts, so that it cannot teach: {first}")
    if len(said) < len(pool):
        tell(f"{name} did not answer {len(pool) - len(said):,} of {len(pool):,} texts; these teach nothing. {first}")
    return CertainTeacher(model.schema, said)
