"""Set money aside before it is spent, settle it afterwards: the one place where threads meet over a budget."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from threading import Condition

from textwright.errors import CallError, ModelError
from textwright.llm.money.spent import DOLLAR, Amount, Bill, Spent


@dataclass(frozen=True, slots=True)
class Budget:
    """What may be spent at most: dollars, tokens of prompts and answers together, or both; None: no limit."""

    cost: float | None = None
    tokens: int | None = None

    def __post_init__(self) -> None:
        """Raise `ModelError` for what is no amount."""
        for name in ("cost", "tokens"):
            value = getattr(self, name)
            if value is not None and not 0 <= value < math.inf:
                raise ModelError(f"the budget's {name} is {value}, expected a number that is not below 0")

    def holds(self, amount: Amount) -> bool:
        """Say whether an amount is within the budget."""
        tokens = self.tokens is None or amount.tokens <= self.tokens
        return tokens and (self.cost is None or amount.cost <= round(self.cost * DOLLAR))


class Ledger:
    """What was spent and what is set aside; used by many threads."""

    def __init__(self, budget: Budget) -> None:
        """Begin with nothing spent."""
        self._budget = budget
        self._changed = Condition()
        self._total = Bill()
        self._set_aside = Amount()
        self._in_flight = 0

    @property
    def spent(self) -> Spent:
        """Return what was spent until now."""
        with self._changed:
            return self._total.spent

    def set_aside(self, worst: Callable[[], Amount]) -> Amount:
        """Set the worst case of a call aside and return it, or raise `CallError` when the budget does not hold it.

        While calls in flight may leave enough, wait: most cost less than their worst case.
        """
        with self._changed:
            while True:
                wanted = worst()
                if self._budget.holds(self._total.at_most + self._set_aside + wanted):
                    self._set_aside += wanted
                    self._in_flight += 1
                    return wanted
                if not self._in_flight:
                    raise CallError("budget", self._over(wanted), final=True)
                self._changed.wait()

    def settle(self, set_aside: Amount, bill: Bill) -> None:
        """Put what a call came to in the place of what was set aside for it."""
        with self._changed:
            self._set_aside -= set_aside
            self._in_flight -= 1
            self._total += bill
            self._changed.notify_all()

    def _over(self, wanted: Amount) -> str:
        spent = self._total.at_most
        parts = []
        if self._budget.cost is not None:
            next_call = f"the next call might cost ${wanted.cost / DOLLAR:.6f}"
            parts.append(f"${spent.cost / DOLLAR:.6f} of ${self._budget.cost:.6f} are spent, {next_call}")
        if self._budget.tokens is not None:
            next_call = f"the next call might take {wanted.tokens:,}"
            parts.append(f"{spent.tokens:,} of {self._budget.tokens:,} tokens are spent, {next_call}")
        if self._total.uncertain_calls:
            parts.append(f"{self._total.uncertain_calls:,} calls without a whole answer are counted at their worst")
        return f"the budget is reached: {'; '.join(parts)}. Go on with a larger budget or a smaller max_tokens."
