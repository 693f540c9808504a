"""Random rule sets mean the same in Python and Node: what the two regular expressions do in odd corners."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

import pytest

from tests import spec
from textwright.errors import ModelError

SETS, TEXTS = 150, 20
KINDS = ["<word>", "<symbol>", "<number>", "<gap>", "<any>", "<Capital>", "<made>", "<class>"]
SINGLE = ["a", "b", "c", "~b", ",", "a-b", "{list}", "~{list}", *KINDS]
PIECES = ["a", "b", "c", "A", "AB", ",", "-", "1", "d"]
AFTER = ["<start>", "a | ,", "<class>", "~b", "<town>", "<gap> | <start>"]
HEAD = """language = 1
[lists]
list = ["a b", "b", "c-a", "a b c"]
town = ["a b", "c c a"]
[classes]
class = '<word> - a + ","'
"""


class Writer:
    """Writes random patterns, rule sets and texts."""

    def __init__(self, seed: int) -> None:
        self.rng = random.Random(seed)

    def pattern(self, depth: int, *, marks: bool = True, repeated: bool = False) -> str:
        form = self.rng.choice(("single", "sequence", "choice", "mark", "optional", "repeat")) if depth else "single"
        inner = [
            self.pattern(depth - 1, marks=marks, repeated=repeated)
            for _ in range(self.rng.randint(1, 3) if depth else 0)
        ]
        if form == "sequence":
            return " ".join(inner)
        if form == "choice":
            return f"({' | '.join(inner)})"
        if form == "mark" and marks:
            return f"[{self.rng.choice('ABC')}: {inner[0]}]"
        if form == "optional":
            return f"({' | '.join(inner)})?"
        if form == "repeat" and not repeated:
            body = self.pattern(depth - 1, marks=False, repeated=True)
            return f"{self.rng.choice('abc')} ({self.rng.choice('ab')} {body}){self.rng.choice('*+')}"
        return self.rng.choice(SINGLE)

    def rule(self, name: str, match: str, **more: str) -> str:
        settings = {"name": name, "match": match, **more}
        return "[[phases.rules]]\n" + "".join(f"{key} = {json.dumps(value)}\n" for key, value in settings.items())

    def contexts(self) -> dict[str, str]:
        made = {
            "after": self.rng.choice(AFTER),
            "before": self.pattern(2, marks=False),
            "not_before": self.pattern(2, marks=False),
            "as": "joined",
        }
        return {key: value for key, value in made.items() if self.rng.random() < 0.2}

    def rule_set(self) -> list[str]:
        first = self.rule("made", f"{self.rng.choice('abc')} {self.pattern(2, marks=False)}", **{"as": "made"})
        rules = [
            self.rule(f"r{i}", f"{self.rng.choice(('a', '<word>', '[A: b]'))} {self.pattern(4)}", **self.contexts())
            for i in range(3)
        ]
        inside = self.rule("inside", f"<any> {self.pattern(3)}")
        phases = [first, '[[phases]]\nlookup = "town"', "[[phases]]", *rules, '[[phases]]\ninside = "A"', inside]
        return f"{HEAD}[[phases]]\n{chr(10).join(phases)}".split("\n")

    def text(self) -> str:
        count = self.rng.randrange(13)
        return "".join(self.rng.choice(PIECES) + self.rng.choice(("", "", " ", " ", "  ")) for _ in range(count))


def in_python(vector: dict[str, Any], folder: Path) -> list[list[spec.Mark]] | None:
    try:
        return spec.python_spans(spec.rules_of(vector, folder), vector["texts"])
    except ModelError:
        return None


@pytest.mark.node
def test_random_rules_mean_the_same(tmp_path: Path) -> None:
    writer = Writer(seed=11)
    asked = [{"rules": writer.rule_set(), "texts": [writer.text() for _ in range(TEXTS)]} for _ in range(SETS)]
    found = spec.in_node("rules", asked)
    expected = [in_python(vector, tmp_path) for vector in asked]
    assert sum(spans is not None for spans in expected) > SETS / 2
    assert sum(len(marks) for spans in expected for marks in spans or ()) > SETS
    assert [vector for vector, a, b in zip(asked, found, expected, strict=True) if a != b] == []


@pytest.mark.node
def test_rules_that_read_a_text_in_many_ways_mean_the_same(tmp_path: Path) -> None:
    """Backtracking alone would take hours over these, in either language."""
    rules = [
        "[A: <word>* <word>* <word>* <word>* <word>* <word>* zzz]",
        "[A: (<word>? <any> <word>?)* zzz]",
        "[A: {list}* {list}* (a | b | {list})* {list}* zzz]",
        f"[A: {'([A: <any>] | [B: <word>] | [C: <lower>])? ' * 30}zzz]",
    ]
    texts = ["a b " * 30, "a b " * 30 + "zzz", "a b c a " * 14 + "zzz b zzz", "zzz"]
    asked = [
        {"rules": f"{HEAD}[[phases]]\n[[phases.rules]]\nname = 'r'\nmatch = '{rule}'".split("\n"), "texts": texts}
        for rule in rules
    ]
    found = spec.in_node("rules", asked)
    assert found == [in_python(vector, tmp_path) for vector in asked]
    assert all(marks for spans in found for marks in spans[1:3])
