"""Texts with marks, and the trial of a rule set by them."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from textwright.errors import ModelError
from textwright.predictors.rules import RulesPredictor
from textwright.predictors.rules.examples import read_marked, try_examples, write_marked
from textwright.predictors.rules.tally import RuleTally, tally
from textwright.types import Annotation, Example, Span, in_order

OpenRules = Callable[..., RulesPredictor]

MARKED = [
    ("plain", "plain", []),
    ("[A: x y] z", "x y z", [(0, 3, "A")]),
    ("[A:x]", "x", [(0, 1, "A")]),
    ("[A: [B: x] y]", "x y", [(0, 3, "A"), (0, 1, "B")]),
    ("[A: [B: x]]", "x", [(0, 1, "A"), (0, 1, "B")]),
    ("x [y z] ]", "x [y z] ]", []),
    ("[A: x [y] z]", "x [y] z", [(0, 7, "A")]),
    (r"[A: x\] y] \[B: z]", "x] y [B: z]", [(0, 4, "A")]),
    (r"\ \n \\[A: x]", "\\ \\n \\x", [(6, 7, "A")]),
    ("", "", []),
]


@pytest.mark.parametrize(("marked", "text", "spans"), MARKED)
def test_marks_are_read(marked: str, text: str, spans: list[tuple[int, int, str]]) -> None:
    found_text, found = read_marked(marked)
    assert (found_text, sorted((s.start, s.end, s.label) for s in found)) == (text, sorted(spans))


@pytest.mark.parametrize(
    ("marked", "message"), [("[A: x", r"the mark \[A: is not closed"), ("[A: ]x", r"\[A:\] holds nothing")]
)
def test_mark_that_cannot_be_read_is_refused(marked: str, message: str) -> None:
    with pytest.raises(ModelError, match=message):
        read_marked(marked)


def nested(places: list[int], labels: list[str]) -> list[Span]:
    """Make spans of which each lies inside the one before."""
    inner = sorted(set(places))
    pairs = [(inner[i], inner[-1 - i]) for i in range(len(inner) // 2)]
    return [Span(start, end, label) for (start, end), label in zip(pairs, labels, strict=False)]


@given(
    st.text("ab[]\\:A", min_size=1),
    st.lists(st.integers(0, 10), max_size=8),
    st.lists(st.sampled_from("AB"), max_size=4),
)
@settings(deadline=None, derandomize=True)
def test_marks_are_written_as_they_are_read(text: str, places: list[int], labels: list[str]) -> None:
    spans = in_order(nested([min(place, len(text)) for place in places], labels))
    assert read_marked(write_marked(text, spans)) == (text, spans)


def test_examples_of_the_whole_set_and_of_rules_are_tried(open_rules: OpenRules) -> None:
    predictor = open_rules("""examples = ["[A: a] b"]
[[phases]]
name = "p"
[[phases.rules]]
name = "r"
match = "[A: a | b]"
examples = ["[A: b]", "[A: c]"]
""")
    trials = try_examples(predictor.rules, predictor.program)
    assert [(trial.place, trial.passed) for trial in trials] == [
        ("example 1", False),
        ("rule 'r', example 1", True),
        ("rule 'r', example 2", False),
    ]


def test_tally_counts_each_rules_spans_and_those_that_are_right(open_rules: OpenRules) -> None:
    predictor = open_rules("""
[[phases]]
name = "p"
[[phases.rules]]
name = "one"
match = "[A: a]"
[[phases.rules]]
name = "silent"
match = "b"
[[phases.rules]]
name = "never"
match = "[A: c]"
""")
    gold = Annotation((Span(0, 1, "A"),))
    examples = [Example("1", "a b a", gold), Example("2", "a", Annotation()), Example("3", "a", Annotation(()))]
    assert tally(predictor.program, examples) == [RuleTally("p", "one", 3, 1), RuleTally("p", "never", 0, 0)]
