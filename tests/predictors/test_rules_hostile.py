"""Rules keep the contract of a predictor on any text, and their time grows with its length, not its square."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import textwright
from textwright.predictors.rules import RulesPredictor
from textwright.testing import HOSTILE_TEXTS, check_predictor

EXAMPLE = Path(textwright.__file__).parent / "predictors/rules/example"
GREEDY = """language = 1
[lists]
rank = ["senior", "team leader", "part-time", "nurse"]
[classes]
part = '<word> + & + "-" - <rank>'
[[phases]]
name = "ranks"
lookup = "rank"
[[phases]]
name = "titles"
[[phases.rules]]
name = "title"
match = "[J: <word>* (<rank> | {rank})? <part>+] <dash> <any>* never"
[[phases.rules]]
name = "rank"
match = "[R: <rank>+ | a | <gap> b]"
as = "ranks"
[[phases]]
name = "all"
inside = "R"
[[phases.rules]]
name = "all"
match = "[S: <any>+]"
"""
MORE_HOSTILE = (
    "O'Neil’s & Sons' ’s '",
    "C++ C# .NET .net. F#minor x++ ..NET",
    "50k £30k-£40k 1,5.3, 007",
    "-–— a-b a - b -a a-",
    "\u2028line\u2029paragraph\x85next\u3000wide\ufeff",
    "&amp;&amp;nbsp; Â£Â£ â€™s â€ Ã",
    "\ud800 lone surrogate \udfff",
    "\ue000\uf8ff private \x80\x81 codes of ours \uffff",
    "Ĳ ǅ İ ı ẞ ﬃ Å Ω",
    "(((((((((([[[[[[{{{{{{<<<<<<",
    "senior " * 70 + "  b " * 70,
)
REPEATED = [
    "senior nurse ",
    "word",
    "1,",
    "- ",
    "x  ",
    "part-time ",
    "&amp;",
    "\u00ad",
    "*",
    "'a",
    ".a",
    "(a) ",
    "£30k ",
    "👩\u200d",
]


@pytest.fixture(scope="module", params=["example", "greedy"])
def predictor(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> RulesPredictor:
    if request.param == "example":
        return RulesPredictor.open(EXAMPLE)
    folder = tmp_path_factory.mktemp("greedy")
    (folder / "config.json").write_text('{"rules": "rules.toml"}', encoding="utf-8")
    (folder / "rules.toml").write_text(GREEDY, encoding="utf-8")
    return RulesPredictor.open(folder)


def test_rules_keep_the_contract_of_a_predictor(predictor: RulesPredictor) -> None:
    check_predictor(predictor, (*HOSTILE_TEXTS, *MORE_HOSTILE))


words = st.sampled_from(
    ["senior", "Team", "leader", "2", "large", "flour", "a", "b", "&amp;", "-", "\u200b", " ", "  ", "\t"]
)
mixed = st.lists(words | st.characters() | st.text(max_size=3), max_size=15).map("".join)


@given(mixed)
@settings(max_examples=150, deadline=None, derandomize=True)
def test_spans_lie_inside_the_text_and_begin_and_end_with_a_word(predictor: RulesPredictor, text: str) -> None:
    spans = predictor.predict([text])[0].spans or ()
    marked = [text[span.start : span.end] for span in spans]
    assert all(0 <= span.start < span.end <= len(text) for span in spans)
    assert marked == [piece.strip() for piece in marked]
    assert tuple(each.span for each in predictor.explain(text)) == spans


def seconds(predictor: RulesPredictor, text: str) -> float:
    def once() -> float:
        started = time.process_time()
        predictor.predict([text])
        return time.process_time() - started

    return min(once() for _ in range(3))


@pytest.mark.parametrize("piece", REPEATED)
def test_ten_times_the_text_takes_about_ten_times_as_long(predictor: RulesPredictor, piece: str) -> None:
    short, long = (piece * (length // len(piece)) for length in (2_000, 20_000))
    assert seconds(predictor, long) < 40 * max(seconds(predictor, short), 0.001)


@pytest.mark.verify
@pytest.mark.parametrize("piece", REPEATED)
def test_text_of_200_000_characters_has_an_answer_in_time(predictor: RulesPredictor, piece: str) -> None:
    short, long = (piece * (length // len(piece)) for length in (20_000, 200_000))
    assert seconds(predictor, long) < 40 * max(seconds(predictor, short), 0.001)
