"""What values show of themselves in a notebook, without one."""

from __future__ import annotations

import pickle
import re
import subprocess
import sys
from html.parser import HTMLParser
from typing import Any

import pytest

import textwright as tw
from textwright.display import Shown
from textwright.types import Annotation, Answer, Category, Example, Problem, Span

NESTED = Annotation((Span(0, 12, "JOB", 0.91), Span(0, 6, "LEVEL")), (Category("tone", "calm", 0.5),))
SENIOR = Example("t-1", "Senior Nurse", NESTED, {"source": "board"}, "anna")
NASTY = '</style><script>alert(1)</script><img src=x onerror=alert(1)>" onmouseover="x'
SCHEMA = {
    "name": "titles",
    "labels": {"JOB": {"key": "j", "meaning": "A title.", "colour": "#112233"}, "LEVEL": {"parent": "JOB"}},
    "tasks": {"tone": {"labels": {"calm": {}, "warm": {}}}},
    "rules": [{"kind": "inside", "outer": "JOB", "inner": "LEVEL"}],
}


class Words(HTMLParser):
    """What a reader gets: words, and the elements that a browser would make."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.words, self.elements, self._quiet = list[str](), set[str](), False
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements |= {tag, *(f"@{name}" for name, _ in attrs)}
        self._quiet = tag == "style"

    def handle_endtag(self, tag: str) -> None:
        self._quiet = False

    def handle_data(self, data: str) -> None:
        if not self._quiet and data.strip():
            self.words.append(data)


def shown(value: Any) -> Words:
    return Words(value._repr_html_())


def test_an_annotation_is_a_table() -> None:
    words = shown(NESTED).words
    spans = ["label", "start", "end", "score", "JOB", "0", "12", "0.910", "LEVEL", "0", "6"]
    assert words == [*spans, "task", "label", "score", "tone", "calm", "0.500"]


def test_not_annotated_is_told_from_nothing_there() -> None:
    assert shown(Annotation()).words == ["Spans: not annotated.", "Categories: not annotated."]
    assert "none, and that was looked at" in shown(Annotation(())).words[0]


def test_an_answer_without_annotation_says_why() -> None:
    assert shown(Answer(None, Problem("timeout", "the server said <nothing>"))).words == [
        "No answer: the server said <nothing>"
    ]
    assert shown(Answer(NESTED)).words == shown(NESTED).words


def test_an_example_is_drawn_and_every_label_is_a_word() -> None:
    html = SENIOR._repr_html_() or ""
    assert re.findall(r'data-start="(\d+)" data-end="(\d+)" data-label="(\w+)"', html) == [
        ("0", "12", "JOB"),
        ("0", "6", "LEVEL"),
    ]
    words = Words(html).words
    assert {"t-1", "2 spans: JOB, LEVEL", "Senior", "Senior Nurse", "JOB", "LEVEL", "calm"} <= set(words)
    assert any("by anna" in each and "source: board" in each for each in words)


def test_a_long_text_is_cut_with_its_spans() -> None:
    long = Example("x", "word " * 10_000, Annotation((Span(0, 4, "A"), Span(49_000, 49_004, "B"))))
    html = long._repr_html_() or ""
    assert len(html) < 20_000
    assert 'data-label="A"' in html
    assert "2 spans: A, B" in html


def test_a_data_set_shows_its_size_labels_and_head() -> None:
    dataset = tw.Dataset([SENIOR] * 7, schema=tw.Schema.from_data(SCHEMA), name="gold")
    words = shown(dataset).words
    assert words[0] == "gold: 7 examples, 7 with spans and 7 with categories"
    assert words[words.index("JOB") : words.index("JOB") + 3] == ["JOB", "7", "7"]
    assert words.count("2 spans: JOB, LEVEL") == 5
    assert words[-1] == "and 2 more."
    assert "#112233" in (dataset._repr_html_() or "")


def test_an_empty_data_set_is_shown_too() -> None:
    assert shown(tw.Dataset([])).words == ["0 examples, none annotated"]


def test_a_schema_shows_labels_tasks_and_rules_in_words() -> None:
    words = shown(tw.Schema.from_data(SCHEMA)).words
    assert words[:9] == ["titles", "label", "key", "inside", "meaning", "JOB", "j", "A title.", "LEVEL"]
    assert "Each LEVEL lies in a JOB." in words
    assert "tone" in words
    assert "Other labels are accepted, too." in shown(tw.Schema(open=True)).words


def test_nothing_in_a_value_becomes_markup() -> None:
    example = Example(
        NASTY, NASTY, Annotation((Span(0, len(NASTY), NASTY),), (Category(NASTY, NASTY),)), {NASTY: NASTY}, NASTY
    )
    dataset = tw.Dataset([example], name=NASTY)
    allowed = shown(tw.Dataset([SENIOR], name="x")).elements | shown(tw.Schema.from_data(SCHEMA)).elements
    for value in (example, example.gold, dataset, dataset.schema, Answer(None, Problem(NASTY, NASTY))):
        assert shown(value).elements <= allowed
        assert "<script" not in (value._repr_html_() or "")


def test_values_stay_plain_data() -> None:
    assert pickle.loads(pickle.dumps(NESTED)) == NESTED
    assert not hasattr(SENIOR, "__dict__")
    assert repr(Span(0, 1, "A")) == "Span(start=0, end=1, label='A', score=None)"


def test_a_class_of_which_nobody_said_how_is_not_drawn() -> None:
    class Other(Shown):
        pass

    assert Other()._repr_html_() is None


def test_importing_textwright_loads_nothing_that_draws() -> None:
    code = "import sys, textwright.types; sys.exit(bool({'textwright.draw', 'textwright.notebook'} & {*sys.modules}))"
    assert subprocess.run([sys.executable, "-c", code], timeout=60).returncode == 0


@pytest.mark.parametrize("value", [NESTED, SENIOR, tw.Dataset([SENIOR])], ids=["annotation", "example", "data set"])
def test_marimo_takes_the_same(value: Any) -> None:
    marimo = pytest.importorskip("marimo")
    assert "tw-shown" in marimo.as_html(value).text


def test_jupyter_takes_the_same() -> None:
    formatters = pytest.importorskip("IPython.core.formatters")
    data, _ = formatters.DisplayFormatter().format(SENIOR)
    assert "tw-shown" in data["text/html"]
    assert data["text/plain"].startswith("Example(")
