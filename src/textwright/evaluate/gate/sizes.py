"""How many texts a margin or a lower end needs, before anybody looks who is ahead.

A margin is decided by the lower end of the 95 % interval of the difference, which is a one-sided test at 2.5 %: the
level that ICH E9 (1998) asks of non-inferiority, half of what is usual for two sides.
"""

from __future__ import annotations

from math import ceil, sqrt
from statistics import NormalDist

from textwright.evaluate.statistics import Z_95, tango_variance

POWER = 0.8


def texts_for_margin(margin: float, *, differ: float, design_effect: float = 1.0, power: float = POWER) -> int:
    """Say how many texts show with the chance `power` that a model equal to another is no more than `margin` worse.

    `differ` is the share of texts that just one of them has right. By Tango's score, as Nam, J. (1997),
    Biometrics 53, 1422-1430: the spread at the margin for the level, that of equals for the power. Texts of
    sources that are alike inside are worth less by their `design_effect`.

    >>> texts_for_margin(0.02, differ=0.06)
    1250
    """
    z_power = NormalDist().inv_cdf(power)
    at_margin, at_zero = _spreads(margin, differ)
    return ceil(design_effect * ((Z_95 * at_margin + z_power * at_zero) / margin) ** 2)


def power_for_margin(margin: float, texts: int, *, differ: float, design_effect: float = 1.0) -> float:
    """Say how often so many texts would show of a model equal to another that it is no more than `margin` worse."""
    at_margin, at_zero = _spreads(margin, differ)
    ahead = margin * sqrt(texts / design_effect) - Z_95 * at_margin
    return NormalDist().cdf(ahead / at_zero) if at_zero else float(ahead > 0)


def _spreads(margin: float, differ: float) -> tuple[float, float]:
    """Give the standard deviation of a text's difference, if a is worse by the margin, and if both are equal."""
    return sqrt(tango_variance(differ / 2, differ / 2, 1.0, -margin)), sqrt(differ)


def texts_for_low(at_least: float, *, share: float = 1.0) -> int | None:
    """Say with how many texts Wilson's lower end reaches `at_least`, if this share of them is right. None: with none.

    >>> texts_for_low(0.9), texts_for_low(0.9, share=0.93), texts_for_low(0.9, share=0.9)
    (35, 385, None)
    """
    if share <= at_least:
        return None
    return ceil(Z_95**2 * at_least * (1 - at_least) / (share - at_least) ** 2)
