"""Markdown becomes text, and each character knows where it came from."""

from __future__ import annotations

import random

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from tests.wrangle.test_source_html import assert_in_order, hostile, some_spans, whence

from textwright.wrangle.source.html import from_html
from textwright.wrangle.source.markdown import from_markdown

TEXTS = [
    ("# Staff *Nurse*\n\nLeith", ["Staff Nurse", "Leith"]),
    ("## a `b  c` ##\nLead\n===\n", ["a b c", "Lead"]),
    ("> - q **w**\n>   second  \n>   third\\\n>   fourth", ["q w second", "third", "fourth"]),
    ("1. one\n2. two\n\n   more\n", ["one", "two", "more"]),
    ("[link *it*](u 't') ![alt *it*](p.png) <http://a.b/%20c> [r][x]\n\n[x]: /y", ["link it alt it http://a.b/%20c r"]),
    ("R\\&D &amp; &#163; `` ` `` `&amp;`", ["R&D & £ ` &amp;"]),
    ("```py\nx = 1 < 2\n  y\n```\n\n\tcode\n", ["x = 1 < 2", "  y", "code"]),
    ("| a | b \\| c |\n|---|---|\n| 1 | `x\\|y` |\n2|", ["a\tb | c", "1\tx|y", "2\t"]),
    ("a <b>bold</b> <!-- c -->d<br>e\n\n<div hidden>\n\nno\n\n</div>", ["a bold d", "e"]),
    ("~~gone~~ **a*b** _c_ *d\\* ** e", ["gone a*b c *d* ** e"]),
    ("\ta\n\n- b\n\n\t- c\n\n***\nd", ["a", "b", "c", "d"]),
]


@pytest.mark.parametrize(("source", "lines"), TEXTS)
def test_text_is_what_a_reader_sees(source: str, lines: list[str]) -> None:
    assert [line for line in from_markdown(source).text.split("\n") if line] == lines


@pytest.mark.parametrize(
    ("source", "pieces"),
    [
        ("# a *b*", ["a", " ", "b"]),
        ("> 1. `a\n> b`", ["a", "\n", "b"]),
        ("a\\&&amp;b", ["a", "\\&", "&amp;", "b"]),
        ("a  \n  b", ["a", "\n  ", "b"]),
        ("- a\n- b", ["a", "\n- ", "b"]),
        ("![a](u)[b](v)<c1:d>", ["a", "b", "c", "1", ":", "d"]),
        ("|a|b\\|\n|-|-|\n|c|", ["a", "|", "b", "\\|", "\n|-|-|\n|", "c", "|"]),
        ("```\na <\n```", ["a", " ", "<"]),
        ("a\r\nb", ["a", "\r\n", "b"]),
        ("a\0", ["a", "\0"]),
    ],
)
def test_characters_know_where_they_came_from(source: str, pieces: list[str]) -> None:
    assert whence(from_markdown(source), source) == pieces


SIGNS = [
    *(
        "*",
        "**",
        "_",
        "__",
        "~~",
        "`",
        "``",
        "[",
        "]",
        "(",
        ")",
        "](u)",
        "[a](b)",
        "<http://x.y>",
        "<a@b.c>",
        "<b>",
        "</b>",
    ),
    *(
        "<div>",
        "</div>",
        "<!-- c -->",
        "&amp;",
        "&",
        "&#13;",
        "\\",
        "\\*",
        "\\|",
        "\\\n",
        "  \n",
        "\n",
        "\n\n",
        "\r\n",
        "\t",
    ),
    *(
        "\n    ",
        "\n\t",
        "> ",
        "- ",
        "1. ",
        "# ",
        "## ",
        "\n===\n",
        "\n---\n",
        "***",
        "```\n",
        "~~~",
        "| ",
        "|",
        "\n|-|-|\n",
    ),
    *(
        "a",
        "b c",
        " d ",
        "é",
        "\U0001f600",
        "\0",
        "\u2028",
        "\x0b",
        "\xa0",
        "[x]: /u\n",
        "[x]",
        "<script>",
        "<",
        "\ud800",
    ),
    *("\r", "\n> ", "\n- ", "\n  - ", "|a|b|\n|-|-|\n", "c|d\n", "\n1. ", "&fjlig;"),
]
signs = st.lists(st.sampled_from(SIGNS), max_size=16).map("".join)


@given(signs, st.randoms(use_true_random=False))
@settings(deadline=None, derandomize=True, max_examples=150)
def test_text_is_that_of_the_html_and_maps_back(source: str, chance: random.Random) -> None:
    """What markdown-it renders is the measure; the renderer knows no places, but the same text comes out."""
    mapped = from_markdown(source)
    parser = MarkdownIt("commonmark", {"maxNesting": 100}).enable(["table", "strikethrough"])
    parser.normalizeLinkText = str  # type: ignore[method-assign,assignment]
    rendered = parser.render(source).replace("\n</code></pre>", "</code></pre>")
    assert mapped.text == from_html(rendered).text
    assert_in_order(mapped, source)
    spans = some_spans(mapped, chance)
    assert mapped.mapped_spans(mapped.raw_spans(spans)) == spans


# Where markup is text, or white space is not what it seems.
ODD = ["<pre>", "<plaintext>", "<![CDATA[a]]>", "</svg>", "<textarea>", "<td>", "&#x80;", "<!-- x -->", "~~~", "</pre>"]
ODD += ["\x85", "\ufeff", "\u2028", "\x1c", "\xa0", "\ud800", "\r", "\r\n", "\t", "_", "1. ", "|a|b|\n|-|-|\n", "a"]
odd = st.lists(st.sampled_from(ODD), max_size=10).map("".join)


@given(odd, st.randoms(use_true_random=False))
@example("a<pre>\x85\t", random.Random(1))
@example("1. <pre>~~\x85\ufeff\r\n_\t", random.Random(1))
@example("\xa0\r\x1c", random.Random(1))
@example("|a|b|\n|-|-|\na\r\x1c", random.Random(1))
@example("|a|b|\n|-|-|\n\u2028|a\x1c", random.Random(1))
@example("# \x85a", random.Random(1))
@example("<plaintext>\\*~~<a href=~~~<table>~~", random.Random(1))
@settings(deadline=None, derandomize=True, max_examples=200)
def test_every_character_has_a_place_of_its_own(source: str, chance: random.Random) -> None:
    mapped = from_markdown(source)
    assert_in_order(mapped, source)
    spans = some_spans(mapped, chance)
    assert mapped.mapped_spans(mapped.raw_spans(spans)) == spans


@pytest.mark.parametrize("text", hostile)
def test_hostile_texts_are_mapped(text: str) -> None:
    for source in (text, f"> {text}", f"    {text}", f"- **{text}**"):
        assert_in_order(from_markdown(source), source)


@pytest.mark.parametrize(
    "source", ["[" * 3000, "*a " * 3000, "> " * 3000 + "a", "- " * 1500 + "a", "|" * 3000, "\u2028\n" * 900]
)
def test_depth_is_no_danger(source: str) -> None:
    assert_in_order(from_markdown(source), source)
