"""Margins: a model is to be shown no more than so much worse than another."""

from __future__ import annotations

from dataclasses import dataclass

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
    tried = _Tried(rule, model.name, other.name, compared)
    return Verdict(
        rule=rule,
        model=model.name,
        asked=f"{rule.measure} at most {points(rule.margin)} below {other.name}",
        outcome=tried.outcome,
        words=tried.words(),
        found=compared.difference,
        low=compared.interval.low,
        high=compared.interval.high,
        texts=compared.texts,
        texts_needed=tried.needed,
        needs=tried.needs(),
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


@dataclass(frozen=True, slots=True)
class _Tried:
    """Two models held against a margin: `name` should not be so much worse than `other`."""

    rule: NotWorse
    name: str
    other: str
    compared: Paired

    @property
    def power(self) -> float:
        """Say how often equals would pass with these texts, if they differ as often as these two."""
        if not self.compared.texts:
            return 0.0
        return power_for_margin(
            self.rule.margin, self.compared.texts, differ=self.compared.differ, design_effect=self._effect
        )

    @property
    def needed(self) -> int:
        """Say how many texts would show it of equals."""
        return texts_for_margin(self.rule.margin, differ=self.compared.differ, design_effect=self._effect)

    @property
    def _effect(self) -> float:
        """Return the design effect; that sources help is chance, and nothing to plan with."""
        return max(1.0, self.compared.design_effect)

    @property
    def outcome(self) -> Outcome:
        if self.compared.interval.low > -self.rule.margin:
            return "passed"
        if self.compared.interval.high < -self.rule.margin:
            return "missed"
        return "undecidable" if self.power < A_COIN else "missed"

    def needs(self) -> str:
        """Say how many texts it takes, and why so many."""
        sources = f", texts of a source alike: {self._effect:.1f} times as many" if self._effect > 1.05 else ""
        return (
            f"To show that {self.name} is {self._claim} takes about {self.needed:,} texts (if both are equally good "
            f"and differ on {100 * self.compared.differ:.1f} % of texts{sources}; {100 * POWER:.0f} % power). "
            f"The data have {self.compared.texts:,}."
        )

    @property
    def _claim(self) -> str:
        return f"at most {points(self.rule.margin)} below {self.other} in {self.rule.measure}"

    def words(self) -> str:
        """Say what was found, and what that says of the margin."""
        interval = self.compared.interval
        said = f"it is {more_or_less(self.compared.difference)} (95 % interval {ends(interval)} points)"
        chance = f"equals would pass in {100 * self.power:.0f} % of cases"
        if self.outcome == "passed":
            though = f", although with so few texts {chance}" if self.power < A_COIN and interval.low <= 0 else ""
            return f"{self.name} is {self._claim}: {said}{though}."
        if self.outcome == "undecidable":
            return (
                f"the data cannot decide whether {self.name} is {self._claim}: {said}, and with "
                f"{self.compared.texts:,} texts {chance}. About {self.needed:,} texts are needed."
            )
        margin = points(self.rule.margin)
        if interval.high < -self.rule.margin:
            return f"{self.name} is more than {margin} below {self.other} in {self.rule.measure}: {said}."
        below = points(-self.rule.margin - interval.low)
        return (
            f"it is not shown that {self.name} is {self._claim}: {said}, so the lower end lies {below} beyond the "
            f"margin; {chance}."
        )
