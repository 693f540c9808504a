"""Reports whose figures are known beforehand, in the shape of a report's JSON."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from textwright.evaluate.gate import Rules, gate_of
from textwright.evaluate.score import Share

HERE = Path("gate.toml")


def report(
    rights: Sequence[bool | None], *, name: str = "a", fingerprint: str = "f" * 64, **more: Any
) -> dict[str, Any]:
    """Return a report on one label, JOB, and on the whole text, which is the same."""
    share = Share(sum(bool(each) for each in rights), sum(each is not None for each in rights)).to_data()
    return {
        "model": {"name": name, "size_bytes": 2_500_000},
        "dataset": {"fingerprint": fingerprint, "examples": len(rights), "labels": ["JOB"], "tasks": []},
        "failed": 0,
        "exact": {"JOB": share},
        "whole_text": share,
        "spans": {"JOB": {"f1": 0.8, "f1_low": 0.7, "f1_high": 0.9}, "micro": {"f1": 0.8}, "macro": {"recall": 0.6}},
        "categories": {"tone": {**share, "macro_f1": 0.5, "macro_f1_low": 0.4, "macro_f1_high": 0.6}},
        "speed": {"latency_ms_p50": 2.0, "latency_ms_p95": 12.5, "texts_per_second": 400.0},
        "usage": None,
        "slices": {"domain": [{"value": "ux", "examples": 10, "exact": {"JOB": Share(5, 10).to_data()}}]},
        "ids": [f"t{place}" for place in range(len(rights))],
        "right": {"exact:JOB": list(rights), "whole_text": list(rights)},
        **more,
    }


def rights(right: int, of: int) -> list[bool]:
    return [place < right for place in range(of)]


def swapped(base: Sequence[bool], *, gained: int, lost: int) -> list[bool]:
    """Turn so many wrong texts right and so many right texts wrong, spread over the texts."""
    changed = list(base)
    for wanted, number in ((False, gained), (True, lost)):
        places = [place for place, right in enumerate(base) if right is wanted]
        step = max(1, len(places) // max(1, number))
        for place in places[::step][:number]:
            changed[place] = not wanted
    return changed


def rules(**tables: list[dict[str, Any]]) -> Rules:
    return gate_of(tables, HERE)
