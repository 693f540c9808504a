"""What more texts would bring: laws of how errors fall, laid through the models that were trained so far.

One training of each size says less than the many that `train.curve` makes, so that the laws are asked only what a
little more would bring, and their range is said with it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from textwright.project.correct.goal import Goal
from textwright.project.correct.rounds import Trained

# So many sizes are needed before anything is said; the first comes after 20 texts, so this one after about 60.
SIZES = 3
# One looks so many texts ahead at least, if there are so many.
LEAST_AHEAD = 20
LOW, HIGH = 5, 95


@dataclass(frozen=True, slots=True)
class Forecast:
    """Correcting `texts` more, in about `minutes`, would bring `points` of a hundred, between `low` and `high`."""

    texts: int
    minutes: float
    points: float
    low: float
    high: float


def forecast_of(trained: Sequence[Trained], goal: Goal, seconds: float | None) -> Forecast | str | None:
    """Say what correcting up to the goal, or a little beyond it, would bring.

    `seconds` is what one text takes. None: nothing can be said, and nothing about that either, as all texts are
    corrected or none was. A sentence says why nothing can be said yet.
    """
    more = texts_ahead(goal)
    if more == 0 or not trained or not seconds:
        return None
    if len({each.learned for each in trained}) < SIZES:
        return _later(goal)
    if not _has_grown(trained):
        return "More texts have not made it better so far, so what further ones bring cannot be said."
    share = goal.learned / goal.done if goal.done else 1.0
    low, points, high = _gains(trained, goal.learned, goal.learned + share * more)
    return Forecast(more, more * seconds / 60, points, low, high)


def _later(goal: Goal) -> str:
    count = SIZES * LEAST_AHEAD
    when = f"after about {count} texts" if goal.done < count else "once a further model has learned"
    return f"What more texts would bring can be said {when}."


def texts_ahead(goal: Goal) -> int:
    """Return how many texts one looks ahead: to the goal, and behind it a few, as far as there are any."""
    return min(goal.left, max(goal.aim - goal.done, LEAST_AHEAD))


def _has_grown(trained: Sequence[Trained]) -> bool:
    """Say whether the later models are better than the first: two of them, as one may be luck."""
    later = [each.right for each in trained[-2:]]
    return sum(later) / len(later) > trained[0].right


def _gains(trained: Sequence[Trained], now: float, then: float) -> tuple[float, float, float]:
    """Give the points that all laws expect between two numbers of texts: the low end, the middle, the high end."""
    from textwright.train.power_law import fitted

    fit = fitted([(each.learned, 1 - each.right / 100) for each in trained])
    gains = [100 * (law.error(now) - law.error(then)) for law in fit.others]
    low, middle, high = np.percentile(gains, [LOW, 50, HIGH])
    return float(low), float(middle), float(high)
