"""Acts as a page sends them."""

from __future__ import annotations

from itertools import count
from typing import Any

from textwright.annotate.desk import Desk
from textwright.store.acts import Act, Kind

KEYS = count()


def state(*spans: tuple[int, int, str], kind: str | None = None, note: str = "") -> dict[str, Any]:
    return {
        "spans": [{"start": start, "end": end, "label": label} for start, end, label in spans],
        "categories": [{"task": "kind", "label": kind}] if kind else [],
        "proposed": {"spans": [], "categories": []},
        "note": note,
        "flagged": False,
    }


def act(
    desk: Desk, name: str, number: int, *spans: tuple[int, int, str], kind: Kind = "accept", seconds: float = 2.0
) -> None:
    """Do something with a text, on top of what was done."""
    task = desk.task(name, number)
    assert task is not None
    [outcome] = desk.record(name, [Act(f"k{next(KEYS)}", number, task.version, kind, state(*spans), seconds=seconds)])
    assert outcome.problem is None


def numbers(desk: Desk, name: str, limit: int = 300, skip: tuple[int, ...] = ()) -> list[int]:
    return [task.text.number for task in desk.queue(name, limit=limit, skip=skip)]
