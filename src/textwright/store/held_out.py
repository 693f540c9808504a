"""Texts that were set aside for judging: their `meta` says `held_out`. No model ever learns from them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import ColumnElement, false, func

from textwright.store.tables import TEXTS
from textwright.types import Example

HELD_OUT = "held_out"


def is_set_aside(meta: Mapping[str, Any]) -> bool:
    """Say of a text, by its `meta`, whether it was set aside.

    >>> is_set_aside({"held_out": True}), is_set_aside({})
    (True, False)
    """
    return meta.get(HELD_OUT) is True


def is_held_out(example: Example) -> bool:
    """Say of an example whether it was set aside. Whoever learns, suggests or judges asks here, and nowhere else."""
    return is_set_aside(example.meta)


def set_aside() -> ColumnElement[bool]:
    """Choose the texts that were set aside."""
    return func.coalesce(TEXTS.c.meta[HELD_OUT].as_boolean(), false())
