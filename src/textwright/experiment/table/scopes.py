"""Methods that speak of fewer layers than others: what stands beside the others' figures, and what cannot."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from textwright.experiment.table.rows import Entry
from textwright.runs.record import Judgement, Run

WHOLE = "whole_text"


def with_one_whole_text(runs: Sequence[Run]) -> list[Run]:
    """Take the whole text from what was judged by fewer layers than others on the same set: fewer are easier right."""
    every: dict[str, set[str]] = {}
    for each in (each for run in runs for each in run.judgements if each.unable is None):
        every.setdefault(each.test, set()).update(_layers(each.report))
    return [replace(run, judgements=tuple(_comparable(each, every) for each in run.judgements)) for run in runs]


def _comparable(judgement: Judgement, every: Mapping[str, set[str]]) -> Judgement:
    if judgement.unable is not None or set(_layers(judgement.report)) == every[judgement.test]:
        return judgement
    right = {measure: rights for measure, rights in judgement.report["right"].items() if measure != WHOLE}
    kept = {key: value for key, value in judgement.report.items() if key != WHOLE}
    return replace(judgement, report={**kept, "right": right})


def _layers(report: Any) -> tuple[str, ...]:
    """Name the layers that a report judges: spans, and each task."""
    dataset = report.get("dataset", {})
    return (*(["spans"] if dataset.get("labels") else []), *dataset.get("tasks", ()))


def measures_of(entries: Sequence[Entry]) -> list[str]:
    """Return the measures that any method was judged by."""
    return list(dict.fromkeys(measure for entry in entries for each in entry.judgements for measure in _rights(each)))


def shared_by(entries: Sequence[Entry]) -> list[str]:
    """Return the measures that all methods were judged by."""
    return [measure for measure in measures_of(entries) if all(has(entry, measure) for entry in entries)]


def has(entry: Entry, measure: str) -> bool:
    """Say whether a method was judged by a measure, with each seed."""
    return all(measure in _rights(each) for each in entry.judgements)


def _rights(judgement: Judgement) -> Any:
    return judgement.report["right"]


def silent(entries: Sequence[Entry]) -> Iterator[str]:
    """Say of which layers methods say nothing, so that they have no figures there."""
    layers = {entry.method: _layers(entry.judgements[0].report) for entry in entries}
    every = dict.fromkeys(layer for own in layers.values() for layer in own)
    methods: dict[str, list[str]] = {}
    for method, own in layers.items():
        if missing := [layer for layer in every if layer not in own]:
            methods.setdefault(", ".join(missing), []).append(method)
    for missing_layers, names in methods.items():
        yield f"No figures for {missing_layers}, nor for the whole text, of what says nothing of it: {', '.join(names)}"
