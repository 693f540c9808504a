"""Mentions are placed where a reader would point, and nowhere else."""

from __future__ import annotations

import pytest

from textwright.ground import Mention, ground
from textwright.schema import Label, Rule, Schema, schema_of
from textwright.types import Annotation, Span

FREE = Schema(open=True)
NESTED = Schema(labels=(Label("JOB"), Label("LEVEL", parent="JOB"), Label("CORE", parent="JOB"), Label("CITY")))
RULED = Schema(
    labels=(Label("JOB"), Label("CORE"), Label("CITY")),
    rules=(
        Rule("exactly_one_inside", outer="JOB", inner="CORE"),
        Rule("inside", outer="JOB", inner="CORE"),
        Rule("no_overlap", label="JOB"),
    ),
)


def said(*mentions: tuple[str, str] | tuple[str, str, int]) -> list[Mention]:
    return [Mention(*mention) for mention in mentions]


def found(text: str, mentions: list[Mention], schema: Schema = FREE) -> list[tuple[str, int, str]]:
    grounding = ground(text, mentions, schema)
    return [(span.label, span.start, text[span.start : span.end]) for span in grounding.spans]


def only_place(text: str, mention: str) -> int | None:
    places = found(text, said(("A", mention)))
    return places[0][1] if places else None


def test_every_mention_gets_the_place_where_it_stands() -> None:
    text = "Senior Nurse, York"
    assert found(text, said(("JOB", "Senior Nurse"), ("LEVEL", "Senior"), ("CITY", "York")), NESTED) == [
        ("JOB", 0, "Senior Nurse"),
        ("LEVEL", 0, "Senior"),
        ("CITY", 14, "York"),
    ]


def test_score_is_carried_to_the_span() -> None:
    grounding = ground("York", [Mention("CITY", "York", score=0.7)], FREE)
    assert grounding.spans == (Span(0, 4, "CITY"),)
    assert grounding.spans[0].score == 0.7


def test_what_stands_as_written_is_not_marked() -> None:
    grounding = ground("York", said(("CITY", "York")), FREE)
    assert (grounding.repaired, grounding.not_in_text) == ((), ())


# --- several places ------------------------------------------------------------------------------


def test_second_mention_of_a_word_gets_its_second_place() -> None:
    assert found("Nurse or Nurse", said(("A", "Nurse"), ("A", "Nurse"))) == [("A", 0, "Nurse"), ("A", 9, "Nurse")]


def test_labels_do_not_take_places_from_each_other() -> None:
    assert found("Intern", said(("LEVEL", "Intern"), ("KIND", "Intern"))) == [
        ("KIND", 0, "Intern"),
        ("LEVEL", 0, "Intern"),
    ]


@pytest.mark.parametrize(("number", "place"), [(1, 0), (2, 5), (3, 10)])
def test_occurrence_is_obeyed(number: int, place: int) -> None:
    assert found("York York York", said(("A", "York", number))) == [("A", place, "York")]


def test_occurrence_counts_places_within_words_and_overlapping_ones() -> None:
    assert found("LUX UX", said(("A", "UX", 1))) == [("A", 1, "UX")]
    assert found("aaaa", said(("A", "aa", 3))) == [("A", 2, "aa")]


def test_mention_after_a_numbered_one_is_the_next() -> None:
    assert [place for _, place, _ in found("a a a a", said(("A", "a", 2), ("A", "a")))] == [2, 4]


def test_occurrence_that_the_text_does_not_have_has_no_place() -> None:
    mentions = said(("A", "York", 2))
    assert ground("York", mentions, FREE).not_in_text == tuple(mentions)


def test_occurrence_is_counted_in_the_folded_text_where_none_is_as_written() -> None:
    assert found("YORK, York", said(("A", "york", 2))) == [("A", 6, "York")]


@pytest.mark.parametrize("number", [0, -3])
def test_occurrence_that_counts_nothing_is_not_asked_for(number: int) -> None:
    assert found("York York", said(("A", "York", number))) == [("A", 0, "York")]


def test_mention_given_twice_is_not_put_elsewhere() -> None:
    twice = said(("LEVEL", "lead"), ("LEVEL", "lead"))
    grounding = ground("lead nurse, Teamleader, LEAD", twice, FREE)
    assert [span.start for span in grounding.spans] == [0]
    assert grounding.not_in_text == (twice[1],)


def test_copies_of_a_mention_have_one_form() -> None:
    twice = said(("LEVEL", "lead"), ("LEVEL", "lead"))
    grounding = ground("LEAD, Teamlead", twice, FREE)
    assert [span.start for span in grounding.spans] == [0]
    assert grounding.not_in_text == (twice[1],)


