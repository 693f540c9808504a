"""HTML becomes the text that a browser shows, and each character knows where it came from."""

from __future__ import annotations

import html
import random
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.spec import ROOT

from textwright.types import Span
from textwright.wrangle.clean import Mapped
from textwright.wrangle.source.html import from_html

if TYPE_CHECKING:
    from playwright.sync_api import Browser

TEXTS = [
    ("<p>R&amp;D <b>Lead</b></p>", "R&D Lead"),
    ("<p>one</p>\n <p>two", "one\n\ntwo"),
    ("<ul>\n <li>a\n <li>b <ul><li>c</ul></ul>d", "a\nb\nc\nd"),
    ("<table><tr><td>a<td>b<tr><td>c</td><td></td></table>d", "a\tb\nc\t\nd"),
    ("a<br>b<br/>c</br>d", "a\nb\nc\nd"),
    ("<div>a<br></div>b", "a\n\nb"),
    ("<pre>\n a  b\n\tc</pre>d", " a  b\n\tc\nd"),
    ("  two\r\n\t words  ", "two words"),
    ("a&nbsp; b", "a\xa0 b"),
    ("<title>t</title><style>s</style><script>if (a<b) c</script><template><p>x</template>y", "y"),
    ("<textarea>a</textarea><noscript>n</noscript>b", "b"),
    ("<div hidden>a<div>b</div>c</div>d<p style='color: red; display:none'>e</p>", "d"),
    ("<span hidden>a<span>b</span>c</span>d", "d"),
    ("a<!-- b -- > --->c<!doctype html>d<?x y?>e", "acde"),
    ("a<![CDATA[b]]>c<svg><text><![CDATA[ d<b> ]]></text><title>t</title></svg>e", "ac d<b> e"),
    ("&pound30k &notit; &#163; &#xA3; &#x80; &bogus; & &amp;amp; &#x30;", "£30k ¬it; £ £ € &bogus; & &amp; 0"),
    ("a < b <3 </ x></>c", "a < b <3 c"),
    ("a</b></p>b</div></td>c", "a\n\nbc"),
    ("<p>a<div>b</div>c", "a\n\nb\nc"),
    ("<a href='x>y' title=\"<p>\">z</a>", "z"),
    ("<p", ""),
    ("a\0b", "ab"),
    ("<select><option>a<option>b</select>", "a\nb"),
    ("", ""),
]


@pytest.mark.parametrize(("source", "text"), TEXTS)
def test_text_is_what_a_browser_shows(source: str, text: str) -> None:
    assert from_html(source).text == text


def whence(mapped: Mapped, source: str) -> list[str]:
    return [source[slice(*mapped.raw(i, i + 1))] for i in range(len(mapped.text))]


@pytest.mark.parametrize(
    ("source", "pieces"),
    [
        ("a&amp;b", ["a", "&amp;", "b"]),
        ("&pound3", ["&pound", "3"]),
        ("&#x30;", ["&#x30;"]),
        ("a \r\n b", ["a", " \r\n ", "b"]),
        ("<p>a</p><p>b", ["a", "</p><p>", "</p><p>", "b"]),
        ("a<br>b", ["a", "<br>", "b"]),
        ("<pre>a\r\nb</pre>", ["a", "\r\n", "b"]),
        ("<div\r\nx='\r\n'>a", ["a"]),
        ("a</>b", ["a", "b"]),
        ("<table><tr><option>a<tr>b", ["a", "<tr>", "<tr>", "b"]),
        ("&fjlig;", ["&fjlig;", "&fjlig;"]),
        ("\U0001f600<b>\ud800", ["\U0001f600", "\ud800"]),
    ],
)
def test_characters_know_where_they_came_from(source: str, pieces: list[str]) -> None:
    assert whence(from_html(source), source) == pieces


SOUP = [
    *(
        "<p>",
        "</p>",
        "<b x='&amp;'>",
        "</b>",
        "<br/>",
        "<div hidden>",
        "<div\r\n>",
        "</div>",
        "<pre>",
        "</pre>",
        "<li>",
    ),
    *("<ul>", "</ul>", "<table>", "<caption>", "<tbody>", "<tr>", "<td>", "</td>", "</tr>", "</table>", "<template>"),
    *("</template>", "<script>", "</script>", "<title>", "</title>", "<textarea>", "</textarea>", "<svg>", "</svg>"),
    *("<math>", "<foreignobject>", "</foreignobject>", "<plaintext>", "<![CDATA[", "]]>", "<!--", "-->", "<!x", "</>"),
    *("&amp;", "&pound3", "&#x30", "&#0;", "&bogus;", "&fjlig;", "&", "<", ">", "'", '"', "=", "/>", "<a href="),
    *("\r\n", "\r", "\n", "\0", " ", "\t", "\x0b", "\x85", "\u2028", "\ufeff", "é", "\U0001f600", "\ud800", "a", "bc"),
]
soup = st.lists(st.sampled_from(SOUP) | st.text(max_size=3), max_size=14).map("".join)
hostile = (ROOT / "spec" / "hostile.txt").read_text(encoding="utf-8").split("\n")


