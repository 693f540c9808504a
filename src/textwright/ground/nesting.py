"""What a schema says of places: which labels hold which, and what may not overlap or cross."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from textwright.schema import Schema

# What it costs to lie outside: a rule broken, or only the parent by which the label is shown.
RULE, SHOWN = 200, 100


@dataclass(frozen=True, slots=True)
class Nesting:
    """Where spans of a label belong. `holders[inner][outer]` is the cost of lying in no outer span."""

    holders: Mapping[str, Mapping[str, int]]
    single: frozenset[tuple[str, str]]
    apart: frozenset[str]
    no_crossing: bool

    @staticmethod
    def of(schema: Schema) -> Nesting:
        """Read parents and rules of a schema."""
        holders: dict[str, dict[str, int]] = defaultdict(dict)
        for label in schema.labels:
            if label.parent is not None and label.parent != label.name:
                holders[label.name][label.parent] = SHOWN
        for rule in schema.rules:
            if rule.kind in {"inside", "exactly_one_inside"} and rule.inner and rule.outer and rule.inner != rule.outer:
                holders[rule.inner][rule.outer] = RULE
        return Nesting(
            holders=dict(holders),
            single=frozenset((r.outer or "", r.inner or "") for r in schema.rules if r.kind == "exactly_one_inside"),
            apart=frozenset(rule.label or "" for rule in schema.rules if rule.kind == "no_overlap"),
            no_crossing=any(rule.kind == "no_crossing" for rule in schema.rules),
        )

    def holds(self, outer: str, inner: str) -> bool:
        """Say whether spans of the one label belong into spans of the other."""
        return outer in self.holders.get(inner, ())

    def depth(self, label: str) -> int:
        """Count the labels around a label; those that are in a circle are not asked again."""
        seen, around = {label}, {label}
        while around := {outer for inner in around for outer in self.holders.get(inner, ())} - seen:
            seen |= around
        return len(seen) - 1
