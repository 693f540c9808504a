"""Put texts into batches with equally many words: no padding, no mask anywhere."""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

import torch
from torch import Tensor

from textwright.dataset import Dataset, occurring_schema
from textwright.decode import Nesting, roots_of
from textwright.errors import DataError
from textwright.leakage import refuse_leaks
from textwright.predictor import Predictor
from textwright.predictors.features import Encoded, Features, encode
from textwright.schema import Schema
from textwright.train.augment import spoiled
from textwright.types import Example, Scores, Span

# A target is a probability for (label, first word, last word).
Target = tuple[int, int, int, float]


@dataclass(frozen=True, slots=True)
class Lesson:
    """A text with the spans to be taught; a span's score is its probability, None is certain."""

    text: str
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Case:
    """A lesson as the network reads it: its words' feature numbers and the targets on them."""

    rows: tuple[tuple[int, ...], ...]
    targets: tuple[Target, ...]


C = TypeVar("C", bound=Case)
# The words that are learned from at once; the memory for it grows with their square.
AT_ONCE = 192
HEAVIEST = 5.0


def lessons_of(examples: Iterable[Example], schema: Schema, *, what: str) -> list[Lesson]:
    """Take the annotated spans of examples. Raise `DataError` at a label that the schema lacks."""
    lessons = [Lesson(example.text, example.gold.spans) for example in examples if example.gold.spans is not None]
    if not lessons:
        raise DataError(f"the {what} set has no example with spans; the network needs some to learn from")
    if not schema.spans:
        raise DataError(f"no span is marked in the {len(lessons)} texts; the network needs some to learn from")
    unknown = {span.label for lesson in lessons for span in lesson.spans} - set(schema.spans)
    if unknown:
        known = ", ".join(schema.spans) or "none"
        raise DataError(
            f"the {what} set has the label {min(unknown)!r} that is not to be learned. Known labels: {known}"
        )
    return lessons


def soft_lessons(texts: Iterable[str], scores: Iterable[Scores]) -> list[Lesson]:
    """Teach what a teacher thinks of texts: each span with its probability."""
    return [Lesson(text, each.spans) for text, each in zip(texts, scores, strict=True)]


def cases_of(
    lessons: Iterable[Lesson], features: Features, labels: Sequence[str], *, noise: float = 0.0, seed: int = 0
) -> list[Case]:
    """Turn lessons into cases, a share of them spoiled by `noise`.

    A text without a word gives none, one of more than `AT_ONCE` words several.
    """
    random_ = random.Random(seed)
    cases = list[Case]()
    for lesson in lessons:
        text = spoiled(lesson.text, random_) if random_.random() < noise else lesson.text
        encoded = encode(text, features)
        parted = pieces(encoded, targets_of(encoded, lesson.spans, labels), AT_ONCE)
        cases += (Case(piece.rows, inside) for piece, inside in parted)
    return cases


def pieces(encoded: Encoded, targets: Sequence[Target], most: int) -> Iterator[tuple[Encoded, tuple[Target, ...]]]:
    """Cut a text into pieces of at most so many words, where no span is cut if that can be helped.

    >>> long = Encoded((0, 2, 4, 6), (1, 3, 5, 7), ((1,), (2,), (3,), (4,)))
    >>> [(piece.starts, inside) for piece, inside in pieces(long, [(0, 1, 2, 1.0)], 2)]
    [((0,), ()), ((2, 4), ((0, 0, 1, 1.0),)), ((6,), ())]
    """
    begin, words = 0, len(encoded.starts)
    while begin < words:
        end = words if begin + most >= words else _cut(targets, begin, most)
        inside = tuple(
            (label, first - begin, last - begin, probability)
            for label, first, last, probability in targets
            if begin <= first and last < end
        )
        yield Encoded(encoded.starts[begin:end], encoded.ends[begin:end], encoded.rows[begin:end]), inside
        begin = end


