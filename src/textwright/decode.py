"""Choose the best set of spans among candidates, keeping the schema's rules: one pure function.

Two spans of one label never overlap; where the schema says `exactly_one_inside`, an outer span is
chosen together with its inner span or not at all. Weights are integers, so that the choice is the
same in TypeScript. See docs/training.md.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from operator import attrgetter
from typing import NamedTuple, TypeVar

from textwright.errors import SchemaError
from textwright.schema import Rule, Schema, contains, overlap
from textwright.types import NOTHING, Annotation, Category, Scores, Span, in_order

# Weights are rounded to steps of 1/UNIT: finer than a decision needs, coarser than float noise.
UNIT = 1024


class Candidate(NamedTuple):
    """A span that may be chosen; a weight above 0 speaks for it, one below against it."""

    start: int
    end: int
    label: str
    weight: int


class Choice(NamedTuple):
    """A candidate with the inner spans that come with it; `weight` is the sum over all of them."""

    start: int
    end: int
    weight: int
    spans: tuple[Candidate, ...]


Weighed = TypeVar("Weighed", Candidate, Choice)
Nesting = Mapping[str, tuple[str, ...]]


def nesting_of(schema: Schema) -> Nesting:
    """Give, for each label, the labels of which it must hold exactly one.

    Raise `SchemaError` when a label is bound to two outer labels or, over others, to itself.
    """
    outer: dict[str, str] = {}
    for rule in schema.rules:
        if rule.kind != "exactly_one_inside" or rule.inner is None or rule.outer is None:
            continue
        if outer.setdefault(rule.inner, rule.outer) != rule.outer:
            raise SchemaError(f"{rule.inner} is bound to {outer[rule.inner]} and {rule.outer}; only one can hold it")
    for label in outer:
        _refuse_circle(label, outer)
    return {name: tuple(inner for inner, holder in outer.items() if holder == name) for name in schema.spans}


def _refuse_circle(label: str, outer: Mapping[str, str]) -> None:
    seen = {label}
    while label in outer:
        label = outer[label]
        if label in seen:
            raise SchemaError(f"the rules exactly_one_inside put {label} into itself")
        seen.add(label)


def roots_of(nesting: Nesting) -> list[str]:
    """List the labels that no other label must hold, in the order of the schema."""
    bound = {inner for held in nesting.values() for inner in held}
    return [label for label in nesting if label not in bound]


def best_spans(candidates: Iterable[Candidate], nesting: Nesting) -> list[Candidate]:
    """Choose the candidates whose weights have the largest sum, by the rules of this module.

    >>> pair = [Candidate(0, 9, "OUT", 5), Candidate(3, 9, "IN", -2), Candidate(0, 3, "IN", -1)]
    >>> [span.weight for span in best_spans(pair, {"OUT": ("IN",), "IN": ()})]
    [5, -1]
    """
    by_label: Mapping[str, list[Candidate]] = defaultdict(list)
    for candidate in candidates:
        by_label[candidate.label].append(candidate)
    roots = (label for label in roots_of(nesting) if label in by_label)
    chosen = (choice for root in roots for choice in apart(_choices(root, by_label, nesting)))
    return [span for choice in chosen for span in choice.spans]


def _choices(label: str, by_label: Mapping[str, list[Candidate]], nesting: Nesting) -> list[Choice]:
    """Complete each candidate of a label with its best inner spans; drop those that have none."""
    choices = [Choice(span.start, span.end, span.weight, (span,)) for span in by_label.get(label, ())]
    for inner in nesting.get(label, ()):
        held = sorted(_choices(inner, by_label, nesting), key=lambda choice: (-choice.weight, choice[:2]))
        choices = [both for choice in choices if (both := _with_first_inside(choice, held))]
    return choices


def _with_first_inside(choice: Choice, held: Sequence[Choice]) -> Choice | None:
    for inner in held:
        if choice.start <= inner.start and inner.end <= choice.end:
            return choice._replace(weight=choice.weight + inner.weight, spans=choice.spans + inner.spans)
    return None


def apart(choices: Iterable[Weighed]) -> list[Weighed]:
    """Choose the heaviest set of choices that do not overlap; of equal sets, the one found first."""
    ordered = sorted((c for c in choices if c.weight > 0), key=attrgetter("end", "start"))
    ends = [choice.end for choice in ordered]
    best, before = [0], list[int]()
    for place, choice in enumerate(ordered):
        before.append(bisect_right(ends, choice.start, hi=place))
        best.append(max(best[place], best[before[place]] + choice.weight))
    chosen, place = list[Weighed](), len(ordered)
    while place:
        if best[place] == best[place - 1]:
            place -= 1
            continue
        chosen.append(ordered[place - 1])
        place = before[place - 1]
    return chosen[::-1]


Thresholds = Mapping[str, Mapping[str, float]]


def decode(scores: Scores, schema: Schema, *, thresholds: Thresholds = NOTHING) -> Annotation:
    """Turn probabilities into an annotation that is likely right and keeps the schema's rules.

    The chosen spans of a label have the largest sum, over the characters of the text, of the
    probability of what is said of the character: the span that covers it, or that none does.
    Categories: of a task with several, those that reach their threshold, by task and label (else one
    half); of any other, the likeliest.
    """
    likely = {(span.start, span.end, span.label): span.score or 0.0 for span in scores.spans}
    chosen = best_spans(_weighed(scores.spans), nesting_of(schema))
    spans = (Span(start, end, label, likely[start, end, label]) for start, end, label, _ in chosen)
    return Annotation(
        spans=_keeping_rules(spans, schema), categories=chosen_categories(scores.categories, schema, thresholds)
    )


def _weighed(spans: Sequence[Span]) -> Iterator[Candidate]:
    """Weigh each span: for each of its characters, its probability less that of no span being there."""
    covered: Mapping[str, dict[int, float]] = defaultdict(lambda: defaultdict(float))
    for span in spans:
        for place in range(span.start, span.end):
            covered[span.label][place] += span.score or 0.0
    for span in spans:
        nothing = sum(max(0.0, 1 - covered[span.label][place]) for place in range(span.start, span.end))
        gain = (span.end - span.start) * (span.score or 0.0) - nothing
        yield Candidate(span.start, span.end, span.label, weight_of(gain))


def weight_of(value: float) -> int:
    """Round to a weight, halves upwards (as JavaScript rounds).

    >>> weight_of(-1.5 / 1024)
    -1
    """
    return math.floor(value * UNIT + 0.5)


def _keeping_rules(spans: Iterable[Span], schema: Schema) -> tuple[Span, ...]:
    """Drop spans that offend a rule, the least likely first, until none does."""
    kept = list(in_order(spans))
    while offenders := [span for span in kept if _offends(span, kept, schema)]:
        kept.remove(min(offenders, key=lambda span: (span.score or 0.0, span.start, span.end, span.label)))
    return tuple(kept)


def _offends(span: Span, spans: Sequence[Span], schema: Schema) -> bool:
    return any(_breaks(rule, span, spans) for rule in schema.rules)


def _breaks(rule: Rule, span: Span, spans: Sequence[Span]) -> bool:
    if rule.kind == "no_crossing":
        return any(_cross(span, other) for other in spans)
    if rule.kind == "inside" and rule.inner == span.label:
        return not any(other.label == rule.outer and contains(other, span) for other in spans)
    if rule.kind == "exactly_one_inside" and rule.outer == span.label:
        return sum(other.label == rule.inner and contains(span, other) for other in spans) != 1
    return False


def _cross(a: Span, b: Span) -> bool:
    return overlap(a, b) and not contains(a, b) and not contains(b, a)


def chosen_categories(
    scored: Sequence[Category], schema: Schema, thresholds: Thresholds = NOTHING
) -> tuple[Category, ...] | None:
    """Choose among scored categories as `decode` says; None when the schema has no task.

    >>> moods = Schema.from_data({"tasks": {"mood": {"labels": ["joy", "fear"], "multiple": True}}})
    >>> scored = [Category("mood", "joy", 0.4), Category("mood", "fear", 0.3)]
    >>> [category.label for category in chosen_categories(scored, moods, {"mood": {"joy": 0.35}}) or ()]
    ['joy']
    """
    if not schema.tasks:
        return None
    chosen: list[Category] = []
    for task in schema.tasks:
        asked = [category for category in scored if category.task == task.name]
        if task.multiple:
            least = thresholds.get(task.name, NOTHING)
            chosen += [each for each in asked if (each.score or 0.0) >= least.get(each.label, 0.5)]
        elif asked:
            chosen.append(max(asked, key=lambda category: category.score or 0.0))
    return tuple(chosen)
