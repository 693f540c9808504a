"""Passing records through a model, and explaining what it marked."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from typing import Any, Protocol, runtime_checkable

from textwright.cli.reading import Record
from textwright.cli.rejects import Rejects
from textwright.cli.telling import say
from textwright.errors import ModelError
from textwright.predictor import Predictor, answers, with_answer
from textwright.types import NOTHING, Answer, Example

Explain = Callable[[Example], None]


def annotate(
    model: Predictor,
    batches: Iterable[list[Record]],
    rejects: Rejects,
    explain: Explain | None = None,
    *,
    with_notes: bool = False,
) -> Iterator[list[Example]]:
    """Yield what stands in the output for each batch; what a model notes beside its answers, when asked."""
    for batch in batches:
        yield list(chain.from_iterable(annotate_each(model, batch, rejects, explain, with_notes=with_notes)))


def annotate_each(
    model: Predictor,
    records: Iterable[Record],
    rejects: Rejects,
    explain: Explain | None = None,
    *,
    with_notes: bool = False,
) -> Iterator[list[Example]]:
    """Yield what stands in the output for each record, as soon as it is there; records are taken as they are needed."""
    waiting: deque[Record] = deque()

    def texts() -> Iterator[str]:
        for record in records:
            waiting.append(record)
            if record.example is not None:
                yield record.example.text

    for answer in answers(model, texts()):
        yield from _without_text(waiting, rejects)
        yield _in_output(waiting.popleft(), answer, rejects, explain, with_notes=with_notes)
    yield from _without_text(waiting, rejects)


def _without_text(waiting: deque[Record], rejects: Rejects) -> Iterator[list[Example]]:
    """Put the records aside that stand before the next text and could not be read."""
    while waiting and waiting[0].example is None:
        record = waiting.popleft()
        yield rejects.take(record, record.reason)


def _in_output(
    record: Record, answer: Answer, rejects: Rejects, explain: Explain | None, *, with_notes: bool
) -> list[Example]:
    assert record.example is not None
    notes = answer.notes if with_notes else NOTHING
    if answer.annotation is None:
        return rejects.take(record, answer.problem.reason if answer.problem else "the model gave no answer", notes)
    if explain is not None:
        explain(record.example)
    return [with_answer(record.example, answer.annotation, notes)]


@runtime_checkable
class Explains(Protocol):
    """A predictor that can say which rule made each span."""

    def explain(self, text: str) -> tuple[object, ...]:
        """Return the explanations of one text, each with span, phase, rule, start and end."""


def explainer(predictor: Predictor, name: str) -> Explain:
    """Return what prints the explanation of an example. Raise `ModelError` when there is none."""
    if not isinstance(predictor, Explains):
        raise ModelError(f"{name} cannot explain its spans. Models made of rules can: textwright models")

    def show(example: Example) -> None:
        say(example.text)
        for each in predictor.explain(example.text):
            say(f"  {explained(each, example.text)}")

    return show


def explained(explanation: object, text: str) -> str:
    """Say in a line what a rule marked, where, and which rule it was."""
    each: Any = explanation
    span = each.span
    words = text[each.start : each.end]
    marked = f"{span.label} {text[span.start : span.end]!r} [{span.start}, {span.end})" if span else "nothing marked"
    return f"{marked}  by {each.phase}/{each.rule} in {words!r}"
