"""A line for each request, as JSON or as words, and our own faults in the same way: never a text."""

from __future__ import annotations

import json
import logging
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, Literal

Form = Literal["off", "json", "text"]
Line = dict[str, Any]
Write = Callable[[Line], None]


def writer(form: Form) -> Write | None:
    """Return what writes a line of that form to standard error, None for no lines."""
    if form == "off":
        return None
    shown = _as_json if form == "json" else _as_words

    def write(line: Line) -> None:
        stamped = {"time": datetime.now(UTC).isoformat(timespec="milliseconds"), **line}
        sys.stderr.write(shown(stamped) + "\n")

    return write


def _as_json(line: Line) -> str:
    return json.dumps(line)


def _as_words(line: Line) -> str:
    """Write a line for people.

    >>> _as_words({"time": "12:00", "method": "GET", "path": "/healthz", "status": 200, "ms": 0.5, "id": "ab"})
    '12:00 GET /healthz 200 0.5 ms id=ab'
    """
    head = "{time} {method} {path} {status} {ms} ms".format_map(line)
    rest = (f"{key}={line[key]}" for key in ("model", "texts", "problem", "id") if key in line)
    return " ".join((head, *rest))


class FaultsAsJson(logging.Formatter):
    """Writes what else is logged in the shape of the other lines."""

    def format(self, record: logging.LogRecord) -> str:
        """Write a record."""
        at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        return _as_json({"time": at, "level": record.levelname.lower(), "message": record.getMessage()})


def log_faults_as_json() -> None:
    """Let warnings and faults be JSON too."""
    handler = logging.StreamHandler()
    handler.setFormatter(FaultsAsJson())
    logging.basicConfig(handlers=[handler], level=logging.WARNING, force=True)
