"""Tests of nodes, as unist-util-is has them: by type, by fields, by a function, or any of several."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeAlias

from textwright.errors import DataError
from textwright.wrangle.tree.nodes import Node

Predicate = Callable[[Node], bool]
# None passes every node; a string, nodes of that type; a mapping, nodes with those fields; a list, what passes one of
# it.
Test: TypeAlias = "str | Mapping[str, Any] | Predicate | Sequence[Test] | None"

ABSENT = object()


def predicate_of(test: Test) -> Predicate:
    """Turn a test into a function of a node. Raise `DataError` for what is none.

    >>> predicate_of({"value": "Chef"})(Node("TextNode", value="Chef"))
    True
    """
    if test is None:
        return lambda _: True
    if isinstance(test, str):
        return lambda node: node.type == test
    if isinstance(test, Mapping):
        return lambda node: all(field_of(node, name) == value for name, value in test.items())
    if callable(test):
        return test
    if isinstance(test, Sequence):
        predicates = [predicate_of(each) for each in test]
        return lambda node: any(passes(node) for passes in predicates)
    raise DataError(f"found {test!r} as a test, expected a type's name, fields, a function, or a list of them")


def field_of(node: Node, name: str) -> Any:
    """Return a field as the JSON has it, `ABSENT` where there is none; positions as values of ours."""
    if name in ("type", "position", "value"):
        found = getattr(node, name)
        return node.extra.get(name, ABSENT) if found is None else found
    if name == "children":
        return node.children if has_children(node) else ABSENT
    return node.extra.get(name, ABSENT)


def has_children(node: Node) -> bool:
    """Say whether a node is a parent, be it an empty one."""
    return bool(node.children) or (node.value is None and not node.void)
