from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from textwright.predictors.rules.examples import write_marked
from textwright.predictors.rules.shapes import parse_shape, write_shape
from textwright.project.suggest.compiling import Compiled, compile_page, predictor_of
from textwright.project.suggest.entries import spoken
from textwright.project.suggest.forms import PageRule
from textwright.project.suggest.shapes import MOST_SHAPES, examples_of, in_words, looks_like, shapes_of
from textwright.schema import Label, Schema, schema_of

SCHEMA = schema_of(["CODE", "BRAND", "SIZE"])


def code(examples: str) -> PageRule:
    return PageRule("CODE", "shape", examples)


def compiled(*rules: PageRule, schema: Schema = SCHEMA) -> Compiled:
    return compile_page(rules, schema)


def marked(text: str, *rules: PageRule, schema: Schema = SCHEMA) -> str:
    [found] = predictor_of(compiled(*rules, schema=schema), schema).predict([text])
    return write_marked(text, found.spans or ())


CASES = [
    (
        "AX-100",
        "2 capital letters, a dash, 3 digits",
        "[CODE: AX-100] [CODE: BY–200], ax-100 AX-1000 AX100 [CODE: ZZ-999].",
    ),
    ("AX-100, ax-2041", "2 letters, a dash, 3 to 4 digits", "[CODE: Ax-100] [CODE: AX-1000] AXE-100"),
    (
        "A-1, A-1B",
        "1 capital letter, a dash, 1 digit; or 1 capital letter, a dash, 1 digit, 1 capital letter",
        "[CODE: B-2] [CODE: B-2C] B-2CC",
    ),
    (
        "B07XJ8C8F5",
        "10 mixed capital letters and digits",
        "[CODE: B01N5IB20Q] BREAKFASTS 1234567890 [CODE: B000000000]",
    ),
    (
        "WH-1000XM4, WH-CH720",
        "2 capital letters, a dash, 5 to 7 mixed capital letters and digits",
        "[CODE: WF-SP800N] WF-HEADSET",
    ),
    (
        "2024-03-01",
        "4 digits, a dash, 2 digits, a dash, 2 digits",
        "on [CODE: 2025-12-24], 2025-12-24-1",
    ),
    ("14:30", "2 digits, a colon, 2 digits", "at [CODE: 09:15] h, 09:155"),
    (
        "EH1 2AB",
        "2 capital letters, 1 digit, a space, 1 digit, 2 capital letters",
        "[CODE: SW1 9ZZ] SW1  9ZZ",
    ),
    (
        '"1,500", 10x20',
        "1 digit, a comma, 3 digits; or 2 digits, 1 small letter, 2 digits",
        "[CODE: 2,000] and [CODE: 30x40]",
    ),
    ("12, 12 34", "2 digits; or 2 digits, a space, 2 digits", "[CODE: 56 78] x [CODE: 90]"),
    ("E\u0301-1", "1 capital letter, a dash, 1 digit", "[CODE: É-2] [CODE: E\u0301-3]"),
    ('42"', '2 digits, “"”', 'a [CODE: 55"] TV'),
]


@pytest.mark.parametrize(("examples", "said", "expected"), CASES)
def test_examples_say_what_is_found(examples: str, said: str, expected: str) -> None:
    assert compiled(code(examples)).shapes == {0: said}
    text = expected.replace("[CODE: ", "").replace("]", "")
    assert marked(text, code(examples)) == expected


letters_and_digits = st.text(alphabet="AXZaxz019", min_size=1, max_size=4)
signs = st.text(alphabet="-–/.:_#&+*'’ \"()[]{}\\", max_size=2)
example = st.lists(st.tuples(signs, letters_and_digits), min_size=1, max_size=4).map(
    lambda pairs: " ".join("".join(sign + part for sign, part in pairs).split())
)


