"""The figures of a set of outcomes: exact match, strict span F1, categories."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from textwright.evaluate.f1 import FTable, Groups, f1_intervals, span_rows, task_rows, total
from textwright.evaluate.outcome import Outcome, Rights, rights_of
from textwright.evaluate.scope import Scope
from textwright.evaluate.statistics import wilson
from textwright.schema import Schema


@dataclass(frozen=True, slots=True)
class Share:
    """So many right of so many, with Wilson's 95 % interval."""

    right: int
    total: int

    @property
    def accuracy(self) -> float | None:
        """Return the share; None of nothing."""
        return self.right / self.total if self.total else None

    def to_data(self) -> dict[str, Any]:
        """Return `accuracy`, `low`, `high` and the two counts."""
        low, high = wilson(self.right, self.total)
        return {"accuracy": self.accuracy, "low": low, "high": high, "right": self.right, "texts": self.total}


@dataclass(frozen=True, slots=True)
class Exact:
    """One label's exact match: over all texts, and over those whose gold has the label."""

    all: Share
    positives: Share

    def to_data(self) -> dict[str, Any]:
        """Return the keys of the contract; the empty baseline is what always finding nothing would get."""
        support, texts = self.positives.total, self.all.total
        return {
            **self.all.to_data(),
            "support": support,
            "positives_accuracy": self.positives.accuracy,
            "empty_baseline": (texts - support) / texts if texts else None,
        }


@dataclass(frozen=True, slots=True)
class TaskScore:
    """A task's exact sets and its labels' F1."""

    sets: Share
    labels: FTable

    def to_data(self) -> dict[str, Any]:
        """Return the accuracy of whole sets, micro and macro F1, then each label's figures."""
        table = self.labels.to_data()
        averages: dict[str, Any] = {}
        for name in ("micro", "macro"):
            row = table.pop(name)
            averages |= {f"{name}_{key}": row[key] for key in ("f1", "f1_low", "f1_high") if key in row}
        for label, counts in self.labels.counts.items():
            table[label] = {**table[label], "support": counts.right + counts.missed}
        return {**self.sets.to_data(), **averages, "labels": table}


@dataclass(frozen=True, slots=True)
class Score:
    """All figures of one set of texts."""

    exact: Mapping[str, Exact]
    whole_text: Share
    spans: FTable | None
    categories: Mapping[str, TaskScore]

    def to_data(self) -> dict[str, Any]:
        """Return `exact`, `whole_text`, `spans` and `categories` in the shape of the contract."""
        return {
            "exact": {label: each.to_data() for label, each in self.exact.items()},
            "whole_text": self.whole_text.to_data(),
            "spans": self.spans.to_data() if self.spans else {},
            "categories": {task: each.to_data() for task, each in self.categories.items()},
        }


def score(outcomes: Sequence[Outcome], scope: Scope, *, schema: Schema, groups: Groups | None = None) -> Score:
    """Count everything once. With `groups`, each F1 gets an interval by resampling them."""
    rights = rights_of(outcomes, scope)
    spans = span_rows(outcomes, scope.labels)
    return Score(
        exact={label: _exact(outcomes, label, rights) for label in scope.labels},
        whole_text=share_of(rights["whole_text"]),
        spans=_table(spans, groups) if scope.labels else None,
        categories={task: _task_score(outcomes, task, rights, schema, groups) for task in scope.tasks},
    )


def share_of(rights: Sequence[bool | None]) -> Share:
    """Count the right ones of those that can be told.

    >>> share_of([True, None, False]).accuracy
    0.5
    """
    known = [right for right in rights if right is not None]
    return Share(sum(known), len(known))


def _exact(outcomes: Sequence[Outcome], label: str, rights: Rights) -> Exact:
    right = rights[f"exact:{label}"]
    positive = [is_right for each, is_right in zip(outcomes, right, strict=True) if (each.gold_spans or {}).get(label)]
    return Exact(share_of(right), share_of(positive))


def _task_score(
    outcomes: Sequence[Outcome], task: str, rights: Rights, schema: Schema, groups: Groups | None
) -> TaskScore:
    declared = [label.name for each in schema.tasks if each.name == task for label in each.labels]
    return TaskScore(share_of(rights[f"category:{task}"]), _table(task_rows(outcomes, task, declared), groups))


def _table(rows: Mapping[str, Sequence[Any]], groups: Groups | None) -> FTable:
    intervals = f1_intervals(rows, groups) if groups else {}
    return FTable({label: total(counts) for label, counts in rows.items()}, intervals)
