from __future__ import annotations

from pathlib import Path

import pytest

from textwright.dataset import Dataset
from textwright.errors import DataError
from textwright.project.examples import sample, samples
from textwright.project.examples.marked import parse_marked, read_marked
from textwright.schema import Schema
from textwright.types import Category, Span

OWN = ("products", "tickets")


@pytest.mark.parametrize("name", OWN)
def test_gold_fits_its_schema_and_uses_all_of_it(name: str) -> None:
    gold = sample(name).gold()
    assert not [problem for each in gold for problem in gold.schema.problems(each.text, each.gold)]
    assert {span.label for each in gold for span in each.gold.spans or ()} == set(gold.schema.spans)
    for task in gold.schema.tasks:
        answers = {each.label for example in gold for each in example.gold.categories or ()}
        assert answers == {label.name for label in task.labels}


@pytest.mark.parametrize("name", OWN)
def test_texts_are_many_and_all_different(name: str) -> None:
    texts = sample(name).gold().texts
    assert len({" ".join(text.casefold().split()) for text in texts}) == len(texts) >= 220


@pytest.mark.parametrize("name", [each.name for each in samples()])
def test_texts_come_without_marks(name: str) -> None:
    chosen = sample(name)
    assert [each.text for each in chosen.texts()] == [each.text for each in chosen.gold()]
    assert all(each.gold.spans is None and each.gold.categories is None for each in chosen.texts())


def test_every_label_has_a_meaning_and_a_key() -> None:
    for name in OWN:
        labels = sample(name).schema.labels
        assert all(label.meaning.endswith(".") and label.key for label in labels)


def test_marks_are_parsed() -> None:
    text, gold = parse_marked("topic=fault | Hi, [PRODUCT: the app] [PROBLEM: crashes].")
    assert text == "Hi, the app crashes."
    assert gold.spans == (Span(4, 11, "PRODUCT"), Span(12, 19, "PROBLEM"))
    assert gold.categories == (Category("topic", "fault"),)


def test_a_wrong_mark_is_named_by_its_line(tmp_path: Path) -> None:
    path = tmp_path / "x.txt"
    path.write_text("[A: one]\n[B: two]\n", encoding="utf-8")
    with pytest.raises(DataError, match=r"x.txt:2: unknown label 'B'. Known labels: A"):
        list(read_marked(path, Schema.from_data({"labels": {"A": {}}}), name="x"))


def test_gold_is_written_and_read_in_the_file_format(tmp_path: Path) -> None:
    gold = sample("tickets").gold()
    gold.write(tmp_path / "gold.jsonl")
    assert list(Dataset.read(tmp_path / "gold.jsonl")) == list(gold)


def test_an_unknown_example_is_told_with_those_there_are() -> None:
    with pytest.raises(DataError, match=r"no example is called 'cars'. Examples: products, tickets, titles"):
        sample("cars")
