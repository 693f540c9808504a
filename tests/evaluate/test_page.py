from __future__ import annotations

import re
from html.parser import HTMLParser

from tests.evaluate.fakes import Known, dataset, spans
from textwright.evaluate import compare, evaluate
from textwright.evaluate.frame import MOST_DRAWN

NASTY = '</script><script>alert(1)</script><img src="//evil.example/x" onerror=alert(1)> " & \' --> ]]>'
GOLD = {NASTY: spans((0, 9, "JOB")), "Senior Nurse": spans((0, 12, "JOB"), (0, 6, "LEVEL"))}
WRONG = {NASTY: spans(), "Senior Nurse": spans((0, 12, "JOB"))}


def report_html() -> str:
    return evaluate(Known(WRONG, name="<b>me</b>"), dataset(GOLD)).to_html()


def compare_html() -> str:
    return compare(
        [evaluate(Known(each, name=f"</title>{i}"), dataset(GOLD)) for i, each in enumerate([GOLD, WRONG])]
    ).to_html()


def test_texts_and_names_are_never_markup() -> None:
    for page in (report_html(), compare_html()):
        assert page.count("<script") == page.count("</script") == 1
        assert page.count("</title>") == 1
        assert not re.search(r"<(img|b>me)", page)


class Addresses(HTMLParser):
    """Collect what a page would fetch or lead to."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.found += [name for name, _ in attributes if name in {"src", "href", "action", "srcset", "data", "poster"}]
        self.found += [name for name, _ in attributes if name.startswith("on")]


def test_pages_need_nothing_from_outside_and_forbid_it() -> None:
    for page in (report_html(), compare_html()):
        assert Addresses(page).found == []
        assert not re.search(r"url\(|@import", page)
        assert "default-src 'none'" in page


def test_each_mistake_is_drawn_with_gold_and_answer() -> None:
    page = report_html()
    assert page.count("<article") == 2
    assert page.count('data-start="0" data-end="6" data-label="LEVEL"') == 1
    assert "LEVEL “Senior” was missed" in page


def test_mistakes_can_be_filtered_by_kind_and_label() -> None:
    page = report_html()
    assert 'value="missed" checked> missed <small>2</small>' in page
    assert '<option value="LEVEL">LEVEL (1)</option>' in page
    assert 'data-kinds="[&quot;missed&quot;]"' in page


def test_compared_texts_say_who_was_right_by_each_measure() -> None:
    assert re.findall(r'data-right="([^"]*)"', compare_html()) == ["rw rr rw", "rr rw rw"]


def test_more_mistakes_than_a_page_bears_are_counted_not_hidden() -> None:
    gold = {f"Nurse {i}": spans((0, 5, "JOB")) for i in range(MOST_DRAWN + 3)}
    page = evaluate(Known(dict.fromkeys(gold, spans())), dataset(gold)).to_html()
    assert page.count("<article") == MOST_DRAWN
    assert "3 more are in the JSON" in page


def test_notebooks_show_figures_and_the_first_mistakes() -> None:
    report = evaluate(Known(WRONG), dataset(GOLD))
    assert "<table>" in report._repr_html_()
    assert "<script" not in report._repr_html_()
    assert report._repr_markdown_() == report.to_markdown()
    assert "In words" in compare([report, report])._repr_html_()