def test_order_of_the_mentions_tells_places_apart() -> None:
    text = "York: nurse in York"
    assert found(text, said(("JOB", "nurse"), ("CITY", "York")))[-1] == ("CITY", 15, "York")
    assert found(text, said(("CITY", "York"), ("JOB", "nurse")))[0] == ("CITY", 0, "York")


def test_place_that_nothing_else_covers_is_preferred() -> None:
    mentions = said(("COMPANY", "London Rail"), ("CITY", "London"))
    assert ("CITY", 13, "London") in found("London Rail, London", mentions)


# --- nesting ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "mentions", [(("JOB", "Senior Nurse"), ("LEVEL", "Senior")), (("LEVEL", "Senior"), ("JOB", "Senior Nurse"))]
)
def test_nested_mention_goes_into_its_parent(mentions: tuple[tuple[str, str], ...]) -> None:
    text = "Senior Care seeks Senior Nurse"
    assert ("LEVEL", 18, "Senior") in found(text, said(*mentions), NESTED)


def test_each_parent_gets_its_own() -> None:
    mentions = said(("JOB", "Senior Nurse"), ("JOB", "Senior Porter"), ("LEVEL", "Senior"), ("LEVEL", "Senior"))
    levels = [each for each in found("Seniors: Senior Porter, Senior Nurse", mentions, NESTED) if each[0] == "LEVEL"]
    assert [place for _, place, _ in levels] == [9, 24]


def test_rule_places_the_one_inner_span_in_its_outer() -> None:
    mentions = said(("JOB", "Nurse"), ("CORE", "Nurse"), ("JOB", "Senior Nurse"), ("CORE", "Nurse"))
    assert found("Senior Nurse / Nurse", mentions, RULED) == [
        ("JOB", 0, "Senior Nurse"),
        ("CORE", 7, "Nurse"),
        ("CORE", 15, "Nurse"),
        ("JOB", 15, "Nurse"),
    ]


def test_inner_mention_with_a_number_draws_its_parent() -> None:
    assert ("JOB", 7, "Nurse") in found("Nurse, Nurse", said(("JOB", "Nurse"), ("CORE", "Nurse", 2)), RULED)


def test_inner_mention_without_a_parent_is_placed_all_the_same() -> None:
    assert found("Nurse", said(("CORE", "Nurse")), RULED) == [("CORE", 0, "Nurse")]


def test_spans_that_may_not_overlap_do_not() -> None:
    mentions = said(("JOB", "Nurse"), ("JOB", "Senior Nurse"))
    grounding = ground("Senior Nurse", mentions, RULED)
    assert len(grounding.spans) == len(grounding.not_in_text) == 1
    assert not [
        each for each in RULED.problems("Senior Nurse", Annotation(grounding.spans)) if each.kind == "no_overlap"
    ]


def test_spans_that_may_not_cross_do_not() -> None:
    schema = Schema(labels=(Label("A"), Label("B")), rules=(Rule("no_crossing"),))
    text = "one two three, two three"
    assert found(text, said(("A", "one two"), ("B", "two three")), schema) == [
        ("A", 0, "one two"),
        ("B", 15, "two three"),
    ]
    assert len(ground("one two three", said(("A", "one two"), ("B", "two three")), schema).spans) == 1


def test_labels_in_a_circle_and_unknown_labels_do_no_harm() -> None:
    circle = Schema(labels=(Label("A", parent="B"), Label("B", parent="A")))
    assert len(found("x y", said(("A", "x"), ("B", "y"), ("NEW", "x")), circle)) == 3
    assert found("x", said(("NEW", "x")), schema_of(["A"])) == [("NEW", 0, "x")]


