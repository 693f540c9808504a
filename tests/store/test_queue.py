from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from sqlalchemy import select, update

from textwright.store.database import Database
from textwright.store.giving_back import give_back
from textwright.store.holdings import note_shown, taken_texts
from textwright.store.places import annotators, count_left, count_open
from textwright.store.projects import Project
from textwright.store.queue import Wish, take_next
from textwright.store.ranks import set_ranks
from textwright.store.tables import ANNOTATIONS, TEXTS
from textwright.store.texts import add_texts
from textwright.types import Example


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


def test_nobody_goes_away_empty_while_texts_are_free(database: Database, project: Project) -> None:
    add_texts(database, project, [Example(f"more{i}", f"Chef {i}") for i in range(317)])
    with ThreadPoolExecutor(16) as pool:
        got = list(pool.map(lambda i: take_next(database, project, Wish(f"a{i}", 10)), range(32)))
    assert {len(each) for each in got} == {10}
    assert len({number for each in got for number in each}) == 320


def test_people_at_once_get_the_last_texts_to_the_end(database: Database, project: Project) -> None:
    with ThreadPoolExecutor(9) as pool:
        got = list(pool.map(lambda i: take_next(database, project, Wish(f"a{i}", 1, people=3)), range(9)))
    assert sorted(number for each in got for number in each) == [1, 1, 1, 2, 2, 2, 3, 3, 3]


def test_first_texts_are_never_blind(database: Database, project: Project) -> None:
    numbers = take_next(database, project, Wish("ann", 3, shown=2), blind=lambda _: True)
    found = taken_texts(database, "ann", numbers)
    assert [found[number].blind for number in numbers] == [False, False, True]


def test_names_are_found_one_by_one(database: Database, project: Project) -> None:
    assert annotators(database, project) == []
    for name in ("cy", "ann", "Zoë"):
        take_next(database, project, Wish(name, 2, people=3))
    assert annotators(database, project) == sorted(["ann", "cy", "Zoë"])


def test_only_those_who_went_away_give_back(database: Database, project: Project) -> None:
    take_next(database, project, Wish("ann", 1))
    take_next(database, project, Wish("bob", 1))
    old = update(ANNOTATIONS).where(ANNOTATIONS.c.annotator == "ann").values(at="2020-01-01T00:00:00.000+00:00")
    database.write(lambda connection: connection.execute(old))
    assert give_back(database, project, idle=60) == 1
    assert takers(database) == [0, 1, 0]


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
