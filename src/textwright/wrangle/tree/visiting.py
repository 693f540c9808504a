"""Walking through a tree, as unist-util-visit does it (https://github.com/syntax-tree/unist-util-visit, MIT)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from textwright.errors import DataError
from textwright.wrangle.tree.asking import Test, predicate_of
from textwright.wrangle.tree.nodes import Node


class Action(Enum):
    """What a visitor can ask for."""

    SKIP = "skip"
    EXIT = "exit"


# Leave out what is below the node; end the walk.
SKIP, EXIT = Action.SKIP, Action.EXIT

Visitor = Callable[[Node, int | None, tuple[Node, ...]], Action | int | None]


def visit(tree: Node, test: Test, visitor: Visitor, *, leave: Visitor | None = None, reverse: bool = False) -> None:
    """Call `visitor(node, index, ancestors)` for each node that passes the test, a parent before its children.

    `index` is the place among the siblings, None for the top; the last of `ancestors` is the parent. The visitor
    returns None to go on, SKIP to leave out the children, EXIT to end, or a number: the sibling to go on with after
    this node. `leave` is called after a node's children, `reverse` goes from the last child to the first.

    >>> from textwright.wrangle.tree.parsing import parse
    >>> visit(parse("Head Chef"), "TextNode", lambda node, index, ancestors: print(node.value, len(ancestors)))
    Head 4
    Chef 4
    """
    _Walk(predicate_of(test), visitor, leave, -1 if reverse else 1).run(tree)


@dataclass(slots=True)
class _Frame:
    """A node on the way, and the child that comes next."""

    node: Node
    index: int | None
    next: int


@dataclass(frozen=True, slots=True)
class _Walk:
    """A walk with a stack of its own, so that a tree may be deeper than Python's."""

    passes: Callable[[Node], bool]
    enter: Visitor
    leave: Visitor | None
    step: int

    def run(self, tree: Node) -> None:
        frames = list[_Frame]()
        if not self.begin(tree, None, frames):
            return
        while frames:
            frame = frames[-1]
            if 0 <= frame.next < len(frame.node.children):
                place = frame.next
                frame.next += self.step
                alive = self.begin(frame.node.children[place], place, frames)
            else:
                frames.pop()
                alive = self.call(self.leave, frame.node, frame.index, frames) is not EXIT
            if not alive:
                return

    def begin(self, node: Node, index: int | None, frames: list[_Frame]) -> bool:
        """Visit a node and put it on the stack; say whether to go on."""
        asked = self.call(self.enter, node, index, frames)
        if asked is EXIT:
            return False
        first = 0 if self.step > 0 else len(node.children) - 1
        frames.append(_Frame(node, index, -1 if asked is SKIP else first))
        return True

    def call(self, visitor: Visitor | None, node: Node, index: int | None, frames: list[_Frame]) -> Action | None:
        """Call a visitor where the node passes; a number that it returns moves its parent on."""
        if visitor is None or not self.passes(node):
            return None
        asked = visitor(node, index, tuple([frame.node for frame in frames]))
        if isinstance(asked, Action) or asked is None:
            return asked
        if isinstance(asked, bool) or not isinstance(asked, int):
            raise DataError(f"the visitor of a {node.type} returned {asked!r}, expected None, SKIP, EXIT or a number")
        if frames:
            frames[-1].next = asked
        return None
