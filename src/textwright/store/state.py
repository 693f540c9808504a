"""What an annotator has made of a text so far, as a value and as JSON."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from textwright.errors import DataError
from textwright.formats.jsonl import categories_of, category_data, span_data, spans_of
from textwright.schema import Schema
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
        asks_spans, asks_categories = bool(schema.labels or schema.open), bool(schema.tasks)
        return Annotation(self.spans if asks_spans else None, self.categories if asks_categories else None)


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
    return State(kept.spans or (), kept.categories or (), proposed, data["note"], data["flagged"])


def _annotation_of(data: dict[str, Any], text: str, schema: Schema) -> Annotation:
    found = Annotation(spans_of(data.get("spans"), text), categories_of(data.get("categories")))
    wrong = next((each for each in schema.problems(text, found) if each.kind in WRONG), None)
    if wrong is not None:
        raise DataError(wrong.reason)
    return found


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
