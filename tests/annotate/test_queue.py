from __future__ import annotations

import random
import threading
from typing import Any

import pytest
from sqlalchemy import select, update

from tests.annotate.acting import act, numbers
from tests.annotate.conftest import NewDesk
from textwright.annotate import handing
from textwright.annotate.desk import Desk
from textwright.store import places
from textwright.store.database import Database
from textwright.store.search import Filters
from textwright.store.tables import ANNOTATIONS, TEXTS


def test_texts_come_in_the_order_of_the_file(new_desk: NewDesk) -> None:
    assert numbers(new_desk(), "ann") == [1, 2, 3, 4, 5, 6]


def test_begun_texts_come_first_and_finished_ones_no_more(new_desk: NewDesk) -> None:
    desk = new_desk()
    act(desk, "ann", 4, (0, 6, "RANK"), kind="edit")
    act(desk, "ann", 1)
    act(desk, "ann", 2, kind="skip")
    assert numbers(desk, "ann") == [4, 3, 5, 6]


def test_texts_that_the_page_has_are_not_given_again(new_desk: NewDesk) -> None:
    desk = new_desk()
    assert numbers(desk, "ann", 2) == [1, 2]
    assert numbers(desk, "ann", 2, skip=(1, 2)) == [3, 4]


def test_texts_that_another_has_come_first_while_more_people_are_wanted(new_desk: NewDesk) -> None:
    desk = new_desk(people=2)
    act(desk, "ann", 5)
    assert numbers(desk, "bob", 2) == [5, 1]


def test_text_goes_to_so_many_people_and_no_more(new_desk: NewDesk) -> None:
    desk = new_desk(texts=1, people=2)
    assert [numbers(desk, name) for name in ("ann", "bob", "cyd")] == [[1], [1], []]


def test_taken_text_is_given_again_to_whom_it_was_given(new_desk: NewDesk) -> None:
    desk = new_desk(texts=1)
    assert numbers(desk, "ann") == numbers(desk, "ann") == [1]


def test_one_annotator_does_not_take_all_texts(new_desk: NewDesk) -> None:
    desk = new_desk(texts=100)
    first = numbers(desk, "ann")
    assert len(first) == 25
    assert numbers(desk, "ann", skip=tuple(first)) == []
    assert len(numbers(desk, "bob")) == 20


def test_lone_annotator_has_all_texts_at_once(new_desk: NewDesk) -> None:
    assert len(numbers(new_desk(texts=100, alone=True), "ann")) == 100


def went_away(database: Database) -> None:
    """Let an hour pass."""
    database.write(
        lambda connection: connection.execute(update(ANNOTATIONS).values(at="2020-01-01T00:00:00.000+00:00"))
    )


def test_texts_of_one_who_went_away_go_to_others(
    new_desk: NewDesk, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(handing, "LOOK_SECONDS", 0.0)
    desk = new_desk(texts=3)
    act(desk, "ann", 1, kind="edit")
    assert numbers(desk, "ann") == [1, 2, 3]
    assert numbers(desk, "bob") == []
    went_away(database)
    assert numbers(desk, "bob") == [2, 3]


def test_what_is_done_after_having_been_away_is_kept_too(
    new_desk: NewDesk, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(handing, "LOOK_SECONDS", 0.0)
    desk = new_desk(texts=1)
    numbers(desk, "ann")
    went_away(database)
    assert numbers(desk, "bob") == [1]
    act(desk, "ann", 1)
    act(desk, "bob", 1, (0, 6, "RANK"))
    assert [each.annotator for each in desk.examples()] == ["ann", "bob"]


def holders(database: Database) -> dict[int, int]:
    with database.read() as connection:
        found: dict[int, int] = {}
        for number in connection.scalars(select(ANNOTATIONS.c.text)):
            found[number] = found.get(number, 0) + 1
        counted = dict(connection.execute(select(TEXTS.c.number, TEXTS.c.takers).where(TEXTS.c.takers > 0)).all())
    assert found == counted
    return found


def seen_too_early(desk: Desk, name: str) -> list[int]:
    """List texts of which somebody sees another's annotation before handing in his own."""
    done = Filters(annotator=name, status="done")
    handed_in = {row.number for row in desk.rows(name, "annotator", done, limit=100).rows}
    rows = desk.rows(name, "annotator", limit=100).rows
    others = {row.number for row in rows if any(each.annotator != name for each in row.annotations)}
    others |= {
        row.number for row in rows if any(each.annotator != name for each in desk.past(name, "annotator", row.number))
    }
    return sorted(others - handed_in)


@pytest.mark.parametrize("seed", [0, *(pytest.param(seed, marks=pytest.mark.verify) for seed in range(1, 10))])
def test_five_people_at_random_leave_nothing_and_see_nothing(new_desk: NewDesk, database: Database, seed: int) -> None:
    random_ = random.Random(seed)
    desk, names = new_desk(texts=30, people=2), [f"a{i}" for i in range(5)]
    for _ in range(150):
        name = random_.choice(names)
        found = numbers(desk, name, random_.choice([1, 3, 10]))
        if found:
            act(desk, name, found[0], (0, 6, "RANK"), kind=random_.choice(["edit", "accept", "accept"]))
        if random_.random() < 0.05:
            assert max(holders(database).values()) <= 2
            assert seen_too_early(desk, name) == []
    for name in names * 3:
        for number in numbers(desk, name):
            act(desk, name, number)
    assert set(holders(database).values()) == {2}
    assert desk.progress("a0", everybody=True)["done"] == 30


def test_texts_left_are_right_although_some_are_taken_meanwhile(
    new_desk: NewDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = new_desk(texts=3, alone=True)
    count = places._count_free

    def take_meanwhile(*args: Any, **wanted: Any) -> int:
        found = count(*args, **wanted)
        taking = threading.Thread(target=lambda: desk.queue("ann", limit=3))
        taking.start()
        taking.join()
        return found

    monkeypatch.setattr(places, "_count_free", take_meanwhile)
    assert desk.progress("ann", everybody=False)["mine"]["left"] == 3
