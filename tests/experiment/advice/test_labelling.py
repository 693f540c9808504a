from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from textwright.experiment.advice.labelling import Labelling, labelling_of, seconds_a_text
from textwright.experiment.curves import MethodCurve
from textwright.train.curve import Curve, Run
from textwright.train.power_law import Law
from textwright.types import Example

SIZES = (75, 150, 300, 600, 1200)


def curve(law: Law, sizes: Sequence[int] = SIZES, *, planned: int = 15, measure: str = "whole text") -> MethodCurve:
    """Make a curve whose scores follow a law but for a little."""
    shifts = (-0.001, 0.0, 0.001)
    runs = [Run(n, seed, {measure: 1 - law.error(n) + shifts[seed]}, 1.0) for n in sizes for seed in range(3)]
    return MethodCurve("network", "test", Curve.of("network", runs), planned)


def forecast(law: Law, **facts: Any) -> Labelling:
    found = labelling_of(curve(law), "whole_text", **facts)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("law", "verdict"),
    [
        (Law(0.25, 0.5, 0.0, 1200), "Label more."),
        (Law(0.005, 0.5, 0.1, 1200), "More labels hardly pay."),
        (Law(0.024, 0.5, 0.1, 1200), "Whether more labels pay is not certain."),
    ],
    ids=["steep", "flat", "between"],
)
def test_the_verdict_follows_from_what_twice_the_texts_bring(law: Law, verdict: str) -> None:
    assert " ".join(forecast(law).in_words()).startswith(verdict)


def test_each_step_says_what_it_brings_between_which_ends() -> None:
    law = Law(0.2, 0.5, 0.05, 1200)
    found = forecast(law)
    assert [step.more for step in found.steps] == [100, 500, 1200]
    for step in found.steps:
        assert step.band.low <= 1 - law.error(1200 + step.more) <= step.band.high
    now = "network has learned from 1,200 texts and has 80.0 of 100 texts all right (the mean of 3 trainings for"
    assert now in " ".join(found.in_words())
    assert "100 more bring it to about 80." in " ".join(found.in_words())
    assert "Twice as many texts bring it to about 8" in " ".join(found.in_words())


def test_work_is_told_in_time_where_annotators_were_timed() -> None:
    said = " ".join(forecast(Law(0.25, 0.5, 0.0, 1200), seconds=6.0).in_words())
    assert "for 10 minutes of work at 6.0 seconds a text" in said
    assert "for 2.0 hours of work at 6.0 seconds a text" in said
    assert "of work" not in " ".join(forecast(Law(0.25, 0.5, 0.0, 1200)).in_words())


def test_where_it_stops_paying_is_told() -> None:
    assert "texts a doubling brings less than half a point." in forecast(Law(0.05, 0.6, 0.1, 1200)).in_words()[-1]
    assert "hardly pay" in forecast(Law(0.003, 0.5, 0.1, 1200)).in_words()[0]


@pytest.mark.parametrize(
    ("planned", "reason"),
    [
        (9, "9 trainings of 3 sizes are too few"),
        (15, "9 of the 15 trainings of its curve are made so far, and textwright experiment run makes the others"),
    ],
)
def test_no_forecast_is_made_of_what_does_not_bear_one(planned: int, reason: str) -> None:
    found = labelling_of(curve(Law(0.25, 0.5, 0.0, 1200), (300, 600, 1200), planned=planned), "whole_text")
    assert found is not None
    [said] = found.in_words()
    assert f"cannot be said: {reason}" in said
    assert ("has learned from" in said) == (planned == 9)
    assert found.to_data()["gain_of_twice"] is None


def test_the_first_training_of_a_curve_is_not_told_as_what_the_method_has_learned() -> None:
    runs = [Run(11, 0, {"whole text": 0.6}, 1.0)]
    found = labelling_of(MethodCurve("linear", "test", Curve.of("linear", runs), 12), "whole_text")
    assert found is not None
    assert found.in_words() == [
        "What more texts would bring to linear cannot be said: 1 of the 12 trainings of its curve is made so far, and "
        "textwright experiment run makes the others."
    ]


def test_what_a_doubling_brings_is_the_difference_of_what_is_written() -> None:
    said = Labelling("m", "whole_text", 90, 0.98457, 3, (), 0.00277).in_words()
    assert "98.5 of 100" in said[0]
    assert said[-1] == "Even twice as many are expected to bring 0.2 points only."


@pytest.mark.parametrize(
    ("measure", "name"), [("exact:JOB", "exact:JOB"), ("category:tone", "tone"), ("whole_text", "whole text")]
)
def test_a_curve_is_read_by_the_measure_of_the_experiment(measure: str, name: str) -> None:
    found = labelling_of(curve(Law(0.25, 0.5, 0.0, 1200), measure=name), measure)
    assert found is not None
    assert found.reached == pytest.approx(0.8)
    assert labelling_of(curve(Law(0.25, 0.5, 0.0, 1200), measure="other"), measure) is None


@pytest.mark.parametrize(
    ("seconds", "median"),
    [([1, 2, 3, 4, 100], 3.0), ([1, 2, 3, 4], None), (["soon", 2, None, 4, 5, 6, 7, 0], 5.0), ([], None)],
)
def test_the_median_of_seconds_counts(seconds: Sequence[Any], median: float | None) -> None:
    texts = [Example(str(place), "Nurse", extra={"seconds": each}) for place, each in enumerate(seconds)]
    assert seconds_a_text(texts) == median
