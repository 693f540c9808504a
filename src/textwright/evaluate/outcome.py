"""What became of one text: its gold, its answer, and whether each question was answered rightly."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from textwright.errors import DataError
from textwright.evaluate.scope import Scope
from textwright.formats.files import writable
from textwright.types import Annotation, Answer, Category, Example, Problem, Span

Places = Mapping[str, frozenset[tuple[int, int]]]
Choices = Mapping[str, frozenset[str]]
Rights = Mapping[str, tuple[bool | None, ...]]
NO_PLACES: frozenset[tuple[int, int]] = frozenset()
NO_CHOICE: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Outcome:
    """An example beside the answer to its text.

    `gold_spans` and `gold_choices` hold label to places and task to labels; None: that layer was
    not annotated. For the predicted ones None means that there is no answer, which is never right.
    """

    example: Example
    answer: Answer
    gold_spans: Places | None
    gold_choices: Choices | None
    spans: Places | None
    choices: Choices | None

    @property
    def failed(self) -> bool:
        """Say whether the text has no answer at all."""
        return self.answer.annotation is None


def outcome_of(example: Example, answer: Answer) -> Outcome:
    """Sort the gold and the answer by label and by task."""
    found = answer.annotation or Annotation()
    return Outcome(
        example,
        replace(answer, problem=_writable(answer.problem)) if answer.problem else answer,
        places_of(example.gold.spans),
        choices_of(example.gold.categories),
        places_of(found.spans),
        choices_of(found.categories),
    )


def _writable(problem: Problem) -> Problem:
    """Let no reason, which may be anybody's exception, keep a report from being written."""
    return replace(problem, reason=writable(problem.reason))


def places_of(spans: Iterable[Span] | None) -> Places | None:
    """Sort spans by label, as sets of `(start, end)`.

    >>> places_of([Span(0, 6, "SENIORITY")])
    {'SENIORITY': frozenset({(0, 6)})}
    """
    if spans is None:
        return None
    places: dict[str, set[tuple[int, int]]] = defaultdict(set)
    for span in spans:
        places[span.label].add((span.start, span.end))
    return {label: frozenset(found) for label, found in places.items()}


def choices_of(categories: Iterable[Category] | None) -> Choices | None:
    """Sort categories by task, as sets of labels."""
    if categories is None:
        return None
    choices: dict[str, set[str]] = defaultdict(set)
    for category in categories:
        choices[category.task].add(category.label)
    return {task: frozenset(labels) for task, labels in choices.items()}


def label_is_right(outcome: Outcome, label: str) -> bool | None:
    """Say whether all places of a label were found and no other; None: there is no gold to tell."""
    if outcome.gold_spans is None:
        return None
    if outcome.spans is None:
        return False
    return outcome.spans.get(label, NO_PLACES) == outcome.gold_spans.get(label, NO_PLACES)


def task_is_right(outcome: Outcome, task: str) -> bool | None:
    """Say whether a task got the gold's labels and no other; None: there is no gold to tell."""
    if outcome.gold_choices is None:
        return None
    if outcome.choices is None:
        return False
    return outcome.choices.get(task, NO_CHOICE) == outcome.gold_choices.get(task, NO_CHOICE)


def rights_of(outcomes: Sequence[Outcome], scope: Scope) -> Rights:
    """Say of each measure which texts were right, in order; None where a text has no gold for it.

    Measures: `exact:LABEL`, `whole_text`, `category:TASK`. The whole text is right when each scored
    label is; data without spans ask it of the tasks.
    """
    labels = {f"exact:{label}": tuple(label_is_right(each, label) for each in outcomes) for label in scope.labels}
    tasks = {f"category:{task}": tuple(task_is_right(each, task) for each in outcomes) for task in scope.tasks}
    parts = labels or tasks
    return {**labels, "whole_text": tuple(map(_all_right, zip(*parts.values(), strict=True))), **tasks}


def _all_right(parts: Sequence[bool | None]) -> bool | None:
    return None if None in parts else all(parts)


# --- one gold for each text -----------------------------------------------------------------


def one_gold(examples: Iterable[Example]) -> list[Example]:
    """Join the lines of a text that several annotators marked alike, each in its own layer or in both.

    Raise `DataError` when they contradict each other, or when two texts share an id: what is right
    must be settled before anything is judged by it.
    """
    joined: dict[str, Example] = {}
    contradicted: dict[str, None] = {}
    for example in examples:
        first = joined.setdefault(example.id, example)
        if first.text != example.text:
            raise DataError(f"two texts have the id {example.id!r}: {_short(first.text)} and {_short(example.text)}")
        if first is not example and _contradict(first.gold, example.gold):
            contradicted[example.id] = None
        joined[example.id] = replace(first, gold=_joined(first.gold, example.gold))
    _refuse_contradictions(list(contradicted))
    return list(joined.values())


def _contradict(a: Annotation, b: Annotation) -> bool:
    spans, others = places_of(a.spans), places_of(b.spans)
    choices, other_choices = choices_of(a.categories), choices_of(b.categories)
    return _differ(spans, others) or _differ(choices, other_choices)


def _differ(a: object, b: object) -> bool:
    return a is not None and b is not None and a != b


def _joined(a: Annotation, b: Annotation) -> Annotation:
    return Annotation(
        b.spans if a.spans is None else a.spans,
        b.categories if a.categories is None else a.categories,
    )


def _refuse_contradictions(ids: Sequence[str]) -> None:
    if not ids:
        return
    shown = ", ".join(ids[:3]) + (", ..." if len(ids) > 3 else "")
    raise DataError(
        f"the annotators of {len(ids)} texts contradict each other ({shown}), so there is nothing to judge by. "
        "Settle them first, or keep the lines of one annotator"
    )


def _short(text: str) -> str:
    return repr(text if len(text) <= 40 else text[:39] + "…")
