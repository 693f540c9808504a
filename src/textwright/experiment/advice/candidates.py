"""What each method is worth and what it takes, in the runtime in which it is to run."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import mean
from typing import Any

from textwright.experiment.measure import per_thousand
from textwright.experiment.table.columns import has_answers, measure_figure
from textwright.experiment.table.measured import Measured, measured
from textwright.experiment.table.rows import Entry, entries_of
from textwright.runs.record import Judgement, Run, Runtime

Pairs = Sequence[tuple[Run, Judgement]]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A method that could be shipped, means over its seeds.

    `exact` is its share of right texts. `latency_ms` is the time within which 95 of 100 texts are
    answered, `median_ms` the median, `memory_bytes` the peak of a process that answers, `dollars` the price
    of 1,000 texts (0: nobody sends a bill). None: not known. `failed` is the share of texts without an answer.
    """

    entry: Entry
    exact: Measured
    latency_ms: float | None
    median_ms: float | None
    size_bytes: float | None
    memory_bytes: float | None
    dollars: float | None
    failed: float

    @property
    def method(self) -> str:
        """Return the method's name."""
        return self.entry.method

    @property
    def texts(self) -> int:
        """Return the number of texts that it was judged on."""
        return len(self.entry.judgements[0].report["ids"])

    def to_data(self) -> dict[str, Any]:
        """Return plain data for JSON."""
        return {
            "method": self.method,
            "seeds": list(self.entry.seeds),
            "exact": self.exact.to_data(),
            "latency_ms_p95": self.latency_ms,
            "latency_ms_p50": self.median_ms,
            "size_bytes": self.size_bytes,
            "memory_bytes": self.memory_bytes,
            "cost_per_1000": self.dollars,
            "failed": self.failed,
        }


def candidates_of(
    runs: Sequence[Run], *, test: str, measure: str, runtime: Runtime = "python"
) -> tuple[list[Candidate], dict[str, str]]:
    """Read the methods' figures, the most exact first; and why others cannot be shipped, by name."""
    entries = {entry.method: entry for entry in entries_of(runs, test)}
    found: list[Candidate] = []
    left_out: dict[str, str] = {}
    for method in dict.fromkeys(run.method for run in runs):
        entry = entries.get(method)
        reason = _reason([run for run in runs if run.method == method], entry, test, measure, runtime)
        if entry is None or reason:
            left_out[method] = reason
        else:
            found.append(_candidate(entry, entry.pairs(test, runtime), measure))
    return sorted(found, key=lambda each: -each.exact.value), left_out


def _reason(runs: Sequence[Run], entry: Entry | None, test: str, measure: str, runtime: Runtime) -> str:
    """Say why a method cannot be shipped; empty when it can."""
    if entry is None:
        told = (run.failed or run.not_judged.get(f"{test}.python") or _unable(run, test, "python") for run in runs)
        return next((each for each in told if each), f"was not judged on {test}")
    if not entry.pairs(test, runtime):
        told = (run.not_judged.get(f"{test}.{runtime}") or _unable(run, test, runtime) for run in runs)
        return next((each for each in told if each), f"was not judged in {runtime}")
    if any(measure_figure(judgement.report, measure) is None for judgement in entry.judgements):
        return f"was not judged by {measure}"
    if not any(map(has_answers, entry.judgements)):
        return f"has no answer to any text of {test}{_first_error(entry.judgements[0].report)}"
    return ""


def _first_error(report: Mapping[str, Any]) -> str:
    """Say why the first text has no answer, where it is known."""
    notes = (fault.get("note") for mistake in report["mistakes"] for fault in mistake["faults"])
    return next((f"; the first error: {note}" for note in notes if note), "")


def _unable(run: Run, test: str, runtime: Runtime) -> str | None:
    judgement = run.judged(test, runtime)
    return None if judgement is None else judgement.unable


def _candidate(entry: Entry, pairs: Pairs, measure: str) -> Candidate:
    exact = measured([measure_figure(judgement.report, measure) for judgement in entry.judgements])
    assert exact is not None
    costs = [cost.dollars for judgement in entry.judgements if (cost := per_thousand(judgement)) is not None]
    texts = len(entry.judgements[0].report["ids"])
    return Candidate(
        entry=entry,
        exact=exact,
        latency_ms=_mean([judgement.report.get("speed", {}).get("latency_ms_p95") for _, judgement in pairs]),
        median_ms=_mean([judgement.report.get("speed", {}).get("latency_ms_p50") for _, judgement in pairs]),
        size_bytes=_mean([_size(run, judgement.report) for run, judgement in pairs]),
        memory_bytes=_mean([judgement.memory_bytes for _, judgement in pairs]),
        dollars=_mean(costs) if costs else 0.0,
        failed=mean(judgement.report["failed"] for judgement in entry.judgements) / texts if texts else 0.0,
    )


def _size(run: Run, report: Mapping[str, Any]) -> int | None:
    known: int | None = report.get("model", {}).get("size_bytes")
    return run.size_bytes if run.size_bytes is not None else known


def _mean(values: Sequence[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return mean(known) if known else None
