"""What each rule makes of annotated texts: how many spans, and how many of them are right."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from textwright.predictors.rules.compiler import Program
from textwright.predictors.rules.engine import explanations_of
from textwright.types import Example


@dataclass(frozen=True, slots=True)
class RuleTally:
    """The spans that a rule made, and how many of them the annotation has too."""

    phase: str
    rule: str
    made: int
    right: int

    @property
    def precision(self) -> float | None:
        """Return the share of right spans, None for a rule that made none."""
        return self.right / self.made if self.made else None


def tally(program: Program, examples: Iterable[Example]) -> list[RuleTally]:
    """Count the spans of each rule that marks something, in the order of the rules.

    Examples whose spans were not annotated are left out.
    """
    made, right = Counter[str](), Counter[str]()
    for example in examples:
        if example.gold.spans is None:
            continue
        gold = set(example.gold.spans)
        for each in explanations_of(program, example.text):
            made[each.rule] += 1
            right[each.rule] += each.span in gold
    rules = [(phase.phase.name, each) for phase in program.phases for each in phase.rules.values()]
    return [
        RuleTally(phase, each.rule.name, made[each.rule.name], right[each.rule.name])
        for phase, each in rules
        if each.marks
    ]
