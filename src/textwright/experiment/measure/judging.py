"""Judge a model that a reference names, on a test set, in one runtime."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from textwright.dataset import Dataset
from textwright.evaluate import Report, evaluate
from textwright.experiment.measure.alone import measured_alone
from textwright.experiment.measure.calibration import calibration_of
from textwright.experiment.measure.question import Question, lines_of
from textwright.predictor import Predictor
from textwright.references import open_reference
from textwright.runs import Judgement, Runtime
from textwright.types import Annotation


@dataclass(frozen=True, slots=True)
class Judged:
    """A judgement, and the answers as lines of the file format; what has none has an `error`."""

    judgement: Judgement
    lines: Sequence[Mapping[str, Any]] = ()


def judge(
    opened: str,
    test: Dataset,
    *,
    test_name: str,
    runtime: Runtime,
    labels: Sequence[str] | None,
    slice_by: Sequence[str],
    key: str,
    name: str,
    in_python: Sequence[Annotation | None] | None = None,
    on_answer: Callable[[], None] | None = None,
) -> Judged:
    """Judge the model that the reference `opened` names.

    In Node and Chromium the model's folder answers all texts in the npm runtime, and the report is
    scored from those answers. `in_python` are Python's answers, in the order of the lines that judging in Python
    gave; without them Python is asked. `on_answer` is called after each text in Python. A judgement of a model that
    does not run there says why (`unable`), with an empty report. Lines stand in the order of the report's `ids`.

    Raise `DataError` when there is nothing to judge by, `ModelError` when the model cannot be opened or a process
    fails, or when Node or Chromium is not there.
    """
    question = Question(opened, test, test_name, runtime, tuple(labels or ()) or None, tuple(slice_by), key, name)
    model = open_reference(opened)
    if runtime == "python":
        return in_this_runtime(question, model, on_answer)
    from textwright.experiment.measure.elsewhere import in_another_runtime

    judgement, lines = in_another_runtime(question, model, in_python)
    return Judged(judgement, lines)


def in_this_runtime(question: Question, model: Predictor, on_answer: Callable[[], None] | None = None) -> Judged:
    """Judge in Python: the report, whether probabilities mean what they say, and what a process of its own takes."""
    report = evaluate(
        model,
        question.test,
        labels=question.labels,
        name=question.name,
        slice_by=question.meta_keys,
        on_answer=on_answer,
    )
    calibration = calibration_of(model, report.outcomes, report.scope)
    taken = (
        {} if _was_paid(report) else measured_alone(question.opened, question.texts, name=question.name, model=model)
    )
    judgement = question.judgement(report, model, calibration=calibration, **taken)
    return Judged(judgement, lines_of(report.outcomes))


def _was_paid(report: Report) -> bool:
    """Say whether answers cost money, or nobody knows: then nobody asks again to see how much memory that takes."""
    return report.usage is not None and (report.usage.cost > 0 or report.usage.unpriced > 0)
