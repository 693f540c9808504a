"""Parts of a test set: by keys of `meta`, and by how long the texts are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from textwright.evaluate.outcome import Outcome
from textwright.evaluate.report import Report
from textwright.evaluate.scope import wanted_of
from textwright.evaluate.slices import MISSING, slices_of
from textwright.schema import Schema
from textwright.types import Example

if TYPE_CHECKING:
    from textwright.experiment.measure.question import Question

LENGTH = "length"
# Characters up to which a text belongs to a part: a short and a long headline, a sentence, a paragraph, a page.
ENDS = (30, 60, 120, 500, 2000)


def length_of(text: str) -> str:
    """Name the part that a text belongs to by its length in characters.

    >>> length_of("Nurse"), length_of("x" * 31), length_of("x" * 5000)
    ('0-30', '31-60', '2001-')
    """
    begin = 0
    for end in ENDS:
        if len(text) <= end:
            return f"{begin}-{end}"
        begin = end + 1
    return f"{begin}-"


def parts_of(examples: Sequence[Example], keys: Sequence[str]) -> dict[str, list[str]]:
    """Say for each key which part each text belongs to, in order."""
    return {key: [_part(example, key) for example in examples] for key in keys}


def _part(example: Example, key: str) -> str:
    return length_of(example.text) if key == LENGTH else str(example.meta.get(key, MISSING))


def with_length(report: Report, question: Question, *, schema: Schema) -> dict[str, Any]:
    """Return a report's data with the figures for each length of text, too; `schema` is the model's."""
    wanted = wanted_of(question.test, question.examples, schema=schema, labels=question.labels)
    outcomes = [_with_its_length(outcome) for outcome in report.outcomes]
    slices = {**report.slices, LENGTH: slices_of(outcomes, LENGTH, report.scope, schema=wanted)}
    return replace(report, slices=slices).to_data()


def _with_its_length(outcome: Outcome) -> Outcome:
    example = outcome.example
    return replace(outcome, example=replace(example, meta={LENGTH: length_of(example.text)}))
