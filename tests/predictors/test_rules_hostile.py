"""Rules keep the contract of a predictor on any text, and their time grows with its length, not its square."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import textwright
from tests import spec
from tests.test_spec_random import Writer, in_python
from textwright.errors import ModelError, PredictionError
from textwright.predictor import answer_batch
from textwright.predictors.rules import RulesPredictor, machine
from textwright.predictors.rules.compiler import Program
from textwright.predictors.rules.machine import Allowance
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


def rules_of(folder: Path, *rules: str) -> RulesPredictor:
    """Make rules that mark A, one a pattern."""
    matches = [f"[[phases.rules]]\nname = '{i}'\nmatch = '{each}'\n" for i, each in enumerate(rules)]
    lines = ["language = 1", "[lists]", "l = ['a', 'a b', 'b c']", "[[phases]]", *matches]
    (folder / "config.json").write_text('{"rules": "rules.toml"}', encoding="utf-8")
    (folder / "rules.toml").write_text("\n".join(lines), encoding="utf-8")
    return RulesPredictor.open(folder)


MANY_WAYS = {
    "in a row": "[A: <word>* <word>* <word>* <word>* <word>* <word>* zzz]",
    "in turns": "[A: (<word>? <any> <word>?)* zzz]",
    "of choices": "[A: (<word> | <any> <lower> | <word> <word>)+ zzz]",
    "of lists": "[A: {l}* {l}* (a | b | {l})* {l}* zzz]",
    "of options": "[A: " + "<word>? " * 40 + "zzz]",
    "of many options": "[A: " + "<any>? " * 3_000 + "zzz]",
    "of marks": "[A: " + "([A: <any>] | [A: <word>] | [A: <lower>])? " * 30 + "zzz]",
}


@pytest.mark.parametrize("pattern", MANY_WAYS.values(), ids=MANY_WAYS)
def test_patterns_that_can_be_read_in_many_ways_take_no_longer(pattern: str, tmp_path: Path) -> None:
    many = rules_of(tmp_path, pattern)
    assert many.predict(["a b c zzz"])[0].spans
    assert seconds(many, "a b " * 30) < 2
    assert many.predict(["a b " * 30 + "zzz"])[0].spans


@pytest.mark.parametrize("units", [20, 60, 2_000, 20_000])
def test_no_text_takes_seconds_whatever_the_rules(units: int, tmp_path: Path) -> None:
    many = rules_of(tmp_path, *MANY_WAYS.values(), *MANY_WAYS.values())
    started = time.process_time()
    [answer] = answer_batch(many, ["a " * units])
    assert time.process_time() - started < 10  # on a machine that does much beside; some 3 alone
    assert answer.problem is None or "fewer * and + behind each other" in answer.problem.reason


def test_text_beyond_the_bound_is_named_and_the_others_have_their_answers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(machine, "MOST_STEPS", 100_000)
    many = rules_of(tmp_path, *MANY_WAYS.values())
    texts = ["a b c zzz", "a b " * 1_000, "zzz a b"]
    with pytest.raises(PredictionError, match="text 1: 2,000 words and signs are more than these rules can read"):
        many.predict(texts)
    assert [answer.problem is None for answer in answer_batch(many, texts)] == [True, False, True]


MANY_WORDS = [f"{a}{b}" for a in "abcdefghijklmnopqrstuvwx" for b in "abcdefghijklmnopqrstuvwxyz"]
TOO_LARGE = {
    "words": ("zzz (" + "a b c d " * 500 + ")*", "60,001 words with"),
    "codes": (f"{' '.join(MANY_WORDS)} {'<lower> ' * 1_000}", "codes, with their lists and"),
}


@pytest.mark.parametrize(("pattern", "named"), TOO_LARGE.values(), ids=TOO_LARGE)
def test_rules_too_large_to_be_made_ready_are_named(pattern: str, named: str, tmp_path: Path) -> None:
    started = time.process_time()
    with pytest.raises(ModelError, match=named):
        rules_of(tmp_path, pattern)
    assert time.process_time() - started < 5


def test_machine_finds_what_expressions_find(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    writer = Writer(seed=23)
    asked = [{"rules": writer.rule_set(), "texts": [writer.text() for _ in range(20)]} for _ in range(150)]
    expected = [in_python(vector, tmp_path) for vector in asked]
    monkeypatch.setattr(Program, "allowance", lambda self, units: Allowance(units))
    monkeypatch.setattr(Allowance, "lets_try", lambda self, steps: False)
    found = [in_python(vector, tmp_path) for vector in asked]
    assert sum(len(marks) for spans in expected for marks in spans or ()) > 150
    assert [vector for vector, a, b in zip(asked, found, expected, strict=True) if a != b] == []


def test_machine_finds_what_expressions_find_in_titles(monkeypatch: pytest.MonkeyPatch) -> None:
    titles = RulesPredictor.open(Path(textwright.__file__).parent / "packs/job_titles/rules")
    texts = [*(vector["text"] for vector in spec.vectors("titles.json")), *MORE_HOSTILE]
    expected = [titles.explain(text) for text in texts]
    monkeypatch.setattr(Program, "allowance", lambda self, units: Allowance(units))
    monkeypatch.setattr(Allowance, "lets_try", lambda self, steps: False)
    assert [titles.explain(text) for text in texts] == expected
