"""Budgets: what a model may take, and how many texts it may leave without an answer."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from textwright.evaluate.gate.judged import Data, Judged
from textwright.evaluate.gate.rules import LIMITS, Budget
from textwright.evaluate.gate.verdict import Verdict
from textwright.evaluate.gate.words import apart

MILLION = 1_000_000


def judge_budget(rule: Budget, model: Judged) -> Iterator[Verdict]:
    """Hold the worst seed's figures against each limit of a budget."""
    for name, limit in rule.limits.items():
        yield _judge(rule, model, name, limit)


def _judge(rule: Budget, model: Judged, name: str, limit: float) -> Verdict:
    unit, side = LIMITS[name]
    where = "" if rule.runtime == "python" else f" in {rule.runtime}"
    asked = f"{name} at {side} {limit:g}{where}"
    values = [READINGS[name](facts) for facts in _measured(model, rule.runtime)]
    known = [value for value in values if value is not None]
    if not known or len(known) < len(values):
        return Verdict(rule, model.name, asked, "undecidable", _unknown(model, name, rule.runtime))
    worst = max(known) if side == "most" else min(known)
    met = worst <= limit if side == "most" else worst >= limit
    shown, bound = apart(worst, limit)
    seeds = f" (the worst of {len(known)} seeds)" if len(known) > 1 else ""
    figure = shown.rstrip("0").rstrip(".") if "." in shown else shown
    said = f"{figure} {unit}".rstrip()
    words = f"{model.name}: {name} is {said}{where}{seeds}; the budget is at {side} {bound}."
    return Verdict(rule, model.name, asked, "passed" if met else "missed", words, found=worst)


def _measured(model: Judged, runtime: str) -> list[Data]:
    """Return what is known of each seed in a runtime: its report's keys, and those beside."""
    beside = model.extras.get(runtime, ())
    if runtime != "python":
        return [{**each, **(each.get("report") or {})} for each in beside]
    return [{**(beside[place] if place < len(beside) else {}), **report} for place, report in enumerate(model.reports)]


def _unknown(model: Judged, name: str, runtime: str) -> str:
    beside = model.extras.get(runtime, ())
    unable = next((each["unable"] for each in beside if each.get("unable")), None)
    if unable:
        return f"{model.name}: {name} is unknown, since the model does not run in {runtime}: {unable}."
    return f"{model.name}: {name} is unknown in {runtime}{_cure(name)}."


def _cure(name: str) -> str:
    if name == "cost_per_1000":
        return ": its answers do not say what they use, or no table has the model's price"
    if name == "tokens_per_1000":
        return ": its answers do not say what they use"
    if name == "size_mb":
        return ": the model does not say how large it is"
    if name == "calibration_error":
        return ": the model knows no probabilities, or nobody measured; textwright experiment does"
    return ": nobody measured it; textwright experiment does"


# --- where each figure stands ---------------------------------------------------------------


def _speed(key: str, facts: Data) -> float | None:
    """Read how fast answers come; of what answered nothing that is not known."""
    if facts.get("failed", 0) and facts["failed"] == len(facts.get("ids") or ()):
        return None
    return _number((facts.get("speed") or {}).get(key))


def _millions(key: str, facts: Data) -> float | None:
    value = _number(facts.get(key))
    return None if value is None else value / MILLION


def _size(facts: Data) -> float | None:
    return _millions("size_bytes", facts.get("model") or {})


def _opening(facts: Data) -> float | None:
    seconds = _number(facts.get("opening_seconds"))
    return None if seconds is None else 1000 * seconds


def _plain(key: str, facts: Data) -> float | None:
    return _number(facts.get(key))


def _per_1000(keys: tuple[str, ...], facts: Data) -> float | None:
    usage, texts = facts.get("usage"), (facts.get("dataset") or {}).get("examples")
    if "cost" in keys and facts.get("priced") is False:
        return None
    return None if usage is None or not texts else sum(usage[key] for key in keys) * 1000 / texts


def _calibration(facts: Data) -> float | None:
    errors = [_number(layer.get("error")) for layer in (facts.get("calibration") or {}).values()]
    return max((error for error in errors if error is not None), default=None)


def _number(value: float | None) -> float | None:
    return value


READINGS: dict[str, Callable[[Data], float | None]] = {
    "latency_ms_p50": partial(_speed, "latency_ms_p50"),
    "latency_ms_p95": partial(_speed, "latency_ms_p95"),
    "texts_per_second": partial(_speed, "texts_per_second"),
    "size_mb": _size,
    "memory_mb": partial(_millions, "memory_bytes"),
    "download_mb": partial(_millions, "download_bytes"),
    "opening_ms": _opening,
    "failed": partial(_plain, "failed"),
    "other_answers": partial(_plain, "other_answers"),
    "calibration_error": _calibration,
    "cost_per_1000": partial(_per_1000, ("cost",)),
    "tokens_per_1000": partial(_per_1000, ("prompt_tokens", "completion_tokens")),
}
