"""What a gate asks: thresholds, margins and budgets, as values."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, TypeAlias, get_args

By = Literal["value", "low"]
ENDS: tuple[By, ...] = get_args(By)
GateRuntime = Literal["python", "node", "chromium"]
RUNTIMES: tuple[GateRuntime, ...] = get_args(GateRuntime)

# What a budget may limit: in which unit, and whether the limit is the least or the most that passes.
LIMITS: Mapping[str, tuple[str, Literal["most", "least"]]] = {
    "latency_ms_p50": ("ms", "most"),
    "latency_ms_p95": ("ms", "most"),
    "texts_per_second": ("texts a second", "least"),
    "size_mb": ("MB", "most"),
    "memory_mb": ("MB", "most"),
    "download_mb": ("MB", "most"),
    "opening_ms": ("ms", "most"),
    "failed": ("texts without an answer", "most"),
    "other_answers": ("texts answered otherwise than in Python", "most"),
    "calibration_error": ("", "most"),
    "cost_per_1000": ("for 1,000 texts", "most"),
    "tokens_per_1000": ("tokens for 1,000 texts", "most"),
}
FIGURE = r"whole_text|exact:.+?|category:.+?|spans\..+?\.(?:precision|recall|f1)|categories\..+?\.(?:micro_f1|macro_f1)"
SLICED = re.compile(rf"(?P<figure>{FIGURE})(?:@(?P<key>[^@=]+)=(?P<value>[^@]*))?")


@dataclass(frozen=True, slots=True)
class Measure:
    """A figure of a report, of all texts or of those whose `meta[key]` is `value`.

    `figure` is `whole_text`, `exact:LABEL`, `category:TASK`, `spans.LABEL.f1` (or `micro`, `macro`; `precision`,
    `recall`) or `categories.TASK.macro_f1`.
    """

    figure: str
    key: str | None = None
    value: str | None = None

    @property
    def counts_texts(self) -> bool:
        """Say whether the figure is a share of right texts, so that texts can be compared one by one."""
        return not self.figure.startswith(("spans.", "categories."))

    def __str__(self) -> str:
        return self.figure if self.key is None else f"{self.figure}@{self.key}={self.value}"


@dataclass(frozen=True, slots=True)
class Threshold:
    """A figure, or the lower end of its interval, is to be `at_least` so much."""

    measure: Measure
    at_least: float
    by: By = "value"
    model: str | None = None
    line: int | None = None


@dataclass(frozen=True, slots=True)
class NotWorse:
    """A model is to be shown no more than `margin` worse than another, or than an earlier report.

    `baseline` is the JSON file of `evaluate` or of `compare`; `than` then names one of its reports.
    """

    measure: Measure
    margin: float
    than: str | None = None
    baseline: Path | None = None
    model: str | None = None
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Budget:
    """What a model may need; `limits` are of `LIMITS`."""

    limits: Mapping[str, float]
    runtime: GateRuntime = "python"
    model: str | None = None
    line: int | None = None


Rule: TypeAlias = Threshold | NotWorse | Budget


@dataclass(frozen=True, slots=True)
class Rules:
    """A gate: the rules of a file, in its order."""

    path: Path
    rules: tuple[Rule, ...]

    @property
    def slice_keys(self) -> tuple[str, ...]:
        """Return the `meta` keys by which reports must be sliced for these rules."""
        measures = [rule.measure for rule in self.rules if not isinstance(rule, Budget)]
        return tuple(dict.fromkeys(each.key for each in measures if each.key is not None))
