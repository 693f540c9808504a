"""The order of work: each text has a rank, the smallest comes first. Texts that were only added have ranks from 1."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import bindparam, func, select, update

from textwright.store.database import Database
from textwright.store.held_out import set_aside
from textwright.store.parts import parts
from textwright.store.projects import Project
from textwright.store.tables import TEXTS

CHUNK = 500


def set_ranks(database: Database, ranks: Mapping[int, float]) -> None:
    """Give texts, by number, their ranks; a few at a time, so that nobody waits."""
    same = update(TEXTS).where(TEXTS.c.number == bindparam("chosen")).values(rank=bindparam("new_rank"))
    for part in parts(sorted(ranks)):
        rows = [{"chosen": number, "new_rank": ranks[number]} for number in part]
        database.write(lambda connection, rows=rows: connection.execute(same, rows))  # type: ignore[misc]


def ranked(database: Database, project: Project, *, after: int, limit: int = CHUNK) -> list[tuple[int, str, float]]:
    """List texts by number, behind the number `after`: number, id, rank."""
    chosen = (
        select(TEXTS.c.number, TEXTS.c.key, TEXTS.c.rank)
        .where(TEXTS.c.project == project.id, TEXTS.c.number > after)
        .order_by(TEXTS.c.number)
        .limit(limit)
    )
    with database.read() as connection:
        return [(row.number, row.key, row.rank) for row in connection.execute(chosen)]


def open_texts(
    database: Database, project: Project, *, people: int, unranked: bool = False, held_out: bool = True
) -> list[int]:
    """List the numbers of all texts that may still be given out.

    `unranked`: those that were only added; without `held_out`: none that was set aside.
    """
    chosen = select(TEXTS.c.number).where(
        TEXTS.c.project == project.id, TEXTS.c.handed_in < people, TEXTS.c.gold.is_(None)
    )
    if unranked:
        chosen = chosen.where(TEXTS.c.rank > 0)
    if not held_out:
        chosen = chosen.where(~set_aside())
    with database.read() as connection:
        return list(connection.scalars(chosen))


def count_ranked(database: Database, project: Project, *, people: int) -> int:
    """Count the free texts that an order has put before those that were only added."""
    chosen = select(func.count()).where(TEXTS.c.project == project.id, TEXTS.c.takers < people, TEXTS.c.rank < 0)
    with database.read() as connection:
        return connection.scalar(chosen) or 0


def lowest_free_rank(database: Database, project: Project) -> float:
    """Return the rank behind all that an order has given."""
    chosen = select(func.max(TEXTS.c.rank)).where(TEXTS.c.project == project.id, TEXTS.c.rank < 0)
    with database.read() as connection:
        highest = connection.scalar(chosen)
    return -1_000_000.0 if highest is None else highest + 1


def texts_only(database: Database, numbers: Collection[int]) -> dict[int, str]:
    """Return the texts with these numbers, without anything else."""
    found: dict[int, str] = {}
    with database.read() as connection:
        for part in parts(sorted(numbers)):
            chosen = select(TEXTS.c.number, TEXTS.c.text).where(TEXTS.c.number.in_(part))
            found.update((row.number, row.text) for row in connection.execute(chosen))
    return found


def finished_texts(database: Database, project: Project, *, limit: int) -> Sequence[int]:
    """List texts that somebody has handed in, the newest numbers first."""
    chosen = (
        select(TEXTS.c.number)
        .where(TEXTS.c.project == project.id, TEXTS.c.handed_in > 0)
        .order_by(TEXTS.c.number.desc())
        .limit(limit)
    )
    with database.read() as connection:
        return list(connection.scalars(chosen))
