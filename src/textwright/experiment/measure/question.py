"""What is asked: a model by its reference, on a test set, in a runtime."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from textwright.dataset import Dataset
from textwright.evaluate import Report
from textwright.evaluate.outcome import Outcome, one_gold
from textwright.experiment.measure.slices import LENGTH, parts_of, with_length
from textwright.formats.jsonl import annotation_data
from textwright.predictor import Predictor
from textwright.runs import Judgement, Runtime
from textwright.types import Example

SOURCE = "source"


@dataclass(frozen=True)
class Question:
    """A model on a test set in a runtime. `opened` is the model's reference, `name` what a person calls it."""

    opened: str
    test: Dataset
    test_name: str
    runtime: Runtime
    labels: tuple[str, ...] | None
    slice_by: tuple[str, ...]
    key: str
    name: str

    @cached_property
    def examples(self) -> list[Example]:
        """Return the texts that are asked, each once, with the gold of all its annotators."""
        return one_gold(self.test)

    @property
    def texts(self) -> list[str]:
        """Return the texts in the order in which reports and answers have them."""
        return [example.text for example in self.examples]

    @property
    def meta_keys(self) -> tuple[str, ...]:
        """Return what to slice by, but for the built-in length."""
        return tuple(key for key in self.slice_by if key != LENGTH)

    def judgement(self, report: Report, model: Predictor, **measured: Any) -> Judgement:
        """Put a report and what was measured beside it together."""
        return Judgement(
            test=self.test_name,
            runtime=self.runtime,
            key=self.key,
            report=with_length(report, self, schema=model.schema) if LENGTH in self.slice_by else report.to_data(),
            sources=tuple(_source(example) for example in self.examples),
            parts=parts_of(self.examples, self.slice_by),
            **measured,
        )

    def unable(self, why: str) -> Judgement:
        """Say that the model does not run in the runtime. Nothing was measured, and nothing failed."""
        return Judgement(self.test_name, self.runtime, self.key, report={}, sources=(), unable=why)


def _source(example: Example) -> str | None:
    source = example.meta.get(SOURCE)
    return None if source is None else str(source)


def lines_of(outcomes: Sequence[Outcome]) -> list[dict[str, Any]]:
    """Write the answers in the file format; a text that has none has an error."""
    return [_line(outcome) for outcome in outcomes]


def _line(outcome: Outcome) -> dict[str, Any]:
    head = {"id": outcome.example.id, "text": outcome.example.text}
    answer = outcome.answer
    if answer.annotation is not None:
        return {**head, **annotation_data(answer.annotation)}
    return {**head, "error": answer.problem.reason if answer.problem else "no answer"}
