"""Shapes: what is written is read as it was, and the same is found in Python and Node, whatever the text."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests import spec
from tests.test_spec import random_texts
from textwright.errors import ModelError
from textwright.predictors.rules import RulesPredictor
from textwright.predictors.rules.ruleset import Phase, Rule, RuleSet
from textwright.predictors.rules.shapes import (
    MOST_CHARACTERS,
    NamedShapes,
    Run,
    Shape,
    Sign,
    longest,
    parse_shape,
    write_shape,
)

RULES = """language = 1
[shapes]
order = ["X{1,3}-d{1,4}", "[Xd]{3,6}"]
date = "d{1,2}/d{1,2}"
any_code = "[Xxd]{2,9}"
money = "£dd"
"""

runs = st.builds(
    lambda kinds, least, more: Run(kinds, least, least + more),
    st.sampled_from(["X", "x", "d", "Xx", "Xd", "xd", "Xxd"]),
    st.integers(1, 4),
    st.integers(0, 3),
)
signs = st.builds(Sign, st.sampled_from(list("-/. #[]{}\\°")))


def rules_of(*shapes: str) -> RulesPredictor:
    rule = Rule("r", "[A: <code>]")
    return RulesPredictor(RuleSet({}, {}, (Phase("p", rules=(rule,)),), shapes={"code": shapes}))


@given(st.lists(st.tuples(runs, signs), min_size=1, max_size=6))
@settings(deadline=None)
def test_shape_that_is_written_is_read_as_it_was(pairs: list[tuple[Run, Sign]]) -> None:
    shape: Shape = tuple(part for pair in pairs for part in pair)
    if longest(shape) <= MOST_CHARACTERS:
        assert parse_shape(write_shape(shape)) == shape


@given(st.text(alphabet=st.characters(codec="utf-8") | st.sampled_from(list("Xxd[]{}\\123,-")), max_size=12))
@settings(deadline=None)
def test_any_text_is_a_shape_or_refused(written: str) -> None:
    with suppress(ModelError):
        assert parse_shape(write_shape(parse_shape(written))) == parse_shape(written)


@pytest.mark.parametrize("text", ["AX-100", "ÄX-100", "AX-100 – €5"])
def test_plain_texts_are_read_as_others_are(text: str) -> None:
    shapes = NamedShapes("a", (parse_shape("X{2}-d{3}"),))
    assert list(shapes.find(text)) == list(shapes.find(f"{text} Ω")) == [(0, 6)]


def test_long_text_of_almost_codes_takes_no_longer_for_its_length() -> None:
    predictor = rules_of("[Xd]{1,60}", "X{1,20}x{1,20}X{1,20}", "[Xx]{1,30}-[Xx]{1,29}")
    almost = "Aa" * 20_000 + "-" + "A" * 20_000
    [found] = predictor.predict([f"{almost} B2"])
    assert [span.start for span in found.spans or ()] == [len(almost) + 1]


@pytest.mark.node
@pytest.mark.parametrize("count", [500, pytest.param(5_000, marks=pytest.mark.verify)])
def test_node_finds_the_same_in_any_text(count: int, tmp_path: Path) -> None:
    names = ("order", "date", "any_code", "money")
    rules = "".join(f'[[phases.rules]]\nname = "{name}"\nmatch = "[{name.upper()}: <{name}>]"\n' for name in names)
    (tmp_path / "rules.toml").write_text(f'{RULES}[[phases]]\nname = "p"\n{rules}', encoding="utf-8")
    (tmp_path / "config.json").write_text('{"kind": "rules", "rules": "rules.toml"}')
    codes = ["AX-100", "B07X", "1/2", "£30", "12–3", "É9", "ß1", "x2", "A-1.5", "A1's"]
    texts = [f"{text} {codes[i % len(codes)]}{text}" for i, text in enumerate(random_texts(count, seed=11))]
    found = spec.python_spans(RulesPredictor.open(tmp_path), texts)
    assert spec.node_spans(tmp_path, texts) == found
    assert sum(map(len, found)) > count / 2


@given(st.text(alphabet="AXax19-–./ ’+", max_size=20))
@settings(deadline=None)
def test_what_is_found_has_its_shape(text: str) -> None:
    predictor = rules_of("X{2}-d{1,2}", "[Xd]{3}")
    for span in predictor.predict([text])[0].spans or ():
        alone = predictor.predict([text[span.start : span.end]])[0].spans or ()
        assert [(each.start, each.end) for each in alone] == [(0, span.end - span.start)]
