"""Visiting, mapping, filtering, finding and drawing do what the npm packages of unified do with the same trees."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest
from tests import spec

from textwright.errors import DataError
from textwright.wrangle import tree
from textwright.wrangle.tree import EXIT, SKIP, Node, parse, to_json
from textwright.wrangle.tree.drawing import drawn

from .unified import in_node, trees

TREES = trees()
MARKED = {
    "type": "RootNode",
    "lang": "en",
    "children": [
        {
            "type": "WordNode",
            "data": {"a": [1, "b"], "é": None},
            "children": [{"type": "TextNode", "value": "a\n\"é'"}],
        },
        {"type": "break"},
        {"type": "empty", "children": []},
        {"type": "element", "tagName": "b", "children": [{"type": "x", "name": "n", "value": ""}]},
        {"type": "y", "name": 5, "position": {"start": {"line": 1, "column": 2}, "end": {"line": 3, "column": 4}}},
    ],
}


@pytest.fixture(autouse=True)
def _modules() -> None:
    spec.need_modules()


def asked(*extra: Any) -> list[Any]:
    return [[to_json(each), *extra] for each in TREES]


# --- visit -------------------------------------------------------------------------------------------

VISIT = """
  import { visitParents, SKIP, EXIT } from "unist-util-visit-parents";
  answer(([tree, test, reverse, skip, exit, jump]) => {
    const seen = [];
    const index = (node, parents) => (parents.length ? parents.at(-1).children.indexOf(node) : null);
    const enter = (node, parents) => {
      seen.push(["enter", node.type, index(node, parents), parents.map((each) => each.type)]);
      if (node.type === skip) return SKIP;
      if (node.value === exit) return EXIT;
      if (node.type === jump) return index(node, parents) + (reverse ? -3 : 3);
    };
    const exited = (node, parents) => {
      seen.push(["leave", node.type, index(node, parents), parents.map((each) => each.type)]);
    };
    visitParents(tree, test, { enter, exit: exited }, reverse);
    return seen;
  });
"""


@pytest.mark.node
@pytest.mark.parametrize(
    ("test", "reverse", "skip", "exit_at", "jump"),
    [
        (None, False, "", "", ""),
        ("WordNode", False, "", "", ""),
        ("WordNode", True, "", "", ""),
        ({"value": "."}, False, "", "", ""),
        (["TextNode", {"type": "SymbolNode"}], False, "", "", ""),
        (None, False, "WordNode", "", ""),
        (None, False, "", "a", ""),
        (None, True, "SentenceNode", ".", ""),
        (None, False, "", "", "WordNode"),
        (None, True, "", "", "PunctuationNode"),
    ],
)
def test_visit_goes_as_unist_util_visit(test: Any, reverse: bool, skip: str, exit_at: str, jump: str) -> None:
    expected = in_node(VISIT, asked(test, reverse, skip, exit_at, jump))
    for root, calls in zip(TREES, expected, strict=True):
        seen = list[list[Any]]()

        def enter(node: Node, index: int | None, above: tuple[Node, ...], seen: list[list[Any]] = seen) -> Any:
            seen.append(["enter", node.type, index, [each.type for each in above]])
            if node.type == skip:
                return SKIP
            if node.value is not None and node.value == exit_at:
                return EXIT
            return (index or 0) + (-3 if reverse else 3) if node.type == jump else None

        def leave(node: Node, index: int | None, above: tuple[Node, ...], seen: list[list[Any]] = seen) -> None:
            seen.append(["leave", node.type, index, [each.type for each in above]])

        tree.visit(root, test, enter, leave=leave, reverse=reverse)
        assert seen == calls


def test_visit_takes_a_function_as_a_test() -> None:
    found = list[str | None]()
    tree.visit(parse("a, b."), lambda node: node.value in {",", "b"}, lambda node, *_: found.append(node.value))
    assert found == [",", "b"]


@pytest.mark.parametrize("returned", [True, "skip", 1.5])
def test_a_visitor_that_returns_nonsense_is_told(returned: Any) -> None:
    with pytest.raises(
        DataError, match=r"the visitor of a RootNode returned .*, expected None, SKIP, EXIT or a number"
    ):
        tree.visit(parse("a"), None, lambda *_: returned)


def test_a_test_that_is_none_is_named() -> None:
    with pytest.raises(DataError, match="found 5 as a test, expected a type's name"):
        tree.filter(parse("a"), 5)  # type: ignore[arg-type]


def test_deep_trees_are_visited_and_changed() -> None:
    deep = Node("TextNode", value="x")
    for _ in range(2_000):
        deep = Node("WordNode", (deep,))
    found = list[str | None]()
    tree.visit(deep, "TextNode", lambda node, *_: found.append(node.value))
    assert found == ["x"]
    assert tree.to_text(tree.map(deep, lambda node, *_: replace(node, value=node.value and "y"))) == "y"
    assert tree.filter(deep, lambda node: node.value != "x") is None
    assert len(tree.inspect(tree.select_all("WordNode", deep)[-1]).splitlines()) == 2
    assert tree.to_html(deep).count("<summary") == 1000


# --- map, filter, find, modify ------------------------------------------------------------------------

MAP = """
  import { map } from "unist-util-map";
  answer(([tree]) => map(tree, (node, index, parent) => {
    const data = { index: index ?? null, parent: parent?.type ?? null };
    return "value" in node ? { ...node, value: node.value.toUpperCase(), data } : { ...node, data };
  }));
