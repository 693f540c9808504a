"""Judge predictors on held-out texts, compare them on the same texts, and keep the two apart."""

from __future__ import annotations

from textwright.evaluate.compare import Comparison, Pair, compare
from textwright.evaluate.leaks import Leak, leaks, refuse_leaks
from textwright.evaluate.mistakes import Fault, Mistake
from textwright.evaluate.report import Report, evaluate

__all__ = [
    "Comparison",
    "Fault",
    "Leak",
    "Mistake",
    "Pair",
    "Report",
    "compare",
    "evaluate",
    "leaks",
    "refuse_leaks",
]
