"""Judge one run: on each test set, in each runtime, where its judgement is missing."""

from __future__ import annotations

import time
from collections.abc import Sequence
from contextlib import suppress

from textwright.errors import DataError, TextwrightError
from textwright.experiment.running.fitting import reason_of
from textwright.experiment.running.order import Asked, JudgeOrder, Tell
from textwright.predictors.module import import_beside
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

# How far judging is is told at most so often, in seconds.
OFTEN = 30.0


def judge_run(order: JudgeOrder, tell: Tell) -> str | None:
    """Make the judgements that are missing; where one cannot be made, say why. Return the first such reason."""
    import_beside(order.experiment.path.parent)
    run = read_record(order.experiment.runs / order.planned.run_id)
    reasons = [reason for asked in order.asked for reason in [_judged(order, run, asked, tell)] if reason]
    return reasons[0] if reasons else None


def note_not_judged(order: JudgeOrder, reason: str) -> None:
    """Record why there are no judgements where a process came to its end before it could say so itself."""
    folder = order.experiment.runs / order.planned.run_id
    with suppress(TextwrightError, OSError):  # a disk that is full takes no reasons either
        run = read_run(folder)
        for asked in order.asked:
            found = run.judged(asked.test, asked.runtime)
            told = f"{asked.test}.{asked.runtime}" in run.not_judged
            if not told and (found is None or found.key != asked.key):
                write_not_judged(asked.test, asked.runtime, reason, folder)


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
            on_answer=_Progress(asked, tell).one_more,
        )
    except Exception as error:
        reason = reason_of(error)
        write_not_judged(asked.test, asked.runtime, reason, run.folder)
        return f"on {asked.test} in {asked.runtime}: {reason}"
    write_judgement(done.judgement, done.lines, run.folder)
    tell(f"{_place(asked)}  {time.monotonic() - began:.1f} s{_figure(done.judgement, order.experiment.measure)}")
    return None


class _Progress:
    """Tells now and then how many texts are done, so that one sees that judging is slow and does not hang."""

    def __init__(self, asked: Asked, tell: Tell) -> None:
        self._asked, self._tell = asked, tell
        self._done, self._said = 0, time.monotonic()

    def one_more(self) -> None:
        """Count a text."""
        self._done += 1
        if time.monotonic() - self._said >= OFTEN:
            self._said = time.monotonic()
            self._tell(f"{_place(self._asked)}  {self._done:,} of {len(self._asked.data):,} texts so far")


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
