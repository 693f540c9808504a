"""The values of a tree: nodes with their places in the text, as nlcst has them.

nlcst (https://github.com/syntax-tree/nlcst) is a RootNode of ParagraphNodes of SentenceNodes of WordNodes,
PunctuationNodes, SymbolNodes and WhiteSpaceNodes; a WordNode holds TextNodes and the marks inside it; a SourceNode is a
stretch that is no language. A node of any other type is a node too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

if TYPE_CHECKING:
    from rich.text import Text

NOTHING: Mapping[str, Any] = MappingProxyType({})

T = TypeVar("T")
Made = TypeVar("Made")


class Point(NamedTuple):
    """A place between two characters: line and column from 1, offset from 0, in code points.

    `wide` and `wide_in_line` count the characters beyond U+FFFF before it, in the text and in its line: such a
    character counts two in the UTF-16 of unified's tools. `offset` is None where a tree from elsewhere has none.
    """

    line: int
    column: int
    offset: int | None
    wide: int = 0
    wide_in_line: int = 0


class Position(NamedTuple):
    """Where a node stands: from `start` up to `end`. `extra` keeps fields of other tools that we do not know."""

    start: Point
    end: Point
    extra: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Node:
    """A node of a tree: a parent has `children`, a literal has a `value`. `void` marks one that has neither.

    `position` is None for a node that did not come from the text. `extra` keeps every other field, such as `data`.

    >>> word = Node("WordNode", (Node("TextNode", value="Chef"),))
    >>> to_text(word)
    'Chef'
    """

    type: str
    children: tuple[Node, ...] = ()
    value: str | None = None
    position: Position | None = None
    extra: Mapping[str, Any] = field(default_factory=lambda: NOTHING, hash=False)
    void: bool = False

    def __str__(self) -> str:
        """Draw the tree, a node a line."""
        from textwright.wrangle.tree.drawing import inspect

        return inspect(self)

    def __reduce__(self) -> tuple[Callable[..., Node], tuple[Any, ...]]:
        """Let a node travel to another process: a view of a mapping cannot."""
        return Node, (self.type, self.children, self.value, self.position, dict(self.extra), self.void)

    def __rich__(self) -> Text:
        """Draw the tree in colours where rich prints it."""
        from textwright.wrangle.tree.drawing import drawn

        return drawn(self)

    def _repr_html_(self) -> str:
        """Show the tree in a notebook: nodes open and close, and mark their words in the text."""
        from textwright.wrangle.tree.page import to_html

        return to_html(self)


# How each field of a new node is set: in a third of the time that a frozen dataclass takes.
_SET_TYPE, _SET_CHILDREN, _SET_VALUE, _SET_POSITION, _SET_EXTRA, _SET_VOID = (
    vars(Node)[name].__set__ for name in ("type", "children", "value", "position", "extra", "void")
)


def new_node(kind: str, children: tuple[Node, ...], value: str | None, position: Position | None) -> Node:
    """Make a node as `Node` does, but quicker, for the parser, which makes a node for each character or two.

    >>> new_node("TextNode", (), "Chef", None) == Node("TextNode", value="Chef")
    True
    """
    node = object.__new__(Node)
    _SET_TYPE(node, kind)
    _SET_CHILDREN(node, children)
    _SET_VALUE(node, value)
    _SET_POSITION(node, position)
    _SET_EXTRA(node, NOTHING)
    _SET_VOID(node, False)
    return node


def to_text(node: Node | Iterable[Node]) -> str:
    """Join the values under a node, or under several: for a tree as parsed, exactly the text.

    >>> to_text([Node("TextNode", value="Head"), Node("WhiteSpaceNode", value=" ")])
    'Head '
    """
    waiting = [node] if isinstance(node, Node) else [*node][::-1]
    values = list[str]()
    while waiting:
        each = waiting.pop()
        if each.value is not None:
            values.append(each.value)
        else:
            waiting.extend(each.children[::-1])
    return "".join(values)


def walk(node: Node) -> Iterator[Node]:
    """Yield a node and all below it, in the order of the text."""
    waiting = [node]
    while waiting:
        each = waiting.pop()
        yield each
        waiting.extend(each.children[::-1])


def build(top: T, below: Callable[[T], Iterable[T]], make: Callable[[T, list[Made]], Made]) -> Made:
    """Make a value of `top` from those of what is below it, from the leaves up, at any depth.

    >>> build(3, lambda n: range(n), lambda n, made: f"{n}({' '.join(made)})")
    '3(0() 1(0()) 2(0() 1(0())))'
    """
    order, waiting = list[tuple[T, int]](), [top]
    while waiting:
        each = waiting.pop()
        under = [*below(each)]
        order.append((each, len(under)))
        waiting.extend(under)
    made = list[Made]()
    for each, count in reversed(order):
        start = len(made) - count
        made[start:] = [make(each, made[start:])]
    return made[0]
