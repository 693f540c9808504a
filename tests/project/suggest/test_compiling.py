from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from textwright.predictors.rules.examples import write_marked
from textwright.predictors.rules.ruleset import read_rule_set
from textwright.project.suggest.compiling import compile_page, predictor_of
from textwright.project.suggest.forms import KINDS, PageRule
from textwright.project.suggest.toml import toml_of
from textwright.schema import Label, Schema, schema_of

SCHEMA = schema_of(["BRAND", "PRODUCT", "SIZE"])


def marked(text: str, *rules: PageRule, schema: Schema = SCHEMA) -> str:
    """Mark a text by rules of the page."""
    [found] = predictor_of(compile_page(rules, schema), schema).predict([text])
    return write_marked(text, found.spans or ())


def brand(kind: Any, words: str = "", until: str = "", **more: Any) -> PageRule:
    return PageRule("BRAND", kind, words, until, **more)


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        (brand("words", "Sony, le creuset"), "[BRAND: SONY] pot, [BRAND: Le Creuset] lid, Sonya"),
        (brand("words", 'Wi-Fi, C++, 27"'), '[BRAND: WiFi] [BRAND: c++] [BRAND: 27"] 27 wifis'),
        (
            brand("words", "{rank}, <word>, a|b, x*"),
            "[BRAND: {rank}] [BRAND: <word>] [BRAND: a|b] rank a b [BRAND: x*]",
        ),
        (brand("after", "by"), "Frame by [BRAND: Ikea] oak"),
        (brand("after", "Brand"), "Brand: [BRAND: Ikea], Brand [BRAND: Sony]"),
        (brand("after", "made by, brand:"), "Brand: [BRAND: Ikea]; made by: [BRAND: Sony]; by Nike"),
        (brand("after", "-"), "Frame - [BRAND: Ikea] – [BRAND: oak] e-[BRAND: bike]"),
        (brand("after", "€"), "€ [BRAND: 5.50]"),
        (brand("after", "by", most=2), "by [BRAND: Le Creuset] pot"),
        (brand("before", "phone"), "my [BRAND: WH-1000XM4] phone, red phones, a [BRAND: smart] phone"),
        (brand("before", 'in black, ","', most=3), "One [BRAND: two Three four], [BRAND: and five] in black"),
        (
            brand("number", 'ml, %, fl oz, "'),
            '[BRAND: 500ml] [BRAND: 3,5 %] [BRAND: 27"] [BRAND: 2-3 fl oz] 5 litres, 4',
        ),
        (brand("number", "bed, bedroom"), "a [BRAND: 3-bedroom] house, [BRAND: 2 bed] flat"),
        (
            brand("number", "£"),
            "[BRAND: £522,000], [BRAND: £169k] or [BRAND: £ 1.2m], 12 [BRAND: £5-£6] and [BRAND: 20 £]",
        ),
        (brand("number", "£, pcm"), "[BRAND: £2,456 pcm] or [BRAND: 300 pcm], [BRAND: £5]"),
        (brand("number", "cm"), "[BRAND: 30 x 40 x 5 cm], [BRAND: 30×40cm]"),
        (brand("between", "(", ")"), "a ([BRAND: b c]) d) (e"),
        (brand("between", "", "with"), "[BRAND: Red pot] with lid with spoon"),
        (brand("between", "for", ""), "Case for [BRAND: iPhone, 14]"),
        (brand("between", "made by, from", "in the, ;"), "made by [BRAND: two men] in the Alps"),
        (brand("between", "-", "-"), "Pot - [BRAND: red] - iron"),
        (brand("capitals"), "[BRAND: Le Creuset] pot by [BRAND: iRobot S24-Ultra], [BRAND: NASA]"),
        (brand("capitals", "Sale, New"), "Sale: [BRAND: Sony] New"),
        (brand("capitals", first=False), "When [BRAND: Sony] fails. What then? Nothing"),
    ],
)
def test_rule_marks_what_the_page_says(rule: PageRule, expected: str) -> None:
    text = expected.replace("[BRAND: ", "").replace("]", "")
    assert marked(text, rule) == expected


