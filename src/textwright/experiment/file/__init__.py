"""The experiment file: data and splits, methods, seeds, what is measured, on which runtimes."""

from __future__ import annotations

from textwright.experiment.file.data import open_data
from textwright.experiment.file.experiment import Experiment, Method
from textwright.experiment.file.leaks import Checks, Found, checked
from textwright.experiment.file.plan import Planned, judgement_key, planned
from textwright.experiment.file.reader import read_experiment

__all__ = [
    "Checks",
    "Experiment",
    "Found",
    "Method",
    "Planned",
    "checked",
    "judgement_key",
    "open_data",
    "planned",
    "read_experiment",
]
