from __future__ import annotations

import pytest

from textwright.errors import ModelError
from textwright.predictors.features import Features, encode, hash_text, mix, network_words, shape_of
from textwright.testing import HOSTILE_TEXTS

FEATURES = Features(rows=100, width=40)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Sous ChefSolihull", ["Sous", "Chef", "Solihull"]),
        ("LinkedIn iOS McDonald", ["Linked", "In", "iOS", "McDonald"]),
        ("NURSE", ["NURSE"]),
        ("", []),
    ],
)
def test_words_run_together_are_cut(text: str, words: list[str]) -> None:
    assert [word.surface for word in network_words(text)] == words


def test_places_are_those_of_the_raw_text() -> None:
    text = "R&amp;D Lead Â£30k"
    assert [text[word.start : word.end] for word in network_words(text)] == ["R", "&amp;", "D", "Lead", "Â£", "30", "k"]


@pytest.mark.parametrize("text", HOSTILE_TEXTS)
def test_rows_are_full_and_within_the_table(text: str) -> None:
    encoded = encode(text, FEATURES)
    assert all(len(rows) == 40 and all(0 <= row <= 100 for row in rows) for rows in encoded.rows)
    assert list(encoded.starts) == sorted(encoded.starts)


def test_a_long_word_costs_no_more_than_a_short_one() -> None:
    beginning, whole = encode("x" * 40, FEATURES), encode("x" * 100_000, FEATURES)
    assert beginning.rows == whole.rows


@pytest.mark.parametrize(("text", "code"), [("", 0x811C9DC5), ("foobar", 0xBF9CF968), ("\U0001d54a", 0xD019391D)])
def test_the_hash_is_fnv_1a_over_code_points(text: str, code: int) -> None:
    assert hash_text(text) == code


def test_the_mixing_is_that_of_murmur() -> None:
    assert [mix(0), mix(1), mix(2**32 + 1)] == [0, 0x514E28B7, 0x514E28B7]


@pytest.mark.parametrize(("word", "shape"), [("Senior", "Xxx"), ("B2B", "X0X"), ("C++", "X++"), ("ÄRZTE", "XX")])
def test_shapes(word: str, shape: str) -> None:
    assert shape_of(word) == shape


def test_settings_survive_as_data() -> None:
    assert Features.from_data(FEATURES.to_data()) == FEATURES


def test_unknown_settings_are_refused() -> None:
    with pytest.raises(ModelError, match="not those of this version"):
        Features.from_data({**FEATURES.to_data(), "stems": True})


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("東京UX本社", ["東", "京", "UX", "本", "社"]),
        ("ที่นี่ทำ", ["ที่", "นี่", "ท", "ำ"]),
        ("서울에서", ["서", "울", "에", "서"]),
        ("\u1109\u1165\u110b\u116e\u11af", ["\u1109\u1165", "\u110b\u116e\u11af"]),
        ("か\u3099ー葛\U000e0100城", ["か\u3099", "ー", "葛\U000e0100", "城"]),
        ("वरिष्ठ Köln", ["वरिष्ठ", "Köln"]),
    ],
)
def test_letters_of_scripts_without_spaces_are_words_of_their_own(text: str, words: list[str]) -> None:
    assert [word.surface for word in network_words(text, characters=True)] == words


def test_a_model_of_an_earlier_version_keeps_its_words() -> None:
    data = {"rows": 512, "width": 16, "word_hashes": 2, "affixes": 4, "ngrams": [3]}
    earlier = Features.from_data(data)
    assert encode("東京本社", earlier).ends == (4,)
    assert earlier.to_data() == data
    assert Features.from_data(Features().to_data()) == Features()
