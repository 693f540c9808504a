"""A tree drawn in lines, as unist-util-inspect does it (https://github.com/syntax-tree/unist-util-inspect, MIT)."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

from textwright.wrangle.tree.nodes import Node, Position

if TYPE_CHECKING:
    from rich.text import Text

SURROGATE = re.compile("[\ud800-\udfff]")


class Part(NamedTuple):
    """Some characters of a line, and how a terminal shows them: a style of rich."""

    text: str
    style: str = ""


class _Waiting(NamedTuple):
    """A node that is still to be drawn: what stands before its first line, and before the others."""

    node: Node
    first: list[Part]
    rest: list[Part]


def inspect(node: Node, *, positions: bool = True) -> str:
    """Draw a tree, a node a line, with positions in code points unless they are not wanted.

    >>> print(inspect(Node("WordNode", (Node("TextNode", value="Chef"),))))
    WordNode[1]
    └─0 TextNode "Chef"
    """
    return "\n".join("".join([part.text for part in line]) for line in _lines(node, positions=positions))


def drawn(node: Node, *, positions: bool = True) -> Text:
    """Draw a tree in colours, as something that rich prints."""
    from rich.text import Text

    text = Text(no_wrap=True, overflow="ignore", end="")
    for line in _lines(node, positions=positions):
        text.append_tokens((SURROGATE.sub("\ufffd", part.text), part.style) for part in (*line, Part("\n")))
    text.rstrip()
    return text


def shown(value: Any) -> str:
    r"""Write a value as JSON, as JavaScript does it; half of a surrogate pair as an escape.

    >>> print(shown("a\ud800\n"))
    "a\ud800\n"
    """
    written = json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=str)
    return SURROGATE.sub(lambda match: f"\\u{ord(match[0]):04x}", written)


def place(position: Position) -> str:
    """Write where a node stands: lines and columns, then offsets.

    >>> from textwright.wrangle.tree.nodes import Point
    >>> place(Position(Point(1, 1, 0), Point(1, 5, 4)))
    '1:1-1:5, 0-4'
    """
    start, end = position.start, position.end
    offsets = [str(point.offset) for point in (start, end) if point.offset is not None]
    lines = f"{start.line}:{start.column}-{end.line}:{end.column}"
    return ", ".join([lines, "-".join(offsets)]) if offsets else lines


def _lines(node: Node, *, positions: bool) -> Iterator[list[Part]]:
    waiting = [_Waiting(node, [], [])]
    while waiting:
        each = waiting.pop()
        yield [*each.first, *_head(each.node, positions=positions)]
        yield from ([*each.rest, *field] for field in _fields(each.node))
        waiting.extend(reversed([*_below(each)]))


def _below(above: _Waiting) -> Iterator[_Waiting]:
    """Yield the children with the branches that lead to them."""
    children = above.node.children
    size = len(str(len(children) - 1))
    for number, child in enumerate(children):
        is_last = number == len(children) - 1
        branch = Part(f"{'└' if is_last else '├'}─{number:<{size}}", "dim")
        beam = Part(" ") if is_last else Part("│", "dim")
        yield _Waiting(child, [*above.rest, branch, Part(" ")], [*above.rest, beam, Part(" " * (size + 2))])


def _head(node: Node, *, positions: bool) -> list[Part]:
    parts = [Part(node.type, "bold")]
    kind = node.extra.get("tagName") or node.extra.get("name")
    if isinstance(kind, str):
        parts.append(Part(f"<{kind}>"))
    if node.children or (node.value is None and not node.void):
        parts += [Part("[", "dim"), Part(str(len(node.children)), "yellow"), Part("]", "dim")]
    elif node.value is not None:
        parts += [Part(" "), Part(shown(node.value), "green")]
    if positions and node.position is not None:
        parts += [Part(" "), Part("(", "dim"), Part(place(node.position)), Part(")", "dim")]
    return parts


def _fields(node: Node) -> Iterator[list[Part]]:
    beam = Part("│", "dim") if node.children else Part(" ")
    for key, value in node.extra.items():
        if not (isinstance(value, str) and key in ("name", "tagName")):
            yield [beam, Part(" "), Part(key), Part(":", "dim"), Part(f" {shown(value)}")]
