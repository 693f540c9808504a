"""Selectors find what unist-util-select finds, and say where they are wrong."""

from __future__ import annotations

import re
from typing import Any

import pytest
from tests import spec

from textwright.errors import DataError
from textwright.wrangle import tree
from textwright.wrangle.tree import Node, from_json, parse, to_json

from .unified import in_node, trees

START = {"line": 1, "column": 1}
FIELDS = from_json(
    {
        "type": "RootNode",
        "lang": "en-GB",
        "children": [
            {"type": "heading", "depth": 2, "lang": "en", "children": [{"type": "text", "value": "Head Chef"}]},
            {"type": "heading", "depth": 3, "ok": True, "none": None, "children": []},
            {"type": "link", "rel": ["a", "b"], "title": 'say "hi"', "children": [{"type": "text", "value": "head"}]},
            {"type": "break", "data": {"x": 1}, "position": {"start": START, "end": START}},
            {"type": "link", "children": [{"type": "link", "children": [{"type": "text", "value": ""}]}]},
        ],
    }
)
SELECTORS = """
*
WordNode
wordnode
SentenceNode > WordNode
ParagraphNode TextNode
RootNode ParagraphNode > SentenceNode > WordNode > TextNode
WordNode + WhiteSpaceNode
WordNode ~ PunctuationNode
WordNode + WhiteSpaceNode + WordNode
WordNode ~ WhiteSpaceNode ~ WordNode TextNode
SentenceNode WordNode ~ WordNode + PunctuationNode
* > * > *
WordNode, PunctuationNode , SymbolNode
WordNode,TextNode,WordNode TextNode
[value]
[value="."]
[value='.']
[value=a]
PunctuationNode[value="."]:last-child
TextNode[value^="H"]
[value$="f"]
[value*="e"]
[value~="Head Chef"]
[value="HEAD CHEF" i]
[value=head i]
[ value = "head" ]
[depth="2"]
[depth="3"]
[ok=true]
[none]
[rel~=b]
[rel="a,b"]
[title='say "hi"']
[title="say \\"hi\\""]
[data]
[position]
[children]
[lang]
[nothing]
:root
:scope
:scope > *
:root > *
:empty
:blank
link:empty
:first-child
:last-child
:only-child
WordNode:first-of-type
WordNode:last-of-type
:only-of-type
:nth-child(2)
:nth-child(odd)
:nth-child(even)
:nth-child(2n)
:nth-child(2n+1)
:nth-child(2n + 1)
:nth-child(-n+3)
:nth-child(n+2)
:nth-child(0)
:nth-last-child(1)
:nth-last-child(2n)
WordNode:nth-of-type(2)
:nth-last-of-type(-n+2)
SentenceNode:has(PunctuationNode)
:has(> WordNode)
:has(>TextNode)
:has(SentenceNode WordNode)
:has(WordNode + PunctuationNode, SymbolNode)
WordNode:has(PunctuationNode):not(:first-child)
:not(WordNode)
:not(WordNode, TextNode, [value=" "])
:not(:not(WordNode))
:is(WordNode, SymbolNode)
SentenceNode > :is(PunctuationNode, SymbolNode):not([value="."]):nth-last-child(-n+3)
heading:not(:has(text))
heading + heading
link link text
link > text
""".strip().splitlines()
TREES = [FIELDS, Node("TextNode", value="x"), *trees(25)]
ASK = """
  import { select, selectAll } from "unist-util-select";
  answer(([selector, trees]) => trees.map((tree) => [select(selector, tree) ?? null, selectAll(selector, tree)]));
"""


@pytest.fixture(scope="module")
def expected() -> dict[str, Any]:
    spec.need_modules()
    data = [to_json(each) for each in TREES]
    return dict(zip(SELECTORS, in_node(ASK, [[selector, data] for selector in SELECTORS]), strict=True))


@pytest.mark.node
@pytest.mark.parametrize("selector", SELECTORS)
def test_selectors_find_what_unist_util_select_finds(selector: str, expected: dict[str, Any]) -> None:
    found = [[tree.select(selector, each), tree.select_all(selector, each)] for each in TREES]
    assert [[one and to_json(one), [to_json(each) for each in all_]] for one, all_ in found] == expected[selector]


@pytest.mark.parametrize(
    ("selector", "count"),
    [
        ('[lang|="en"]', 2),
        ('[value^="HEAD" i]', 2),
        ('[value*="EA" i]', 2),
        ('[value$="CHEF" i]', 1),
        ("heading:nth-child(3n - 2)", 1),
    ],
)
def test_some_more_of_css_is_understood(selector: str, count: int) -> None:
    assert len(tree.select_all(selector, FIELDS)) == count


@pytest.mark.parametrize(
    ("selector", "message"),
    [
        ("", "at character 0: found its end, expected a node's type, *, [field] or :pseudo-class"),
        ("a >", "at character 3: found its end, expected a node's type"),
        ("a,", "at character 2: found its end, expected a node's type"),
        ("#id", "at character 0: found '#id', expected a node's type"),
        ("a.b", "at character 1: found '.b', expected the end, a comma, or another selector"),
        ("a::before", "at character 2: found ':before', expected the name of a pseudo-class"),
        (":hover", "at character 1: found 'hover', expected one of empty, blank, root"),
        (":nth-child(x)", "at character 11: found 'x)', expected even, odd, a number, or a formula such as 2n+1"),
        (":nth-child(2 of a)", "at character 13: found 'of a)', expected ')'"),
        (":not(a b)", "at character 8: found ')', expected the end of :not( ), which takes selectors of one node only"),
        (":not(", "at character 5: found its end, expected a node's type"),
        ("[a", "at character 2: found its end, expected ']'"),
        ("[a=]", "at character 3: found ']', expected a value: a name or a text in \"quotes\""),
        ("[depth=2]", "at character 7: found '2]', expected a value: a name or a text in \"quotes\""),
        ("[]", "at character 1: found ']', expected a field's name"),
        (":has(+ a)", "at character 5: found '+ a)', expected a node's type"),
        (":not(" * 60, "expected at most 50 selectors inside one another"),
    ],
)
def test_a_wrong_selector_says_where_and_why(selector: str, message: str) -> None:
    with pytest.raises(DataError, match=re.escape(message)):
        tree.select_all(selector, parse("a"))


def test_selecting_takes_one_walk_however_deep() -> None:
    deep = Node("a")
    for _ in range(3_000):
        deep = Node("a", (deep,))
    assert len(tree.select_all("a a a a a", deep)) == 2_997
