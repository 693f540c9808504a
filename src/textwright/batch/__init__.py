"""Tables of any size through a model, by Daft: on one machine, or on a Ray cluster.

A plan cuts the input into tasks, each a stretch of records of one file; a worker answers a task and
writes it whole as a part of its own. So a run can be killed at any moment and goes on with the
tasks that are missing, and every record is there once.
"""

from __future__ import annotations

from textwright.batch.plan import Progress
from textwright.batch.settings import Settings
from textwright.batch.table import Summary, annotate_table

__all__ = ["Progress", "Settings", "Summary", "annotate_table"]
