from __future__ import annotations

import pytest

from textwright.project.suggest.entries import MOST_ENTRIES, entries_of, is_dash, spoken


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("Sony, Bosch", ("Sony", "Bosch")),
        ("Sony,Bosch;Nike\nLe Creuset\r\n", ("Sony", "Bosch", "Nike", "Le Creuset")),
        ("Sony, SONY,  sony", ("Sony",)),
        ("a  b, a b", ("a  b",)),
        (",", (",",)),
        (" ; , ", (";", ",")),
        ('"a, b"; c', ("a, b", "c")),
        ('", inch', ('"', "inch")),
        ('27", 32"', ('27"', '32"')),
        ("(, [", ("(", "[")),
        ("{rank}, <word>, a|b, [X: y]", ("{rank}", "<word>", "a|b", "[X: y]")),
        ("é, \u00c9", ("é",)),
        ("色", ("色",)),
        ("", ()),
        (" \n ", ()),
    ],
)
def test_words_are_read_as_they_were_meant(typed: str, words: tuple[str, ...]) -> None:
    found = entries_of(typed)
    assert (found.words, found.faults) == (words, ())


def test_word_that_cannot_be_found_is_left_out_and_said() -> None:
    found = entries_of("a-b-c-d-e-f-g, Sony, \u00a0")
    assert found.words == ("Sony",)
    assert found.faults == ("'a-b-c-d-e-f-g' has more than 5 hyphens",)


def test_too_many_words_are_cut_off_and_said() -> None:
    found = entries_of(", ".join(f"w{n}" for n in range(MOST_ENTRIES + 1)))
    assert len(found.words) == MOST_ENTRIES
    assert found.faults == ("only the first 10,000 of 10,001 words are used",)


def test_single_words_are_told_from_several() -> None:
    found = entries_of("Sony, Le Creuset, Wi-Fi, %")
    assert (found.single, found.several) == (("Sony", "%"), ("Le Creuset", "Wi-Fi"))


def test_entries_are_written_so_that_they_are_read_again() -> None:
    entries = ("Sony", "Marks, Spencer", 'a";b', "x")
    assert entries_of(spoken(entries[:2])).words == entries[:2]
    assert spoken(entries) == 'Sony, "Marks, Spencer", a";b, x'


@pytest.mark.parametrize(("entry", "expected"), [("-", True), ("–", True), ("a", False), ("--", False), (",", False)])
def test_dash_is_known(entry: str, expected: bool) -> None:
    assert is_dash(entry) is expected


def test_entries_that_rules_take_for_one_are_one() -> None:
    assert entries_of("Straße, STRASSE, café, cafe\u0301").words == ("Straße", "café")
