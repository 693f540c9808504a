"""A tree in a notebook: the text, and beneath it the nodes, which open and close; pointing at one marks it in both.

It is HTML with a style of its own and no script, so that Jupyter, marimo and a plain page show it alike, in the light
and in the dark: colours are the surroundings' own and a translucent yellow.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache
from html import escape
from importlib.resources import files

from textwright.wrangle.tree.drawing import place, shown
from textwright.wrangle.tree.nodes import Node, to_text, walk

# So many nodes are shown: a browser draws them at once.
MOST = 1000
MARKED = "background:rgb(250 190 0/.3)"
UNSHOWABLE = re.compile("[\ud800-\udfff\0]")


def to_html(node: Node, *, most: int = MOST) -> str:
    """Draw a tree as a piece of HTML, its first `most` nodes.

    >>> "<summary" in to_html(Node("WordNode", (Node("TextNode", value="Chef"),)))
    True
    """
    count = sum(1 for _ in walk(node))
    rest = f"<p>… and {count - most:,} more nodes</p>" if count > most else ""
    marks = _marking(min(count, most))
    text, nodes = "".join(_rows(node, _in_text, most)), "".join(_rows(node, _in_nodes, most))
    drawn = f'<div class="text">{text}</div><div class="nodes">{nodes}</div>{rest}'
    return f'<div class="textwright-tree"><style>{_style()}{marks}</style>{drawn}</div>'


Rows = Callable[[Node, int], tuple[str, str]]


def _rows(root: Node, rows: Rows, most: int) -> Iterator[str]:
    """Yield the opening of each node, what is in it, and its end; at any depth."""
    waiting: list[Node | str] = [root]
    number = 0
    while waiting:
        each = waiting.pop()
        if isinstance(each, str):
            yield each
        elif number < most:
            begin, end = rows(each, number)
            number += 1
            yield begin
            waiting += [end, *each.children[::-1]]


def _in_text(node: Node, number: int) -> tuple[str, str]:
    title = f"{node.type} {place(node.position)}" if node.position else node.type
    begin = f'<span data-n="{number}" data-type="{_safe(node.type)}" title="{_safe(title)}">'
    return begin + _safe(node.value or ""), "</span>"


def _in_nodes(node: Node, number: int) -> tuple[str, str]:
    where = f' <span class="place">{place(node.position)}</span>' if node.position else ""
    if not node.children:
        value = f" {_safe(shown(node.value))}" if node.value is not None else ""
        return f'<div data-n="{number}"><b>{_safe(node.type)}</b>{value}{where}', "</div>"
    is_word = node.type == "WordNode"
    value = f" {_safe(shown(to_text(node)))}" if is_word else f" [{len(node.children)}]"
    head = f'<summary data-n="{number}"><b>{_safe(node.type)}</b>{value}{where}</summary>'
    return f"<details{'' if is_word else ' open'}>{head}", "</details>"


def _safe(text: str) -> str:
    return escape(UNSHOWABLE.sub("\ufffd", text))


def _marking(count: int) -> str:
    """Write the rules that mark a node in the text while it is pointed at among the nodes, and the other way round."""
    pointed = ':has(.{0} [data-n="{2}"]:is(:hover,:focus-visible)) .{1} [data-n="{2}"]'
    ways = (("nodes", "text"), ("text", "nodes"))
    rules = (f".textwright-tree{pointed.format(*way, number)}" for number in range(count) for way in ways)
    return f"{','.join(rules)}{{{MARKED}}}" if count else ""


@cache
def _style() -> str:
    return (files(__package__) / "tree.css").read_text(encoding="utf-8")
