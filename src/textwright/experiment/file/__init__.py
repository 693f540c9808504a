"""The experiment file: data and splits, methods, seeds, what is measured, on which runtimes."""

from __future__ import annotations

from textwright.experiment.file.data import open_data
from textwright.experiment.file.experiment import Experiment, Method
from textwright.experiment.file.plan import Planned, judgement_key, planned
from textwright.experiment.file.reader import read_experiment

__all__ = ["Experiment", "Method", "Planned", "judgement_key", "open_data", "planned", "read_experiment"]
