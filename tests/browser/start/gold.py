"""Ingredients of recipes with what is right for each: a domain that no pack and no example knows."""

from __future__ import annotations

from pathlib import Path

from textwright.dataset import Dataset
from textwright.project.examples.marked import read_marked
from textwright.schema import Schema

SCHEMA_FILE = Path(__file__).with_name("ingredients.toml")
SCHEMA = Schema.read(SCHEMA_FILE)


def ingredients() -> Dataset:
    """Return sixty lines, each with its spans."""
    return read_marked(SCHEMA_FILE.with_suffix(".txt"), SCHEMA, name="ingredients")
