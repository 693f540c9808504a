from __future__ import annotations

import html
import re
from html.parser import HTMLParser

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from tests.spec import WEB
from textwright.bidi import LEFT_MARK, RIGHT_MARK
from textwright.draw import PALETTE, colour_of, draw_html, draw_text
from textwright.schema import Schema
from textwright.testing import HOSTILE_TEXTS
from textwright.types import Annotation, Category, Span

TITLES = Schema.from_data(
    {"labels": {"JOB": {"colour": "#1f5fbf"}, "CORE": {"colour": "#0b7a75", "parent": "JOB"}, "LEVEL": {}}}
)
TEXT = "Senior Nurse"
NESTED = Annotation((Span(0, 12, "JOB"), Span(0, 6, "LEVEL"), Span(7, 12, "CORE")))


@st.composite
def annotated_texts(draw: st.DrawFn) -> tuple[str, Annotation]:
    text = draw(st.one_of(st.text(max_size=60), st.text(alphabet="ab 漢👩\u200d💻e\u0301\n", max_size=60)))
    edge = st.integers(0, len(text))
    spans = draw(st.lists(st.builds(Span, edge, edge, st.sampled_from(["A", "LONG_LABEL", '<&">'])), max_size=6))
    return text, Annotation(tuple(span for span in spans if span.start < span.end))


def lines_of(text: str, annotation: Annotation, width: int = 80) -> list[str]:
    return draw_text(text, annotation, TITLES, width=width).plain.split("\n")


class Elements(HTMLParser):
    """Collect the drawn spans and the text of a piece of HTML, and check that its tags are balanced."""

    def __init__(self, markup: str) -> None:
        super().__init__(convert_charrefs=True)
        self.spans: list[tuple[int, int, str]] = []
        self.covered: dict[tuple[int, int, str], str] = {}
        self.text = ""
        self._open: list[tuple[int, int, str] | None] = []
        self.feed(markup)
        self.close()
        assert not self._open, "some element is never closed"

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attributes}
        span = None
        if "data-start" in found:
            span = (int(found["data-start"]), int(found["data-end"]), found["data-label"])
            self.spans += [] if "tw-more" in found["class"] else [span]
        self._open.append(span)

    def handle_endtag(self, tag: str) -> None:
        self._open.pop()

    def handle_data(self, data: str) -> None:
        self.text += data
        for span in {span for span in self._open if span}:
            self.covered[span] = self.covered.get(span, "") + data


def test_brackets_stand_under_what_they_mark() -> None:
    assert lines_of(TEXT, NESTED) == ["Senior Nurse", "       └───┘ CORE", "└────┘ LEVEL", "└── JOB ───┘"]


def test_wide_characters_keep_brackets_aligned() -> None:
    text, first, *_ = lines_of("漢字 👩‍💻 e\u0301 Nurse", Annotation((Span(10, 15, "JOB"),)))
    assert first.index("└") == cell_len(text[: text.index("Nurse")])


def test_crossing_spans_get_lanes_of_their_own() -> None:
    text, *lanes = lines_of("abcdefghij", Annotation((Span(0, 6, "A"), Span(4, 10, "B"))))
    assert text == "abcdefghij"
    assert lanes == ["└ A ─┘", "    └ B ─┘"]


def test_a_span_goes_on_over_a_broken_line() -> None:
    assert lines_of("aaaa bbbb", Annotation((Span(0, 9, "J"),)), width=8) == ["aaaa", "└─── J", "bbbb", "───┘"]


def test_categories_are_named_below() -> None:
    assert lines_of("x", Annotation(categories=(Category("advertiser", "agency"),)))[-1] == "▪ advertiser: agency"


def test_nothing_annotated_is_the_text_alone() -> None:
    assert lines_of(TEXT, Annotation()) == [TEXT]


@pytest.mark.parametrize("width", [8, 20, 36, 80])
@given(annotated_texts())
def test_no_row_is_wider_than_the_terminal(width: int, drawn: tuple[str, Annotation]) -> None:
    assert all(cell_len(row) <= width for row in draw_text(*drawn, width=width).plain.split("\n"))


@given(annotated_texts())
def test_html_nests_properly_and_draws_every_span_once(drawn: tuple[str, Annotation]) -> None:
    found = Elements(draw_html(*drawn, styled=False))
    assert sorted(found.spans) == sorted({(s.start, s.end, s.label) for s in drawn[1].spans or ()})


