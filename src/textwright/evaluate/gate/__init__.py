"""A gate: what a model must reach before it is shipped, and whether the data can tell."""

from __future__ import annotations

from textwright.evaluate.gate.judging import check_rules, gate
from textwright.evaluate.gate.reading import gate_of, read_gate
from textwright.evaluate.gate.rules import Budget, Measure, NotWorse, Rules, Threshold
from textwright.evaluate.gate.verdict import Verdict, Verdicts

__all__ = [
    "Budget",
    "Measure",
    "NotWorse",
    "Rules",
    "Threshold",
    "Verdict",
    "Verdicts",
    "check_rules",
    "gate",
    "gate_of",
    "read_gate",
]
