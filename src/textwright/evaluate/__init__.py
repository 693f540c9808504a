"""Judge predictors on held-out texts, and compare them on the same texts."""

from __future__ import annotations

from textwright.evaluate.agreement import Agreement, agreement
from textwright.evaluate.compare import Comparison, Pair, compare
from textwright.evaluate.importance import importance
from textwright.evaluate.mistakes import Fault, Mistake
from textwright.evaluate.report import Report, evaluate

__all__ = [
    "Agreement",
    "Comparison",
    "Fault",
    "Mistake",
    "Pair",
    "Report",
    "agreement",
    "compare",
    "evaluate",
    "importance",
]
