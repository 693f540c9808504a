"""A schema that changes while annotations exist: what bears a label that is renamed or removed changes with it.

A new name is put wherever the old one stands, in the history too: undo and another page's look at the past go on
to work, and nothing is left that the schema does not know. All of it happens in one transaction, or nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy import Column, Connection, Row, Table, bindparam, delete, insert, select, update

from textwright.schema import Schema
from textwright.store.database import Database
from textwright.store.ledger import CONTENTS
from textwright.store.parts import parts
from textwright.store.projects import Project
from textwright.store.state import State, answered_twice, content_of, kept_annotation, kept_labels
from textwright.store.tables import ACTS, ANNOTATIONS, DECISIONS, LABELS, PROJECTS, SUGGESTIONS, TEXTS

Data = Mapping[str, Any]
# Each column that holds spans and categories, with what identifies its rows; annotations have a part of their own.
PLACES: tuple[tuple[Column[Any], Column[Any]], ...] = (
    (ACTS.c.number, ACTS.c.state),
    (SUGGESTIONS.c.number, SUGGESTIONS.c.annotation),
    (DECISIONS.c.number, DECISIONS.c.annotation),
    (TEXTS.c.number, TEXTS.c.given),
    (TEXTS.c.number, TEXTS.c.gold),
)


@dataclass(frozen=True, slots=True)
class Relabelling:
    """What becomes of labels: another name, or None, which takes away what bears it.

    `spans` goes by label, `categories` by task and label. The answers to a task in `single` are taken away
    where there is more than one: nobody can say which was meant.
    """

    spans: Mapping[str, str | None] = field(default_factory=dict)
    categories: Mapping[tuple[str, str], tuple[str, str] | None] = field(default_factory=dict)
    single: frozenset[str] = frozenset()

    def __bool__(self) -> bool:
        """Say whether it changes anything."""
        return bool(self.spans or self.categories or self.single)


def relabelled(data: Data, change: Relabelling) -> dict[str, Any]:
    """Return stored data of a text, what is proposed in it included, with its labels changed.

    >>> relabelled({"spans": [{"start": 0, "end": 4, "label": "A"}]}, Relabelling({"A": "B"}))
    {'spans': [{'start': 0, 'end': 4, 'label': 'B'}]}
    """
    changed = dict(data)
    if data.get("spans"):
        changed["spans"] = list(_spans(data["spans"], change))
    if data.get("categories"):
        changed["categories"] = list(_categories(_settled(data["categories"], change.single), change))
    if data.get("proposed"):
        changed["proposed"] = relabelled(data["proposed"], change)
    return changed


def _spans(spans: Sequence[Data], change: Relabelling) -> Iterator[dict[str, Any]]:
    for span in spans:
        label = change.spans.get(span["label"], span["label"])
        if label is not None:
            yield {**span, "label": label}


def _categories(categories: Sequence[Data], change: Relabelling) -> Iterator[dict[str, Any]]:
    for each in categories:
        now = change.categories.get((each["task"], each["label"]), (each["task"], each["label"]))
        if now is not None:
            yield {**each, "task": now[0], "label": now[1]}


def _settled(categories: Sequence[Data], single: frozenset[str]) -> list[Data]:
    several = answered_twice(categories) & single
    return [each for each in categories if each["task"] not in several]


def former_names(data: Data | None) -> Relabelling:
    """Return what became of the names that labels had, from what a project remembers of them."""
    if not data:
        return Relabelling()
    answers = {tuple(each["was"]): each["now"] and tuple(each["now"]) for each in data["categories"]}
    return Relabelling(data["spans"], answers)


def _remembered(data: Data | None, change: Relabelling) -> Data | None:
    """Return what a project remembers after one more change: each former name leads to the name of now.

    >>> _remembered({"spans": {"A": "B"}, "categories": []}, Relabelling({"B": "C"}))
    {'spans': {'A': 'C', 'B': 'C'}, 'categories': []}
    """
    before = former_names(data)
    spans = {was: change.spans.get(now, now) if now else None for was, now in before.spans.items()}
    answers = {was: change.categories.get(now, now) if now else None for was, now in before.categories.items()}
    spans, answers = {**spans, **change.spans}, {**answers, **change.categories}
    if not (spans or answers):
        return None
    return {
        "spans": spans,
        "categories": [{"was": list(was), "now": now and list(now)} for was, now in answers.items()],
    }


def replace_schema(database: Database, project: Project, schema: Schema, change: Relabelling) -> Project:
    """Give a project another schema, and what was annotated its labels; return the project after the commit."""

    def step(connection: Connection) -> Project:
        chosen, former = PROJECTS.c.id == project.id, _remembered(project.former, change)
        connection.execute(update(PROJECTS).where(chosen).values(schema=schema.to_data(), former=former))
        if change:
            for place, column in PLACES:
                _relabel(connection, project, place, column, change)
            _relabel_annotations(connection, project, change)
        return replace(project, schema=schema, former=former)

    return database.write(step)


def _relabel(
    connection: Connection, project: Project, place: Column[Any], column: Column[Any], change: Relabelling
) -> None:
    table: Table = column.table
    of_project = TEXTS.c.project == project.id
    chosen = select(place.label("of"), column.label("data")).where(of_project, column.is_not(None))
    if table is not TEXTS:
        chosen = chosen.join(TEXTS, TEXTS.c.number == table.c.text)
    rows = [(row.of, row.data, relabelled(row.data, change)) for row in connection.execute(chosen) if row.data]
    values = [{"of": of, "data": after} for of, before, after in rows if after != before]
    if values:
        statement = update(table).where(place == bindparam("of")).values({column.name: bindparam("data")})
        connection.execute(statement, values)


# --- where annotators stand: the state, what is searched, what is compared ------------------------------------------

CHANGE = (
    update(ANNOTATIONS)
    .where(ANNOTATIONS.c.text == bindparam("of"), ANNOTATIONS.c.annotator == bindparam("by"))
    .values(state=bindparam("data"), content=bindparam("content"))
)
FORGET = delete(LABELS).where(LABELS.c.text == bindparam("of"), LABELS.c.annotator == bindparam("by"))


def _relabel_annotations(connection: Connection, project: Project, change: Relabelling) -> None:
    chosen = (
        select(*ANNOTATIONS.c["text", "annotator", "state"])
        .add_columns(TEXTS.c.text.label("whole"))
        .join(TEXTS, TEXTS.c.number == ANNOTATIONS.c.text)
        .where(ANNOTATIONS.c.project == project.id, ANNOTATIONS.c.version > 0)
    )
    rows = [(row, relabelled(row.state, change)) for row in connection.execute(chosen)]
    values = [_values(row, after) for row, after in rows if after != row.state]
    if not values:
        return
    connection.execute(CHANGE, values)
    connection.execute(FORGET, values)
    labels = [
        {"project": project.id, "text": each["of"], "annotator": each["by"], "label": label}
        for each in values
        for label in sorted(kept_labels(each["data"]))
    ]
    if labels:
        connection.execute(insert(LABELS), labels)
    _compare_again(connection, sorted({each["of"] for each in values}))


def _values(row: Row[Any], after: Data) -> dict[str, Any]:
    kept = kept_annotation(after, row.whole)
    content = content_of(State(kept.spans or (), kept.categories or ()))
    return {"of": row.text, "by": row.annotator, "data": dict(after), "content": content}


def _compare_again(connection: Connection, numbers: Sequence[int]) -> None:
    """Two who differed in nothing but a removed label agree now."""
    for some in parts(numbers):
        contents = [(row[0], row[1] > 1) for row in connection.execute(CONTENTS, {"numbers": some})]
        for number, differs in contents:
            connection.execute(update(TEXTS).where(TEXTS.c.number == number).values(differs=differs))
