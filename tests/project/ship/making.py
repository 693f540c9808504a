"""Projects that have something to ship: rules of their own, and what judging them found."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from textwright.project.files import Project, make_project
from textwright.project.judge.judged import Judged, Method, write_judged

SCHEMA = """
[labels.BRAND]
meaning = "Who makes it."
[labels.SIZE]
meaning = 'How <big> it is, "in" words & numbers.'
"""
# Written the other way round, so that the project's order is seen to win.
RULES = """
language = 1

[lists]
maker = ["Bosch", "Sony"]

[[phases]]
name = "parts"

[[phases.rules]]
name = "size"
match = "[SIZE: <number> cm]"

[[phases.rules]]
name = "brand"
match = "[BRAND: {maker}]"
"""
CONFIG = '{"kind": "rules", "rules": "rules.toml"}'


def write_rules(project: Project, rules: str = RULES) -> None:
    """Give a project labels, and rules that find them."""
    project.schema_file.write_text(SCHEMA, encoding="utf-8")
    project.rules.mkdir(exist_ok=True)
    (project.rules / "rules.toml").write_text(rules, encoding="utf-8")
    (project.rules / "config.json").write_text(CONFIG, encoding="utf-8")


def method(name: str, reference: str, right: float = 0.9, *, shippable: bool = True) -> Method:
    return Method(
        name=name,
        title=f"The {name}",
        run="a-run",
        reference=reference,
        right=right,
        low=right - 0.1,
        high=right + 0.05,
        texts=40,
        size_bytes=2_000,
        ms=0.4,
        shippable=shippable,
    )


def judge_as(project: Project, *methods: Method, **facts: Any) -> None:
    """Let it be known that these methods were judged, the best first; `facts` are more of what was found."""
    found = Judged("a key", "whole_text", 40, 120, methods, labels=("BRAND", "SIZE"))
    write_judged(project.folder, replace(found, **facts))


def rules_project(folder: Path) -> Project:
    """Make a project whose rules were judged."""
    project = make_project(folder / "goods & more.textwright", "goods & more")
    write_rules(project)
    judge_as(project, method("rules", f"{project.rules}/"))
    return project
