"""Find annotations that may be wrong: models that never saw a text say what they would have marked.

Cross-validated models give each annotation a probability. What is far less likely than a label's
annotations usually are is doubted, and so is what was left out although it is as likely as they are.
Northcutt et al. (2021), Confident learning: estimating uncertainty in dataset labels.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from textwright.dataset import Dataset
from textwright.errors import DataError
from textwright.leakage import leaks, words_of
from textwright.predictor import Scorer, Trainer
from textwright.schema import Schema
from textwright.types import Category, Example, Scores, Span

Kind = Literal["unlikely", "missing"]
# Candidates that are less likely say nothing of how sure a model is that something is not there.
FLOOR = 0.01
# Of what is learned from, one group of texts in so many is kept to stop early by.
DEV_EACH = 8
# What was seen less often has no usual probability of its own.
FEWEST = 5
# Equal probabilities are not apart by more than rounding.
LITTLE = 1e-9


@dataclass(frozen=True, slots=True)
class Doubt:
    """An annotation that is unlikely, or a likely one that is missing, with its probability; `weight` orders them.

    Of spans `start` and `end` are set, of categories the task.
    """

    kind: Kind
    label: str
    probability: float
    weight: float
    start: int | None = None
    end: int | None = None
    task: str | None = None

    def to_data(self) -> dict[str, Any]:
        """Return plain data for JSON."""
        place = {"task": self.task} if self.start is None else {"start": self.start, "end": self.end}
        return {**place, "label": self.label, "probability": round(self.probability, 4), "kind": self.kind}


@dataclass(frozen=True, slots=True)
class Doubtful:
    """An example with what is doubted of it, the most doubtful first."""

    example: Example
    doubts: tuple[Doubt, ...]

    def to_example(self) -> Example:
        """Return the example with a key `doubts` beside its own."""
        return replace(self.example, extra={**self.example.extra, "doubts": [each.to_data() for each in self.doubts]})


Maker = Callable[[Dataset], Trainer]
Told = Callable[[int, int], None]


def _say_nothing(fold: int, folds: int) -> None:
    """Tell nobody."""


def doubts_of(data: Dataset, make: Maker, *, folds: int = 5, told: Told = _say_nothing) -> list[Doubtful]:
    """Train on all but one part of the data, judge that part, and so on; list what is doubtful, the worst first.

    Texts that are near the same are never divided. `told` hears of each part that is done. Raise `DataError`
    when the data cannot be divided so.
    """
    return doubtful(data, out_of_fold(data, make, folds=folds, told=told), data.schema)


def out_of_fold(data: Dataset, make: Maker, *, folds: int, told: Told = _say_nothing) -> list[Scores]:
    """Let each text be scored by a model that has seen neither it nor one near it."""
    parts = folds_of(data, folds)
    found: dict[int, Scores] = {}
    for number, part in enumerate(parts, start=1):
        held_out = set(part)
        others = [group for fold in parts if fold is not part for group in _as_groups(data, fold)]
        dev = {place for group in others[::DEV_EACH] for place in group}
        train = data.with_examples(each for i, each in enumerate(data) if i not in held_out and i not in dev)
        model = make(train).fit(train, data.with_examples(data[i] for i in sorted(dev)))
        if not isinstance(model, Scorer):
            raise DataError(f"a {type(model).__name__} gives no probabilities; linear, network and transformer do")
        found.update(zip(part, model.score([data[i].text for i in part]), strict=True))
        told(number, len(parts))
    return [found[place] for place in range(len(data))]


def _as_groups(data: Dataset, fold: Sequence[int]) -> list[list[int]]:
    """Put the same texts of a fold together."""
    groups: dict[str, list[int]] = {}
    for place in fold:
        groups.setdefault(_key(data[place]), []).append(place)
    return list(groups.values())


# --- folds ----------------------------------------------------------------------------------


def folds_of(data: Dataset, folds: int) -> list[list[int]]:
    """Divide the places of examples into parts of about equal size, near-same texts together.

    Raise `DataError` when there are fewer groups than parts.
    """
    if folds < 2:
        raise DataError(f"folds is {folds}, must be at least 2")
    groups = sorted(near_groups(data), key=len, reverse=True)
    if len(groups) < 2 * folds:
        raise DataError(
            f"{len(groups)} different texts (of {len(data)}) are too few for {folds} folds; "
            "take more texts, or fewer --folds"
        )
    parts: list[list[int]] = [[] for _ in range(folds)]
    for group in groups:
        min(parts, key=len).extend(group)
    return [sorted(part) for part in parts]


def near_groups(data: Sequence[Example]) -> list[list[int]]:
    """Put together the places of texts that are the same or near so, directly or by others between them."""
    first: dict[str, int] = {}
    for place, example in enumerate(data):
        first.setdefault(_key(example), place)
    leaders = [Example(str(place), data[place].text) for place in first.values()]
    above = {place: place for place in first.values()}

    def root(place: int) -> int:
        while above[place] != place:
            above[place] = above[above[place]]
            place = above[place]
        return place

    for leak in leaks(leaders, leaders):
        above[root(int(leak.id_a))] = root(int(leak.id_b))
    groups: Mapping[int, list[int]] = defaultdict(list)
    for place, example in enumerate(data):
        groups[root(first[_key(example)])].append(place)
    return list(groups.values())


def _key(example: Example) -> str:
    return words_of(example.text).replace(" ", "")


# --- what is doubtful -----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Claim:
    """Something that may hold of a text: whether it is annotated, and how likely it is."""

    place: int
    what: Span | Category
    annotated: bool
    probability: float


def doubtful(examples: Sequence[Example], scores: Sequence[Scores], schema: Schema) -> list[Doubtful]:
    """List the examples with an annotation that scores contradict, the most doubtful first."""
    choices = {task.name for task in schema.tasks if not task.multiple}
    by_label: dict[tuple[str, str], list[Claim]] = defaultdict(list)
    for claim in _claims(examples, scores, schema):
        by_label[_label_of(claim.what)].append(claim)
    usual = {label: _usual(claims) for label, claims in by_label.items()}
    found: dict[int, list[Doubt]] = defaultdict(list)
    for label, claims in by_label.items():
        if label[0] not in choices:
            for claim in claims:
                found[claim.place] += _one_by_one(claim, usual[label])
    for place, doubt in _between_choices(by_label, usual, choices):
        found[place].append(doubt)
    listed = [Doubtful(examples[place], tuple(sorted(each, key=_worst_first))) for place, each in found.items() if each]
    return sorted(listed, key=lambda each: (-each.doubts[0].weight, each.example.id))


def _worst_first(doubt: Doubt) -> tuple[float, int, int]:
    return -doubt.weight, doubt.start or 0, doubt.end or 0


def _label_of(what: Span | Category) -> tuple[str, str]:
    return ("", what.label) if isinstance(what, Span) else (what.task, what.label)


def _claims(examples: Sequence[Example], scores: Sequence[Scores], schema: Schema) -> Iterator[Claim]:
    """Yield all that is annotated or not too unlikely. A task with one answer may have been left open."""
    several = {task.name for task in schema.tasks if task.multiple}
    for place, (example, said) in enumerate(zip(examples, scores, strict=True)):
        if example.gold.spans is not None:
            yield from _claims_about(place, example.gold.spans, said.spans)
        if example.gold.categories is not None:
            answered = several | {category.task for category in example.gold.categories}
            asked = [each for each in said.categories if each.task in answered]
            yield from _claims_about(place, example.gold.categories, asked)


def _claims_about(place: int, gold: Sequence[Span | Category], said: Sequence[Span | Category]) -> Iterator[Claim]:
    chances: dict[Span | Category, float] = {each: each.score or 0.0 for each in said}
    for each in dict.fromkeys(gold):
        yield Claim(place, each, True, chances.get(each, 0.0))
    for each, chance in chances.items():
        if each not in gold and chance >= FLOOR:
            yield Claim(place, each, False, chance)


@dataclass(frozen=True, slots=True)
class Usual:
    """How likely a label's annotations usually are, and how unlikely what is not annotated."""

    present: float
    absent: float


