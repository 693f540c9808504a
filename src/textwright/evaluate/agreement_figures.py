"""All figures of an agreement, from what annotators said side by side."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import combinations

from textwright.evaluate.agreement import Agreed, Agreement, AnnotatorPair, ChoiceFigures, SpanFigures
from textwright.evaluate.annotators import SideBySide
from textwright.evaluate.choice_agreement import ChoiceLayer, choice_layer
from textwright.evaluate.resampling import draws
from textwright.evaluate.span_agreement import SpanLayer, span_layer


def measured(compared: SideBySide, *, seed: int) -> Agreement:
    """Compute all figures. The same texts and seed give the same ones."""
    drawn = draws(len(compared.shared), seed=seed)
    spans = span_layer(compared.shared, drawn, seed=seed)
    tasks = {task: choice_layer(compared.shared, task, drawn) for task in compared.tasks}
    return Agreement(
        compared.annotated,
        compared.texts,
        len(compared.shared),
        compared.unfinished,
        _spans(spans, compared.labels),
        {task: _task(layer, compared.tasks[task]) for task, layer in tasks.items() if layer.answers},
        tuple(_pairs(compared, spans, tasks)),
    )


def _spans(layer: SpanLayer, labels: tuple[str, ...]) -> Agreed[SpanFigures] | None:
    if not layer.marked:
        return None
    texts = len({each.text for each in layer.marked})
    return Agreed(texts, layer.figures(), {label: layer.figures(label) for label in labels})


def _task(layer: ChoiceLayer, labels: tuple[str, ...]) -> Agreed[ChoiceFigures]:
    return Agreed(len(layer.answers), layer.figures(), {label: layer.figures(label) for label in labels})


def _pairs(compared: SideBySide, spans: SpanLayer, tasks: Mapping[str, ChoiceLayer]) -> Iterator[AnnotatorPair]:
    """Give the figures of each two annotators that share a text, by name."""
    marked, expected = spans.pairs(), spans.expected()
    for a, b in combinations(sorted(compared.annotated), 2):
        texts = sum(a in each.said and b in each.said for each in compared.shared)
        both = marked.get((a, b))
        of_tasks = {task: layer.pair(a, b) for task, layer in tasks.items()}
        if texts:
            yield AnnotatorPair(
                a,
                b,
                texts,
                spans.figures_of(both, expected) if both else None,
                {task: each for task, each in of_tasks.items() if each is not None},
            )
