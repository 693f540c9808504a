from __future__ import annotations

import pytest

from textwright.project.bring.repairs import REPAIRS, Offer, offers, repaired
from textwright.types import Annotation, Example, Span

ALL = tuple(repair.name for repair in REPAIRS)


def examples(*texts: str) -> list[Example]:
    return [Example(str(i), text) for i, text in enumerate(texts)]


def after(*texts: str, chosen: tuple[str, ...] = ALL) -> list[str]:
    left = repaired(examples(*texts), chosen)
    return [example.text for example in left]


def offered(*texts: str, chosen: tuple[str, ...] = ()) -> dict[str, Offer]:
    return {offer.repair.name: offer for offer in offers(examples(*texts), chosen)}


@pytest.mark.parametrize(
    ("texts", "left"),
    [
        (["<b>Bold</b> coat", "R&amp;D Lead"], ["Bold coat", "R&D Lead"]),
        (["The CafÃ© Bar", "zero\u200bwidth"], ["The Café Bar", "zerowidth"]),
        (["a < b and c > d", "5 & 6", "C++, naïve 👍"], ["a < b and c > d", "5 & 6", "C++, naïve 👍"]),
        (
            ["Ask ann.lee@example.org now", "Ring +44 20 7946 0958!"],
            ["Ask xxx.xxx@xxxxxxx.xxx now", "Ring +00 00 0000 0000!"],
        ),
        (["Size 10, 2 x 500 ml, model 4216", "a@b"], ["Size 10, 2 x 500 ml, model 4216", "a@b"]),
        (["", "  ", "Cook"], ["Cook"]),
        (["Head Chef", "head chef!", "Cook"], ["Head Chef", "Cook"]),
        (["The CafÃ© Bar", "The Café Bar"], ["The Café Bar"]),
    ],
)
def test_all_repairs_leave_what_is_right(texts: list[str], left: list[str]) -> None:
    assert after(*texts) == left


def test_nothing_is_repaired_that_is_not_chosen() -> None:
    texts = ("<b>Bold</b> coat", "R&amp;D Lead", "", "Cook", "cook")
    assert after(*texts, chosen=()) == [text for text in texts if text]
    assert list(offered(*texts)) == ["tags", "letters", "same"]


def test_an_empty_text_is_none_before_and_after_repairs() -> None:
    assert after("", " \n", "<br>", "Cook", chosen=()) == ["<br>", "Cook"]
    assert after("", "<br>", "<b></b>", "Cook", chosen=("tags",)) == ["Cook"]


def test_a_repair_counts_the_texts_that_came_with_its_fault_whatever_else_is_repaired() -> None:
    texts = ("<b>R&amp;D</b> Lead", "The CafÃ© Bar", "Cook", "cook")
    before, then = offered(*texts), offered(*texts, chosen=ALL)
    assert {name: each.count for name, each in before.items()} == {name: each.count for name, each in then.items()}
    assert before["same"].repair.words(1) == "1 text that stands there already: keep one of each"


def test_what_another_repair_did_on_its_way_is_not_offered() -> None:
    assert "letters" not in offered("<b>R&amp;D</b> Lead", chosen=("tags",))


def test_near_same_texts_are_counted_without_the_same_ones() -> None:
    long = "Senior nurse for the children's ward of the hospital in York, full time"
    found = offered(long, f"{long}!", f"{long} now", "Cook")
    assert (found["same"].count, found["near"].count) == (1, 1)
    assert after(long, f"{long}!", f"{long} now", "Cook", chosen=("near",)) == [long, "Cook"]


def test_an_offer_shows_texts_before_and_after() -> None:
    assert offered("R&amp;D Lead")["letters"].shown == (("R&amp;D Lead", "R&D Lead"),)
    assert offered("Cook", "COOK")["same"].shown == (("COOK", "Cook"),)


def test_spans_follow_what_is_mended() -> None:
    marked = Example("1", "R&amp;D Lead", Annotation(spans=(Span(8, 12, "LEVEL"),)))
    left = repaired([marked], ALL)
    assert left[0].gold.spans == (Span(4, 8, "LEVEL"),)


def test_the_one_that_stays_is_one_that_is_annotated() -> None:
    left = repaired(examples("Cook", "cook", "COOK"), ("same",), prefer={"2"})
    assert [example.text for example in left] == ["COOK"]