def _usual(claims: Sequence[Claim]) -> Usual:
    present = [claim.probability for claim in claims if claim.annotated]
    absent = [1 - claim.probability for claim in claims if not claim.annotated]
    return Usual(_mean(present), _mean(absent))


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) - LITTLE if len(values) >= FEWEST else 0.9


def _one_by_one(claim: Claim, usual: Usual) -> Iterator[Doubt]:
    """Doubt what holds or not by itself."""
    p = claim.probability
    if claim.annotated and p < 0.5 and 1 - p >= usual.absent:
        yield _doubt(claim, "unlikely", usual.present - p)
    if not claim.annotated and p > 0.5 and p >= usual.present:
        yield _doubt(claim, "missing", usual.absent - (1 - p))


def _between_choices(
    by_label: Mapping[tuple[str, str], Sequence[Claim]], usual: Mapping[tuple[str, str], Usual], choices: set[str]
) -> Iterator[tuple[int, Doubt]]:
    """Doubt the one label of a task when another is likelier, and as likely as where it is the one."""
    asked: dict[tuple[int, str], list[Claim]] = defaultdict(list)
    for (task, _), claims in by_label.items():
        for claim in claims if task in choices else ():
            asked[claim.place, task].append(claim)
    for claims in asked.values():
        given = [claim for claim in claims if claim.annotated]
        rivals = [
            each for each in claims if not each.annotated and each.probability >= usual[_label_of(each.what)].present
        ]
        for claim in given:
            better = max(rivals, key=lambda each: each.probability, default=None)
            if better is not None and better.probability > claim.probability:
                weight = usual[_label_of(claim.what)].present - claim.probability
                yield claim.place, _doubt(claim, "unlikely", weight)
                yield better.place, _doubt(better, "missing", weight)


def _doubt(claim: Claim, kind: Kind, weight: float) -> Doubt:
    what = claim.what
    if isinstance(what, Span):
        return Doubt(kind, what.label, claim.probability, weight, start=what.start, end=what.end)
    return Doubt(kind, what.label, claim.probability, weight, task=what.task)


def counts(found: Iterable[Doubtful]) -> dict[tuple[str, Kind], int]:
    """Count doubts by label and kind."""
    counted: dict[tuple[str, Kind], int] = defaultdict(int)
    for each in found:
        for doubt in each.doubts:
            counted[doubt.label, doubt.kind] += 1
    return dict(sorted(counted.items()))
