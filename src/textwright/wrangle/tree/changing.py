"""New trees out of old ones. A tree never changes; positions stay those of the text that was parsed.

As unist-util-map, unist-util-filter and unist-util-modify-children (MIT) do it, but without changing a tree in place.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import NamedTuple

from textwright.wrangle.tree.asking import Test, has_children, predicate_of
from textwright.wrangle.tree.nodes import Node, build


class _Placed(NamedTuple):
    """A node with its place among its siblings."""

    node: Node
    place: int | None
    parent: Node | None


def map(tree: Node, change: Callable[[Node, int | None, Node | None], Node]) -> Node:  # noqa: A001
    """Return a tree in which each node is what `change(node, index, parent)` makes of it.

    A parent's children are the changed ones of the old node, whatever the new one brings.

    >>> from textwright.wrangle.tree.nodes import to_text
    >>> word = Node("WordNode", (Node("TextNode", value="chef"),))
    >>> to_text(map(word, lambda node, index, parent: replace(node, value=node.value and node.value.upper())))
    'CHEF'
    """

    def make(old: _Placed, children: list[Node]) -> Node:
        new = change(*old)
        return replace(new, children=tuple(children)) if has_children(old.node) else new

    return build(_Placed(tree, None, None), _below, make)


def _below(placed: _Placed) -> list[_Placed]:
    return [_Placed(child, index, placed.node) for index, child in enumerate(placed.node.children)]


def filter(tree: Node, test: Test, *, cascade: bool = True) -> Node | None:  # noqa: A001
    """Return the tree with only the nodes that pass the test, and None where the top does not.

    What is below a node that fails goes with it. With `cascade` a parent goes, too, when it has lost all children.

    >>> filter(Node("WordNode", (Node("TextNode", value="chef"),)), "WordNode") is None
    True
    """
    passes = predicate_of(test)

    def make(node: Node, children: list[Node | None]) -> Node | None:
        kept = tuple([child for child in children if child is not None])
        is_emptied = cascade and bool(children) and not kept
        if is_emptied or not passes(node):
            return None
        return replace(node, children=kept) if children else node

    return build(tree, lambda node: node.children, make)


def modify(tree: Node, test: Test, change: Callable[[Node, int, Node], Sequence[Node]]) -> Node:
    """Return the tree with the children of the nodes that pass the test replaced.

    `change(child, index, parent)` gives the nodes that take a child's place: `[child]` keeps it, `[]` takes it out,
    several put them in its place. Children are changed before their parents, so that `parent` holds what has become of
    what is below them; what is put in is not asked about again.

    >>> from textwright.wrangle.tree.nodes import to_text
    >>> from textwright.wrangle.tree.parsing import parse
    >>> marks = {"PunctuationNode", "SymbolNode"}
    >>> to_text(modify(parse("Chef!!! (m/f)"), "SentenceNode", lambda node, *_: [] if node.type in marks else [node]))
    'Chef m/f'
    """
    passes = predicate_of(test)

    def make(old: Node, children: list[Node]) -> Node:
        node = replace(old, children=tuple(children)) if children else old
        if not passes(old):
            return node
        parts = [change(child, index, node) for index, child in enumerate(node.children)]
        return replace(node, children=tuple([each for part in parts for each in part]))

    return build(tree, lambda node: node.children, make)
