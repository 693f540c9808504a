"""Judge one run: on each test set, in each runtime, where its judgement is missing."""

from __future__ import annotations

import time
from collections.abc import Sequence

from textwright.errors import DataError
from textwright.experiment.running.fitting import reason_of
from textwright.experiment.running.order import Asked, JudgeOrder, Tell
from textwright.references import import_beside
from textwright.runs.folder import (
    answers_of,
    forget_judgement,
    read_record,
    read_run,
    write_judgement,
    write_not_judged,
)
from textwright.runs.record import Judgement, Run
from textwright.runs.reference import reference_of
from textwright.types import Annotation


def judge_run(order: JudgeOrder, tell: Tell) -> str | None:
    """Make the judgements that are missing; where one cannot be made, say why. Return the first such reason."""
    import_beside(order.experiment.path.parent)
    run = read_record(order.experiment.runs / order.planned.run_id)
    reasons = [reason for asked in order.asked for reason in [_judged(order, run, asked, tell)] if reason]
    return reasons[0] if reasons else None


def _judged(order: JudgeOrder, run: Run, asked: Asked, tell: Tell) -> str | None:
    from textwright.experiment.measure import judge

    forget_judgement(asked.test, asked.runtime, run.folder)
    began = time.monotonic()
    try:
        done = judge(
            reference_of(run),
            asked.data,
            test_name=asked.test,
            runtime=asked.runtime,
            labels=order.experiment.labels or None,
            slice_by=order.experiment.slice_by,
            key=asked.key,
            name=order.name,
            in_python=_in_python(run, asked),
        )
    except Exception as error:
        reason = reason_of(error)
        write_not_judged(asked.test, asked.runtime, reason, run.folder)
        return f"on {asked.test} in {asked.runtime}: {reason}"
    write_judgement(done.judgement, done.lines, run.folder)
    tell(f"{_place(asked)}  {time.monotonic() - began:.1f} s{_figure(done.judgement, order.experiment.measure)}")
    return None


def _place(asked: Asked) -> str:
    return f"on {asked.test}" if asked.runtime == "python" else f"on {asked.test} in {asked.runtime}"


def _figure(judgement: Judgement, measure: str) -> str:
    if judgement.unable is not None:
        return f"  does not run there: {judgement.unable}"
    value = main_value(judgement, measure)
    return "" if value is None else f"  {measure} {value:.3f}"


def main_value(judgement: Judgement, measure: str) -> float | None:
    """Return the share of texts that a measure calls right; None where the judgement does not have it."""
    right = judgement.report.get("right", {}).get(measure)
    known: Sequence[bool] = [each for each in right or () if each is not None]
    return sum(known) / len(known) if known else None


def _in_python(run: Run, asked: Asked) -> list[Annotation | None] | None:
    """Give Python's answers to the same texts, where they stand, to compare another runtime's with."""
    if asked.runtime == "python":
        return None
    found = read_run(run.folder)
    judged = found.judged(asked.test)
    if judged is None or judged.report.get("dataset", {}).get("fingerprint") != asked.data.fingerprint:
        return None
    try:
        return answers_of(found, asked.test)
    except DataError:
        return None
