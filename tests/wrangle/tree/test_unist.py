"""Trees as unified's JSON, there and back: unknown types and fields stay, wrong JSON is named."""

from __future__ import annotations

import json
import pickle
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests import spec

from textwright.errors import DataError
from textwright.wrangle.tree import Node, from_json, map, parse, to_json, to_text  # noqa: A004

from .unified import mixtures

POINT = {"line": 1, "column": 1, "offset": 0}
HERE = {"start": POINT, "end": POINT}


@pytest.mark.parametrize("text", ["", "😀 a\r\n𝕊b\ud83d", *mixtures(40, seed=5)])
def test_json_there_and_back_is_the_same_tree(text: str) -> None:
    tree = parse(text)
    assert from_json(json.loads(json.dumps(to_json(tree)))) == tree
    assert from_json(to_json(tree), source=text) == tree


@pytest.mark.parametrize(
    "data",
    [
        {"type": "RootNode", "children": []},
        {"type": "break"},
        {"type": "SourceNode", "value": "<b>", "data": {"a": [1, None]}, "position": HERE},
        {"type": "heading", "depth": 2, "children": [{"type": "text", "value": "x", "lang": "en"}]},
        {"type": "x", "value": 5},
        {"type": "x", "value": None, "children": []},
        {"type": "x", "value": "a", "children": []},
        {"type": "x", "value": "a", "children": [{"type": "y", "value": ""}]},
        {"type": "x", "value": "", "position": None},
        {"type": "x", "value": "", "position": {"start": {"line": 3, "column": 2}, "end": {"line": 3, "column": 2}}},
        {"type": "x", "value": "", "position": {**HERE, "indent": [1]}},
        {"type": "x", "void": True, "extra": 1, "children": []},
    ],
)
def test_what_we_do_not_know_is_kept(data: dict[str, Any]) -> None:
    assert to_json(from_json(data)) == data


JSON = st.recursive(
    st.fixed_dictionaries({"type": st.text(), "value": st.text()}),
    lambda below: st.fixed_dictionaries({"type": st.text(), "children": st.lists(below, max_size=3)}),
)


@given(JSON)
def test_any_tree_survives(data: dict[str, Any]) -> None:
    assert to_json(from_json(data)) == data


@given(st.text(), st.integers(0, 40), st.integers(0, 40))
def test_json_stays_the_same_whatever_the_positions_are(text: str, start: int, end: int) -> None:
    points = [{"line": 1, "column": 60, "offset": place} for place in (start, end)]
    data = {"type": "x", "value": text, "position": {"start": points[0], "end": points[1]}}
    assert to_json(from_json(data)) == data
    assert to_json(from_json(data, source="😀" * 30)) == data


def test_a_changed_tree_keeps_the_places_of_its_text() -> None:
    tree = parse("😀 Head 😀 Chef")
    silent = map(tree, lambda node, *_: Node(node.type, value="", position=node.position) if node.value else node)
    assert to_text(silent) == ""
    assert from_json(to_json(silent), source="😀 Head 😀 Chef") == silent
    assert to_json(from_json(to_json(silent))) == to_json(silent)


OBJECT = 'expected an object with a "type"'
ENDS = 'expected "start" and "end"'
WRONG: list[tuple[Any, str]] = [
    ([], f"the tree: found [], {OBJECT}"),
    ({"type": 1}, f"the tree: found {{'type': 1}}, {OBJECT}"),
    ({"type": "a", "children": [{"type": "b"}, 5]}, f"children[1]: found 5, {OBJECT}"),
    ({"type": "a", "children": [{"type": "b", "children": "no"}]}, "children[0].children: found 'no', expected a list"),
    ({"type": "a", "children": {}}, "the tree.children: found {}, expected a list"),
    ({"type": "a", "position": {}}, f"the tree.position: found {{}}, {ENDS}"),
    ({"type": "a", "children": [{"type": "b", "position": 1}]}, f"children[0].position: found 1, {ENDS}"),
]
WRONG_POINTS: list[tuple[Any, str]] = [
    (1, 'end: found 1, expected "line", "column" and "offset"'),
    ({"line": 0, "column": 1}, "end.line: found 0, expected a whole number from 1"),
    ({**POINT, "offset": "9"}, "end.offset: found '9', expected a whole number from 0"),
    ({**POINT, "column": True}, "end.column: found True, expected a whole number from 1"),
]


@pytest.mark.parametrize(("data", "message"), WRONG)
def test_what_is_no_tree_is_named(data: Any, message: str) -> None:
    with pytest.raises(DataError) as caught:
        from_json(data)
    assert str(caught.value) == message


@pytest.mark.parametrize(("point", "message"), WRONG_POINTS)
def test_what_is_no_point_is_named(point: Any, message: str) -> None:
    with pytest.raises(DataError) as caught:
        from_json({"type": "a", "children": [{"type": "b", "position": {**HERE, "end": point}}]})
    assert str(caught.value) == f"children[0].position.{message}"


def test_deep_trees_are_read_and_written() -> None:
    data: dict[str, Any] = {"type": "TextNode", "value": "x"}
    for _ in range(10_000):
        data = {"type": "WordNode", "children": [data]}
    tree = from_json(data)
    assert to_text(tree) == "x"
    again = to_json(tree)
    for _ in range(10_000):
        [again] = again["children"]
    assert again == {"type": "TextNode", "value": "x"}


def test_nodes_can_be_kept_in_sets_and_travel_to_other_processes() -> None:
    tree = from_json({"type": "RootNode", "children": [], "data": {"a": [1]}})
    assert pickle.loads(pickle.dumps(tree)) == tree
    assert len({tree, pickle.loads(pickle.dumps(tree)), parse("a")}) == 2


@pytest.mark.node
def test_to_text_is_nlcst_to_string() -> None:
    spec.need_modules()
    from .unified import in_node, trees

    script = 'import { toString } from "nlcst-to-string"; answer(toString);'
    assert in_node(script, [to_json(tree) for tree in trees()]) == [to_text(tree) for tree in trees()]
