"""Rule sets made in a test."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from textwright.predictors.rules import RulesPredictor

OpenRules = Callable[..., RulesPredictor]


@pytest.fixture
def write_rules(tmp_path: Path) -> Callable[..., Path]:
    """Return what writes a folder of rules from the content of rules.toml and of further files."""

    def write(toml: str, **files: str) -> Path:
        (tmp_path / "config.json").write_text('{"kind": "rules", "rules": "rules.toml"}', encoding="utf-8")
        (tmp_path / "rules.toml").write_text(f"language = 1\n{toml}", encoding="utf-8")
        for name, content in files.items():
            (tmp_path / f"{name}.txt").write_text(content, encoding="utf-8")
        return tmp_path

    return write


@pytest.fixture
def open_rules(write_rules: Callable[..., Path]) -> OpenRules:
    """Return what writes a rule set and opens it."""

    def open_written(toml: str, **files: str) -> RulesPredictor:
        return RulesPredictor.open(write_rules(toml, **files))

    return open_written
