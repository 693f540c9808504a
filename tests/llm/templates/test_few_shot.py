from __future__ import annotations

from random import Random

import pytest

from textwright.errors import DataError
from textwright.llm.prompts.few_shot import Choose, FewShot, covering, labels_of
from textwright.llm.prompts.similarity import Similarity
from textwright.types import Example

from .samples import BAKER, COOPER, FARRIER, SALE, STOCK, review, trade

WAYS: tuple[Choose, ...] = ("first", "random", "similar", "cover")
TRADES = ["baker", "cooper", "farrier", "weaver", "glazier", "miller"]
TOWNS = ["Lewes", "Ripon", "Ludlow", "Wells", "Hove"]


def many(count: int) -> tuple[Example, ...]:
    """Make distinct examples, some with towns, some with nothing."""
    draw = Random(3)
    made = []
    for place in range(count):
        job, town = draw.choice(TRADES), draw.choice(TOWNS)
        text = f"{job.title()} {place} for {town}"
        marks = [("TRADE", job.title())] + ([("TOWN", town)] if place % 3 else [])
        made.append(trade(f"m-{place}", text, *(marks if place % 7 else [])))
    return tuple(made)


@pytest.mark.parametrize("choose", WAYS)
@pytest.mark.parametrize("count", [1, 2, 5, 40, 60])
def test_as_many_as_asked_for_are_chosen_each_once(choose: Choose, count: int) -> None:
    shown = FewShot(many(40), count, choose).chosen("Weaver in Hove")
    assert len(shown) == min(count, 40)
    assert len({each.id for each in shown}) == len(shown)


@pytest.mark.parametrize("choose", WAYS)
@pytest.mark.parametrize("alike", ["Cooper wanted", "COOPER  WANTED!", "cooper, wanted"])
def test_the_text_itself_is_never_among_them(choose: Choose, alike: str) -> None:
    twice = (*STOCK, trade("e-5", "Cooper  wanted", ("TRADE", "Cooper")))
    shown = FewShot(twice, 4, choose).chosen(alike)
    assert {each.id for each in shown} == {"e-1", "e-3", "e-4"}


@pytest.mark.parametrize("choose", WAYS)
def test_a_stock_of_the_text_alone_shows_nothing(choose: Choose) -> None:
    assert FewShot((COOPER,), 3, choose).chosen(COOPER.text) == ()


@pytest.mark.parametrize("choose", WAYS)
def test_the_same_are_chosen_whatever_was_asked_before(choose: Choose) -> None:
    stock = many(30)
    used = FewShot(stock, 4, choose, seed=5)
    for text in ("a", "Miller", ""):
        used.chosen(text)
    assert used.chosen("Glazier") == FewShot(stock, 4, choose, seed=5).chosen("Glazier")


def test_first_keeps_the_order() -> None:
    assert FewShot(STOCK, 2, "first").chosen("x") == (BAKER, COOPER)


def test_random_differs_by_text_and_by_seed() -> None:
    stock = many(40)
    few = [FewShot(stock, 4, "random", seed) for seed in range(3)]
    drawn = {tuple(shown.id for shown in each.chosen(text)) for each in few for text in ("a", "b")}
    assert len(drawn) == 6


def test_random_draws_everything_in_time() -> None:
    stock = many(12)
    few = FewShot(stock, 3, "random")
    assert {each.id for text in map(str, range(60)) for each in few.chosen(text)} == {each.id for each in stock}


def test_the_most_similar_comes_last() -> None:
    shown = FewShot(STOCK, 2, "similar").chosen("Senior farrier, near Ripon")
    assert shown[-1] == FARRIER


@pytest.mark.parametrize("count", [4, 5, 9])
def test_cover_shows_every_label_and_one_without_any(count: int) -> None:
    rare = trade("rare", "A very rare rank of chief weaver", ("RANK", "chief"))
    shown = FewShot((*many(40), rare), count, "cover").chosen("x")
    assert {label for each in shown for _, label in labels_of(each)} == {"TRADE", "TOWN", "RANK"}
    assert any(not labels_of(each) for each in shown)


def test_cover_of_one_prefers_the_most_labels() -> None:
    assert FewShot(STOCK, 1, "cover").chosen("x") == (BAKER,)


def test_cover_goes_on_to_others_when_its_choice_is_the_text_itself() -> None:
    assert FewShot((BAKER, FARRIER, COOPER), 1, "cover").chosen(BAKER.text) == (FARRIER,)


def test_cover_counts_categories_by_their_task() -> None:
    stock = [
        review("a", "aaa", ("mood", "good")),
        review("b", "bb", ("mood", "good")),
        review("c", "c", ("topic", "good")),
    ]
    assert [each.id for each in covering(stock, 2)] == ["c", "b"]


def test_cover_ends_where_nothing_is_marked() -> None:
    blank = [trade(str(place), "x" * place) for place in range(1, 4)]
    assert [each.id for each in covering(blank, 3)] == ["1", "2", "3"]


@pytest.mark.parametrize(
    ("examples", "count", "choose", "says"),
    [
        ((), 3, "first", "there are no examples to choose from"),
        (STOCK, 0, "first", "must be at least 1"),
        (STOCK, 3, "best", "chosen by random, similar, cover, first, not by 'best'"),
    ],
)
def test_what_cannot_be_chosen_from_is_refused(
    examples: tuple[Example, ...], count: int, choose: Choose, says: str
) -> None:
    with pytest.raises(DataError, match=says):
        FewShot(examples, count, choose)


# --- similarity -----------------------------------------------------------------------------


def test_rare_words_count_more_than_common_ones() -> None:
    texts = ["job for a nurse", "job for a cook", "job for a smith", "a cook"]
    assert Similarity(texts).ranked("the cook")[:2] == [3, 1]


def test_a_misspelt_word_still_finds_its_like() -> None:
    assert Similarity(["Receptionist", "Accountant", "Recruiter"]).ranked("recepsionist")[0] == 0


@pytest.mark.parametrize("text", ["", "   ", "\u4f60\u597d"])
def test_a_text_with_nothing_known_leaves_the_order(text: str) -> None:
    assert Similarity(["a b", "c d", ""]).ranked(text) == [0, 1, 2]
    assert SALE in FewShot(STOCK, 4, "similar").chosen(text)


def test_a_text_is_most_like_itself() -> None:
    texts = [each.text for each in many(50)]
    index = Similarity(texts)
    assert [index.ranked(text)[0] for text in texts] == list(range(50))
