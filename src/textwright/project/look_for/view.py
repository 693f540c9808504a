"""What is looked for, as plain data for a page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from textwright.project.look_for.proposals import Proposed
from textwright.project.look_for.shown import Place, open_texts, places_of, read_places
from textwright.project.look_for.starts import Start, starts
from textwright.schema import Label, Schema, Task
from textwright.store.held_out import is_held_out
from textwright.store.rounds import count_handed_in
from textwright.store.used import Use, Uses, uses
from textwright.types import Example

if TYPE_CHECKING:
    from textwright.project.workbench import Workbench

Json = dict[str, Any]
# Labels are shown on one of the first texts: to search all of a large file would take too long.
MOST_TEXTS = 5_000
UNUSED = Use()


def look_for_data(bench: Workbench) -> Json:
    """Return what is looked for: each label on a text, with its marks; each question; what there is to start from."""
    schema, used = bench.desk.project.schema, uses(bench.database, bench.desk.project)
    texts = open_texts(bench.project)[:MOST_TEXTS]
    places = places_of(schema.labels, read_places(bench.project), texts, _annotated(bench))
    return {
        "schema": {**schema.to_data(), "guideline": ""},
        "labels": [_label_data(label, used, places) for label in schema.labels],
        "tasks": [_task_data(task, used) for task in schema.tasks],
        "starts": [_start_data(start) for start in starts(bench.project) if not _is_taken(start, schema)],
        "texts": len(texts),
        "corrected": count_handed_in(bench.database, bench.desk.project),
        "rules": len(schema.rules),
        "guideline": bool(schema.guideline.strip()),
    }


def _annotated(bench: Workbench) -> Iterator[Example]:
    """Yield what may show a label: what was annotated and is not for the test."""
    return (each for each in bench.desk.examples(which="annotators") if not is_held_out(each))


def _label_data(label: Label, used: Uses, places: Mapping[str, Place]) -> Json:
    place, use = places.get(label.name), used.spans.get(label.name, UNUSED)
    return {
        "name": label.name,
        "meaning": label.meaning,
        "key": label.key or "",
        "parent": label.parent or "",
        "marks": use.marks,
        "texts": use.texts,
        "place": None if place is None else asdict(place),
    }


def _task_data(task: Task, used: Uses) -> Json:
    return {
        "name": task.name,
        "meaning": task.meaning,
        "multiple": task.multiple,
        "answers": [
            {
                "name": label.name,
                "meaning": label.meaning,
                "texts": used.categories.get((task.name, label.name), UNUSED).texts,
            }
            for label in task.labels
        ],
    }


def _start_data(start: Start) -> Json:
    return {
        "name": start.name,
        "title": start.title,
        "fits": start.fits,
        "labels": list(start.schema.spans),
        "tasks": [task.name for task in start.schema.tasks],
    }


def _is_taken(start: Start, schema: Schema) -> bool:
    """Say whether nothing would come of starting from it, because all of it is there."""
    tasks = {task.name for task in schema.tasks}
    return set(start.schema.spans) <= set(schema.spans) and {each.name for each in start.schema.tasks} <= tasks


def proposed_data(found: Proposed) -> Json:
    """Return what is proposed."""
    return {
        "ready": found.ready,
        "lacking": found.lacking,
        "model": found.model,
        "asked": found.asked,
        "labels": [asdict(each) for each in found.labels],
        "task": None if found.task is None else asdict(found.task),
    }
