"""Carry out an order, in whichever process one is."""

from __future__ import annotations

from pathlib import Path

from textwright.errors import TextwrightError
from textwright.experiment.running.fitting import fit_run, reason_of
from textwright.experiment.running.judging import judge_run
from textwright.experiment.running.order import FitOrder, Order, Tell
from textwright.experiment.running.parts import part_of


def carry_out(order: Order, tell: Tell) -> str | None:
    """Fit or judge. Return why it failed, else None; what the disk does not allow is such a reason."""
    try:
        return fit_run(order, tell) if isinstance(order, FitOrder) else judge_run(order, tell)
    except (TextwrightError, OSError) as error:
        return reason_of(error)


def log_folder(order: Order) -> Path:
    """Name the folder for what is printed meanwhile."""
    runs, run_id = order.experiment.runs, order.planned.run_id
    return part_of(runs, run_id) if isinstance(order, FitOrder) else runs / run_id
