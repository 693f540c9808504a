"""Trees are those of parse-english, position by position, and lose nothing of any text."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests import spec

from textwright.wrangle.tree import Node, Point, Position, parse, to_json, to_text
from textwright.wrangle.tree.nodes import walk

from . import unified

VECTORS = spec.vectors("tree.json")
# What rules look for, beside any character there is.
CHARACTERS = st.characters(codec=None) | st.sampled_from([*" .'’-&/!?…\n\r\t\u2028😀a5E"])


@pytest.mark.parametrize("vector", VECTORS, ids=range(len(VECTORS)))
def test_tree_is_that_of_parse_english(vector: dict[str, Any]) -> None:
    assert unified.compact(to_json(parse(vector["text"]))) == vector["tree"]


@pytest.mark.node
def test_vectors_are_what_parse_english_says_today() -> None:
    spec.need_modules()
    assert (spec.ROOT / "spec/tree.json").read_text(encoding="utf-8") == unified.content(), "tools/make_tree_spec.py"


@pytest.mark.node
def test_random_texts_have_the_trees_of_parse_english() -> None:
    spec.need_modules()
    assert unified.differing(unified.mixtures(1500, seed=1)) == []


@given(st.text(CHARACTERS))
def test_tree_loses_nothing(text: str) -> None:
    assert to_text(parse(text)) == text


@given(st.text(CHARACTERS))
def test_positions_are_exact(text: str) -> None:
    for node in walk(parse(text)):
        if node.position is not None:
            start, end = node.position.start, node.position.end
            assert text[start.offset : end.offset] == to_text(node)
            assert start == point_at(text, start.offset or 0)
            assert end == point_at(text, end.offset or 0)


def point_at(text: str, offset: int) -> Point:
    """Count lines and columns the slow way."""
    before = text[:offset]
    ends = [
        i
        for i, character in enumerate(before)
        if character == "\n" or (character == "\r" and before[i + 1 : i + 2] != "\n")
    ]
    line = before[ends[-1] + 1 :] if ends else before
    return Point(len(ends) + 1, len(line) + 1, offset, wide(before), wide(line))


def wide(text: str) -> int:
    return sum(character > "\uffff" for character in text)


def test_offsets_count_code_points_here_and_utf16_in_json() -> None:
    word = parse("😀 Chef").children[0].children[0].children[2]
    assert word.position == Position(Point(1, 3, 2, 1, 1), Point(1, 7, 6, 1, 1))
    found = to_json(word)["position"]
    assert found == {"start": {"line": 1, "column": 4, "offset": 3}, "end": {"line": 1, "column": 8, "offset": 7}}


def test_empty_text_is_a_root_without_children_or_position() -> None:
    assert parse("") == Node("RootNode")


@pytest.mark.parametrize("unit", ["Head Chef. ", "a.b-c/", "Mr. ", "( . ", "a\n\n", ".", "'", "😀+", "\r\n", "w/'"])
def test_long_texts_are_parsed_in_one_pass(unit: str) -> None:
    text = (unit * 20_000)[:20_000]
    assert to_text(parse(text)) == text


def test_a_million_characters_are_parsed() -> None:
    text = "word. ".ljust(1_000_000, "x")
    assert to_text(parse(text)) == text


def test_trees_cannot_be_changed() -> None:
    with pytest.raises(AttributeError):
        parse("Chef").type = "WordNode"  # type: ignore[misc]
    with pytest.raises(TypeError):
        parse("Chef").extra["data"] = 1  # type: ignore[index]