def _cut(targets: Sequence[Target], begin: int, most: int) -> int:
    """Find the last place for a cut in the second half of what fits; where all lie in spans, cut one."""
    places = range(begin + most, begin + max(most // 2, 1) - 1, -1)
    return next((at for at in places if not _within(targets, at)), begin + most)


def _within(targets: Sequence[Target], place: int) -> bool:
    return any(first < place <= last and likely >= 0.5 for _, first, last, likely in targets)


def targets_of(encoded: Encoded, spans: Iterable[Span], labels: Sequence[str]) -> list[Target]:
    """Place spans on words. A span whose edges cut a word is left out: no network can find it."""
    first = {start: i for i, start in enumerate(encoded.starts) if start < encoded.ends[i]}
    last = {end: i for i, end in enumerate(encoded.ends) if encoded.starts[i] < end}
    return [
        (labels.index(span.label), first[span.start], last[span.end], 1.0 if span.score is None else span.score)
        for span in spans
        if span.start in first and span.end in last and span.label in labels
    ]


def batches(cases: Sequence[C], size: int, random_: random.Random | None = None) -> Iterator[list[C]]:
    """Yield batches of cases with equally many words, at most `size` at once; shuffled when asked."""
    by_length: Mapping[int, list[C]] = defaultdict(list)
    for case in cases:
        by_length[len(case.rows)].append(case)
    found = []
    for _, alike in sorted(by_length.items()):
        if random_:
            random_.shuffle(alike)
        found += [alike[i : i + size] for i in range(0, len(alike), size)]
    if random_:
        random_.shuffle(found)
    yield from found


def label_weights(lessons: Iterable[Lesson], nesting: Nesting, *, strength: float) -> list[float] | None:
    """Weigh the labels that no other must hold so that rare ones count more; None when all are to count alike.

    Of strength 1, all labels together count alike however rare; no weight is above `HEAVIEST`.

    >>> nurse = Lesson("Nurse, Bath", (Span(0, 5, "JOB"), Span(7, 11, "TOWN")))
    >>> label_weights([nurse, Lesson("Chef", (Span(0, 4, "JOB"),))], {"JOB": (), "TOWN": ()}, strength=1.0)
    [0.75, 1.5]
    """
    if not strength:
        return None
    counts = Counter(span.label for lesson in lessons for span in lesson.spans)
    roots = roots_of(nesting)
    mean = sum(counts[root] for root in roots) / len(roots)
    return [min(HEAVIEST, (mean / max(1, counts[root])) ** strength) for root in roots]


def rows_tensor(cases: Sequence[Case]) -> Tensor:
    """Stack feature numbers: [texts, words, width]."""
    return torch.tensor([case.rows for case in cases], dtype=torch.long)


def targets_tensor(cases: Sequence[Case], labels: int) -> Tensor:
    """Stack targets: [texts, labels, words, words]."""
    words = len(cases[0].rows)
    found = torch.zeros(len(cases), labels, words, words)
    for text, case in enumerate(cases):
        for label, first, last, probability in case.targets:
            found[text, label, first, last] = probability
    return found


# Short texts recur by themselves; where every fifth does, one file was given twice or split badly.
MOST_SHARED = 0.2


def refuse_same_data(train: Sequence[Example], dev: Sequence[Example]) -> None:
    """Raise `DataError` when much of what is to be judged on is in what is to be learned from."""
    refuse_leaks(train, dev, allowed=MOST_SHARED)


def schema_to_learn(train: Sequence[Example]) -> Schema:
    """Give the schema of a data set; of bare examples, the labels that occur.

    A task allows several labels where an example has several, or none.
    """
    if isinstance(train, Dataset) and train.declared:
        return train.schema
    found = occurring_schema(train)
    return replace(found, tasks=tuple(replace(task, multiple=_several(task.name, train)) for task in found.tasks))


def _several(task: str, examples: Iterable[Example]) -> bool:
    annotated = [example.gold.categories for example in examples if example.gold.categories is not None]
    return any(not each or sum(category.task == task for category in each) > 1 for each in annotated)


def span_f1(predictor: Predictor, lessons: Sequence[Lesson]) -> float:
    """Give the strict F1 over all spans of the lessons; 1 when there is nothing to find and nothing found.

    It moves with every span, where the share of right texts jumps: better to choose by on few texts.
    """
    found = [set(each.spans or ()) for each in predictor.predict([lesson.text for lesson in lessons])]
    gold = [set(lesson.spans) for lesson in lessons]
    both = sum(len(a & b) for a, b in zip(found, gold, strict=True))
    total = sum(map(len, found)) + sum(map(len, gold))
    return 2 * both / total if total else 1.0
