"""Count what is spent, and stop before it is more than somebody allowed.

The worst that a call can cost is set aside before it is sent and settled when the answer is there, so that
calls in flight cannot exceed a budget together. Cache hits are free: a cache stands outside.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Protocol, runtime_checkable

from textwright.addresses import host_of
from textwright.errors import CallError, ModelError
from textwright.llm.calls import Completer, Completion, Request
from textwright.llm.money.ledger import Budget, Ledger
from textwright.llm.money.prices import Price, Prices, user_prices
from textwright.llm.money.spent import DOLLAR, Amount, Bill, Spent, amount_of
from textwright.llm.money.tokens import most_tokens
from textwright.types import Usage

__all__ = ["Budget", "Budgeted", "Metered", "Spent"]

# Failures after which the server may have charged for an answer that nobody got.
MAYBE_CHARGED = frozenset({"timeout", "connection", "bad_answer", "too_large", "declined"})


@runtime_checkable
class Metered(Protocol):
    """A completer that says so before it sends again what may have been charged for already."""

    def complete_metered(self, request: Request, again: Callable[[], None]) -> Completion:
        """Answer a request; call `again` before such a repetition, and let through what `again` raises."""


class Budgeted:
    """Counts what a completer spends and stops it before a budget is exceeded; used by many threads.

    That holds as far as a prompt has no more tokens than `most_tokens` says and the server keeps to
    `max_tokens`. Where a server counts more for a prompt, the next calls are reckoned with that much more.
    """

    def __init__(self, inner: Completer, budget: Budget, prices: Prices) -> None:
        """Put a budget around a completer."""
        self._inner = inner
        self._budget = budget
        self._prices = prices
        self._ledger = Ledger(budget)
        self._beyond = 0

    @property
    def spent(self) -> Spent:
        """Return what was spent until now."""
        return self._ledger.spent

    def check(self, model: str, address: str) -> None:
        """Raise `ModelError` when dollars are limited and the model's price is unknown."""
        if self._budget.cost is not None and self._prices.price_of(model, address) is None:
            raise ModelError(_unknown(model, address))

    def complete(self, request: Request) -> Completion:
        """Answer a request if the worst that it can cost is within the budget, or raise `CallError` "budget"."""
        price = self._prices.price_of(request.model, request.address)
        if price is None and self._budget.cost is not None:
            raise CallError("budget", _unknown(request.model, request.address), final=True)
        longest = amount_of(price, 0, request.max_tokens)
        call = _Call(self._ledger, lambda: self._worst(request, price), price, longest)
        call.begins()
        try:
            completion = self._sent(request, call)
        except CallError as error:
            call.failed(charged=error.kind in MAYBE_CHARGED, calls=error.calls)
            raise
        except BaseException:
            call.failed(charged=True)
            raise
        self._beyond = max(self._beyond, completion.usage.prompt_tokens - most_tokens(request))
        return replace(completion, usage=call.answered(completion.usage))

    def _sent(self, request: Request, call: _Call) -> Completion:
        if isinstance(self._inner, Metered):
            return self._inner.complete_metered(request, call.again)
        completion = self._inner.complete(request)
        call.repeated = max(0, completion.usage.calls - 1)
        return completion

    def _worst(self, request: Request, price: Price | None) -> Amount:
        return amount_of(price, most_tokens(request) + self._beyond, request.max_tokens)


class _Call:
    """One request under way: what is set aside for it now, and how many of its calls are settled."""

    def __init__(self, ledger: Ledger, worst: Callable[[], Amount], price: Price | None, longest: Amount) -> None:
        self._ledger = ledger
        self._worst = worst
        self._longest = longest  # the answer's part of the worst case
        self._unpriced = int(price is None)
        self._price = price
        self._set_aside: Amount | None = None
        self._settled = 0
        self.repeated = 0  # calls that we only heard of when the answer was there

    def begins(self) -> None:
        """Set the worst case aside, or raise `CallError`."""
        self._set_aside = self._ledger.set_aside(self._worst)

    def again(self) -> None:
        """Count the try until now as charged, and set as much aside for the next."""
        self._settle(self._uncertain(1))
        self._settled += 1
        self.begins()

    def failed(self, *, charged: bool, calls: int = 1) -> None:
        """Settle a call without an answer."""
        calls = max(1, calls - self._settled)
        self._settle(self._uncertain(calls) if charged else Bill(calls=calls, unpriced=self._unpriced))

    def answered(self, usage: Usage) -> Usage:
        """Settle a call that was answered; return its usage with what it cost. A count of 0 is one that is missing."""
        charged = amount_of(self._price, usage.prompt_tokens, usage.completion_tokens)
        counted = usage.prompt_tokens > 0 and usage.completion_tokens > 0
        bill = Bill(
            charged=charged,
            uncertain=self._uncounted(usage) + (self._set_aside or Amount()) * self.repeated,
            prompt_tokens=usage.prompt_tokens,
            completion_tokens=usage.completion_tokens,
            calls=max(1, usage.calls - self._settled),
            seconds=usage.seconds,
            uncertain_calls=self.repeated + int(not counted),
            unpriced=self._unpriced,
        )
        self._settle(bill)
        return replace(usage, cost=charged.cost / DOLLAR, unpriced=self._unpriced)

    def _uncounted(self, usage: Usage) -> Amount:
        """Return the worst case of what the server did not count."""
        prompt = (self._set_aside or Amount()) - self._longest
        amount = Amount()
        if usage.prompt_tokens <= 0:
            amount += prompt
        if usage.completion_tokens <= 0:
            amount += self._longest
        return amount

    def _uncertain(self, calls: int) -> Bill:
        worst = self._set_aside or Amount()
        return Bill(uncertain=worst, calls=calls, uncertain_calls=1, unpriced=self._unpriced)

    def _settle(self, bill: Bill) -> None:
        """Settle once what is set aside: nothing is, when there was no room for another try."""
        if self._set_aside is not None:
            set_aside, self._set_aside = self._set_aside, None
            self._ledger.settle(set_aside, bill)


def _unknown(model: str, address: str) -> str:
    """Say that a price is missing, and how to give it."""
    return (
        f"the price of {model} at {address} is unknown, so that a budget in dollars cannot be kept. Limit the tokens "
        f'instead (--budget-tokens), or put it into {user_prices()}: a [[model]] with name = "{model}", '
        f'host = "{host_of(address)}", prompt and completion in dollars for a million tokens, and as_of, the day'
    )