@given(annotated_texts().filter(lambda drawn: drawn[0].isprintable()))
def test_html_elements_hold_exactly_the_marked_text(drawn: tuple[str, Annotation]) -> None:
    text, annotation = drawn
    found = Elements(draw_html(text, annotation, styled=False))
    assert found.text == text
    assert found.covered == {(s.start, s.end, s.label): text[s.start : s.end] for s in annotation.spans or ()}


def test_only_crossing_spans_are_drawn_in_two_elements() -> None:
    assert "tw-more" not in draw_html(TEXT, NESTED, TITLES, styled=False)
    assert draw_html(TEXT, Annotation((Span(0, 8, "JOB"), Span(5, 12, "LEVEL"))), styled=False).count("tw-more") == 1


@pytest.mark.parametrize("text", ["ที่นี่ทำงานดีมาก" * 3, "क्षत्रियमुख्यालय" * 3, "👩🏽‍⚕️" * 12, "e\u0301" * 40])
def test_a_block_never_parts_what_a_reader_sees_as_one_character(text: str) -> None:
    for label in ("A", "ABC", "ABCDEF", "ABCDEFGHIJ"):
        markup = draw_html(text, Annotation((Span(0, len(text), label),)), styled=False)
        _, _, rest = re.sub(r"</b>", "", markup).partition('class="tw-head"')[2].partition("</span>")
        behind = rest.partition("</span>")[0]
        characters = regex.findall(r"\X", text)
        assert behind in {"".join(characters[place:]) for place in range(len(characters) + 1)}, label


def test_texts_from_left_to_right_are_drawn_without_marks_of_direction() -> None:
    assert "tw-turn" not in draw_html("Größe: 3 Ärztinnen", Annotation((Span(0, 5, "A"),)), styled=False)


@pytest.mark.parametrize(
    ("text", "marked", "mark"),
    [
        ("דרושה Senior UX", "Senior UX", LEFT_MARK),
        ("We hire מנהל מוצר", "מנהל מוצר", RIGHT_MARK),
        ("משרה 80 אחוז", "80", RIGHT_MARK),
        ("משרה UX 80", "80", LEFT_MARK),
        ("דרושה Senior UX", "דרושה Senior", ""),
    ],
)
def test_a_block_goes_with_the_letters_that_run_its_way(text: str, marked: str, mark: str) -> None:
    start = text.index(marked)
    markup = draw_html(text, Annotation((Span(start, start + len(marked), "A_LONG_LABEL"),)), styled=False)
    assert re.findall('data-mark="(.?)"', markup) == [mark]


def test_html_never_interprets_a_text() -> None:
    text = "<script>alert(1)</script><img src=x onerror=alert(1)>&amp;"
    markup = draw_html(text, Annotation((Span(3, 20, '"><script>'),)), styled=False)
    assert not re.findall(r"<(?!/?(?:span|div|b)[ >])", markup)
    assert html.unescape(re.sub(r"<[^>]*>", "", markup)) == text


@pytest.mark.parametrize("text", HOSTILE_TEXTS)
def test_hostile_texts_can_be_drawn_and_written(text: str) -> None:
    annotation = Annotation((Span(0, len(text), "JOB"), Span(0, len(text) // 2, "LEVEL")))
    assert draw_html(text, annotation, TITLES).encode("utf-8")
    assert "\x00" not in draw_text(text, annotation, TITLES).plain


def test_a_lone_surrogate_can_be_written() -> None:
    assert draw_html("\ud800", Annotation()).encode("utf-8")
    assert draw_text("\ud800", Annotation()).plain.encode("utf-8")


def test_colour_comes_from_the_schema_else_stays_the_same_for_a_name() -> None:
    assert colour_of("JOB", TITLES) == "#1f5fbf"
    assert colour_of("unheard of") == colour_of("unheard of") in PALETTE


def test_pages_draw_with_the_same_colours_in_the_same_order() -> None:
    (listed,) = re.findall(r"SPARE_COLOURS = \[(.*)\]", (WEB / "components" / "drawing.ts").read_text())
    assert tuple(re.findall("#[0-9a-f]{6}", listed)) == PALETTE
