"""Write a rule set as its file: `rules.toml`, which a person can read and go on with."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping

from textwright.predictors.rules.ruleset import LANGUAGE, Phase, Rule, RuleSet

HEAD = """\
# Written by the page of `textwright start`, from rules.json beside this folder. Change it by hand if you like:
# the page then leaves it alone. The language is described in docs/rules.md of textwright.
"""
SHORT = 100


def toml_of(rules: RuleSet) -> str:
    """Write a rule set; `read_rule_set` reads the same one."""
    parts = [f"{HEAD}language = {LANGUAGE}"]
    parts += [_table("lists", {name: _array(entries) for name, entries in rules.lists.items()})] if rules.lists else []
    parts += [_table("classes", {name: _text(kinds) for name, kinds in rules.classes.items()})] if rules.classes else []
    parts += [_table("shapes", {name: _array(some) for name, some in rules.shapes.items()})] if rules.shapes else []
    parts += [block for phase in rules.phases for block in _phase(phase)]
    return "\n\n".join(parts) + "\n"


def _table(name: str, lines: Mapping[str, str]) -> str:
    return "\n".join([f"[{name}]", *(f"{key} = {value}" for key, value in lines.items())])


def _phase(phase: Phase) -> Iterable[str]:
    lines = ["[[phases]]", f"name = {_text(phase.name)}"]
    lines += [f"lookup = {_text(phase.lookup)}"] if phase.lookup is not None else []
    lines += [] if phase.rules or phase.lookup is not None else ["rules = []"]
    yield "\n".join(lines)
    yield from map(_rule, phase.rules)


def _rule(rule: Rule) -> str:
    parts = {name: getattr(rule, name) for name in ("name", "match", "after", "not_after", "before", "not_before")}
    lines = [f"{name} = {_text(value)}" for name, value in parts.items() if value is not None]
    return "\n".join(["[[phases.rules]]", *lines])


def _text(value: str) -> str:
    """Write a text: JSON's strings are TOML's, but for one control character."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def _array(entries: Iterable[str]) -> str:
    """Write a list, a short one on a line."""
    texts = [_text(entry) for entry in entries]
    line = f"[{', '.join(texts)}]"
    return line if len(line) <= SHORT else "\n".join(["[", *(f"  {text}," for text in texts), "]"])
