"""Read many texts at once: as they are stored, and what one annotator did with them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence

from sqlalchemy import select

from textwright.store.acts import PastAct, past_act
from textwright.store.database import Database
from textwright.store.parts import parts
from textwright.store.projects import Project
from textwright.store.tables import ACTS, TEXTS
from textwright.store.texts import StoredText, stored_text

WHOLE = [column for column in TEXTS.c if column.name != "folded"]


def texts_by_numbers(database: Database, project: Project, numbers: Collection[int]) -> dict[int, StoredText]:
    """Return the texts of a project that have these numbers."""
    found: dict[int, StoredText] = {}
    with database.read() as connection:
        for part in parts(sorted(numbers)):
            chosen = select(*WHOLE).where(TEXTS.c.project == project.id, TEXTS.c.number.in_(part))
            found.update((row.number, stored_text(row)) for row in connection.execute(chosen))
    return found


def acts_of(database: Database, annotator: str, numbers: Collection[int]) -> dict[int, Sequence[PastAct]]:
    """Return what an annotator did with texts, in order; a text without acts is left out."""
    found: dict[int, list[PastAct]] = defaultdict(list)
    with database.read() as connection:
        for part in parts(sorted(numbers)):
            chosen = select(ACTS).where(ACTS.c.annotator == annotator, ACTS.c.text.in_(part)).order_by(ACTS.c.number)
            for row in connection.execute(chosen):
                found[row.text].append(past_act(row))
    return dict(found)


def numbers_by_id(database: Database, project: Project, ids: Collection[str]) -> dict[str, int]:
    """Return the numbers of the texts of a project that have these ids."""
    found: dict[str, int] = {}
    with database.read() as connection:
        for part in parts(sorted(set(ids))):
            chosen = select(TEXTS.c.key, TEXTS.c.number).where(TEXTS.c.project == project.id, TEXTS.c.key.in_(part))
            found.update((row.key, row.number) for row in connection.execute(chosen))
    return found
