"""What is scored follows what the answers speak of."""

from __future__ import annotations

import pytest

from tests.evaluate.fakes import SCHEMA, TONES, Known, dataset, spans
from textwright.dataset import Dataset
from textwright.errors import DataError
from textwright.evaluate import evaluate
from textwright.schema import Schema
from textwright.types import Annotation, Category

GOLD = {"Senior Nurse": spans((0, 12, "JOB"), (0, 6, "LEVEL")), "Nurse": spans((0, 5, "JOB")), "Hello": spans()}


@pytest.mark.parametrize("schema", [Schema(open=True), Schema(labels=SCHEMA.labels, tasks=TONES.tasks)])
def test_a_task_that_no_answer_speaks_of_is_left_out_unless_all_failed(schema: Schema) -> None:
    both = {text: Annotation(gold.spans, (Category("tone", "calm"),)) for text, gold in GOLD.items()}
    data = dataset(both, schema=Schema(labels=SCHEMA.labels, tasks=TONES.tasks))
    assert evaluate(Known(GOLD, schema=schema), data).scope.tasks == ()
    assert evaluate(Known({}, schema=schema), data).scope.tasks == ("tone",)


@pytest.mark.parametrize(
    ("data", "model", "expected"),
    [
        (dataset(GOLD), Known({}, schema=TONES), "are annotated with JOB, LEVEL, but the model answers tone"),
        (dataset(GOLD), Known({}, schema=Schema()), "are annotated with JOB, LEVEL, but the model answers neither"),
        (dataset({"Hello": spans()}, schema=TONES), Known({}), "the data are not annotated with tone"),
        (dataset({"Hello": spans()}, schema=None), Known({}), r"Name some: --labels A,B \(in Python labels=\[...\]\)"),
    ],
)
def test_nothing_to_score_says_what_is_missing(data: Dataset, model: Known, expected: str) -> None:
    with pytest.raises(DataError, match=expected):
        evaluate(model, data)