"""


@pytest.mark.node
def test_map_makes_what_unist_util_map_makes() -> None:
    def change(node: Node, index: int | None, parent: Node | None) -> Node:
        data = {"data": {"index": index, "parent": parent and parent.type}}
        return replace(node, value=node.value and node.value.upper(), extra=data)

    assert [to_json(tree.map(each, change)) for each in TREES] == in_node(MAP, asked())


FILTER = """
  import { filter } from "unist-util-filter";
  answer(([tree, types, cascade]) => filter(tree, { cascade }, (node) => !types.includes(node.type)) ?? null);
"""


@pytest.mark.node
@pytest.mark.parametrize("cascade", [True, False])
@pytest.mark.parametrize("types", [["TextNode"], ["WhiteSpaceNode", "SymbolNode"], ["RootNode"], ["WordNode"]])
def test_filter_leaves_what_unist_util_filter_leaves(types: list[str], cascade: bool) -> None:
    left = [tree.filter(each, lambda node: node.type not in types, cascade=cascade) for each in TREES]
    assert [each and to_json(each) for each in left] == in_node(FILTER, asked(types, cascade))


FIND = """
  import { findAfter } from "unist-util-find-after";
  import { findBefore } from "unist-util-find-before";
  import { select } from "unist-util-select";
  answer(([tree, test]) => {
    const sentence = select("SentenceNode", tree);
    const places = Object.keys(sentence?.children ?? []).map(Number);
    const before = (i) => findBefore(sentence, sentence.children[i], test) ?? null;
    return places.map((i) => [findAfter(sentence, i, test) ?? null, before(i)]);
  });
"""


@pytest.mark.node
@pytest.mark.parametrize("test", [None, "WordNode", {"value": "."}])
def test_siblings_are_those_of_unist_util_find(test: Any) -> None:
    for root, expected in zip(TREES, in_node(FIND, asked(test)), strict=True):
        sentence = tree.select("SentenceNode", root) or Node("SentenceNode")
        found = [
            [tree.find_after(sentence, place, test), tree.find_before(sentence, child, test)]
            for place, child in enumerate(sentence.children)
        ]
        assert [[each and to_json(each) for each in pair] for pair in found] == expected


def test_a_stranger_is_no_child() -> None:
    sentence = parse("a b").children[0].children[0]
    with pytest.raises(DataError, match="a WordNode that is no child of the SentenceNode"):
        tree.find_after(sentence, replace(sentence.children[0]))
    with pytest.raises(DataError, match="found -1 as a child's place, expected a number from 0"):
        tree.find_before(sentence, -1)


def test_modify_puts_in_takes_out_and_leaves_the_old_tree_alone() -> None:
    root = parse("Chef -- Waiter")
    before = to_json(root)

    def change(child: Node, index: int, parent: Node) -> list[Node]:
        if child.type == "WhiteSpaceNode" and tree.find_before(parent, index, "PunctuationNode"):
            return []
        return [replace(child, value="("), *parent.children[:1]] if child.value == "--" else [child]

    assert tree.to_text(tree.modify(root, "SentenceNode", change)) == "Chef (ChefWaiter"
    assert to_json(root) == before


def test_modify_goes_from_the_leaves_up() -> None:
    seen = list[str]()
    tree.modify(parse("a b"), None, lambda child, *_: seen.append(child.type) or [child])  # type: ignore[func-returns-value]
    assert seen == ["TextNode", "TextNode", "WordNode", "WhiteSpaceNode", "WordNode", "SentenceNode", "ParagraphNode"]


@pytest.mark.parametrize(
    ("value", "normal"), [("Don't", "dont"), ("Block-level’s", "blocklevels"), ("", ""), ("İ--'", "i̇")]
)
def test_words_are_compared_without_case_apostrophes_and_dashes(value: str, normal: str) -> None:
    assert tree.normalise(value) == tree.normalise(parse(value)) == normal


# --- inspect -----------------------------------------------------------------------------------------

INSPECT = """
  import { inspect } from "unist-util-inspect";
  answer(([tree, color, showPositions]) => inspect(tree, { color, showPositions }));
"""


@pytest.mark.node
@pytest.mark.parametrize("positions", [True, False])
def test_trees_are_drawn_as_unist_util_inspect_draws_them(positions: bool) -> None:
    shown = [*TREES, tree.from_json(MARKED), parse("😀 a"), parse("x " * 12)]
    expected = in_node(INSPECT, [[to_json(each), False, positions] for each in shown])
    counted = (
        [re.sub(r"\(.*\)", "", each) for each in (tree.inspect(shown[-2]), expected[-2])] if positions else ["", ""]
    )
    assert counted[0] == counted[1]
    both = [*range(len(TREES) + 1), len(TREES) + 2]
    assert [tree.inspect(shown[i], positions=positions) for i in both] == [expected[i] for i in both]


@pytest.mark.node
def test_colours_stand_where_unist_util_inspect_puts_them() -> None:
    [expected] = in_node(INSPECT, [[MARKED, True, True]])
    styles = {"1": "bold", "2": "dim", "32": "green", "33": "yellow"}
    theirs = [(styles[code], text) for code, text in re.findall("\x1b\\[(1|2|32|33)m(.*?)\x1b\\[", expected)]
    text = drawn(tree.from_json(MARKED))
    ours = [(str(span.style), text.plain[span.start : span.end]) for span in text.spans if span.style]
    assert [each for each in ours if each[0] != "dim"] == [each for each in theirs if each[0] != "dim"]
    assert [each for each in ours if each[0] == "dim"] == [each for each in theirs if each[0] == "dim"]
