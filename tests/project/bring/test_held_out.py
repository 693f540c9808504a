from __future__ import annotations

from textwright.project.bring.held_out import set_aside
from textwright.store.held_out import is_held_out
from textwright.types import Example

WORDS = [
    "apple",
    "brick",
    "cloud",
    "drum",
    "eagle",
    "frost",
    "grape",
    "hill",
    "iron",
    "jug",
    "kite",
    "lamp",
    "moon",
    "nail",
    "oak",
]
TEXTS = [Example(f"{a}-{b}", f"{a} {b} {a[::-1]} {b[::-1]}") for a in WORDS for b in WORDS if a != b]


def aside(examples: list[Example]) -> set[str]:
    return {example.id for example in examples if is_held_out(example)}


def test_a_quarter_is_set_aside() -> None:
    assert 0.23 * len(TEXTS) < len(aside(set_aside(TEXTS, {}, seed=0))) <= 0.25 * len(TEXTS) + 1


def test_the_seed_chooses() -> None:
    assert aside(set_aside(TEXTS, {}, seed=0)) == aside(set_aside(TEXTS, {}, seed=0))
    assert aside(set_aside(TEXTS, {}, seed=0)) != aside(set_aside(TEXTS, {}, seed=1))


def test_texts_that_come_or_go_change_little() -> None:
    whole, part = aside(set_aside(TEXTS, {}, seed=0)), aside(set_aside(TEXTS[10:], {}, seed=0))
    assert len(whole ^ part) < 10


def test_near_same_texts_stay_on_one_side() -> None:
    twins = [Example(f"{each.id}'", f"{each.text}!") for each in TEXTS[:60]]
    chosen = aside(set_aside([*TEXTS[:60], *twins], {}, seed=3))
    assert {each.removesuffix("'") for each in chosen if each.endswith("'")} == {e for e in chosen if "'" not in e}


def test_texts_of_a_source_stay_together_where_there_are_enough_sources() -> None:
    sourced = [Example(each.id, each.text, meta={"source": str(i % 12)}) for i, each in enumerate(TEXTS[:120])]
    marked = set_aside(sourced, {}, seed=0)
    inside = {each.meta["source"] for each in marked if is_held_out(each)}
    outside = {each.meta["source"] for each in marked if not is_held_out(each)}
    assert inside
    assert not inside & outside


def test_with_one_source_single_texts_are_set_aside() -> None:
    sourced = [Example(each.id, each.text, meta={"source": "shop"}) for each in TEXTS[:100]]
    assert 20 < len(aside(set_aside(sourced, {}, seed=0))) <= 26


def test_what_is_annotated_stays_on_its_side_and_what_is_near_joins_it() -> None:
    fixed = {TEXTS[0].id: True, TEXTS[1].id: False}
    twins = [Example("a", f"{TEXTS[0].text}."), Example("b", f"{TEXTS[1].text}.")]
    for seed in range(5):
        chosen = aside(set_aside([*TEXTS, *twins], fixed, seed=seed))
        assert {TEXTS[0].id, "a"} <= chosen
        assert not {TEXTS[1].id, "b"} & chosen


def test_what_is_near_to_both_sides_is_not_set_aside() -> None:
    twin = Example("twin", f"{TEXTS[0].text} .")
    same = [Example("learned", f"{TEXTS[0].text}"), Example("judged", f"{TEXTS[0].text}!"), twin]
    chosen = aside(set_aside([*TEXTS[1:], *same], {"learned": False, "judged": True}, seed=0))
    assert "judged" in chosen
    assert "twin" not in chosen
    assert "learned" not in chosen


def test_of_few_texts_none_is_set_aside() -> None:
    assert not aside(set_aside(TEXTS[:7], {}, seed=0))
    assert not aside(set_aside([Example(str(i), "the same") for i in range(30)], {}, seed=0))
