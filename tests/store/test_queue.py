from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from sqlalchemy import select

from textwright.store.database import Database
from textwright.store.projects import Project
from textwright.store.queue import Wish, count_left, count_open, give_back, note_shown, take_next, taken_texts
from textwright.store.ranks import set_ranks
from textwright.store.tables import TEXTS


def takers(database: Database) -> list[int]:
    with database.read() as connection:
        return list(connection.scalars(select(TEXTS.c.takers).order_by(TEXTS.c.number)))


def test_texts_are_taken_by_rank(database: Database, project: Project) -> None:
    set_ranks(database, {3: -1.0})
    assert take_next(database, project, Wish("ann", 2)) == [3, 1]
    assert takers(database) == [1, 0, 1]


def test_people_at_once_never_take_more_than_their_share(database: Database, project: Project) -> None:
    with ThreadPoolExecutor(8) as pool:
        got = list(pool.map(lambda i: take_next(database, project, Wish(f"a{i}", 2, people=2)), range(8)))
    assert takers(database) == [2, 2, 2]
    assert sum(map(len, got)) == 6


def test_given_back_text_is_free_again(database: Database, project: Project) -> None:
    take_next(database, project, Wish("ann", 3))
    assert give_back(database, project, idle=60) == 0
    assert give_back(database, project, idle=-60) == 3
    assert takers(database) == [0, 0, 0]
    assert take_next(database, project, Wish("bob", 1)) == [1]


def test_texts_left_are_those_that_one_may_still_hand_in(database: Database, project: Project) -> None:
    take_next(database, project, Wish("ann", 1))
    assert count_left(database, project, "ann", people=1) == 3
    assert count_left(database, project, "bob", people=1) == 2
    assert count_open(database, project, people=2) == 5


def test_how_a_text_is_shown_is_kept(database: Database, project: Project) -> None:
    take_next(database, project, Wish("ann", 2), blind=lambda number: number == 2)
    note_shown(database, "ann", [(1, 7)])
    found = taken_texts(database, "ann", [1, 2, 3])
    assert [(each.text, each.blind, each.suggestion) for each in map(found.__getitem__, sorted(found))] == [
        (1, False, 7),
        (2, True, None),
    ]
