"""Siblings before and after a node, as unist-util-find-after and unist-util-find-before find them (MIT)."""

from __future__ import annotations

from textwright.errors import DataError
from textwright.wrangle.tree.asking import Test, predicate_of
from textwright.wrangle.tree.nodes import Node


def find_after(parent: Node, child: Node | int, test: Test = None) -> Node | None:
    """Return the first child after `child`, given as itself or as its place, that passes the test.

    Raise `DataError` where `child` is no child of `parent`.

    >>> from textwright.wrangle.tree.parsing import parse
    >>> sentence = parse("Head Chef!").children[0].children[0]
    >>> find_after(sentence, 0, "PunctuationNode").value
    '!'
    """
    passes = predicate_of(test)
    return next((each for each in parent.children[_place(parent, child) + 1 :] if passes(each)), None)


def find_before(parent: Node, child: Node | int, test: Test = None) -> Node | None:
    """Return the last child before `child`, given as itself or as its place, that passes the test.

    Raise `DataError` where `child` is no child of `parent`.
    """
    passes = predicate_of(test)
    return next((each for each in parent.children[: _place(parent, child)][::-1] if passes(each)), None)


def _place(parent: Node, child: Node | int) -> int:
    """Return a child's place; two equal children are told apart by being the same object."""
    if isinstance(child, int):
        if child < 0:
            raise DataError(f"found {child} as a child's place, expected a number from 0")
        return child
    place = next((place for place, each in enumerate(parent.children) if each is child), None)
    if place is None:
        raise DataError(f"found a {child.type} that is no child of the {parent.type}, expected a child or its place")
    return place
