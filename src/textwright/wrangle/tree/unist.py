"""Trees as the JSON that unified's tools read and write: unist, whose columns and offsets count UTF-16 units."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from textwright.errors import DataError
from textwright.wrangle.tree.nodes import NOTHING, Node, Point, Position, build

WIDE = re.compile("[\U00010000-\U0010ffff]")


def to_json(tree: Node) -> dict[str, Any]:
    """Return a tree as JSON has it, with offsets and columns in UTF-16 units.

    >>> to_json(Node("TextNode", value="Chef", position=Position(Point(1, 1, 0), Point(1, 5, 4))))["position"]["end"]
    {'line': 1, 'column': 5, 'offset': 4}
    """
    root: dict[str, Any] = {}
    waiting = [(tree, root)]
    while waiting:
        node, data = waiting.pop()
        below: list[dict[str, Any]] = [{} for _ in node.children]
        data.update(_fields(node, below))
        waiting.extend(zip(node.children, below, strict=True))
    return root


def _fields(node: Node, below: list[dict[str, Any]]) -> dict[str, Any]:
    data: dict[str, Any] = {"type": node.type}
    if node.value is not None:
        data["value"] = node.value
    if below or (node.value is None and not node.void):
        data["children"] = below
    if node.position is not None:
        data["position"] = _position_data(node.position)
    data.update(node.extra)
    return data


def _position_data(position: Position) -> dict[str, Any]:
    return {"start": _point_data(position.start), "end": _point_data(position.end), **(position.extra or {})}


def _point_data(point: Point) -> dict[str, int]:
    line, column, offset, wide, wide_in_line = point
    placed = {"line": line, "column": column + wide_in_line}
    return placed if offset is None else {**placed, "offset": offset + wide}


# --- in ----------------------------------------------------------------------------------------------


def from_json(data: Mapping[str, Any], *, source: str | None = None) -> Node:
    """Read a tree of unified's tools. Node types and fields that we do not know are kept.

    Code points are counted in `source`, the text that the positions are of. Without it, that text is put together from
    the values that are as long as their positions say; between them no character beyond U+FFFF is expected. `to_json`
    gives the same JSON in each case.

    Raise `DataError` that names the node for what is no tree.

    >>> from_json({"type": "SentenceNode", "children": []}).type
    'SentenceNode'
    """
    top = _Raw(data)
    rows = list(_below_all(top))
    wide = _wide_of(source) if source is not None else _wide_of_values(rows)
    return build(top, _children, lambda raw, children: _node(raw, children, wide))


class _Raw(NamedTuple):
    """An object of the JSON, and where it stands: the object above it, and its place there."""

    data: Any
    above: _Raw | None = None
    number: int = 0

    def place(self) -> str:
        """Name the place, such as `children[0].children[2]`."""
        steps, raw = list[str](), self
        while raw.above is not None:
            steps.append(f"children[{raw.number}]")
            raw = raw.above
        return ".".join(reversed(steps)) or "the tree"


def _children(raw: _Raw) -> list[_Raw]:
    found = raw.data.get("children") if isinstance(raw.data, Mapping) else None
    return [_Raw(child, raw, number) for number, child in enumerate(found)] if isinstance(found, list | tuple) else []


def _below_all(top: _Raw) -> Iterator[_Raw]:
    waiting = [top]
    while waiting:
        raw = waiting.pop()
        yield raw
        waiting.extend(_children(raw)[::-1])


def _node(raw: _Raw, children: list[Node], wide: _Wide) -> Node:
    data = raw.data
    if not isinstance(data, Mapping) or not isinstance(data.get("type"), str):
        raise DataError(f'{raw.place()}: found {_shown(data)}, expected an object with a "type"')
    if "children" in data and not isinstance(data["children"], list | tuple):
        raise DataError(f"{raw.place()}.children: found {_shown(data['children'])}, expected a list")
    value = data["value"] if isinstance(data.get("value"), str) else None
    position = None if data.get("position") is None else _position(data["position"], raw, wide)
    void = value is None and "children" not in data
    return Node(data["type"], tuple(children), value, position, _extra(data) or NOTHING, void)


def _extra(data: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields that a node has no place for: unknown ones, and known ones with what they never hold."""
    known = {"type"}
    known |= {"value"} if isinstance(data.get("value"), str) else {"children"}
    known |= {"children"} if data.get("children") else set()
    known |= {"position"} if data.get("position") is not None else set()
    return {key: value for key, value in data.items() if key not in known}


def _position(data: Any, raw: _Raw, wide: _Wide) -> Position:
    if not isinstance(data, Mapping) or not {"start", "end"} <= data.keys():
        raise DataError(f'{raw.place()}.position: found {_shown(data)}, expected "start" and "end"')
    try:
        start, end = (_point(data[key], key, wide) for key in ("start", "end"))
    except DataError as error:
        raise DataError(f"{raw.place()}.position.{error}") from None
    return Position(start, end, {key: data[key] for key in data if key not in ("start", "end")} or None)


def _point(data: Any, place: str, wide: _Wide) -> Point:
    if not isinstance(data, Mapping):
        raise DataError(f'{place}: found {_shown(data)}, expected "line", "column" and "offset"')
    line, column = (_whole(data.get(key), f"{place}.{key}", 1) for key in ("line", "column"))
    if data.get("offset") is None:
        return Point(line, column, None)
    offset = _whole(data["offset"], f"{place}.offset", 0)
    before, before_line = wide.before(offset), wide.before(offset - column + 1)
    return Point(line, column - (before - before_line), offset - before, before, before - before_line)


def _whole(number: Any, place: str, least: int) -> int:
    if not isinstance(number, int) or isinstance(number, bool) or number < least:
        raise DataError(f"{place}: found {_shown(number)}, expected a whole number from {least}")
    return number


def _shown(data: Any) -> str:
    """Say what was found, in a few words."""
    shown = repr(data)
    return shown if len(shown) < 60 else f"{shown[:57]}..."


@dataclass(frozen=True, slots=True)
class _Wide:
    """The UTF-16 offsets at which characters beyond U+FFFF begin, in order."""

    offsets: Sequence[int]

    def before(self, offset: int) -> int:
        """Count those that begin before an offset; 0 before the text."""
        return bisect_left(self.offsets, offset)


def _wide_of(text: str, offset: int = 0) -> _Wide:
    return _Wide([offset + match.start() + count for count, match in enumerate(WIDE.finditer(text))])


def _wide_of_values(rows: Sequence[_Raw]) -> _Wide:
    """Find them in the values of nodes that are as long as their positions say."""
    found = set[int]()
    for raw in rows:
        value = raw.data.get("value") if isinstance(raw.data, Mapping) else None
        if isinstance(value, str) and WIDE.search(value) and (start := _start_of(raw.data, value)) is not None:
            found.update(_wide_of(value, start).offsets)
    return _Wide(sorted(found))


def _start_of(data: Mapping[str, Any], value: str) -> int | None:
    """Return where a value starts; None where its position is another's."""
    try:
        start, end = data["position"]["start"]["offset"], data["position"]["end"]["offset"]
    except (KeyError, TypeError):
        return None
    length = len(value) + len(WIDE.findall(value))
    return start if isinstance(start, int) and isinstance(end, int) and end - start == length else None
