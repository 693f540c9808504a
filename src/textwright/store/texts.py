"""The texts of a project: added while people work, read by number."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from sqlalchemy import Connection, Row, func, select
from sqlalchemy.dialects import postgresql, sqlite

from textwright.errors import DataError
from textwright.formats.jsonl import annotation_data, categories_of, spans_of
from textwright.store.database import Database
from textwright.store.projects import Project
from textwright.store.tables import LARGEST, TEXTS
from textwright.types import Annotation, Example

CHUNK = 500
ID_SIZE = 500  # what the index of any database holds


@dataclass(frozen=True, slots=True)
class StoredText:
    """A text of a project. `id` is the example's, `number` the database's; `given` is what the file said of it."""

    number: int
    id: str
    text: str
    meta: Mapping[str, Any]
    extra: Mapping[str, Any]
    given: Annotation | None
    gold: Annotation | None


def add_texts(database: Database, project: Project, examples: Iterable[Example], *, gold: bool = False) -> int:
    """Add the texts whose id the project does not have; return how many. Order is kept.

    What an example says without an annotator is what was given; with `gold` it is the answer of a gold
    question, which nobody is shown.
    """
    waiting, added = iter(examples), 0
    rank = _last_rank(database, project)
    while chunk := list(islice(waiting, CHUNK)):
        rows = [_values(project, each, rank + i, gold=gold) for i, each in enumerate(chunk, start=1)]
        added += database.write(lambda connection, rows=rows: _add(connection, rows))  # type: ignore[misc]
        rank += len(chunk)
    return added


def _last_rank(database: Database, project: Project) -> float:
    with database.read() as connection:
        return connection.scalar(select(func.max(TEXTS.c.rank)).where(TEXTS.c.project == project.id)) or 0.0


def _add(connection: Connection, rows: Sequence[dict[str, Any]]) -> int:
    """Add what is not there. One statement: to look first would be slower and let another writer come between."""
    add = sqlite.insert if connection.dialect.name == "sqlite" else postgresql.insert
    statement = add(TEXTS).on_conflict_do_nothing().execution_options(preserve_rowcount=True)
    return connection.execute(statement, rows).rowcount


def _check(example: Example) -> None:
    if len(example.id) > ID_SIZE:
        raise DataError(f"text {example.id[:40]!r}...: the id has {len(example.id)} characters, at most {ID_SIZE} fit")
    if "\0" in example.id or "\0" in example.text:
        raise DataError(f"text {example.id!r}: has the character U+0000, which not every database can keep")


def _values(project: Project, example: Example, rank: float, *, gold: bool) -> dict[str, Any]:
    _check(example)
    said = annotation_data(example.gold) or None
    return {
        "project": project.id,
        "key": example.id,
        "text": example.text,
        "folded": folded(example.text),
        "meta": dict(example.meta),
        "extra": dict(example.extra),
        "given": None if gold or example.annotator is not None else said,
        "gold": said if gold else None,
        "rank": rank,
    }


def folded(text: str) -> str:
    """Return a text as it is searched: whatever its case, its letters in one form.

    >>> folded("STRASSE ﬁn")
    'strasse fin'
    """
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())


def text_by_number(database: Database, project: Project, number: int) -> StoredText | None:
    """Return a text of the project, if it has one of that number."""
    if not 0 < number <= LARGEST:
        return None
    with database.read() as connection:
        row = connection.execute(
            select(TEXTS).where(TEXTS.c.number == number, TEXTS.c.project == project.id)
        ).one_or_none()
    return None if row is None else stored_text(row)


def count_texts(database: Database, project: Project) -> int:
    """Count the texts of a project."""
    with database.read() as connection:
        return connection.scalar(select(func.count()).where(TEXTS.c.project == project.id)) or 0


def all_texts(database: Database, project: Project) -> Iterator[StoredText]:
    """Yield the texts of a project by number, a few at a time."""
    last = 0
    while True:
        with database.read() as connection:
            rows = connection.execute(
                select(TEXTS)
                .where(TEXTS.c.project == project.id, TEXTS.c.number > last)
                .order_by(TEXTS.c.number)
                .limit(CHUNK)
            ).all()
        if not rows:
            return
        yield from (stored_text(row) for row in rows)
        last = rows[-1].number


def stored_text(row: Row[Any]) -> StoredText:
    """Build a text from its row."""
    return StoredText(
        row.number,
        row.key,
        row.text,
        row.meta,
        row.extra,
        annotation_of(row.given, row.text),
        annotation_of(row.gold, row.text),
    )


def annotation_of(data: Mapping[str, Any] | None, text: str) -> Annotation | None:
    """Build an annotation from stored data of the text."""
    if data is None:
        return None
    spans, categories = data.get("spans"), data.get("categories")
    return Annotation(
        None if spans is None else spans_of(spans, text), None if categories is None else categories_of(categories)
    )