def test_list_of_another_label_is_left_alone() -> None:
    rules = (PageRule("PRODUCT", "before", "with", most=3), brand("words", "Sony, New Balance"), brand("capitals"))
    assert marked("big Sony radio with", *rules) == "big [BRAND: Sony] [PRODUCT: radio] with"
    assert marked("Alte New Balance Schuhe", *rules) == "[BRAND: Alte] [BRAND: New Balance] [BRAND: Schuhe]"


def test_label_inside_another_is_marked_inside_it() -> None:
    schema = Schema(labels=(Label("TITLE"), Label("RANK", parent="TITLE")))
    rules = (PageRule("TITLE", "words", "senior nurse"), PageRule("RANK", "words", "senior"))
    assert marked("Senior nurse", *rules, schema=schema) == "[TITLE: [RANK: Senior] nurse]"


def test_long_list_of_several_words_is_looked_up() -> None:
    many = ", ".join(f"maker{n} of{n}" for n in range(2_000))
    rules = (brand("words", many), PageRule("SIZE", "number", "kg"))
    assert marked("Maker7 of7 pot 5 kg", *rules) == "[BRAND: Maker7 of7] pot [SIZE: 5 kg]"


def test_rules_that_are_not_ready_are_no_fault() -> None:
    compiled = compile_page([brand("words"), brand("between"), brand("number", " ")], SCHEMA)
    assert (compiled.faults, compiled.made_by) == ({}, {})
    assert marked("anything", brand("words")) == "anything"


def test_faults_are_said_at_their_rule_and_the_others_work() -> None:
    schema = schema_of(["BRAND", "two words"])
    rules = [PageRule("GONE", "words", "x"), PageRule("two words", "words", "x"), brand("words", "a-b-c-d-e-f-g, Sony")]
    compiled = compile_page(rules, schema)
    assert compiled.faults == {
        0: ("the label GONE is gone, so this rule marks nothing",),
        1: ("a rule cannot mark two words: a label's name must be without spaces, brackets, colons and \"",),
        2: ("'a-b-c-d-e-f-g' has more than 5 hyphens",),
    }
    assert marked("Sony x", *rules, schema=schema) == "[BRAND: Sony] x"


def test_labels_that_look_alike_keep_lists_of_their_own() -> None:
    schema = schema_of(["色", "E-Mail", "e_mail"])
    rules = [PageRule(label, "words", word) for label, word in (("色", "red"), ("E-Mail", "x"), ("e_mail", "y"))]
    assert marked("red x y", *rules, schema=schema) == "[色: red] [E-Mail: x] [e_mail: y]"


odd = st.text(
    alphabet=st.characters(codec="utf-8") | st.sampled_from(list("\"'\\[]{}<>()|*+?~-–,;:#\n\t\x7f aAb1%")), max_size=12
)
page_rules = st.builds(
    PageRule, st.sampled_from(["BRAND", "PRODUCT", "SIZE", "GONE"]), st.sampled_from(KINDS), odd, odd, st.integers(1, 3)
)


@settings(max_examples=30, deadline=None)
@given(st.lists(page_rules, max_size=6), odd)
def test_no_words_break_the_rules_and_their_file_says_the_same(rules: list[PageRule], text: str) -> None:
    compiled = compile_page(rules, SCHEMA)
    [found] = predictor_of(compiled, SCHEMA).predict([f"{text} {rules[0].words if rules else ''}"])
    assert all(span.label in SCHEMA.spans for span in found.spans or ())
    with TemporaryDirectory() as folder:
        path = Path(folder) / "rules.toml"
        path.write_text(toml_of(compiled.rules), encoding="utf-8", newline="\n")
        assert read_rule_set(path) == compiled.rules
