from __future__ import annotations

import pytest

from textwright.errors import DataError
from textwright.llm.prompts.mapping import LabelCount, LabelTally, mapped, parse_map
from textwright.schema import Schema
from textwright.types import Category, Span

from .samples import MOOD, TRADES


def test_labels_are_mapped_whatever_their_case_and_blanks() -> None:
    mapping = parse_map(["Job Title=TRADE", "place = TOWN"], TRADES)
    spans = [Span(0, 1, "JOB_TITLE"), Span(1, 2, "job-title"), Span(2, 3, "PLACE"), Span(3, 4, "RANK")]
    assert [each.label for each in mapped(spans, mapping)] == ["TRADE", "TRADE", "TOWN", "RANK"]


def test_a_label_mapped_to_nothing_is_left_out() -> None:
    assert mapped([Span(0, 1, "DATE"), Span(1, 2, "TOWN")], parse_map(["date="], TRADES)) == (Span(1, 2, "TOWN"),)


def test_all_else_of_what_is_mapped_stays() -> None:
    [category] = mapped([Category("mood", "nice", 0.4)], parse_map(["NICE=good"], Schema(tasks=(MOOD,))))
    assert (category.task, category.label, category.score) == ("mood", "good", 0.4)


@pytest.mark.parametrize(
    ("items", "says"),
    [
        (["PERSON"], "--map PERSON: expected LABEL=OURS, such as PERSON=JOBTITLE"),
        (["=TOWN"], "expected LABEL=OURS"),
        (["PLACE=TOWM"], "unknown label 'TOWM'. Did you mean 'TOWN'? Known labels: TRADE, RANK, TOWN"),
        (["PLACE=TOWN", "place=TRADE"], "--map place=TRADE: the label is mapped to 'TOWN' as well"),
    ],
)
def test_what_cannot_be_mapped_is_named(items: list[str], says: str) -> None:
    with pytest.raises(DataError) as caught:
        parse_map(items, TRADES)
    assert says in str(caught.value)


def test_an_open_schema_takes_any_target() -> None:
    assert parse_map(["PLACE=CITY"], Schema(open=True)) == {"place": "CITY"}


def test_labels_are_counted_with_their_first_words() -> None:
    tally = LabelTally()
    for label, words in [("TOWN", "Hove"), ("ROLE", "cook"), ("TOWN", "Ripon"), ("DATE", "May")]:
        tally.add(label, words)
    assert tally.found() == (LabelCount("TOWN", 2, "Hove"), LabelCount("DATE", 1, "May"), LabelCount("ROLE", 1, "cook"))
