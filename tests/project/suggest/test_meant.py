from __future__ import annotations

from textwright.project.look_for.shown import Place
from textwright.project.suggest.forms import PageRule
from textwright.project.suggest.meant import meant
from textwright.project.suggest.proposals import Proposal
from textwright.schema import Label, Schema

TEXTS = ("Bosch drill 500 ml", "bosch saw", "Le Creuset pot 2,5ml", "Boscher pan", "Sony [TV]")
BRAND = Label("BRAND", "Who makes it, such as Bosch, Makita or Le Creuset. Not: Sony.")
SIZE = Label("SIZE", "How big: 500 ml, XL.")


def proposed(label: Label, *rules: PageRule, places: dict[str, Place] | None = None) -> list[Proposal]:
    return meant(Schema(labels=(label,)), TEXTS, places or {}, rules)


def test_examples_of_a_meaning_are_proposed_where_texts_have_them() -> None:
    assert proposed(BRAND) == [Proposal("BRAND", "words", ("Bosch", "Le Creuset"), (2, 1), "meaning")]


def test_amounts_of_money_are_proposed_by_their_sign_and_never_half_a_number() -> None:
    label = Label("PRICE", "An amount of money: £522,000, £169k, £539,000.")
    texts = ("House £522,000", "Flat 7,000 or 2,000", "£169k", "522 homes")
    assert meant(Schema(labels=(label,)), texts, {}, ()) == [Proposal("PRICE", "number", ("£",), (2,), "meaning")]


def test_units_of_a_meaning_are_proposed() -> None:
    assert proposed(SIZE) == [Proposal("SIZE", "number", ("ml",), (2,), "meaning")]


def test_codes_of_a_meaning_propose_what_they_look_like() -> None:
    label = Label("CODE", "A code of letters and digits: AX-100, BX-200, B07XJ8C8F5, Q1.")
    texts = ("Lamp AX-300", "CX-400 and CX-401", "B01N5IB20Q", "2024-03-01", "AX-1000")
    found = Proposal("CODE", "shape", ("AX-100", "B07XJ8C8F5"), (2, 1), "meaning")
    assert meant(Schema(labels=(label,)), texts, {}, ()) == [found]
    assert meant(Schema(labels=(label,)), texts, {}, (PageRule("CODE", "shape", "ZZ-999, B01N5IB20Q"),)) == []
    date = Label("DATE", "A day: 2025-12-24.")
    assert meant(Schema(labels=(date,)), texts, {}, ()) == [Proposal("DATE", "shape", ("2025-12-24",), (1,), "meaning")]


def test_part_that_showed_a_proposed_label_proposes_what_it_looks_like() -> None:
    texts = ("Lamp AX-300", "Kettle CX-400")
    found = meant(Schema(labels=(Label("CODE"),)), texts, {"CODE": Place(texts[0], 5, 11)}, ())
    assert found == [Proposal("CODE", "shape", ("AX-300",), (2,), "meaning")]


def test_words_that_a_rule_has_are_not_proposed() -> None:
    assert proposed(SIZE, PageRule("SIZE", "number", "ML")) == []
    assert proposed(BRAND, PageRule("BRAND", "words", "bosch, le creuset")) == []


def test_part_on_which_a_label_is_shown_is_proposed_unless_its_text_is_set_aside() -> None:
    [found] = proposed(Label("BRAND"), places={"BRAND": Place("Sony [TV]", 5, 9)})
    assert found.words == ("[TV]",)
    assert proposed(Label("BRAND"), places={"BRAND": Place("Sony of the test", 0, 4)}) == []


def test_meaning_without_examples_proposes_nothing() -> None:
    assert proposed(Label("BRAND", "Who makes it.")) == proposed(Label("BRAND")) == []
