"""Which method to ship: within the budget, the cheapest of those that cannot be told apart from the best."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from textwright.experiment.advice.budget import Budget, Excess
from textwright.experiment.advice.candidates import Candidate
from textwright.experiment.advice.prices import cheapest
from textwright.experiment.table.differences import Difference, differences

# What an excess counts where nobody knows the figure.
FAR = 1e9


@dataclass(frozen=True, slots=True)
class Shipping:
    """Which method to ship, and against what that was weighed.

    `choice` is the method to ship, `best` the most exact within the budget (None: nothing fits), `top` the most
    exact of all. `behind` says of each method within the budget, and `top_behind` of each at all, how far it is
    behind `best`, and behind `top`. `over` has the limits that each other method does not keep. `nearest` comes
    nearest to the budget where nothing keeps it.
    """

    measure: str
    budget: Budget
    fitting: tuple[Candidate, ...]
    choice: Candidate | None
    best: Candidate | None
    top: Candidate
    behind: Mapping[str, Difference]
    top_behind: Mapping[str, Difference]
    over: Mapping[str, Sequence[Excess]]
    nearest: Candidate | None
    left_out: Mapping[str, str]

    @property
    def level(self) -> list[Candidate]:
        """List the methods within the budget that cannot be told apart from the best of them, the best included."""
        return [each for each in self.fitting if each is self.best or not self.behind[each.method].told_apart]

    def in_words(self) -> list[str]:
        """Say what to ship and why, what is given up, and what would change that."""
        from textwright.experiment.advice.shipping_words import words_of

        return words_of(self)

    def to_data(self) -> dict[str, Any]:
        """Return plain data for JSON."""
        return {
            "ship": None if self.choice is None else self.choice.method,
            "measure": self.measure,
            "budget": self.budget.to_data(),
            "best_within_budget": None if self.best is None else self.best.method,
            "best_of_all": self.top.method,
            "not_told_apart": [each.method for each in self.level],
            "nearest": None if self.nearest is None else self.nearest.method,
            "within_budget": [each.to_data() for each in self.fitting],
            "behind_best_within_budget": {method: each.to_data() for method, each in self.behind.items()},
            "behind_best_of_all": {method: each.to_data() for method, each in self.top_behind.items()},
            "over_budget": {method: [_excess(each) for each in found] for method, found in self.over.items()},
            "left_out": dict(self.left_out),
        }


def _excess(excess: Excess) -> dict[str, Any]:
    return {"limit": excess.limit.key, "allowed": excess.allowed, "value": excess.value}


def shipping_of(
    candidates: Sequence[Candidate], budget: Budget, *, measure: str, left_out: Mapping[str, str] | None = None
) -> Shipping:
    """Weigh methods, the most exact first; there is at least one."""
    over = {each.method: excess for each in candidates if (excess := budget.excess(each))}
    fitting = tuple(each for each in candidates if each.method not in over)
    best = fitting[0] if fitting else None
    behind = _behind(best, fitting, measure) if best else {}
    level = [each for each in fitting if each is best or not behind[each.method].told_apart]
    return Shipping(
        measure=measure,
        budget=budget,
        fitting=fitting,
        choice=cheapest(level) if level else None,
        best=best,
        top=candidates[0],
        behind=behind,
        top_behind=_behind(candidates[0], candidates, measure),
        over=over,
        nearest=None if fitting else min(candidates, key=lambda each: _distance(over[each.method])),
        left_out=left_out or {},
    )


def _behind(best: Candidate, candidates: Sequence[Candidate], measure: str) -> dict[str, Difference]:
    return differences(best.entry, [each.entry for each in candidates if each is not best], measure)


def _distance(excess: Sequence[Excess]) -> tuple[float, int]:
    """Say how far a method is from the budget: by the limit that it oversteps most."""
    return max(min(each.times, FAR) for each in excess), len(excess)
