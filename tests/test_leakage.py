from __future__ import annotations

import random
from time import perf_counter
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from textwright.errors import DataError
from textwright.leakage import Leak, leaks, letters, refuse_leaks, words_of
from textwright.types import Example


def examples(prefix: str, texts: list[str]) -> list[Example]:
    return [Example(f"{prefix}{i}", text) for i, text in enumerate(texts)]


def kinds(a: str, b: str, near: float = 0.8) -> list[str]:
    return [leak.kind for leak in leaks(examples("a", [a]), examples("b", [b]), near=near)]


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ("UX Designer", "UX Designer", ["same"]),
        ("UX Designer – London", "ux designer, LONDON!", ["same"]),
        ("Mid-Weight Designer", "Midweight Designer", ["same"]),
        ("Straße", "STRASSE", ["same"]),
        ("C++ Developer", "C Developer", []),
        ("C# Developer", "C Developer", []),
        ("C++ Developer", "C# Developer", []),
        (".NET", "Net", []),
        ("C++/.NET Developer", "c++ / .net developer.", ["same"]),
        ("Nurse. Leeds", "Nurse, Leeds ...", ["same"]),
        ("Chef #5, 3+ years", "chef 5 3 years", ["same"]),
        ("Senior UX Designer in London", "Senior UX Designers in London", ["near"]),
        ("Senior UX Designer", "Junior Java Developer", []),
        ("***", "***", ["same"]),
        ("***", "---", []),
        ("", "", ["same"]),
        ("", "Nurse", []),
    ],
)
def test_same_and_near_same_texts_are_found(a: str, b: str, expected: list[str]) -> None:
    assert kinds(a, b) == expected


def test_long_texts_are_compared_by_their_words() -> None:
    advert = " ".join(f"word{i % 97} and{i}" for i in range(300))
    assert kinds(advert, advert.replace("and7 ", "or ")) == ["near"]
    assert kinds(advert, " ".join(reversed(advert.split()))) == []


@pytest.mark.parametrize("count", [38, 41, 47, 52, 60])
def test_no_length_falls_between_short_and_long(count: int) -> None:
    text = " ".join(f"thing{i}" for i in range(count))
    assert kinds(text, text + " and four words more") == ["near"]


def test_ids_of_all_equal_texts_are_named() -> None:
    found = leaks(examples("a", ["Nurse"] * 3), examples("b", ["nurse"] * 2))
    assert found == [Leak("a0", "b0", "same", 1.0), Leak("a1", "b1", "same", 1.0), Leak("a2", "b1", "same", 1.0)]


titles = st.lists(st.text(alphabet="abc ", min_size=1, max_size=12), max_size=12)


@settings(max_examples=200)
@given(titles, titles, st.sampled_from([0.3, 0.5, 0.8, 0.9]))
def test_the_index_finds_what_comparing_all_with_all_finds(a: list[str], b: list[str], near: float) -> None:
    def close(one: str, other: str) -> bool:
        x, y = words_of(one), words_of(other)
        shared = len(letters(x) & letters(y)) / max(1, len(letters(x) | letters(y)))
        return x.replace(" ", "") != y.replace(" ", "") and shared >= near

    first_a = list({words_of(text).replace(" ", ""): text for text in reversed(a)}.values())
    first_b = list({words_of(text).replace(" ", ""): text for text in reversed(b)}.values())
    expected = sum(close(one, other) for one in first_a for other in first_b)
    found = [leak for leak in leaks(examples("a", first_a), examples("b", first_b), near=near) if leak.kind == "near"]
    assert len(found) == expected


def test_training_on_what_is_judged_is_refused_with_examples() -> None:
    with pytest.raises(DataError, match="2 of 3 texts to judge on are in the training data: b0 'nurse', b2 'Cook'"):
        refuse_leaks(examples("a", ["Nurse", "Cook!"]), examples("b", ["nurse", "Pilot", "Cook"]))


def test_a_stated_share_of_recurring_texts_is_allowed() -> None:
    refuse_leaks(examples("a", ["Nurse"]), examples("b", ["nurse", *map(str, range(99))]), allowed=0.01)
    refuse_leaks(examples("a", ["Nurse"]), examples("b", ["Cook"]))


@pytest.mark.parametrize("near", [0.0, -1.0, 1.5])
def test_a_similarity_that_means_nothing_is_refused(near: float) -> None:
    with pytest.raises(DataError, match="must be above 0 and at most 1"):
        leaks([], [], near=near)


def test_many_titles_take_little_time() -> None:
    draw = random.Random(5)
    words = [
        f"{a}{b}"
        for a in ("sen", "jun", "mark", "soft", "nur", "cook", "pil", "draf")
        for b in ("ior", "eting", "ware", "ot")
    ]
    texts = [" ".join(draw.choices(words, k=5)) + f" {draw.randrange(10_000)}" for _ in range(3000)]
    start = perf_counter()
    leaks(examples("a", texts[:2500]), examples("b", texts[2500:]))
    assert perf_counter() - start < 10


@pytest.mark.parametrize(("a", "b"), [(["Nurse"], []), ([], ["Nurse"]), ("train.jsonl", [])])
def test_what_is_no_example_is_refused(a: Any, b: Any) -> None:
    with pytest.raises(DataError, match=r"found str '(Nurse|train\.jsonl)'"):
        leaks(a, b)
