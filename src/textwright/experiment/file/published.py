"""The published shape of experiment files, for editors."""

from __future__ import annotations

from pathlib import Path

SCHEMA = Path(__file__).with_name("experiment.schema.json")


def schema_text() -> str:
    """Return the JSON Schema of experiment files."""
    return SCHEMA.read_text(encoding="utf-8")
