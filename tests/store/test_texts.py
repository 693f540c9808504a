from __future__ import annotations

import math

import pytest

from textwright.errors import DataError
from textwright.store.database import Database
from textwright.store.projects import Project
from textwright.store.texts import add_texts, all_texts, count_texts, text_by_number
from textwright.types import Annotation, Example, Span


def test_texts_keep_what_the_file_said(database: Database, project: Project) -> None:
    said = Annotation((Span(0, 6, "JOB"),))
    add_texts(database, project, [Example("p", "Porter 🚀\n", said, {"a": [1, None]}, None, {"b": {"c": "é"}})])
    found = text_by_number(database, project, 4)
    assert found is not None
    assert (found.id, found.text, found.given, found.gold) == ("p", "Porter 🚀\n", said, None)
    assert (found.meta, found.extra) == ({"a": [1, None]}, {"b": {"c": "é"}})


def test_known_ids_are_not_added_again_and_order_is_kept(database: Database, project: Project) -> None:
    news = [Example("z", "Z"), Example("t1", "other"), Example("a", "A"), Example("z", "again")]
    assert add_texts(database, project, news) == 2
    assert [each.id for each in all_texts(database, project)] == ["t1", "t2", "t3", "z", "a"]
    assert next(all_texts(database, project)).text == "Lead UX researcher"
    assert count_texts(database, project) == 5


def test_many_texts_come_in_order_of_rank(database: Database, project: Project) -> None:
    ids = [f"m{i}" for i in range(1_203)]
    assert add_texts(database, project, [Example(each, "Porter") for each in ids]) == len(ids)
    assert [each.id for each in all_texts(database, project)][3:] == ids


@pytest.mark.parametrize(
    ("example", "words"),
    [(Example("a\0", "b"), "U\\+0000"), (Example("a", "b\0"), "U\\+0000"), (Example("x" * 501, "b"), "at most 500")],
)
def test_what_no_database_keeps_is_refused(database: Database, project: Project, example: Example, words: str) -> None:
    with pytest.raises(DataError, match=words):
        add_texts(database, project, [example])


def test_not_a_number_in_meta_becomes_null(database: Database, project: Project) -> None:
    add_texts(database, project, [Example("n", "Porter", meta={"score": math.nan, "deep": [math.inf, 1.5]})])
    found = text_by_number(database, project, 4)
    assert found is not None
    assert found.meta == {"score": None, "deep": [None, 1.5]}


@pytest.mark.parametrize("number", [-1, 0, 99, 2**31, 2**70])
def test_unknown_number_is_no_text(database: Database, project: Project, number: int) -> None:
    assert text_by_number(database, project, number) is None
