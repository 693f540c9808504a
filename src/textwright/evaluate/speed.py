"""How fast a model answers, and what its answers cost."""

from __future__ import annotations

import os
import platform
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from time import perf_counter
from typing import Any

from textwright.errors import ModelError
from textwright.evaluate.statistics import quantile
from textwright.predictor import Answerer, Predictor, answer_batch, answers
from textwright.types import Answer, Usage

SAMPLE = 200
WARM_UP = 8
MOST_SECONDS = 5.0


@dataclass(frozen=True, slots=True)
class Speed:
    """Milliseconds for one text alone (median, 95th percentile), and texts a second in batches.

    `sample` texts were timed; `measured` says how.
    """

    latency_ms_p50: float
    latency_ms_p95: float
    texts_per_second: float
    sample: int
    measured: str

    def to_data(self) -> dict[str, Any]:
        """Return the figures by name."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Run:
    """The answers to all texts, in order, and the seconds they took."""

    answers: tuple[Answer, ...]
    seconds: float


def run(predictor: Predictor, texts: Sequence[str], *, on_answer: Callable[[], None] | None) -> Run:
    """Answer all texts in batches, warmed up when that costs nobody a call; who watches is not timed."""
    _warm_up(predictor, texts[:WARM_UP])
    given: list[Answer] = []
    seconds, waiting = 0.0, answers(predictor, texts)
    for _ in texts:
        start = perf_counter()
        answer = next(waiting, None)
        seconds += perf_counter() - start
        if answer is None:
            raise ModelError(
                f"{type(predictor).__name__} gave {len(given)} answers to {len(texts)} texts, expected one each"
            )
        given.append(answer)
        if on_answer is not None:
            on_answer()
    return Run(tuple(given), seconds)


def _warm_up(predictor: Predictor, texts: Sequence[str]) -> None:
    """Ask what costs nobody a call: a predictor that answers for itself may, so of it only those it is made of."""
    for part in getattr(predictor, "made_of", ()):
        _warm_up(part, texts)
    if not isinstance(predictor, Answerer):
        answer_batch(predictor, texts)


def speed_of(predictor: Predictor, texts: Sequence[str], done: Run) -> Speed:
    """Measure texts one at a time, for five seconds at most; a model that tells its own seconds is believed.

    Asking a language model again would cost money, or be answered from a cache.
    """
    usages = [answer.usage for answer in done.answers if answer.usage and answer.usage.seconds > 0]
    told = [usage.seconds for usage in usages]
    times = sorted(told or _alone(predictor, texts))
    rate = len(done.answers) / max(done.seconds, 1e-9)
    measured = "as the model reports" if told else "one text at a time, after a warm-up"
    if any(usage.calls == 0 for usage in usages):
        # How fast a cache is says nothing of the model.
        rate, measured = len(told) / sum(told), "as the model reported when it was asked, one text at a time"
    return Speed(1000 * quantile(times, 0.5), 1000 * quantile(times, 0.95), rate, len(times), measured)


def sample_of(texts: Sequence[str]) -> Sequence[str]:
    """Take up to 200 texts, spread over the whole set, to be timed alone."""
    return texts[:: max(1, -(-len(texts) // SAMPLE))]


def _alone(predictor: Predictor, texts: Sequence[str]) -> list[float]:
    """Time a sample of the texts."""
    times: list[float] = []
    for text in sample_of(texts):
        start = perf_counter()
        answer_batch(predictor, [text])
        times.append(perf_counter() - start)
        if sum(times) > MOST_SECONDS:
            break
    return times


def usage_of(given: Iterable[Answer]) -> Usage | None:
    """Add up what the answers cost; None when no answer says."""
    known = [answer.usage for answer in given if answer.usage is not None]
    if not known:
        return None
    return sum(known, Usage())


def environment() -> dict[str, Any]:
    """Say where the figures were measured: without that, milliseconds mean nothing."""
    return {
        "python": platform.python_version(),
        "system": platform.system(),
        "machine": platform.machine(),
        "cores": os.cpu_count(),
    }
