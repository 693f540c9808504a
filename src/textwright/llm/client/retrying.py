"""When to try again: back-off with jitter, what a server asks for, and an end to it."""

from __future__ import annotations

import math
import random
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from textwright.errors import CallError
from textwright.llm.client.failures import Failure

if TYPE_CHECKING:
    from tenacity import RetryCallState

T = TypeVar("T")

FIRST_WAIT = 0.5
LONGEST_BACK_OFF = 30.0
LONGEST_ASKED = 120.0
JITTER = 0.5


class Repeating:
    """Repeats calls that fail for a moment; used by many threads.

    What one thread is asked to wait holds for all: a server that has had enough of one has had enough of each.
    """

    def __init__(
        self,
        *,
        attempts: int,
        wait: Callable[[float], object],
        clock: Callable[[], float] = time.monotonic,
        on_wait: Callable[[str, float], None] | None = None,
    ) -> None:
        """Take how often to try at most, and how to wait."""
        import tenacity

        self._attempts = attempts
        self._wait = wait
        self._clock = clock
        self._on_wait = on_wait
        self._lock = threading.Lock()
        self._free_at = -math.inf
        self._retrying = tenacity.Retrying(
            stop=self._is_enough,
            wait=self._seconds,
            retry=tenacity.retry_if_result(lambda result: isinstance(result, Failure) and result.again),
            sleep=self._sleep,
            before=self._hold,
            before_sleep=self._announce,
            retry_error_callback=_last,
        )

    def __call__(self, call: Callable[[], T | Failure]) -> T | Failure:
        """Call until it succeeds, is not worth repeating, or has been tried often enough."""
        return self._retrying(lambda: impatient(call()))

    def _is_enough(self, state: RetryCallState) -> bool:
        failure = _failure(state)
        most = self._attempts if failure.attempts is None else min(self._attempts, failure.attempts)
        return state.attempt_number >= most

    def _seconds(self, state: RetryCallState) -> float:
        failure = _failure(state)
        if failure.after is None:
            return back_off(state.attempt_number)
        return failure.after + random.uniform(0, JITTER)

    def _announce(self, state: RetryCallState) -> None:
        """Tell who watches, and let the other threads know until when the server wants peace."""
        failure = _failure(state)
        if failure.after is not None:
            with self._lock:
                self._free_at = max(self._free_at, self._clock() + failure.after)
        if self._on_wait is not None:
            self._on_wait(failure.error.reason.rstrip("."), state.upcoming_sleep)

    def _sleep(self, seconds: float) -> None:
        self._wait(seconds)

    def _hold(self, _: RetryCallState) -> None:
        left = self._free_at - self._clock()
        if left > 0:
            self._wait(left + random.uniform(0, JITTER))


def _failure(state: RetryCallState) -> Failure:
    assert state.outcome is not None
    result = state.outcome.result()
    assert isinstance(result, Failure)
    return result


def _last(state: RetryCallState) -> Failure:
    return _failure(state)


def back_off(attempt: int) -> float:
    """Return how long to wait after an attempt: twice as long each time, and never quite the same."""
    whole = min(LONGEST_BACK_OFF, FIRST_WAIT * 2.0 ** min(attempt - 1, 32))
    return whole * random.uniform(0.75, 1.25)


def impatient(result: T | Failure) -> T | Failure:
    """Give up on a server that asks to wait for longer than anybody would."""
    if not isinstance(result, Failure) or result.after is None or result.after <= LONGEST_ASKED:
        return result
    asked = f"{result.after:.0f} seconds; more than {LONGEST_ASKED:.0f} are not waited"
    reason = f"{result.error.reason.rstrip('.')}. It asks to wait for {asked}."
    return replace(result, error=CallError("rate_limit", reason, final=True), again=False)
