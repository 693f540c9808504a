"""Margins: a model is to be shown no more than so much worse than another."""

from __future__ import annotations

from textwright.errors import DataError
from textwright.evaluate.gate.judged import Judged
from textwright.evaluate.gate.rules import NotWorse
from textwright.evaluate.gate.sizes import POWER, power_for_margin, texts_for_margin
from textwright.evaluate.gate.verdict import Outcome, Verdict
from textwright.evaluate.gate.words import ends, more_or_less, points
from textwright.evaluate.paired import Paired, paired

A_COIN = 0.5


def judge_margin(rule: NotWorse, model: Judged, other: Judged) -> Verdict:
    """Hold the paired difference of two models against a margin.

    Passed: the lower end of the 95 % interval lies above the margin. Else the model may be worse, and the rule is
    missed, unless so few texts would not have shown it of equal models either: then the data cannot decide.
    """
    _refuse_other_labels(rule, model, other)
    compared = paired(model.rights(rule.measure), _rights(other, rule, model), sources=model.beside.get("sources"))
    power = _power(rule, compared)
    needed = texts_for_margin(rule.margin, differ=compared.differ, design_effect=_effect(compared))
    outcome = _outcome(rule, compared, power)
    return Verdict(
        rule=rule,
        model=model.name,
        asked=f"{rule.measure} at most {points(rule.margin)} below {other.name}",
        outcome=outcome,
        words=_words(rule, model.name, other.name, compared, power, needed, outcome),
        found=compared.difference,
        low=compared.interval.low,
        high=compared.interval.high,
        texts=compared.texts,
        texts_needed=needed,
        needs=_needs(rule, model.name, other.name, compared, needed),
        how=compared.told,
    )


def _rights(other: Judged, rule: NotWorse, model: Judged) -> list[list[bool | None]]:
    """Say which texts the other had right: an earlier report knows nothing of slices, but its texts are the same."""
    return Judged(other.name, other.reports, model.extras).rights(rule.measure)


def _refuse_other_labels(rule: NotWorse, model: Judged, other: Judged) -> None:
    """Raise `DataError` when the whole text means something else for the two."""
    ours, theirs = (
        sorted([*each.first["dataset"].get("labels", []), *each.first["dataset"].get("tasks", [])])
        for each in (model, other)
    )
    if rule.measure.figure == "whole_text" and ours != theirs:
        raise DataError(
            f"{model.name} was scored for {', '.join(ours)}, {other.name} for {', '.join(theirs)}, so whole_text means "
            "something else. Score the same labels for both, or ask for exact:LABEL"
        )


def _power(rule: NotWorse, compared: Paired) -> float:
    """Say how often equals would pass with these texts, if they differ as often as these two."""
    if not compared.texts:
        return 0.0
    return power_for_margin(rule.margin, compared.texts, differ=compared.differ, design_effect=_effect(compared))


def _effect(compared: Paired) -> float:
    """Return the design effect; that sources help is chance, and nothing to plan with."""
    return max(1.0, compared.design_effect)


def _outcome(rule: NotWorse, compared: Paired, power: float) -> Outcome:
    if compared.interval.low > -rule.margin:
        return "passed"
    if compared.interval.high < -rule.margin:
        return "missed"
    return "undecidable" if power < A_COIN else "missed"


def _needs(rule: NotWorse, name: str, other: str, compared: Paired, needed: int) -> str:
    effect = _effect(compared)
    sources = f", texts of a source alike: {effect:.1f} times as many" if effect > 1.05 else ""
    return (
        f"To show that {name} is {_claim(rule, other)} takes about {needed:,} texts (if both are equally good and "
        f"differ on {100 * compared.differ:.1f} % of texts{sources}; {100 * POWER:.0f} % power). "
        f"The data have {compared.texts:,}."
    )


def _claim(rule: NotWorse, other: str) -> str:
    return f"at most {points(rule.margin)} below {other} in {rule.measure}"


def _words(rule: NotWorse, name: str, other: str, compared: Paired, power: float, needed: int, outcome: Outcome) -> str:
    said = f"it is {more_or_less(compared.difference)} (95 % interval {ends(compared.interval)} points)"
    chance = f"equals would pass in {100 * power:.0f} % of cases"
    if outcome == "passed":
        though = f", although with so few texts {chance}" if power < A_COIN and compared.interval.low <= 0 else ""
        return f"{name} is {_claim(rule, other)}: {said}{though}."
    if outcome == "undecidable":
        return (
            f"the data cannot decide whether {name} is {_claim(rule, other)}: {said}, and with {compared.texts:,} "
            f"texts {chance}. About {needed:,} texts are needed."
        )
    if compared.interval.high < -rule.margin:
        return f"{name} is more than {points(rule.margin)} below {other} in {rule.measure}: {said}."
    below = points(-rule.margin - compared.interval.low)
    return (
        f"it is not shown that {name} is {_claim(rule, other)}: {said}, so the lower end lies {below} beyond the "
        f"margin; {chance}."
    )
