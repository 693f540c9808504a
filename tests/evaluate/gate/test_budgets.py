from __future__ import annotations

from typing import Any

import pytest

from tests.evaluate.gate.reports import report, rights, rules
from textwright.evaluate.gate import Verdict, gate

USAGE = {"prompt_tokens": 5000, "completion_tokens": 1000, "cost": 0.05, "calls": 100, "seconds": 9.0}
BESIDE = {
    "memory_bytes": 180_000_000,
    "download_bytes": 900_000,
    "opening_seconds": 0.25,
    "other_answers": 0,
    "calibration": {"spans": {"error": 0.03, "brier": 0.1}, "tone": {"error": 0.08, "brier": 0.1}},
}


def judged(limits: dict[str, Any], *, extras: Any = None, **more: Any) -> list[Verdict]:
    reports = {"a": report(rights(90, 100), **more)}
    return list(gate(reports, rules(budget=[limits]), extras=extras or {}).verdicts)


@pytest.mark.parametrize(
    ("name", "met", "missed", "found"),
    [
        ("latency_ms_p50", 2, 1.9, 2.0),
        ("latency_ms_p95", 12.5, 12, 12.5),
        ("texts_per_second", 400, 401, 400.0),
        ("size_mb", 2.5, 2.4, 2.5),
        ("memory_mb", 180, 179, 180.0),
        ("download_mb", 0.9, 0.8, 0.9),
        ("opening_ms", 250, 249, 250.0),
        ("failed", 3, 2, 3),
        ("calibration_error", 0.08, 0.07, 0.08),
        ("cost_per_1000", 0.5, 0.4, 0.5),
        ("tokens_per_1000", 60_000, 59_999, 60_000),
    ],
)
def test_each_limit_is_held_against_its_figure(name: str, met: float, missed: float, found: float) -> None:
    for limit, outcome in ((met, "passed"), (missed, "missed")):
        [verdict] = judged({name: limit}, extras={"a": {"python": BESIDE}}, usage=USAGE, failed=3)
        assert verdict.outcome == outcome
        assert verdict.found == pytest.approx(found)


def test_the_sentence_says_what_was_found() -> None:
    [verdict] = judged({"latency_ms_p95": 10})
    assert verdict.words == "a: latency_ms_p95 is 12.5 ms; the budget is at most 10."
    assert verdict.asked == "latency_ms_p95 at most 10"


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("memory_mb", "nobody measured it; textwright experiment does"),
        ("cost_per_1000", "its answers do not say what they use"),
        ("calibration_error", "the model knows no probabilities"),
    ],
)
def test_what_nobody_measured_cannot_be_decided(name: str, said: str) -> None:
    [verdict] = judged({name: 1})
    assert verdict.outcome == "undecidable"
    assert said in verdict.words


def test_an_unknown_price_cannot_be_decided_and_tokens_can() -> None:
    [verdict] = judged({"cost_per_1000": 1000}, usage={**USAGE, "cost": 0.0}, priced=False)
    assert verdict.outcome == "undecidable"
    assert "no table has the model's price" in verdict.words
    [verdict] = judged({"tokens_per_1000": 60_000}, usage={**USAGE, "cost": 0.0}, priced=False)
    assert verdict.outcome == "passed"


def test_how_fast_a_model_fails_is_not_its_speed() -> None:
    for failed, outcome in ((100, "undecidable"), (99, "passed")):
        [verdict] = judged({"latency_ms_p95": 20}, failed=failed)
        assert verdict.outcome == outcome


def test_a_runtime_has_its_own_figures() -> None:
    node = {"report": {"speed": {"latency_ms_p95": 3.5}, "model": {"size_bytes": None}}, "other_answers": 2, **BESIDE}
    node["other_answers"] = 2
    limits = {"runtime": "node", "latency_ms_p95": 4, "other_answers": 0, "size_mb": 3}
    found = judged(limits, extras={"a": {"node": node}})
    assert [each.outcome for each in found] == ["passed", "undecidable", "missed"]
    assert found[0].words == "a: latency_ms_p95 is 3.5 ms in node; the budget is at most 4."
    assert "does not say how large it is" in found[1].words


def test_a_model_that_does_not_run_there_says_why() -> None:
    chromium = {"report": {}, "unable": "a prompt asks a server"}
    [verdict] = judged({"runtime": "chromium", "failed": 0}, extras={"a": {"chromium": chromium}})
    assert verdict.outcome == "undecidable"
    assert "does not run in chromium: a prompt asks a server" in verdict.words
    [verdict] = judged({"runtime": "chromium", "failed": 0})
    assert "unknown in chromium" in verdict.words


def test_the_worst_seed_counts() -> None:
    seeds = [report(rights(9, 10), failed=failed) for failed in (0, 2, 1)]
    [verdict] = gate({"a": seeds}, rules(budget=[{"failed": 1}])).verdicts
    assert (verdict.outcome, verdict.found) == ("missed", 2)
    extras = {"a": {"python": [{"memory_bytes": each} for each in (5_000_000, 7_000_000)]}}
    [verdict] = gate({"a": seeds[:2]}, rules(budget=[{"memory_mb": 6}]), extras=extras).verdicts
    assert (verdict.outcome, verdict.found) == ("missed", 7.0)
    [verdict] = gate({"a": seeds}, rules(budget=[{"memory_mb": 8}]), extras=extras).verdicts
    assert verdict.outcome == "undecidable"
