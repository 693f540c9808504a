"""What holds for any text and any answer."""

from __future__ import annotations

import random
import unicodedata
from typing import Literal

from hypothesis import example, given, settings
from hypothesis import strategies as st

from textwright.formats.mentions import answer_of, gold_of
from textwright.ground import Mention, ground
from textwright.ground.folding import fold
from textwright.ground.searching import nth_place, places_of
from textwright.schema import Label, Rule, Schema
from textwright.types import Annotation, Span, in_order

LETTERS = "ab AB-–'’.&;xé\u0301\u00ad\u200b\n\xa0ßｂ😀א가\ud800"
HOSTILE = st.text(st.sampled_from(LETTERS), max_size=30) | st.text(max_size=30)
SCHEMA = Schema(
    labels=(Label("A"), Label("B", parent="A"), Label("C")),
    rules=(Rule("no_overlap", label="C"), Rule("no_crossing")),
    open=True,
)
LABELS = st.sampled_from(["A", "B", "C", "NEW"])
MENTIONS = st.lists(st.builds(Mention, LABELS, HOSTILE, st.none() | st.integers(-1, 4)), max_size=6)
FREE = Schema(open=True)
FORMS: tuple[Literal["NFC", "NFD"], ...] = ("NFC", "NFD")


@st.composite
def answers(draw: st.DrawFn) -> tuple[str, list[Mention]]:
    """Draw a text and mentions, most of them cut out of it."""
    text = draw(HOSTILE)
    cut = st.tuples(st.integers(0, len(text)), st.integers(1, 8)).map(lambda at: text[at[0] : sum(at)])
    changed = cut | cut.map(str.upper) | cut.map(str.swapcase)
    return text, draw(
        st.lists(st.builds(Mention, LABELS, changed | HOSTILE, st.none() | st.integers(0, 3)), max_size=6)
    )


@st.composite
def golds(draw: st.DrawFn) -> tuple[str, Annotation]:
    """Draw a text of few letters with spans that begin and end with letters, no span twice."""
    text = draw(st.text(st.sampled_from("ab ."), min_size=1, max_size=20))
    places = [(i, j) for i in range(len(text)) for j in range(i + 1, len(text) + 1) if text[i:j].strip() == text[i:j]]
    if not places:
        return text, Annotation(spans=())
    drawn = draw(st.sets(st.tuples(st.sampled_from(places), st.sampled_from("AB")), max_size=6))
    return text, Annotation(spans=in_order(Span(*place, label) for place, label in drawn))


def words(string: str) -> str:
    return fold(string).text.strip(" ")


@settings(deadline=None, max_examples=120)
@given(answers())
def test_span_says_what_a_mention_of_its_label_says(answer: tuple[str, list[Mention]]) -> None:
    text, mentions = answer
    found = ground(text, mentions, SCHEMA)
    assert len(found.spans) + len(found.not_in_text) == len(mentions)
    for span in found.spans:
        there = text[span.start : span.end]
        assert there
        assert there.strip() == there
        said = [words(each.text) for each in mentions if each.label == span.label]
        assert any(words(there) == each or (words(there) in each and not each.isalnum()) for each in said)
    assert len({(span.start, span.end, span.label) for span in found.spans}) == len(found.spans)
    assert not [p for p in SCHEMA.problems(text, Annotation(found.spans)) if p.kind not in {"label"}]


@settings(deadline=None, max_examples=100)
@given(HOSTILE, MENTIONS)
def test_repairs_are_the_spans_that_differ(text: str, mentions: list[Mention]) -> None:
    found = ground(text, mentions, FREE)
    said = {(each.label, each.text) for each in mentions}
    differ = {(s.start, s.end, s.label) for s in found.spans if (s.label, text[s.start : s.end]) not in said}
    marked = {(each.start, each.end, each.label) for each in found.repaired}
    assert differ <= marked
    assert all(text[each.start : each.end] == each.found for each in found.repaired)


@settings(deadline=None, max_examples=120)
@given(golds())
def test_gold_said_with_numbers_comes_back(gold: tuple[str, Annotation]) -> None:
    text, annotation = gold
    spans = annotation.spans or ()
    mentions = [Mention(s.label, text[s.start : s.end], occurrence_of(s, text)) for s in spans]
    assert ground(text, mentions, FREE).spans == spans
    answer = {"spans": [{"label": m.label, "text": m.text, "occurrence": m.occurrence} for m in mentions]}
    assert gold_of(answer, text)[0].spans == spans


def occurrence_of(span: Span, text: str) -> int:
    marked = text[span.start : span.end]
    return sum(text.startswith(marked, place) for place in range(span.start + 1))


@settings(deadline=None, max_examples=100)
@given(st.lists(st.sampled_from(["nurse", "York", "Senior", "12", "office"]), unique=True), st.integers(0, 99))
def test_order_does_not_matter_where_each_stands_once(said: list[str], seed: int) -> None:
    text = ", ".join(said)
    mentions = [Mention(f"L{len(each)}", each) for each in said]
    shuffled = random.Random(seed).sample(mentions, len(mentions))
    assert ground(text, shuffled, FREE).spans == ground(text, mentions, FREE).spans
    assert len(ground(text, mentions, FREE).spans) == len(said)


def test_answer_in_the_order_of_the_text_needs_no_numbers() -> None:
    text = "lead nurse, nurse, lead porter"
    gold = Annotation(spans=(Span(0, 4, "A"), Span(5, 10, "B"), Span(12, 17, "B"), Span(19, 23, "A")))
    mentions = [Mention(each["label"], each["text"]) for each in answer_of(gold, text)["spans"]]
    assert ground(text, mentions, FREE).spans == gold.spans


@settings(deadline=None, max_examples=120)
@given(HOSTILE)
def test_folded_text_leads_back_to_the_raw_one(text: str) -> None:
    folded = fold(text)
    assert folded.raw(0, len(folded.text)) is not None
    for start in range(len(folded.text)):
        raw = folded.raw(start, start + 1)
        assert raw is None or (0 <= raw[0] < raw[1] <= len(text) and fold(text[slice(*raw)]).text == folded.text[start])


@settings(deadline=None, max_examples=100)
@given(st.text(max_size=20))
@example("\u1ffd\u1fef\u212b\uac01\u0344")
def test_composition_makes_no_difference(text: str) -> None:
    composed, apart = (fold(unicodedata.normalize(form, text)).text for form in FORMS)
    assert composed == apart == fold(text).text


@settings(deadline=None, max_examples=100)
@given(
    st.text(st.sampled_from("ab \ud800é"), max_size=200), st.sets(st.text(st.sampled_from("ab \ud800é"), max_size=4))
)
def test_searching_together_finds_what_searching_alone_finds(text: str, strings: set[str]) -> None:
    from textwright.ground import searching

    alone = {string: searching.searched(string, text) for string in strings if string}
    assert places_of(strings, text) == alone
    together = searching.searched_together([string for string in strings if string], text)
    assert all(places == alone[string] for string, places in together.items())
    assert all(nth_place(string, text, len(places) + 1, places[:1]) is None for string, places in alone.items())


def test_searching_together_goes_over_the_seams_of_its_pieces() -> None:
    from textwright.ground import searching

    text = "".join(random.Random(0).choices("ab ", k=10_000))
    strings = ["ab", "a" * 5, text[4090:4110], text[8100:8290]]
    together = searching.searched_together(strings, text)
    assert together == {string: searching.searched(string, text) for string in strings}
