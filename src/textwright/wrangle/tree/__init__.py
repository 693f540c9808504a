"""A text as a syntax tree: nlcst, the natural language tree of unified's tools, as frozen values.

>>> from textwright.wrangle import tree
>>> root = tree.parse("Head Chef wanted.")
>>> [tree.to_text(word) for word in tree.select_all("WordNode", root)]
['Head', 'Chef', 'wanted']
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from textwright.lazy import fetch_names

if TYPE_CHECKING:
    from textwright.wrangle.tree.changing import filter, map, modify  # noqa: A004  # named as unified's tools are
    from textwright.wrangle.tree.drawing import inspect
    from textwright.wrangle.tree.finding import find_after, find_before
    from textwright.wrangle.tree.nodes import Node, Point, Position, to_text
    from textwright.wrangle.tree.normal import normalise
    from textwright.wrangle.tree.page import to_html
    from textwright.wrangle.tree.parsing import parse
    from textwright.wrangle.tree.selecting import select, select_all
    from textwright.wrangle.tree.unist import from_json, to_json
    from textwright.wrangle.tree.visiting import EXIT, SKIP, visit

__all__ = [
    "EXIT",
    "SKIP",
    "Node",
    "Point",
    "Position",
    "filter",
    "find_after",
    "find_before",
    "from_json",
    "inspect",
    "map",
    "modify",
    "normalise",
    "parse",
    "select",
    "select_all",
    "to_html",
    "to_json",
    "to_text",
    "visit",
]

fetch_names(
    __name__,
    {
        "changing": ("filter", "map", "modify"),
        "drawing": ("inspect",),
        "page": ("to_html",),
        "finding": ("find_after", "find_before"),
        "nodes": ("Node", "Point", "Position", "to_text"),
        "normal": ("normalise",),
        "parsing": ("parse",),
        "selecting": ("select", "select_all"),
        "unist": ("from_json", "to_json"),
        "visiting": ("EXIT", "SKIP", "visit"),
    },
)
