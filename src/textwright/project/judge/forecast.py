"""What more texts would bring: read off the learning curve of a method, with the time that they would take."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textwright.experiment.advice.labelling import seconds_a_text
from textwright.experiment.curves import MethodCurve, curves_of
from textwright.project.judge.asking import DEV, TRAIN
from textwright.project.judge.judged import Forecast, Judged
from textwright.project.judge.parts import SHARE

if TYPE_CHECKING:
    from textwright.experiment.running.missing import Plan

# It is asked what about half as many texts again would bring, in a number that one says.
STEPS = (20, 40, 60, 100, 200, 300, 500, 1000)
# Of so many texts that one corrects a method learns from this share; the others are for the test.
TAUGHT = 1 - SHARE
TOO_FEW = "about 70 texts are needed before anybody can say"
NO_DIFFERENCE = "more texts made no difference yet that is more than chance"
JUMPS = "the scores of the trial trainings jump about too much"
# What a curve calls how far the marks of a method and the right ones agree.
F1 = "span F1"
UNKNOWN = "its trial trainings failed"


def forecast_of(plan: Plan, found: Judged) -> tuple[Forecast | None, str]:
    """Forecast by whole texts, or else by marks, of which a few texts hold many. Say why nobody can, where nobody can.

    The curve is that of the method that the experiment asks for.
    """
    curves = curves_of(plan.experiment, plan.data)
    if not curves:
        return None, UNKNOWN
    curve = curves[0]
    if not curve.done:
        return None, TOO_FEW
    names = [name for name in (curve.name_of(found.measure), F1) if name in curve.curve.measures()]
    fits = {name: curve.curve.fits.get(name) for name in names}
    sure = next((name for name, fit in fits.items() if fit is not None and fit.doubt is None), None)
    if sure is not None:
        return _forecast(curve, sure, plan, found), ""
    doubts = [fit.doubt or "" for fit in fits.values() if fit is not None]
    return None, _plainly(doubts[0]) if doubts else TOO_FEW


def _forecast(curve: MethodCurve, name: str, plan: Plan, found: Judged) -> Forecast:
    fit, now, texts, more = curve.curve.fits[name], curve.curve.mean(name), curve.curve.texts, more_of(found)
    taught = round(more * TAUGHT)
    low, high = fit.band(texts + taught)
    each = seconds_a_text([*plan.data[TRAIN], *plan.data[DEV]])
    return Forecast(
        method=curve.method,
        more=more,
        taught=taught,
        now=now,
        expected=max(now, 1 - fit.error(texts + taught)),
        low=1 - high,
        high=1 - low,
        seconds=None if each is None else more * each,
        marks=name == F1,
    )


def more_of(found: Judged) -> int:
    """Choose how many more texts to speak of."""
    return max((step for step in STEPS if step <= 0.65 * (found.learned + found.texts)), default=STEPS[0])


def _plainly(doubt: str) -> str:
    """Say in plain words why there is no forecast."""
    if "too few" in doubt or "too near" in doubt:
        return TOO_FEW
    return NO_DIFFERENCE if "have not helped" in doubt else JUMPS
