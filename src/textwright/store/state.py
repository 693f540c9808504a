"""What an annotator has made of a text so far, as a value and as JSON."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from textwright.errors import DataError
from textwright.formats.jsonl import categories_of, category_data, span_data, spans_of
from textwright.formats.records import check_text
from textwright.schema import Schema
from textwright.store.tables import LABEL_SIZE
from textwright.types import Annotation, Category, Span

KEYS = frozenset({"spans", "categories", "proposed", "note", "flagged"})
WRONG = ("offset", "label", "task")
NOTHING_PROPOSED = Annotation((), ())


@dataclass(frozen=True, slots=True)
class State:
    """Spans and categories that are kept, those that are only proposed, a note and a flag."""

    spans: tuple[Span, ...] = ()
    categories: tuple[Category, ...] = ()
    proposed: Annotation = NOTHING_PROPOSED
    note: str = ""
    flagged: bool = False

    def annotation(self, schema: Schema) -> Annotation:
        """Return what is kept, with the layers that the schema asks for."""
        return layers(Annotation(self.spans, self.categories), schema)


def layers(kept: Annotation, schema: Schema) -> Annotation:
    """Return the layers that the schema asks for."""
    asks_spans, asks_categories = bool(schema.labels or schema.open), bool(schema.tasks)
    return Annotation(kept.spans if asks_spans else None, kept.categories if asks_categories else None)


def state_of(data: Any, text: str, schema: Schema) -> State:
    """Read a state of `text`. Raise `DataError` at a wrong shape, offset, label or task.

    A broken rule of the schema is no error here: a person may be half way.
    """
    if type(data) is not dict or set(data) != KEYS or type(data["proposed"]) is not dict:
        raise DataError(f"a state is an object with the keys {', '.join(sorted(KEYS))}")
    if type(data["note"]) is not str or type(data["flagged"]) is not bool:
        raise DataError("the note of a state is a string, and flagged true or false")
    proposed = _annotation_of(data["proposed"], text, schema)
    kept = _annotation_of(data, text, schema)
    return State(kept.spans or (), kept.categories or (), proposed, _whole(data["note"]), data["flagged"])


def _annotation_of(data: dict[str, Any], text: str, schema: Schema) -> Annotation:
    found = Annotation(spans_of(data.get("spans"), text), categories_of(data.get("categories")))
    wrong = next((each for each in schema.problems(text, found) if each.kind in WRONG), None)
    if wrong is not None:
        raise DataError(wrong.reason)
    for label in sorted(_labels(found)):
        check_text(label)
    return found


def _labels(annotation: Annotation) -> set[str]:
    return {span.label for span in annotation.spans or ()} | {each.label for each in annotation.categories or ()}


def _whole(note: str) -> str:
    """Replace halves of characters, which a page makes when it cuts an emoji in two and no file can hold."""
    return note.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def state_data(state: State) -> dict[str, Any]:
    """Return a state as plain data."""
    return {
        **_annotation_data(Annotation(state.spans, state.categories)),
        "proposed": _annotation_data(state.proposed),
        "note": state.note,
        "flagged": state.flagged,
    }


def _annotation_data(annotation: Annotation) -> dict[str, Any]:
    return {
        "spans": [span_data(span) for span in annotation.spans or ()],
        "categories": [category_data(category) for category in annotation.categories or ()],
    }


def content_of(state: State) -> str:
    """Return a fingerprint of what is kept: equal for two annotators who agree, whatever their order and scores."""
    spans = sorted({(span.start, span.end, span.label) for span in state.spans})
    categories = sorted({(category.task, category.label) for category in state.categories})
    return hashlib.sha256(json.dumps([spans, categories]).encode()).hexdigest()


def kept_labels(data: Mapping[str, Any] | None) -> set[str]:
    """Return the labels of spans and categories that a stored state keeps, as they are searched."""
    return set() if data is None else {searched(each["label"]) for each in (*data["spans"], *data["categories"])}


def searched(label: str) -> str:
    """Return a label as it is searched: an open schema allows any, an index does not."""
    return label[:LABEL_SIZE].replace("\0", "\ufffd")


def kept_annotation(data: Mapping[str, Any], text: str) -> Annotation:
    """Return the spans and categories that a stored state of `text` keeps."""
    return Annotation(spans_of(data["spans"], text), categories_of(data["categories"]))


def answered_twice(categories: Iterable[Mapping[str, Any]]) -> set[str]:
    """Return the tasks that stored categories answer more than once.

    >>> answered_twice([{"task": "tone", "label": "good"}, {"task": "tone", "label": "bad"}])
    {'tone'}
    """
    answers = {(each["task"], each["label"]) for each in categories}
    return {task for task, count in Counter(task for task, _ in answers).items() if count > 1}
