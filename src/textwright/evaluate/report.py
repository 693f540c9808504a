"""What one model is worth on one data set: `evaluate` makes a `Report`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from textwright.dataset import Dataset
from textwright.errors import ModelError
from textwright.evaluate.f1 import ROUNDS, Groups, groups_of
from textwright.evaluate.mistakes import Mistake, mistakes_of
from textwright.evaluate.outcome import Outcome, Rights, one_gold, outcome_of, rights_of
from textwright.evaluate.scope import Scope, scope_of, wanted_of
from textwright.evaluate.score import Score, score
from textwright.evaluate.slices import Slice, check_keys, slices_of
from textwright.evaluate.speed import Speed, environment, run, speed_of, usage_of
from textwright.predictor import Predictor
from textwright.schema import Schema
from textwright.types import Example, Usage
from textwright.wrangle.counted import counted


@dataclass(frozen=True, slots=True)
class Report:
    """One model's figures on one data set, with every mistake.

    It shows itself in a notebook and when it is printed; `to_data`, `to_markdown` and `to_html` give it to others.
    `schema` holds the labels' colours, `rights` says of each measure which texts were right.
    """

    name: str
    size_bytes: int | None
    dataset: str
    fingerprint: str
    schema: Schema
    scope: Scope
    outcomes: tuple[Outcome, ...]
    rights: Rights
    groups: Groups
    score: Score
    mistakes: tuple[Mistake, ...]
    slices: Mapping[str, tuple[Slice, ...]]
    speed: Speed
    usage: Usage | None
    environment: Mapping[str, Any]

    @property
    def failed(self) -> int:
        """Return how many texts have no answer. They are wrong in every score."""
        return sum(outcome.failed for outcome in self.outcomes)

    @property
    def not_annotated(self) -> dict[str, int]:
        """Return how many texts were left out of a layer's scores because it has no gold."""
        return {
            "spans": sum(outcome.gold_spans is None for outcome in self.outcomes),
            "categories": sum(outcome.gold_choices is None for outcome in self.outcomes),
        }

    def to_data(self) -> dict[str, Any]:
        """Return plain data for JSON. What does not exist is null: a share of no texts, an unknown size."""
        return {
            "model": {"name": self.name, "size_bytes": self.size_bytes},
            "dataset": self._dataset_data(),
            "failed": self.failed,
            **self.score.to_data(),
            "speed": self.speed.to_data(),
            "usage": None if self.usage is None else _usage_data(self.usage),
            "priced": None if self.usage is None else not self.usage.unpriced,
            "slices": {key: [part.to_data() for part in parts] for key, parts in self.slices.items()},
            "bootstrap": {"by": self.groups.by, "groups": self.groups.number, "rounds": ROUNDS, "seed": 0},
            "environment": dict(self.environment),
            "ids": [outcome.example.id for outcome in self.outcomes],
            "right": {measure: list(rights) for measure, rights in self.rights.items()},
            "mistakes": [mistake.to_data() for mistake in self.mistakes],
        }

    def _dataset_data(self) -> dict[str, Any]:
        return {
            "name": self.dataset,
            "fingerprint": self.fingerprint,
            "examples": len(self.outcomes),
            "labels": list(self.scope.labels),
            "tasks": list(self.scope.tasks),
            "not_scored": list(self.scope.not_scored),
            "not_annotated": self.not_annotated,
        }

    def __repr__(self) -> str:
        """Name the model, the data and the share of texts that are right as a whole."""
        whole, texts = self.score.whole_text.accuracy, counted(len(self.outcomes), "text")
        right = "nothing scored" if whole is None else f"whole text {whole:.3f}"
        return f"<Report on {self.name}: {texts} of {self.dataset or 'a data set'}, {right}>"

    def __str__(self) -> str:
        """Return the figures for whoever prints them."""
        return self.to_markdown()

    def to_markdown(self) -> str:
        """Return the figures as Markdown tables."""
        from textwright.evaluate.tables import report_markdown

        return report_markdown(self)

    def to_html(self) -> str:
        """Return a page that stands alone: figures, and every mistake drawn, to search and filter."""
        from textwright.evaluate.page import report_page

        return report_page(self)

    def _repr_markdown_(self) -> str:
        return self.to_markdown()

    def _repr_html_(self) -> str:
        from textwright.evaluate.page import report_fragment

        return report_fragment(self)


def _usage_data(usage: Usage) -> dict[str, Any]:
    """Return what was used; whether its price is known stands beside it, as `priced`."""
    return {name: value for name, value in asdict(usage).items() if name != "unpriced"}


def evaluate(
    predictor: Predictor,
    dataset: Dataset | Iterable[Example],
    *,
    labels: Sequence[str] | None = None,
    name: str | None = None,
    slice_by: Sequence[str] = (),
    on_answer: Callable[[], None] | None = None,
) -> Report:
    """Judge a predictor on annotated texts: a data set, or examples.

    `labels` names the span labels and tasks to score (else those that the data set declares, else
    those that occur); `slice_by` names `meta` keys to give the figures for each value of. `on_answer`
    is called after each text. A text without an answer is wrong in every score.

    Raise `DataError` when there is nothing to judge by: no examples, no gold, annotators who
    contradict each other, a label or key that nobody knows.
    """
    _refuse_no_predictor(predictor)
    dataset = dataset if isinstance(dataset, Dataset) else Dataset(dataset)
    examples = one_gold(dataset)
    wanted = wanted_of(dataset, examples, schema=predictor.schema, labels=labels)
    check_keys(examples, slice_by)
    texts = [example.text for example in examples]
    done = run(predictor, texts, on_answer=on_answer)
    found = [answer.annotation for answer in done.answers]
    scope = scope_of(wanted, dataset, examples, found, schema=predictor.schema)
    outcomes = tuple(map(outcome_of, examples, done.answers))
    groups = groups_of(outcomes)
    return Report(
        name=name or str(getattr(predictor, "name", "") or type(predictor).__name__),
        size_bytes=getattr(predictor, "size_bytes", None),
        dataset=dataset.name,
        fingerprint=dataset.fingerprint,
        schema=_drawn_with(dataset, predictor),
        scope=scope,
        outcomes=outcomes,
        rights=rights_of(outcomes, scope),
        groups=groups,
        score=score(outcomes, scope, schema=wanted, groups=groups),
        mistakes=mistakes_of(outcomes, scope),
        slices={key: slices_of(outcomes, key, scope, schema=wanted) for key in slice_by},
        speed=speed_of(predictor, texts, done),
        usage=usage_of(done.answers),
        environment=environment(),
    )


def _refuse_no_predictor(given: Any) -> None:
    """Raise `ModelError` for what cannot be asked: the name of a model, for one, instead of the model."""
    if isinstance(given, type) or not (hasattr(given, "predict") and hasattr(given, "schema")):
        opened = f"open_model({given!r})" if isinstance(given, str) else "open_model(name)"
        found = f"the class {given.__name__}" if isinstance(given, type) else type(given).__name__
        raise ModelError(f"found {found}, expected a predictor: {opened}, or an object with predict and schema")


def _drawn_with(dataset: Dataset, predictor: Predictor) -> Schema:
    """Choose whose colours to draw with: the data's if they have a schema, else the model's."""
    return dataset.schema if dataset.declared else predictor.schema
