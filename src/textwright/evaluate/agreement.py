"""How well annotators agree: exact match, span F1, gamma for spans, alpha and kappa for categories.

`docs/agreement.md` says what each figure means and where it comes from.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from textwright.dataset import Dataset
from textwright.evaluate.figure import Figure
from textwright.types import Example

FiguresOf = TypeVar("FiguresOf", "SpanFigures", "ChoiceFigures")


@dataclass(frozen=True, slots=True)
class SpanFigures:
    """Agreement on spans: of one label, or of all. `support` counts the texts in which somebody marked one."""

    exact: Figure
    f1: Figure
    gamma: Figure
    support: int

    def to_data(self) -> dict[str, Any]:
        """Return plain data for JSON."""
        return {**_by_name(exact=self.exact, f1=self.f1, gamma=self.gamma), "support": self.support}


@dataclass(frozen=True, slots=True)
class ChoiceFigures:
    """Agreement on a task: on one label, or on all. `support` counts the texts that somebody gave one."""

    exact: Figure
    alpha: Figure
    support: int

    def to_data(self) -> dict[str, Any]:
        """Return plain data for JSON."""
        return {**_by_name(exact=self.exact, alpha=self.alpha), "support": self.support}


@dataclass(frozen=True, slots=True)
class Agreed(Generic[FiguresOf]):
    """The figures of all labels together, and of each. `texts` counts those that two annotated."""

    texts: int
    all: FiguresOf
    labels: Mapping[str, FiguresOf]

    def to_data(self) -> dict[str, Any]:
        """Return plain data for JSON."""
        labels = {label: figures.to_data() for label, figures in self.labels.items()}
        return {"texts": self.texts, "all": self.all.to_data(), "labels": labels}


@dataclass(frozen=True, slots=True)
class PairOnTask:
    """Two annotators on one task. `kappa` is None where a text may have several labels."""

    exact: Figure
    alpha: Figure
    kappa: Figure | None

    def to_data(self) -> dict[str, Any]:
        """Return plain data for JSON."""
        kappa = None if self.kappa is None else self.kappa.to_data()
        return {**_by_name(exact=self.exact, alpha=self.alpha), "kappa": kappa}


@dataclass(frozen=True, slots=True)
class AnnotatorPair:
    """Two annotators on the texts that both annotated. `spans` is None where they share no text with spans."""

    a: str
    b: str
    texts: int
    spans: SpanFigures | None
    tasks: Mapping[str, PairOnTask]

    def to_data(self) -> dict[str, Any]:
        """Return plain data for JSON."""
        spans = None if self.spans is None else self.spans.to_data()
        tasks = {task: each.to_data() for task, each in self.tasks.items()}
        return {"a": self.a, "b": self.b, "texts": self.texts, "spans": spans, "tasks": tasks}


@dataclass(frozen=True, slots=True)
class Agreement:
    """How well annotators agree, over all texts that two or more annotated.

    `annotators` counts the texts of each, `texts` all of them, `compared` those that count here, and
    `unfinished` the lines left out because nobody handed them in.
    """

    annotators: Mapping[str, int]
    texts: int
    compared: int
    unfinished: int
    spans: Agreed[SpanFigures] | None
    tasks: Mapping[str, Agreed[ChoiceFigures]]
    pairs: tuple[AnnotatorPair, ...]

    @property
    def notes(self) -> list[str]:
        """Say what was compared and what was left out."""
        from textwright.evaluate.agreement_tables import agreement_lines

        return agreement_lines(self)

    def to_data(self) -> dict[str, Any]:
        """Return plain data for JSON."""
        return {
            "annotators": dict(self.annotators),
            "texts": {"all": self.texts, "compared": self.compared, "left_out": self.texts - self.compared},
            "spans": None if self.spans is None else self.spans.to_data(),
            "categories": {task: each.to_data() for task, each in self.tasks.items()},
            "pairs": [pair.to_data() for pair in self.pairs],
            "notes": self.notes,
        }

    def to_markdown(self) -> str:
        """Return the tables and the words as Markdown."""
        from textwright.evaluate.agreement_tables import agreement_markdown

        return agreement_markdown(self)

    def _repr_markdown_(self) -> str:
        return self.to_markdown()


def agreement(*sources: Iterable[Example], seed: int = 0) -> Agreement:
    """Say how well annotators agree: on spans with overlap and nesting, and on categories.

    `sources` are data sets of one annotator each, or one whose examples name their annotators; texts are
    matched by id. Raise `DataError` where nothing is annotated by two, and where an id means two texts.

    >>> from textwright.types import Annotation, Span
    >>> anna = Example("1", "Nurse", Annotation(spans=(Span(0, 5, "JOB"),)), annotator="anna")
    >>> ben = Example("1", "Nurse", Annotation(spans=()), annotator="ben")
    >>> agreement([anna, ben]).spans.all.f1.value
    0.0
    """
    from textwright.evaluate.agreement_figures import measured
    from textwright.evaluate.annotators import side_by_side

    kept = [source if isinstance(source, Dataset) else tuple(source) for source in sources]
    return measured(side_by_side(kept), seed=seed)


def _by_name(**figures: Figure) -> dict[str, dict[str, float | None]]:
    return {name: each.to_data() for name, each in figures.items()}
