"""Sentences for somebody who never trained a model."""

from __future__ import annotations

from math import ceil, floor

from textwright.annotate.learning import SPANS, counted
from textwright.project.correct.forecast import Forecast
from textwright.project.correct.goal import Goal
from textwright.project.correct.rounds import Trained

MISSING = "To let a model learn while you correct, install what it needs, and start again:"


def goal_words(goal: Goal) -> str:
    """Say how far the work is.

    >>> goal_words(Goal(200, 12, 3, aim=100, enough=40))
    '12 of about 100 texts. From 40 on you can judge.'
    """
    if goal.total == 0:
        return "There are no texts yet. Bring some first."
    if goal.left == 0:
        return f"All {goal.total} texts are corrected." if goal.total > 1 else "The only text is corrected."
    if not goal.is_enough:
        return f"{goal.done} of about {goal.aim} texts. From {goal.enough} on you can judge."
    if goal.done < goal.aim:
        return f"{goal.done} of about {goal.aim} texts. Enough to judge; more make it better."
    return f"{goal.done} texts. Enough; more make it better still."


def model_words(trained: Trained | None) -> str:
    """Say how good the latest model is.

    >>> model_words(Trained(45, 81.6, 15, 9, "span F1"))
    'Of 100 marked parts it gets about 82 right. Every mark is right in 9 of 15 test texts.'
    """
    if trained is None:
        return "It has learned nothing yet."
    said = f"Of 100 {counted(trained.measure)} it gets about {trained.right:.0f} right."
    return said if trained.whole is None else f"{said} {_whole(trained)}"


def _whole(trained: Trained) -> str:
    """Count texts as the next step does: by their marks, or where nothing is marked by their answers."""
    what = "Every mark" if trained.measure == SPANS else "Every answer"
    which = "the one test text" if trained.tests == 1 else f"{trained.tests} test texts"
    return f"{what} is right in {trained.whole} of {which}."


def next_words(goal: Goal, *, handed_in: int, every: int, running: bool) -> str:
    """Say when the next model is trained; `handed_in` texts were there for the latest."""
    if running:
        return f"{'A new model' if handed_in else 'The first model'} is learning now."
    waits = max(0, handed_in + every - goal.done)
    if goal.left < waits:
        return ""
    which = "A new one" if handed_in else "It"
    return f"{which} learns after {waits} more {'text' if waits == 1 else 'texts'}."


def suggests_words(suggests: str | None, trained: Trained | None) -> str:
    """Say whether the model suggests."""
    if trained is None:
        return ""
    if suggests == "trained":
        return "It suggests now, so that you only correct."
    if suggests is None:
        return "It is not right often enough yet to suggest anything."
    return "What you chose suggests as before: it is right more often than the model."


def forecast_words(forecast: Forecast | str | None) -> str:
    """Say what more texts would bring.

    >>> forecast_words(Forecast(40, 11.8, 3.2, 1.1, 6.4))
    'About 12 more minutes (40 texts) bring about 3 points: 3 more of 100 right. 1 to 7 would be no surprise.'
    """
    if forecast is None or isinstance(forecast, str):
        return forecast or ""
    more = f"{_minutes(forecast.minutes)} ({forecast.texts} {'text' if forecast.texts == 1 else 'texts'})"
    more = f"{more} {'brings' if round(forecast.minutes) <= 1 else 'bring'}"
    if forecast.high < 1:
        return f"{more} less than 1 point: hardly any more right."
    low, points, high = floor(forecast.low), round(forecast.points), ceil(forecast.high)
    return f"{more} about {_points(points)}: {points} more of 100 right. {low} to {high} would be no surprise."


def _minutes(minutes: float) -> str:
    count = max(1, round(minutes))
    return "About 1 more minute" if count == 1 else f"About {count} more minutes"


def _points(count: int) -> str:
    return "1 point" if count == 1 else f"{count} points"
