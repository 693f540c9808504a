from __future__ import annotations

import random
from collections.abc import Sequence

from textwright.predictors.rules.examples import read_marked
from textwright.project.examples import sample
from textwright.project.suggest.compiling import compile_page, predictor_of
from textwright.project.suggest.entries import spoken
from textwright.project.suggest.forms import PageRule
from textwright.project.suggest.proposals import MOST, Proposal, proposals
from textwright.schema import schema_of
from textwright.types import Annotation, Example

SCHEMA = schema_of(["BRAND", "SIZE"])


def proposed(*marked: str, rules: tuple[PageRule, ...] = (), held_out: bool = False) -> list[Proposal]:
    examples = []
    for number, each in enumerate(marked):
        text, spans = read_marked(each)
        examples.append(Example(str(number), text, Annotation(spans), meta={"held_out": held_out}))
    return proposals(examples, rules, SCHEMA)


def test_words_that_were_marked_are_proposed_the_most_frequent_first() -> None:
    found = proposed("[BRAND: Sony] a", "[BRAND: sony] b", "[BRAND: Sony] c", "[BRAND: Le Creuset] d")
    assert found == [Proposal("BRAND", "words", ("Sony", "Le Creuset"), (3, 1))]


def test_words_that_a_rule_has_are_not_proposed() -> None:
    rules = (PageRule("BRAND", "words", "SONY"), PageRule("SIZE", "words", "Bosch"))
    assert proposed("[BRAND: Sony] and [BRAND: Bosch]", rules=rules) == [Proposal("BRAND", "words", ("Bosch",), (1,))]


def test_units_are_proposed_where_numbers_were_marked() -> None:
    found = proposed("pot [SIZE: 500 ml]", "cup [SIZE: 2,5ml]", "tin [SIZE: 30 x 40 cm]", "box [SIZE: XL]")
    assert found == [Proposal("SIZE", "words", ("XL",), (1,)), Proposal("SIZE", "number", ("ml", "cm"), (2, 1))]


def test_codes_that_were_marked_propose_what_they_look_like_once() -> None:
    marked = ("[BRAND: AX-100] a", "[BRAND: BX-200] b", "[BRAND: B-7] c", "[BRAND: AX-100] d", "[BRAND: Sony] e")
    assert proposed("[BRAND: 2Y4C]") == [Proposal("BRAND", "shape", ("2Y4C",), (1,))]
    like = Proposal("BRAND", "shape", ("AX-100", "B-7"), (3, 1))
    assert proposed(*marked) == [Proposal("BRAND", "words", ("Sony",), (1,)), like]
    known = (PageRule("BRAND", "words", "Sony"), PageRule("BRAND", "shape", "ZZ-999"))
    assert proposed(*marked, rules=known) == [Proposal("BRAND", "shape", ("B-7",), (1,))]


def test_word_before_marked_parts_is_proposed_where_it_tells() -> None:
    texts = [f"pot by [BRAND: m{n}] for you" for n in range(4)]
    cues = [each for each in proposed(*texts) if each.kind == "after"]
    assert cues == [Proposal("BRAND", "after", ("by",), (4,))]
    assert not [each for each in proposed(*texts, "by and by", "by day") if each.kind == "after"]


def test_texts_that_were_set_aside_propose_nothing() -> None:
    assert proposed("[BRAND: Sony] a", held_out=True) == []


def test_long_parts_and_more_than_a_handful_are_not_proposed() -> None:
    found = proposed(*(f"[BRAND: m{letter}]" for letter in "abcdefghijklmnopqrst"), "[BRAND: a b c d e]")
    assert [len(each.words) for each in found] == [MOST]


def taken(rules: tuple[PageRule, ...], found: Sequence[Proposal]) -> tuple[PageRule, ...]:
    """Add all that is proposed, as the page does by a click each."""
    for each in found:
        old = next((rule for rule in rules if (rule.label, rule.kind) == (each.label, each.kind)), None)
        others = tuple(rule for rule in rules if rule is not old)
        before = f"{old.words}, " if old else ""
        rules = (*others, PageRule(each.label, each.kind, before + spoken(each.words)))
    return rules


def test_what_forty_headlines_propose_finds_most_in_others() -> None:
    gold = list(sample("products").gold())
    random.Random(0).shuffle(gold)
    schema = sample("products").schema
    rules: tuple[PageRule, ...] = ()
    for _ in range(2):
        rules = taken(rules, [each for each in proposals(gold[:40], rules, schema) if each.kind != "after"])
    predictor = predictor_of(compile_page(rules, schema), schema)
    others = gold[40:140]
    right = marked = wanted = 0
    for example, found in zip(others, predictor.predict([each.text for each in others]), strict=True):
        expected, spans = set(example.gold.spans or ()), set(found.spans or ())
        right, marked, wanted = right + len(expected & spans), marked + len(spans), wanted + len(expected)
    assert right / marked > 0.8
    assert right / wanted > 0.5