def assert_in_order(mapped: Mapped, source: str) -> None:
    """Each character comes from a stretch of the source; stretches stand in order."""
    ranges = [mapped.raw(i, i + 1) for i in range(len(mapped.text))]
    assert all(0 <= start < end <= len(source) for start, end in ranges)
    assert all(one[1] <= two[0] or one == two for one, two in pairwise(ranges))


def assert_kept(mapped: Mapped, source: str) -> None:
    """Each character comes from a stretch that holds it or stands for it."""
    assert_in_order(mapped, source)
    ranges = [mapped.raw(i, i + 1) for i in range(len(mapped.text))]
    for char, (start, end) in zip(mapped.text, ranges, strict=True):
        found = source[start:end]
        made_by_markup = char in "\n\t" or (char == " " and not found.replace("</>", "").strip(" \t\r\n\f"))
        assert char == found or made_by_markup or found.startswith("&") or (char, found) == ("\ufffd", "\0")


@given(soup)
@settings(deadline=None, derandomize=True, max_examples=150)
def test_tag_soup_is_read_and_mapped(source: str) -> None:
    assert_kept(from_html(source), source)


@pytest.mark.parametrize("text", hostile)
def test_hostile_texts_are_mapped(text: str) -> None:
    for source in (text, f"<p>{text}", f"<pre>{html.escape(text)}</pre>"):
        assert_kept(from_html(source), source)


@given(st.text(st.characters(exclude_characters="\r\0"), max_size=60))
@settings(deadline=None, derandomize=True)
def test_escaped_text_comes_back(text: str) -> None:
    mapped = from_html(f"<pre>\n{html.escape(text)}</pre>")
    assert mapped.text == text


@given(soup, st.randoms(use_true_random=False))
@settings(deadline=None, derandomize=True, max_examples=100)
def test_spans_come_back_from_the_source(source: str, chance: random.Random) -> None:
    mapped = from_html(source)
    spans = some_spans(mapped, chance)
    assert mapped.mapped_spans(mapped.raw_spans(spans)) == spans


def some_spans(mapped: Mapped, chance: random.Random) -> tuple[Span, ...]:
    """Choose spans whose ends do not part characters that share a stretch of the source."""
    size = len(mapped.text)
    starts = mapped.starts or tuple(range(size))
    seams = [i for i in range(size + 1) if i in (0, size) or starts[i] != starts[i - 1]]
    pairs = [sorted(chance.sample(seams, 2)) for _ in range(5) if len(seams) > 1]
    return tuple(Span(start, end, "X") for start, end in pairs)


@pytest.mark.parametrize(
    "source",
    ["<svg>" * 3000 + "</td>" * 3000, "<div>" * 3000 + "</p></i>" * 3000, "<svg>" + "<![CDATA[a" * 3000, "&" * 20000],
    ids=["nested", "unclosed", "cdata", "ampersands"],
)
def test_depth_is_no_danger(source: str) -> None:
    assert_kept(from_html(source), source)


INLINE = [
    "Nurse",
    "R&amp;D",
    " x",
    "y ",
    "\n ",
    "&nbsp;",
    "<b>b</b>",
    "<i> i </i>",
    "<br>",
    "&pound3",
    "<span hidden>n</span>",
]
BLOCKS = ["<p>{}</p>", "<p>{}", "<div>{}</div>", "<h1>{}</h1>", "<ul><li>{}<li>{}</ul>", "<pre>\n{}</pre>", "<hr>{}"]
BLOCKS += ["<table><tr><td>{}<td>{}<tr><th>{}</table>", "<dl><dt>{}<dd>{}</dl>", "<section>{}<p>{}</section>", "{}"]


def some_page(chance: random.Random) -> str:
    def inline() -> str:
        return "".join(chance.choices(INLINE, k=chance.randint(0, 4)))

    blocks = chance.choices(BLOCKS, k=chance.randint(1, 5))
    return "".join(block.format(inline(), inline(), inline()) + chance.choice(["", "\n"]) for block in blocks)


@pytest.mark.browser
def test_chromium_shows_the_same_text(browser: Browser) -> None:
    pages = [some_page(random.Random(seed)) for seed in range(400)]
    page = browser.new_page()
    page.set_content("<!doctype html><body></body>")
    shown = page.evaluate(
        "pages => pages.map(p => { document.body.innerHTML = p; return document.body.innerText })", pages
    )
    page.close()
    assert [from_html(each).text for each in pages] == shown
