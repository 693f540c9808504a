"""What stands in a report can be written, whatever a model's exception says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tests.evaluate.fakes import SCHEMA, dataset, spans
from textwright.errors import PredictionError
from textwright.evaluate import evaluate
from textwright.schema import Schema
from textwright.types import Annotation


@dataclass
class Odd:
    """Has no answer, for a reason that no file can hold."""

    schema: Schema = SCHEMA

    def predict(self, texts: Sequence[str]) -> list[Annotation]:
        raise PredictionError(0, "half a character: \ud800")


def test_a_reason_with_a_lone_surrogate_is_spelled_out() -> None:
    report = evaluate(Odd(), dataset({"Nurse": spans((0, 5, "JOB"))}))
    assert str(report.outcomes[0].answer.problem and report.outcomes[0].answer.problem.reason).endswith(": \\ud800")
    assert "\ud800" not in str(report.to_data())
