"""What more texts would bring: said from three models on, with its range, and not where it cannot be."""

from __future__ import annotations

import pytest

from textwright.project.correct.forecast import Forecast, forecast_of, texts_ahead
from textwright.project.correct.goal import Goal
from textwright.project.correct.rounds import Trained
from textwright.project.correct.words import forecast_words


def models(*points: tuple[int, float]) -> list[Trained]:
    return [Trained(learned, right, learned // 3, None, "span F1") for learned, right in points]


def goal(done: int, total: int = 200) -> Goal:
    return Goal(total, done, done // 4, aim=min(100, total), enough=min(40, total))


GROWING = models((15, 50.0), (30, 63.0), (45, 70.0))


def test_gain_is_what_the_points_lead_on_to() -> None:
    found = forecast_of(GROWING, goal(60), 12.0)
    assert isinstance(found, Forecast)
    assert (found.texts, found.minutes) == (40, 8.0)
    assert 4 < found.points < 12
    assert 0 <= found.low < found.points < found.high


def test_steeper_curve_promises_more_and_a_flat_one_little() -> None:
    flat = models((15, 90.0), (30, 91.0), (45, 91.5))
    gains = [forecast_of(each, goal(60), 12.0) for each in (GROWING, flat)]
    assert all(isinstance(each, Forecast) for each in gains)
    steep, little = (each.points for each in gains if isinstance(each, Forecast))
    assert little < 2 < steep


@pytest.mark.parametrize(
    ("trained", "done", "seconds", "said"),
    [
        (models((15, 50.0), (30, 60.0)), 40, 9.0, "after about 60 texts"),
        (models((15, 50.0), (62, 60.0)), 83, 9.0, "once a further model"),
        (models((15, 70.0), (30, 60.0), (45, 65.0)), 60, 9.0, "not made it better so far"),
        ([], 12, 9.0, ""),
        (GROWING, 60, None, ""),
        (GROWING, 60, 0.0, ""),
        (GROWING, 200, 9.0, ""),
    ],
)
def test_what_cannot_be_said_is_not_said(trained: list[Trained], done: int, seconds: float | None, said: str) -> None:
    words = forecast_words(forecast_of(trained, goal(done), seconds))
    assert said in words
    assert bool(words) == bool(said)


@pytest.mark.parametrize(
    ("done", "total", "ahead"), [(60, 200, 40), (95, 200, 20), (140, 200, 20), (60, 70, 10), (70, 70, 0)]
)
def test_one_looks_ahead_to_the_goal_and_a_little_beyond(done: int, total: int, ahead: int) -> None:
    assert texts_ahead(goal(done, total)) == ahead


@pytest.mark.parametrize(
    ("forecast", "words"),
    [
        (
            Forecast(1, 0.1, 0.6, 0.2, 1.4),
            "About 1 more minute (1 text) brings about 1 point: 1 more of 100 right. 0 to 2",
        ),
        (Forecast(20, 3.0, 0.3, 0.0, 0.8), "About 3 more minutes (20 texts) bring less than 1 point"),
    ],
)
def test_forecast_is_said_with_its_range(forecast: Forecast, words: str) -> None:
    assert forecast_words(forecast).startswith(words)
