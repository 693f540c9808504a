"""The rules that are shipped, opened once a process: to compile them takes longer than most commands that ask them."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from textwright.predictors.rules import RulesPredictor

PACKS = Path(__file__).parents[1] / "src/textwright/packs"
OPEN = RulesPredictor.open
KNOWN = cache(OPEN)


def open_known(folder: str | Path) -> RulesPredictor:
    """Open rules; those of a pack only once, as no test changes them."""
    return KNOWN(Path(folder)) if PACKS in Path(folder).resolve().parents else OPEN(folder)


def know_rules(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let all that opens rules open them so."""
    monkeypatch.setattr(RulesPredictor, "open", staticmethod(open_known))
