"""One table of every method of an experiment, on the same held-out texts."""

from __future__ import annotations

from textwright.experiment.table.table import ExperimentTable, table_of

__all__ = ["ExperimentTable", "table_of"]
