"""The few formulas behind the figures: intervals for shares, paired differences, exact tests.

Plain Python, so that evaluating needs no scientific package; the tests hold each formula against
scipy, statsmodels or its own exact distribution.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from math import ceil, comb, exp, fsum, lgamma, log, sqrt
from typing import NamedTuple

Z_95 = 1.959963984540054
BISECTIONS = 60
WHOLE_NUMBERS = 1000  # below it 2**n fits a float and counting is exact and quick
FEWEST_SOURCES = 20  # of fewer, a draw says little of how other sources would be


class Interval(NamedTuple):
    """Both ends of a 95 % interval."""

    low: float
    high: float


def too_few_sources(sources: int) -> str:
    """Say that so few sources are not drawn, and what that does.

    >>> too_few_sources(1)
    '1 source is too few to draw (20 are needed), so intervals are too narrow where texts of one source are alike'
    """
    found = "1 source is" if sources == 1 else f"{sources} sources are"
    why = f"{found} too few to draw ({FEWEST_SOURCES} are needed)"
    return f"{why}, so intervals are too narrow where texts of one source are alike"


def wilson(right: float, total: int) -> Interval:
    """Give Wilson's score interval for a share; of nothing, everything is possible.

    Wilson, E. B. (1927), J. Am. Stat. Assoc. 22, 209-212.

    >>> [round(end, 3) for end in wilson(45, 50)]
    [0.786, 0.957]
    """
    if total == 0:
        return Interval(0.0, 1.0)
    share, z2 = right / total, Z_95**2
    centre = (share + z2 / (2 * total)) / (1 + z2 / total)
    half = Z_95 * sqrt(share * (1 - share) / total + z2 / (4 * total**2)) / (1 + z2 / total)
    low = 0.0 if right == 0 else max(0.0, centre - half)
    return Interval(low, 1.0 if right == total else min(1.0, centre + half))


def mcnemar(only_a: int, only_b: int) -> float:
    """Give the two-sided p value of McNemar's exact test.

    Of the texts that just one of two methods gets right, each method would win half if they were
    equally good. McNemar, Q. (1947), Psychometrika 12, 153-157; exact: the sign test.

    >>> mcnemar(1, 9)
    0.021484375
    """
    trials, fewer = only_a + only_b, min(only_a, only_b)
    return min(1.0, 2 * fsum(_coin(trials, heads) for heads in range(fewer + 1)))


def _coin(trials: int, heads: int) -> float:
    """Give the chance of so many heads of a fair coin."""
    if trials < WHOLE_NUMBERS:
        return float(comb(trials, heads) / 2**trials)
    return exp(lgamma(trials + 1) - lgamma(heads + 1) - lgamma(trials - heads + 1) - trials * log(2))


def holm(p_values: Sequence[float]) -> list[float]:
    """Correct p values for having asked several questions; the order stays.

    Holm, S. (1979), Scand. J. Stat. 6, 65-70.

    >>> [round(p, 3) for p in holm([0.01, 0.04, 0.03])]
    [0.03, 0.06, 0.06]
    """
    corrected, highest = [0.0] * len(p_values), 0.0
    for rank, place in enumerate(sorted(range(len(p_values)), key=lambda i: p_values[i])):
        highest = max(highest, min(1.0, (len(p_values) - rank) * p_values[place]))
        corrected[place] = highest
    return corrected


def paired_difference(only_a: float, only_b: float, total: float) -> Interval:
    """Give Tango's score interval for the difference of two shares on the same texts, a minus b.

    It agrees with McNemar's test, holds its 95 % with few texts and never leaves [-1, 1]. Counts need
    not be whole: texts that resemble each other count for less than one.
    Tango, T. (1998), Statistics in Medicine 17, 891-908.

    >>> [round(end, 3) for end in paired_difference(0, 1, 44)]
    [-0.118, 0.059]
    """
    if total == 0:
        return Interval(-1.0, 1.0)
    seen = (only_a - only_b) / total

    def surprise(difference: float) -> float:
        return _tango_score(only_a, only_b, total, difference)

    low = -1.0 if seen == -1 else _crossing(surprise, -1.0, seen, Z_95)
    high = 1.0 if seen == 1 else _crossing(surprise, seen, 1.0, -Z_95)
    return Interval(low, high)


def _tango_score(only_a: float, only_b: float, total: float, difference: float) -> float:
    """Say how many standard errors the counts lie above a supposed difference."""
    variance = total * tango_variance(only_a, only_b, total, difference)
    distance = only_a - only_b - total * difference
    if variance <= 0:
        return 0.0 if distance == 0 else float("inf") * distance
    return distance / sqrt(variance)


def tango_variance(only_a: float, only_b: float, total: float, difference: float) -> float:
    """Give the variance of one text's difference that is likeliest with these counts and a supposed difference."""
    b = (2 * total - only_a + only_b) * difference - only_a - only_b
    c = -only_b * difference * (1 - difference)
    only_b_rate = (sqrt(max(0.0, b * b - 8 * total * c)) - b) / (4 * total)
    return 2 * only_b_rate + difference * (1 - difference)


