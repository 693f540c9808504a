"""Seeing what a text is: source, tokens, tree, tables, numbers, profile. Each name is loaded when it is first used."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textwright.lazy import fetch_names

if TYPE_CHECKING:
    from textwright.wrangle.clean import Mapped, clean

__all__ = ["Mapped", "clean"]

fetch_names(
    __name__,
    {
        "clean": ("Mapped", "clean"),
    },
)
