"""Find texts by what stands in them and by what annotators made of them.

Whose annotations count is the caller's rule, `visible`: a condition over `TEXTS` and `ANNOTATIONS`. No filter
looks at an annotation that is not visible, so that a search tells nobody what he may not see.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, distinct, func, select, true

from textwright.store.acts import Status
from textwright.store.database import Database
from textwright.store.projects import Project
from textwright.store.state import kept_annotation, searched
from textwright.store.tables import ANNOTATIONS, DECISIONS, LABELS, LARGEST, TEXTS
from textwright.store.texts import folded
from textwright.types import Category, Span


@dataclass(frozen=True, slots=True)
class FoundAnnotation:
    """What one annotator has made of a text."""

    annotator: str
    status: Status
    spans: tuple[Span, ...]
    categories: tuple[Category, ...]
    note: str
    flagged: bool
    at: str


@dataclass(frozen=True, slots=True)
class FoundText:
    """A text with the annotations of it that are visible. `decided`: a reviewer has decided on it."""

    number: int
    id: str
    text: str
    annotations: tuple[FoundAnnotation, ...] = ()
    decided: bool = False


@dataclass(frozen=True, slots=True)
class Filters:
    """What a text must have. All that is asked of an annotation must hold for one and the same.

    `query` is looked for in the text, whatever its case. `status` "new" finds what nobody (or not `annotator`) has
    begun. `disagreement`: what was handed in differs.
    """

    query: str = ""
    label: str | None = None
    annotator: str | None = None
    status: Status | None = None
    flagged: bool = False
    disagreement: bool = False

    @property
    def of_annotations(self) -> bool:
        """Say whether some annotation must be like this."""
        return self.status != "new" and (self.flagged or any((self.label, self.annotator, self.status)))

    @property
    def storable(self) -> bool:
        """Say whether a database can hold what is looked for; what it cannot hold it need not look for."""
        asked = f"{self.query}{self.label or ''}{self.annotator or ''}"
        return "\0" not in asked and asked.encode(errors="ignore").decode() == asked

    @property
    def contradictory(self) -> bool:
        """Say whether nothing can be like this: what is not begun has neither label nor flag."""
        return self.status == "new" and (self.flagged or self.label is not None)


ALL = Filters()


def find_rows(
    database: Database,
    project: Project,
    filters: Filters = ALL,
    *,
    visible: ColumnElement[bool] | None = None,
    after: int = 0,
    limit: int = 50,
) -> tuple[list[FoundText], bool]:
    """List texts behind the number `after`, and say whether there are more. Gold questions are never found."""
    if filters.contradictory or not filters.storable or after >= LARGEST:
        return [], False
    condition = true() if visible is None else visible
    with database.read() as connection:
        found = list(connection.scalars(_numbers(project, filters, condition, after).limit(limit + 1)))
        return _rows(connection, found[:limit], condition), len(found) > limit


def _numbers(project: Project, filters: Filters, visible: ColumnElement[bool], after: int) -> Select[Any]:
    """Choose numbers in order. An index in that order is walked, so that a page is there as soon as it is full."""
    chosen = _by_annotation(project, filters, visible, after) if filters.of_annotations else _by_text(project, after)
    if filters.status == "new":
        chosen = chosen.where(~_begun(filters, visible))
    if filters.disagreement:
        chosen = chosen.where(TEXTS.c.differs, _contents(visible) > 1)
    if filters.query:
        chosen = chosen.where(_contains(folded(filters.query)))
    return chosen.where(TEXTS.c.gold.is_(None))


def _by_text(project: Project, after: int) -> Select[Any]:
    number = TEXTS.c.number
    return select(number).where(TEXTS.c.project == project.id, number > after).order_by(number)


def _by_annotation(project: Project, filters: Filters, visible: ColumnElement[bool], after: int) -> Select[Any]:
    number = ANNOTATIONS.c.text if filters.label is None else LABELS.c.text
    chosen = select(number).where(number > after).group_by(number).order_by(number)
    if filters.label is not None:
        same = (LABELS.c.text == ANNOTATIONS.c.text) & (LABELS.c.annotator == ANNOTATIONS.c.annotator)
        chosen = chosen.select_from(LABELS).join(ANNOTATIONS, same)
        chosen = chosen.where(LABELS.c.project == project.id, LABELS.c.label == searched(filters.label))
    else:
        chosen = chosen.where(ANNOTATIONS.c.project == project.id)
    if filters.annotator is not None:
        chosen = chosen.where(ANNOTATIONS.c.annotator == filters.annotator)
    if filters.status is not None:
        chosen = chosen.where(ANNOTATIONS.c.status == filters.status)
    if filters.flagged:
        chosen = chosen.where(ANNOTATIONS.c.flagged)
    return chosen.join(TEXTS, TEXTS.c.number == number).where(ANNOTATIONS.c.version > 0, visible)


def _begun(filters: Filters, visible: ColumnElement[bool]) -> ColumnElement[bool]:
    begun = select(ANNOTATIONS.c.text).where(ANNOTATIONS.c.text == TEXTS.c.number, ANNOTATIONS.c.version > 0, visible)
    if filters.annotator is not None:
        begun = begun.where(ANNOTATIONS.c.annotator == filters.annotator)
    return begun.correlate(TEXTS).exists()


def _contents(visible: ColumnElement[bool]) -> ColumnElement[int]:
    """Count the different annotations of a text that were handed in and are visible."""
    chosen = select(func.count(distinct(ANNOTATIONS.c.content)))
    chosen = chosen.where(ANNOTATIONS.c.text == TEXTS.c.number, ANNOTATIONS.c.status == "done", visible)
    return chosen.correlate(TEXTS).scalar_subquery()


def _contains(query: str) -> ColumnElement[bool]:
    return TEXTS.c.folded.contains(query, autoescape=True)


def _rows(connection: Connection, numbers: Sequence[int], visible: ColumnElement[bool]) -> list[FoundText]:
    texts = {row.number: FoundText(row.number, row.key, row.text) for row in _texts(connection, numbers)}
    chosen = (
        select(ANNOTATIONS)
        .join(TEXTS, TEXTS.c.number == ANNOTATIONS.c.text)
        .where(ANNOTATIONS.c.text.in_(numbers), ANNOTATIONS.c.version > 0, visible)
        .order_by(ANNOTATIONS.c.text, ANNOTATIONS.c.annotator)
    )
    for row in connection.execute(chosen):
        found = texts[row.text]
        texts[row.text] = replace(found, annotations=(*found.annotations, _annotation(row, found.text)))
    for number in connection.scalars(select(DECISIONS.c.text).where(DECISIONS.c.text.in_(numbers))):
        texts[number] = replace(texts[number], decided=True)
    return [texts[number] for number in numbers]


def _texts(connection: Connection, numbers: Sequence[int]) -> Sequence[Row[Any]]:
    return connection.execute(select(*TEXTS.c["number", "key", "text"]).where(TEXTS.c.number.in_(numbers))).all()


def _annotation(row: Row[Any], text: str) -> FoundAnnotation:
    kept = kept_annotation(row.state, text)
    spans, categories = kept.spans or (), kept.categories or ()
    return FoundAnnotation(row.annotator, row.status, spans, categories, row.state["note"], row.flagged, row.at)