def _crossing(falling: Callable[[float], float], low: float, high: float, level: float) -> float:
    """Find where a falling function passes `level`, by halving."""
    for _ in range(BISECTIONS):
        middle = (low + high) / 2
        if falling(middle) > level:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def texts_needed(only_a: int, only_b: int, total: int, *, alpha: float = 0.05, power: float = 0.8) -> int | None:
    """Say how many texts would tell two methods apart, if they go on to differ as they did.

    Returns the whole number of texts, not how many more, for McNemar's exact test at level `alpha`
    and the chance `power` of noticing; None when both were right equally often, which no number of
    texts would turn into a difference. Connor, R. J. (1987), Biometrics 43, 207-211, with the
    continuity correction that the exact test asks for.
    """
    if total == 0 or only_a == only_b:
        return None
    from statistics import NormalDist

    differ, difference = (only_a + only_b) / total, abs(only_a - only_b) / total
    z_alpha, z_power = NormalDist().inv_cdf(1 - alpha / 2), NormalDist().inv_cdf(power)
    plain = ((z_alpha * sqrt(differ) + z_power * sqrt(max(0.0, differ - difference**2))) / difference) ** 2
    return ceil(plain / 4 * (1 + sqrt(1 + 4 / (plain * difference))) ** 2)


def student(freedom: int) -> float:
    """Give the 97.5 % quantile of Student's t, to a thousandth from five degrees of freedom on.

    Abramowitz, M., Stegun, I. A. (1964), Handbook of Mathematical Functions, 26.7.5.

    >>> round(student(19), 3)
    2.093
    """
    z = Z_95
    return fsum(
        (
            z,
            (z**3 + z) / (4 * freedom),
            (5 * z**5 + 16 * z**3 + 3 * z) / (96 * freedom**2),
            (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / (384 * freedom**3),
            (79 * z**9 + 776 * z**7 + 1482 * z**5 - 1920 * z**3 - 945 * z) / (92160 * freedom**4),
        )
    )


def resampled(groups: int, *, rounds: int, seed: int) -> Iterator[list[int]]:
    """Draw as many groups as there are, with replacement, `rounds` times: how often each came.

    >>> [sum(times) for times in resampled(5, rounds=3, seed=0)]
    [5, 5, 5]
    """
    generator = random.Random(seed)
    places = range(groups)
    for _ in range(rounds):
        drawn = Counter(generator.choices(places, k=groups))
        yield [drawn[place] for place in places]


def percentile_interval(values: Sequence[float]) -> Interval:
    """Give the middle 95 % of resampled values. Efron, B. (1981), Can. J. Stat. 9, 139-158."""
    ordered = sorted(values)
    return Interval(quantile(ordered, 0.025), quantile(ordered, 0.975))


def quantile(ordered: Sequence[float], share: float) -> float:
    """Give the value below which `share` of the sorted values lie, between neighbours in proportion.

    >>> quantile([1.0, 2.0, 3.0, 4.0], 0.5)
    2.5
    """
    place = share * (len(ordered) - 1)
    below = int(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (ordered[above] - ordered[below]) * (place - below)
