"""Evidence is found in the text that it was taken from."""

from __future__ import annotations

import pytest

from textwright.ground import Place, locate

ADVERT = "Our client, a leading hotel group,\nseeks a chef.  Our client pays well – “very well”."


@pytest.mark.parametrize(
    ("quote", "found", "exact"),
    [
        ("Our client", "Our client", True),
        ("our CLIENT, a leading hotel group, seeks", "Our client, a leading hotel group,\nseeks", False),
        ("pays well - 'very well'", "pays well – “very well”", False),
        ("…seeks a chef…", "seeks a chef", False),
        ("“a leading hotel group”", "a leading hotel group", False),
    ],
)
def test_quote_is_located(quote: str, found: str, exact: bool) -> None:
    place = locate(ADVERT, quote)
    assert place is not None
    assert (ADVERT[place.start : place.end], place.exact) == (found, exact)


def test_first_of_equal_places_is_taken() -> None:
    assert locate("a b, a b", "a b") == Place(0, 3, exact=True)


@pytest.mark.parametrize(
    ("text", "quote", "found"),
    [
        ("DIŞ TİCARET UZMANI", "dış ticaret", "DIŞ TİCARET"),
        ("İSTANBUL'da iş", "istanbul", "İSTANBUL"),
        ("Kıdemli mühendis", "KIDEMLİ MÜHENDİS", "Kıdemli mühendis"),
        ("I\u0307zmir, şef", "izmir", "I\u0307zmir"),
        ("GROẞE STRASSE", "große Straße", "GROẞE STRASSE"),
        ("ΟΔΟΣ 5", "οδος", "ΟΔΟΣ"),
        ("月薪３０，０００元", "30,000元", "３０，０００元"),
    ],
)
def test_quote_is_located_in_other_alphabets(text: str, quote: str, found: str) -> None:
    place = locate(text, quote)
    assert place is not None
    assert text[place.start : place.end] == found


@pytest.mark.parametrize("quote", ["", "  ", "…", "a leading bank group", "lent"])
def test_quote_that_nobody_said_has_no_place(quote: str) -> None:
    assert locate(ADVERT, quote) is None
