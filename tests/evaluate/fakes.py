"""Small data sets and predictors whose answers are known beforehand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from textwright.dataset import Dataset
from textwright.errors import PredictionError
from textwright.schema import Schema, schema_of
from textwright.types import Annotation, Answer, Category, Example, Problem, Span, Usage, in_order

SCHEMA = schema_of(["JOB", "LEVEL"], name="titles")
TONES = schema_of([], tasks={"tone": ["calm", "warm", "cross"]})


def spans(*found: tuple[int, int, str]) -> Annotation:
    return Annotation(spans=in_order(Span(*each) for each in found))


def tones(*labels: str) -> Annotation:
    return Annotation(categories=tuple(Category("tone", label) for label in labels))


def dataset(golds: Mapping[str, Annotation], schema: Schema | None = SCHEMA, **meta: str) -> Dataset:
    examples = [Example(f"t{i}", text, gold, meta) for i, (text, gold) in enumerate(golds.items())]
    return Dataset(examples, schema=schema, name="fake.jsonl")


@dataclass
class Known:
    """Answers what it was told; has no answer for a text that it was not told."""

    told: Mapping[str, Annotation]
    schema: Schema = SCHEMA
    name: str = "known"

    def predict(self, texts: Sequence[str]) -> list[Annotation]:
        for place, text in enumerate(texts):
            if text not in self.told:
                raise PredictionError(place, "never heard of it")
        return [self.told[text] for text in texts]


@dataclass
class Paid(Known):
    """Tells what each answer cost, and counts how often it is asked."""

    asked: int = 0

    def answer(self, texts: Sequence[str]) -> list[Answer]:
        self.asked += len(texts)
        return [self._answer(text) for text in texts]

    def _answer(self, text: str) -> Answer:
        usage = Usage(prompt_tokens=10, completion_tokens=2, cost=0.5, calls=1, seconds=0.25)
        problem = None if text in self.told else Problem("service", "503")
        return Answer(self.told.get(text), problem, usage)
