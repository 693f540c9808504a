"""Whether to label more: what more texts would bring by the learning curve, and how long they would take."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from statistics import median
from typing import TYPE_CHECKING, Any

from textwright.evaluate.statistics import Interval
from textwright.experiment.advice.wording import called, points, right_by, time_in_words
from textwright.experiment.file.checks import is_number
from textwright.experiment.table.differences import two_digits
from textwright.types import Example
from textwright.wrangle.counted import counted

if TYPE_CHECKING:
    from textwright.experiment.curves import MethodCurve
    from textwright.train.power_law import Fit

MORE = (100, 200, 500, 1000, 2000, 5000, 10000)
# Fewer timed texts tell nothing of how long one takes.
TIMED = 5
# A doubling that brings so much is worth its while; one that brings less than half a point is not.
WORTH_IT, NOT_WORTH_IT = 0.01, 0.005


@dataclass(frozen=True, slots=True)
class Step:
    """So many more texts: the share of right ones that is expected, and between which it will lie, 95 of 100 times."""

    more: int
    expected: float
    band: Interval

    def to_data(self) -> dict[str, Any]:
        """Return plain data for JSON."""
        return {"more": self.more, "expected": self.expected, "low": self.band.low, "high": self.band.high}


@dataclass(frozen=True, slots=True)
class Labelling:
    """The forecast for one method by one measure.

    `reached` is the mean share of `trainings` with all `texts`; no trainings: the curve is not finished. `gain` is
    what twice as many are expected to bring, `enough` the number from which on a doubling brings less than half a
    point. `seconds` is the median that a text took those who annotated; None: nobody knows. `doubt` says why there is
    no forecast.
    """

    method: str
    measure: str
    texts: int
    reached: float
    trainings: int = 0
    steps: tuple[Step, ...] = ()
    gain: float = 0.0
    enough: float = 0.0
    seconds: float | None = None
    doubt: str | None = None

    def in_words(self) -> list[str]:
        """Say whether to label more, and what it brings."""
        if not self.trainings:
            return [f"What more texts would bring to {called(self.method)} cannot be said: {self.doubt}."]
        has = f"{100 * self.reached:.1f} of 100 texts {right_by(self.measure)}"
        mean = f"the mean of {counted(self.trainings, 'training')} for the curve"
        now = f"{called(self.method)} has learned from {counted(self.texts, 'text')} and has {has} ({mean})."
        if self.doubt:
            return [f"{now} What more would bring cannot be said: {self.doubt}."]
        return [f"{self._verdict()} {now}", *self._said_of_steps(), self._end()]

    def _verdict(self) -> str:
        certain = bool(self.steps) and self.steps[-1].band.low > self.reached
        if self.gain < NOT_WORTH_IT:
            return "More labels hardly pay."
        if self.gain >= WORTH_IT and certain:
            return "Label more."
        return "Whether more labels pay is not certain."

    def _said_of_steps(self) -> Iterator[str]:
        for step in self.steps:
            low, high = (f"{100 * end:.1f}" for end in step.band)
            much = "Twice as many texts" if step.more == self.texts else f"{step.more:,} more"
            yield (
                f"{much} bring it to about {100 * step.expected:.1f} ({low} to {high} in 95 of 100 cases)"
                f"{self._work(step.more)}."
            )

    def _work(self, more: int) -> str:
        if self.seconds is None:
            return ""
        return f" for {time_in_words(more * self.seconds)} of work at {self.seconds:.1f} seconds a text"

    def _end(self) -> str:
        """Say where it stops paying."""
        if self.gain < NOT_WORTH_IT:
            return f"Even twice as many are expected to bring {points(max(0.0, self._gain_as_said))} only."
        if self.enough > 100 * self.texts:
            return "Where a doubling stops paying lies too far away to be told."
        return f"Beyond about {two_digits(round(self.enough)):,} texts a doubling brings less than half a point."

    @property
    def _gain_as_said(self) -> float:
        """Return the difference between both shares as they are written, so that a reader comes to the same."""
        return round(self.reached + self.gain, 3) - round(self.reached, 3)

    def to_data(self) -> dict[str, Any]:
        """Return plain data for JSON."""
        return {
            "method": self.method,
            "measure": self.measure,
            "texts": self.texts,
            "reached": self.reached,
            "trainings": self.trainings,
            "steps": [step.to_data() for step in self.steps],
            "gain_of_twice": self.gain if self.doubt is None else None,
            "enough": self.enough if self.doubt is None else None,
            "seconds_per_text": self.seconds,
            "doubt": self.doubt,
        }


def labelling_of(found: MethodCurve, measure: str, *, seconds: float | None = None) -> Labelling | None:
    """Read what a curve says by a measure; None: it was not judged by it."""
    curve, name = found.curve, found.name_of(measure)
    if name is None:
        return None
    reached, fit = curve.mean(name), curve.fits.get(name)
    whole = sum(run.texts == curve.texts and not run.failed for run in curve.runs) if found.done else 0
    begun = Labelling(found.method, measure, curve.texts, reached, whole, seconds=seconds)
    doubt = _doubt(found, fit)
    if doubt or fit is None:
        return replace(begun, doubt=doubt)
    gain = 1 - fit.error(2 * curve.texts) - reached
    steps = tuple(_step(fit, curve.texts, more) for more in _more(curve.texts))
    return replace(begun, steps=steps, gain=gain, enough=fit.law.enough())


def _doubt(found: MethodCurve, fit: Fit | None) -> str | None:
    """Say why nothing can be forecast: first that the curve is not finished, where it is not."""
    if not found.done:
        made = len(found.curve.runs)
        are = f"{made} of the {found.planned} trainings of its curve {'is' if made == 1 else 'are'} made"
        return f"{are} so far, and textwright experiment run makes the others"
    return "fewer than three sizes were trained" if fit is None else fit.doubt


def _more(texts: int) -> list[int]:
    """Choose how many more to speak of: a hundred, about a half, and as many again."""
    half = [more for more in MORE if more <= 0.6 * texts]
    return sorted({*half[:1], *half[-1:], texts})


def _step(fit: Fit, texts: int, more: int) -> Step:
    low, high = fit.band(texts + more)
    return Step(more, 1 - fit.error(texts + more), Interval(1 - high, 1 - low))


def seconds_a_text(examples: Iterable[Example]) -> float | None:
    """Give the median of the seconds that annotators took for a text; None when too few are known."""
    said = (each.extra.get("seconds") for each in examples)
    known = [float(seconds) for seconds in said if seconds is not None and is_number(seconds) and seconds > 0]
    return median(known) if len(known) >= TIMED else None


def no_curve(methods: Sequence[str]) -> str:
    """Say which lines make a curve."""
    return (
        "Whether more labels would pay has not been measured. Add two lines to the experiment file, and run it again: "
        f'[[curve]] and method = "{methods[0]}".'
    )
