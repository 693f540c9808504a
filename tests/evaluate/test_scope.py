"""What is scored follows what the answers speak of."""

from __future__ import annotations

import pytest

from tests.evaluate.fakes import SCHEMA, TONES, Known, dataset, spans
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
