from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from textwright.errors import DataError
from textwright.wrangle import dedupe, duplicates
from textwright.wrangle.numbers.likeness import likeness, words_of
from textwright.wrangle.numbers.minhash import buckets_of, rows_for

DUTIES = ["answers", "letters", "quickly", "plans", "journeys", "carefully", "mends", "engines", "teaches", "children"]


def advert(seed: int, words: int = 120) -> str:
    chosen = random.Random(seed)
    return " ".join(f"{chosen.choice(DUTIES)}{chosen.randrange(200)}" for _ in range(words))


def places(texts: list[str], near: float = 0.8) -> list[tuple[int, ...]]:
    return [group.places for group in duplicates(texts, near=near)]


@pytest.mark.parametrize(
    ("texts", "near", "expected"),
    [
        ([], 0.8, []),
        (["Nurse"], 0.8, []),
        (["Nurse", "nurse!", "Chef"], 0.8, [(0, 1)]),
        (["Senior UX Designer in London", "Chef", "Senior UX Designers in London"], 0.8, [(0, 2)]),
        (["Senior UX Designer in London", "Chef", "Senior UX Designers in London"], 1, []),
        (["***", "---", "***"], 0.8, [(0, 2)]),
        (["", "", " "], 0.8, [(0, 1, 2)]),
        (["Mid-weight Designer", "Midweight designer"], 0.8, [(0, 1)]),
        (["काम दो", "कम द", "काम, दो!"], 1, [(0, 2)]),
        (["ที่นี่", "ทนน", "ทุนี"], 1, []),
        (["كِتاب", "كتاب", "שָׁלוֹם", "שלום"], 1, [(0, 1), (2, 3)]),
        (["İstanbul", "istanbul", "KÖLN", "Ko\u0308ln"], 1, [(0, 1), (2, 3)]),
        (["❤️ Nurse 1️⃣", "Nurse 1", "👍🏽 nurse (1)"], 1, [(0, 1, 2)]),
    ],
)
def test_duplicates_are_grouped(texts: list[str], near: float, expected: list[tuple[int, ...]]) -> None:
    assert places(texts, near) == expected


def test_a_group_says_whether_its_texts_are_the_same() -> None:
    texts = ["Night Nurse in Leeds", "night nurse in leeds", "Head Chef at a hotel", "Head Chef at a hotels"]
    assert [group.same for group in duplicates(texts)] == [True, False]


def test_long_texts_are_compared_by_their_words() -> None:
    other = advert(1).replace("answers", "reads", 1)
    assert places([advert(1), advert(2), other]) == [(0, 2)]


def test_what_is_near_through_a_third_is_in_the_group() -> None:
    chain = ["abcdefghijklmnopqrst", "abcdefghijklmnopqrstu", "abcdefghijklmnopqrstuv", "abcdefghijklmnopqrstuvwxy"]
    assert likeness(chain[0], chain[3]) < 0.8
    assert places(chain) == [(0, 1, 2, 3)]


@given(st.lists(st.text(alphabet="ab ", max_size=9), max_size=12), st.sampled_from([0.6, 0.8, 1]))
@settings(max_examples=60, deadline=None)
def test_groups_divide_what_is_in_the_texts(texts: list[str], near: float) -> None:
    found = places(texts, near)
    together = [place for group in found for place in group]
    assert len(together) == len(set(together))
    assert all(list(group) == sorted(group) and len(group) > 1 for group in found)


@pytest.mark.parametrize("near", [0, -1, 1.1])
def test_a_nearness_that_means_nothing_is_refused(near: float) -> None:
    with pytest.raises(DataError, match="must be above 0"):
        duplicates(["Nurse"], near=near)
    with pytest.raises(DataError, match="must be above 0"):
        dedupe(["Nurse"], near=near)


def test_nearly_all_near_pairs_share_a_bucket() -> None:
    texts = [advert(i, 6) for i in range(400)]
    texts += [f"{text} now" for text in texts]
    buckets = buckets_of([words_of(text) for text in texts], 0.8)
    pairs = [(i, i + 400) for i in range(400) if likeness(words_of(texts[i]), words_of(texts[i + 400])) >= 0.8]
    found = [bool(set(buckets[a][buckets[a] >= 0]) & set(buckets[b][buckets[b] >= 0])) for a, b in pairs]
    assert len(pairs) > 300
    assert sum(found) / len(pairs) > 0.99


def test_a_pair_is_missed_at_most_once_in_a_hundred() -> None:
    for near in (0.3, 0.5, 0.7, 0.8, 0.9, 0.95):
        rows = rows_for(near)
        assert (1 - near**rows) ** (128 // rows) <= 0.01


# --- dedupe -------------------------------------------------------------------------------------


def test_the_first_stays_and_what_goes_names_it() -> None:
    done = dedupe(["Senior UX Designer in London", "Chef", "Senior UX Designers in London", "chef"])
    assert done.kept == (0, 1)
    assert [(each.place, each.kept) for each in done.taken] == [(2, 0), (3, 1)]
    assert [each.similarity for each in done.taken] == [pytest.approx(0.87, abs=0.05), 1.0]


def test_signs_that_make_another_word_tell_texts_apart() -> None:
    jobs = ["C++ developer", "C# developer", "C developer", ".NET lead", "Net lead"]
    assert dedupe(jobs).kept == (0, 1, 2, 3, 4)
    assert duplicates([*jobs, "c++ Developer!"], near=1)[0].places == (0, 5)


def test_half_characters_are_compared_as_any_other() -> None:
    assert dedupe(["\ud800", "Chef \ud83d", "chef", "\ud800"]).kept == (0, 1)


def test_the_preferred_stays_though_it_comes_later() -> None:
    done = dedupe(["Nurse", "Chef", "nurse", "NURSE"], prefer=[False, False, True, True])
    assert done.kept == (1, 2)
    assert {each.place: each.kept for each in done.taken} == {0: 2, 3: 2}


def test_what_doubles_a_preferred_takes_its_copies_along() -> None:
    first = "Night Nurse in Leeds General Infirmary"
    texts = [first, "Chef", first.replace("Nurse", "Nurses"), first.upper()]
    done = dedupe(texts, prefer=[False, False, True, False])
    assert done.kept == (1, 2)
    assert {each.place: each.kept for each in done.taken} == {0: 2, 3: 2}


def test_of_a_chain_only_what_is_near_to_a_kept_one_goes() -> None:
    chain = ["abcdefghijklmnopqrst", "abcdefghijklmnopqrstu", "abcdefghijklmnopqrstuv", "abcdefghijklmnopqrstuvwxyz"]
    done = dedupe(chain)
    assert done.kept == (0, 3)
    assert all(likeness(chain[each.place], chain[each.kept]) >= 0.8 for each in done.taken)


@given(st.lists(st.text(alphabet="ab ", max_size=9), max_size=12))
@settings(max_examples=60, deadline=None)
def test_each_text_stays_or_goes_with_one_that_stays(texts: list[str]) -> None:
    done = dedupe(texts)
    assert sorted([*done.kept, *(each.place for each in done.taken)]) == list(range(len(texts)))
    assert {each.kept for each in done.taken} <= set(done.kept)
    assert dedupe([texts[i] for i in done.kept]).taken == ()