# --- differences -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "mention", "there"),
    [
        ("a Senior Nurse", "senior NURSE", "Senior Nurse"),
        ("a Senior  \n Nurse", "Senior Nurse", "Senior  \n Nurse"),
        ("a Senior\xa0Nurse", "Senior Nurse", "Senior\xa0Nurse"),
        ("a Senior Nurse", " Senior\tNurse\n", "Senior Nurse"),
        ("the nurse’s pay", "nurse's", "nurse’s"),
        ('the "head" nurse', "“head” nurse", '"head" nurse'),
        ("2024–2025", "2024-2025", "2024–2025"),
        ("R&amp;D Lead", "R&D Lead", "R&amp;D Lead"),
        ("R&D Lead", "R&amp;D Lead", "R&D Lead"),
        ("in Mu\u0308nchen", "München", "Mu\u0308nchen"),
        ("in München", "Mu\u0308nchen", "München"),
        ("Ｎｕｒｓｅ wanted", "Nurse", "Ｎｕｒｓｅ"),
        ("Nurse", "Ｎｕｒｓｅ", "Nurse"),
        ("a De\xadsign\u200ber!", "Designer", "De\xadsign\u200ber"),
        ("a Designer!", "De\xadsigner\u200b", "Designer"),
        ("Senior Nurse in York", "Senior Nurse.", "Senior Nurse"),
        ("Sr. Nurse", "“Sr.”", "Sr."),
        ("Sr Nurse", "(Sr.)", "Sr"),
        ("pay ****k a year", "(****k)", "****k"),
        ("Senior Nurse", "**Senior**", "Senior"),
        ("oﬃce manager", "office manager", "oﬃce manager"),
        ("STRASSE 5", "straße", "STRASSE"),
        ("각 시", "\u1100\u1161\u11a8", "각"),
    ],
)
def test_difference_is_repaired_and_marked(text: str, mention: str, there: str) -> None:
    grounding = ground(text, said(("A", mention)), FREE)
    assert [text[span.start : span.end] for span in grounding.spans] == [there]
    [repair] = grounding.repaired
    assert (repair.label, repair.text, repair.found, text[repair.start : repair.end]) == ("A", mention, there, there)


@pytest.mark.parametrize(
    ("text", "mention"),
    [
        ("Units", "IT"),
        ("capital", "API"),
        ("Café", "Cafe"),
        ("Cafe\u0301s", "CAFE"),
        ("C developer", "C++"),
        ("50 hours", "£50"),
        ("Senior Nurse", "Senior Dentist"),
        ("\u1100\u1161\u11a8", "가"),
        ("oﬃce", "of"),
        ("Nurse", ""),
        ("Nurse", " \u200b\n"),
        ("Nurse", "..."),
        ("", "Nurse"),
        ("", ""),
    ],
)
def test_what_the_text_does_not_say_has_no_span(text: str, mention: str) -> None:
    mentions = said(("A", mention))
    grounding = ground(text, mentions, FREE)
    assert (grounding.spans, grounding.repaired, grounding.not_in_text) == ((), (), tuple(mentions))


def test_form_as_written_goes_before_another_form() -> None:
    assert only_place("nurse, Nurse", "Nurse") == 7


@pytest.mark.parametrize(
    ("text", "mention", "place"),
    [
        ("LUX UX", "UX", 4),
        ("Business UNITS: it support", "IT", 16),
        ("£50,000 for 50 hours", "50", 12),
        ("Teamlead", "lead", 4),
        ("Head ChefLondon", "London", 9),
        ("head chefLondon", "LONDON", 9),
        ("東京都の看護師", "看護師", 4),
        ("x 👩‍⚕️, 👩", "👩", 8),
        ("Cafe\u0301, Cafe", "Cafe", 7),
    ],
)
def test_place_is_between_words_where_there_is_one(text: str, mention: str, place: int) -> None:
    assert only_place(text, mention) == place


@pytest.mark.parametrize(
    ("text", "mention", "place"),
    [
        ("😀 Nurse 😀", "nurse", 2),
        ("😀😀&amp; Nurse", "NURSE", 8),
        ("אחות \u200fבכירה", "אחות בכירה", 0),
        ("ممرضة أولى", "أولى", 6),
        ("a\ud800b Nurse \udc00", "nurse", 4),
        ("x \ud83d y", "\ud83d", 2),
        ("\x00 Nurse", "\x00", 0),
    ],
)
def test_hostile_text_is_read(text: str, mention: str, place: int) -> None:
    assert only_place(text, mention) == place


# --- sizes -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["a " * 2500, "a" * 5000])
def test_many_mentions_of_one_letter_are_placed_in_order(text: str) -> None:
    step = len(text) // text.count("a")
    spans = ground(text, said(("A", "a")) * 200, FREE).spans
    assert [span.start for span in spans] == [step * number for number in range(200)]


def test_mentions_beyond_the_places_are_told() -> None:
    grounding = ground("a a", said(("A", "a")) * 5000, FREE)
    assert (len(grounding.spans), len(grounding.not_in_text)) == (2, 4998)


def test_long_run_of_marks_is_no_trap() -> None:
    text = "e" + "\u0301\u0323" * 50_000 + " Nurse"
    assert only_place(text, "NURSE") == 100_002