@settings(deadline=None, max_examples=200)
@given(st.lists(example, min_size=1, max_size=4))
def test_each_example_is_found_where_it_stands_alone(examples: list[str]) -> None:
    rule = code("\n".join(examples))
    assert compiled(rule).faults == {}
    predictor = predictor_of(compiled(rule), SCHEMA)
    for each in examples:
        [found] = predictor.predict([f"€ {each} €"])
        assert [(span.start, span.end) for span in found.spans or ()] == [(2, 2 + len(each))]


@settings(deadline=None)
@given(st.lists(example, min_size=1, max_size=5))
def test_more_examples_never_find_less(examples: list[str]) -> None:
    for shape in shapes_of(examples):
        assert parse_shape(write_shape(shape)) == shape
    assert all(looks_like("\n".join(examples), each) for each in examples)


def test_what_looks_like_nothing_is_said_at_its_rule_and_the_others_work() -> None:
    rules = (code("--, AX-100"), code("A" * 61))
    assert compiled(*rules).faults == {
        0: ("-- has no letter and no digit, so it looks like nothing",),
        1: (f"{'A' * 60}… is longer than 60 characters",),
    }
    assert marked("BX-200", *rules) == "[CODE: BX-200]"
    assert compiled(code(" ")).faults == {}


def test_examples_of_too_many_kinds_are_left_out() -> None:
    found = examples_of(", ".join("A/" * n + "1" for n in range(1, MOST_SHAPES + 3)))
    assert len(found.words) == MOST_SHAPES
    assert [fault.partition(" is ")[2] for fault in found.faults] == [
        f"left out: the others look like {MOST_SHAPES} things already"
    ] * 2


def test_words_and_measures_come_before_what_looks_like_a_code() -> None:
    rules = (code("AX100, 500"), PageRule("BRAND", "words", "AX900"), PageRule("SIZE", "number", "ml"))
    assert marked("AX900 AX300, 250 ml, 300", *rules) == "[BRAND: AX900] [CODE: AX300], [SIZE: 250 ml], [CODE: 300]"


def test_other_rules_leave_codes_alone() -> None:
    rules = (code("WH-100XM"), PageRule("BRAND", "capitals"), PageRule("SIZE", "after", "by", most=3))
    assert marked("Sony WH-200XN by WH-200XN", *rules) == "[BRAND: Sony] [CODE: WH-200XN] by [CODE: WH-200XN]"


def test_lists_of_several_words_leave_room_for_shapes() -> None:
    pairs = [f"{one}{other}" for one in "abcdefghijkl" for other in "abcdefghijkl"]
    many = [", ".join(f"{sign}{pair} of{sign}{pair}" for pair in pairs) for sign in "rst"]
    rules = (code("AX-100"), *(PageRule(label, "words", each) for label, each in zip(SCHEMA.spans, many, strict=True)))
    assert marked("rac ofrac, AX-200, tbc oftbc", *rules) == "[CODE: rac ofrac], [CODE: AX-200], [SIZE: tbc oftbc]"


def test_label_around_a_code_holds_it_and_one_inside_is_found() -> None:
    schema = Schema(labels=(Label("ITEM"), Label("CODE", parent="ITEM"), Label("MAKER", parent="CODE")))
    rules = (PageRule("ITEM", "between", "(", ")"), code("AX-100"), PageRule("MAKER", "words", "BX"))
    assert marked("a (pot BX-200)", *rules, schema=schema) == "a ([ITEM: pot [CODE: [MAKER: BX]-200]])"


def test_example_is_read_as_texts_are() -> None:
    assert marked("Q&amp;A-2 R&B-9", code(spoken(["Q&amp;A-1"]))) == "[CODE: Q&amp;A-2] [CODE: R&B-9]"


def test_words_say_one_and_many() -> None:
    assert in_words(shapes_of(["a1", "#", "Ab_1"])) == "1 small letter, 1 digit; or 2 letters, an underscore, 1 digit"
