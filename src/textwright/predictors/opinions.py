"""What a model says of a whole text, word by word: probabilities, and the sentences that decided."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from textwright.decode import Thresholds
from textwright.predictor import InOneLine
from textwright.predictors.folder import GRAPH
from textwright.predictors.text_features import EncodedText, Rows, TextFeatures
from textwright.schema import Schema, Task
from textwright.types import Annotation, Answer, Category, Scores, Span, in_order
from textwright.wrangle.words import alphabet

Floats = NDArray[np.float32]
# A sentence ends before a capital, a letter that has none, a digit or a bullet, and at a line's end; in Chinese and
# Japanese at its full stop. One without an end is cut here.
_NEXT = r"(?![。！？\"'”’)」』）\s])"
RUN = re.compile(rf"\s+|(?<=[。！？]){_NEXT}|(?<=[。！？][\"'”’)」』）]){_NEXT}")
FINAL, CLOSING, BULLETS = ".!?…؟۔।॥。！？", "\"'”’)」』）", "•●▪"
OPENING = "0123456789£$€\"'“‘(•*-¿¡«„「『（"
LONGEST = 300
# So many sentences are shown for a category.
SHOWN = 3


@dataclass(frozen=True, slots=True)
class Opinion:
    """What speaks for each (task, label) of a schema, in its order: `bias` from the start, and what each word adds.

    `added` is [words, topics]. The sum of both is what the model goes by, so that what any part of the
    text adds is known.
    """

    words: EncodedText
    bias: Floats
    added: Floats

    @property
    def total(self) -> NDArray[np.float64]:
        """Return what speaks for each topic."""
        return np.asarray(self.bias + self.added.sum(axis=0, dtype=np.float64), dtype=np.float64)


def topics_of(schema: Schema) -> int:
    """Return how many labels the tasks of a schema have together."""
    return sum(len(task.labels) for task in schema.tasks)


@dataclass(frozen=True, slots=True)
class Reader:
    """How opinions become answers: a schema, thresholds by task and label, temperatures by task."""

    schema: Schema
    thresholds: Thresholds = field(default_factory=dict)
    temperature: Mapping[str, float] = field(default_factory=dict)

    @staticmethod
    def of(config: Mapping[str, Any]) -> Reader:
        """Read what a `config.json` says."""
        schema = Schema.from_data(config["schema"])
        return Reader(schema, config.get("thresholds", {}), config.get("temperature", {}))

    def annotation(self, opinion: Opinion) -> Annotation:
        """Choose categories as `decode.chosen_categories` does; temperatures change no answer."""
        if not self.schema.tasks:
            return Annotation()
        chosen: list[Category] = []
        for task, chances in self._chances(opinion, {}):
            if task.multiple:
                least = self.thresholds.get(task.name, {})
                said = zip(task.labels, chances.tolist(), strict=True)
                chosen += [Category(task.name, each.name, p) for each, p in said if p >= least.get(each.name, 0.5)]
            elif task.labels:
                best = int(chances.argmax())
                chosen.append(Category(task.name, task.labels[best].name, float(chances[best])))
        return Annotation(categories=tuple(chosen))

    def scores(self, opinion: Opinion) -> Scores:
        """Give every category with its probability."""
        return Scores(
            categories=tuple(
                Category(task.name, label.name, chance)
                for task, chances in self._chances(opinion, self.temperature)
                for label, chance in zip(task.labels, chances.tolist(), strict=True)
            )
        )

    def _chances(
        self, opinion: Opinion, temperature: Mapping[str, float]
    ) -> Iterator[tuple[Task, NDArray[np.float64]]]:
        """Give each task with the probabilities of its labels."""
        total, done = opinion.total, 0
        for task in self.schema.tasks:
            logits = total[done : done + len(task.labels)] / temperature.get(task.name, 1.0)
            yield task, _sigmoid(logits) if task.multiple else _softmax(logits)
            done += len(task.labels)

    def evidence(self, text: str, opinion: Opinion, *, every: bool = False) -> list[Span]:
        """Give the sentences that spoke most for the chosen categories, with what each added.

        Of a task with one answer, what a sentence adds to the answer less what it adds to the mean of the
        others. A word belongs to the sentence in which it starts, a separator before them all to the first.
        `every` gives all sentences, those that spoke against (below 0) as well.
        """
        places = sentences(text)
        if not places:
            return []
        starts = np.array([start for start, _ in places])
        before = np.searchsorted(starts, np.array(opinion.words.starts, dtype=np.int64), side="right") - 1
        of_word = np.maximum(before, 0)
        spans: list[Span] = []
        for category in self.annotation(opinion).categories or ():
            added = np.zeros(len(places))
            np.add.at(added, of_word, self._speaking_for(category, opinion))
            for best in np.argsort(-added, kind="stable")[: None if every else SHOWN]:
                start, end = places[best]
                if every or added[best] > 0:
                    spans.append(Span(start, end, category.label, round(float(added[best]), 4)))
        return list(in_order(spans))

    def _speaking_for(self, category: Category, opinion: Opinion) -> NDArray[np.float64]:
        """Give what each word adds to a category."""
        done = 0
        for task in self.schema.tasks:
            names = [label.name for label in task.labels]
            if task.name == category.task:
                added = opinion.added[:, done : done + len(names)].astype(np.float64)
                chosen = added[:, names.index(category.label)]
                others = added.sum(axis=1) - chosen
                return chosen if task.multiple or len(names) == 1 else chosen - others / (len(names) - 1)
            done += len(names)
        raise KeyError(category.task)

    def answer(self, text: str, opinion: Opinion) -> Answer:
        """Answer with the evidence among the notes, as plain data."""
        found = self.evidence(text, opinion)
        data = [{"start": each.start, "end": each.end, "label": each.label, "score": each.score} for each in found]
        return Answer(self.annotation(opinion), notes={"evidence": data})


@dataclass(frozen=True, slots=True, repr=False)
class OpinionPredictor(InOneLine, ABC):
    """A model whose answers add up what the words say; `evidence` shows the sentences that decided.

    It holds nothing that changes; several threads may use it.
    """

    name: str
    reader: Reader
    features: TextFeatures
    session: Any
    graph: bytes
    config: Mapping[str, Any]

    @abstractmethod
    def opinions(self, texts: Sequence[str]) -> Iterator[Opinion]:
        """Say of each text what its words add."""

    @property
    def schema(self) -> Schema:
        """Return the tasks with their labels."""
        return self.reader.schema

    @property
    def files(self) -> Mapping[str, bytes]:
        """Return what stands in the folder beside the configuration."""
        return {GRAPH: self.graph}

    @property
    def size_bytes(self) -> int:
        """Return the size of the graph, nearly all of the model."""
        return len(self.graph)

    def predict(self, texts: Sequence[str]) -> list[Annotation]:
        """Annotate each text; `[]` gives `[]`."""
        return [self.reader.annotation(opinion) for opinion in self.opinions(texts)]

    def answer(self, texts: Sequence[str]) -> list[Answer]:
        """Annotate each text and note the sentences that decided."""
        return [self.reader.answer(text, said) for text, said in zip(texts, self.opinions(texts), strict=True)]

    def score(self, texts: Sequence[str]) -> list[Scores]:
        """Give every category with its probability, for each text."""
        return [self.reader.scores(opinion) for opinion in self.opinions(texts)]

    def evidence(self, texts: Sequence[str], *, every: bool = False) -> list[list[Span]]:
        """Give the sentences that decided, for each text: spans with the category's label, scored by what they add.

        `every` gives all sentences, those that spoke against (below 0) as well.
        """
        said = zip(texts, self.opinions(texts), strict=True)
        return [self.reader.evidence(text, opinion, every=every) for text, opinion in said]


def _softmax(logits: NDArray[np.float64]) -> NDArray[np.float64]:
    raised = np.exp(logits - logits.max(initial=-np.inf))
    return np.asarray(raised / raised.sum())


def _sigmoid(logits: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.asarray(1 / (1 + np.exp(-np.clip(logits, -500, 500))))


def sentences(text: str) -> list[tuple[int, int]]:
    """Cut a text into sentences; what lies between two is white space.

    >>> text = "We hire. Our client pays well! Apply"
    >>> [text[start:end] for start, end in sentences(text)]
    ['We hire.', 'Our client pays well!', 'Apply']
    """
    ends = (run.span() for run in RUN.finditer(text) if _parts(text, *run.span()))
    edges = [(0, 0), *ends, (len(text), len(text))]
    return [piece for (_, start), (end, _) in pairwise(edges) for piece in _pieces(text, start, end)]


def _parts(text: str, start: int, end: int) -> bool:
    """Say whether a run of white space lies between two sentences."""
    if "\n" in text[start:end] or "\r" in text[start:end] or text[end : end + 1] in tuple(BULLETS):
        return True
    return (start == end or _opens(text[end : end + 1])) and _closes(text, start)


def _opens(character: str) -> bool:
    """Say whether a sentence may begin so: with anything but a small letter, or a sign that stands within one."""
    known = alphabet()
    is_letter = known.word.match(character) is not None
    return (is_letter and character not in known.lower) or (character != "" and character in OPENING)


def _closes(text: str, end: int) -> bool:
    """Say whether a sentence ends there, quotation marks and brackets aside."""
    while end and text[end - 1] in CLOSING:
        end -= 1
    return end > 0 and text[end - 1] in FINAL


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Trim a sentence, leave an empty one out, and cut a long one between words."""
    while start < end:
        stop = end if end - start <= LONGEST else _cut(text, start)
        inner = text[start:stop]
        trimmed = inner.strip()
        if trimmed:
            first = start + len(inner) - len(inner.lstrip())
            yield first, first + len(trimmed)
        start = stop


def _cut(text: str, start: int) -> int:
    space = text.rfind(" ", start + 1, start + LONGEST)
    return space if space > 0 else start + LONGEST


def opinion_of(words: EncodedText, ask: Callable[[Rows], tuple[Floats, Floats]], *, most: int) -> Opinion:
    """Ask a model of a text, in pieces of at most `most` words that count by their length.

    `ask` gives the bias and what each word adds: [topics] and [words, topics].
    """
    pieces = -(-len(words.rows) // most)
    if pieces <= 1:
        return Opinion(words, *ask(words.rows))
    parts: Sequence[Rows] = np.array_split(words.rows, pieces)
    said = [ask(part) for part in parts]
    shares = [len(part) / len(words.rows) for part in parts]
    added = np.concatenate([share * each for share, (_, each) in zip(shares, said, strict=True)])
    return Opinion(words, said[0][0], added.astype(np.float32))
