"""Texts to judge on that somebody has learned from: looked for before any score is shown."""

from __future__ import annotations

from textwright.experiment.file.leaks.found import Checks, Found
from textwright.experiment.file.leaks.looking import CHECKS, checked

__all__ = ["CHECKS", "Checks", "Found", "checked"]
