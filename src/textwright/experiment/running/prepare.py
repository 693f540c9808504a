"""From an experiment file to a plan: data sets opened, leaks looked for, runs and judgements with their keys."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from textwright.experiment.file import checked, open_data, planned, read_experiment
from textwright.experiment.running.missing import Plan
from textwright.formats.files import atomically
from textwright.runs.folder import make_runs_folder

CHECKS = "checks.json"


def prepared(path: Path) -> Plan:
    """Read an experiment and its data, and plan its runs. What was found of leaks is kept beside the runs.

    Raise `DataError` that says what is wrong with the file or the data.
    """
    experiment = read_experiment(path)
    data, checks = checked(experiment, open_data(experiment))
    make_runs_folder(experiment.runs)
    _keep(experiment.runs / CHECKS, checks.to_data())
    return Plan(experiment, data, planned(experiment, data))


def _keep(path: Path, data: Any) -> None:
    """Write what was found, unless it stands there."""
    text = json.dumps(data, ensure_ascii=False, indent=1) + "\n"
    if not path.is_file() or path.read_text(encoding="utf-8") != text:
        atomically(path, lambda new: _write(new, text))


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")
