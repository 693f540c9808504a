"""What is annotated in a notebook: the texts, what was done to each, and the examples that come of it.

A state is what the page has, too: spans, categories, what is only proposed, a note and a flag, offsets in
code points. It is kept as plain data, which is what travels.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from textwright.errors import DataError
from textwright.formats.jsonl import annotation_data, categories_of, spans_of
from textwright.schema import Schema
from textwright.types import Annotation, Example

State = Mapping[str, Any]
STATUS = {"accept": "done", "skip": "skipped", "edit": "begun", "undo": "begun", "redo": "begun"}
NOTHING = Annotation()
WRONG = ("offset", "label", "task")


@dataclass(frozen=True, slots=True)
class Work:
    """One text with what stood on it at first and all acts on it, each with the state after it."""

    example: Example
    initial: State
    status: str = "new"
    seconds: float = 0.0
    acts: tuple[Mapping[str, Any], ...] = ()

    @property
    def state(self) -> State:
        """Return what stands on the text now."""
        state: State = self.acts[-1]["state"] if self.acts else self.initial
        return state

    def to_data(self) -> dict[str, Any]:
        """Return what the front end shows."""
        return {
            "id": self.example.id,
            "text": self.example.text,
            "status": self.status,
            "initial": self.initial,
            "acts": list(self.acts),
        }

    def to_example(self, schema: Schema, annotator: str | None) -> Example:
        """Return the text with what is kept, its `status`, `seconds`, note and flag among the other keys.

        A text that was skipped with nothing on it is not annotated, which is not the same as empty.
        """
        state = self.state
        kept = annotation_of(state, self.example.text, schema)
        if self.status == "skipped" and not kept.spans and not kept.categories:
            kept = NOTHING
        more = {"status": self.status, "seconds": round(self.seconds, 3)}
        more |= {"note": state["note"]} if state["note"] else {}
        more |= {"flagged": True} if state["flagged"] else {}
        old = {key: value for key, value in self.example.extra.items() if key not in {"note", "flagged", "error"}}
        return replace(self.example, gold=kept, annotator=annotator or self.example.annotator, extra={**old, **more})


@dataclass(frozen=True, slots=True)
class Act:
    """One thing that an annotator did to the text at a place. `number` counts up, so that none is taken twice."""

    number: int
    place: int
    kind: str
    state: State = field(repr=False)
    seconds: float


def begun_with(example: Example, proposed: Annotation, schema: Schema) -> Work:
    """Begin a text, or go on with one that was annotated before: its `status` tells.

    What the example has otherwise is proposed; `proposed` stands in where it has nothing.
    """
    status = example.extra.get("status")
    if status in STATUS.values():
        state = state_data(
            example.gold, note=str(example.extra.get("note", "")), flagged=bool(example.extra.get("flagged"))
        )
        return Work(example, state, str(status), _seconds(example.extra.get("seconds")))
    own = example.gold if example.gold != NOTHING else proposed
    return Work(example, state_data(Annotation((), ()), proposed=known_only(own, example.text, schema)))


def state_data(
    kept: Annotation,
    *,
    proposed: Annotation = NOTHING,
    note: str = "",
    flagged: bool = False,
) -> dict[str, Any]:
    """Make a state."""
    return {**_layers(kept), "proposed": _layers(proposed), "note": note, "flagged": flagged}


def _layers(annotation: Annotation) -> dict[str, Any]:
    data = annotation_data(Annotation(annotation.spans or (), annotation.categories or ()))
    return {layer: [{k: v for k, v in each.items() if k != "score"} for each in items] for layer, items in data.items()}


def known_only(annotation: Annotation, text: str, schema: Schema) -> Annotation:
    """Leave out what the schema does not know: it could not be shown with a name and a key."""

    def is_known(each: Annotation) -> bool:
        return not any(problem.kind in WRONG for problem in schema.problems(text, each))

    return Annotation(
        tuple(span for span in annotation.spans or () if is_known(Annotation(spans=(span,)))),
        tuple(each for each in annotation.categories or () if is_known(Annotation(categories=(each,)))),
    )


def annotation_of(state: State, text: str, schema: Schema) -> Annotation:
    """Read what a state keeps, with the layers that the schema asks for. Raise `DataError` at what is wrong."""
    kept = Annotation(
        spans_of(state["spans"], text) if schema.labels or schema.open else None,
        categories_of(state["categories"]) if schema.tasks else None,
    )
    wrong = next((each for each in schema.problems(text, kept) if each.kind in WRONG), None)
    if wrong is not None:
        raise DataError(wrong.reason)
    return kept


def acted(work: Work, act: Act, schema: Schema) -> Work:
    """Add an act to a text. Raise `DataError` where its state does not fit the text or the schema."""
    annotation_of(act.state, work.example.text, schema)
    done = {"kind": act.kind, "state": act.state}
    return replace(work, status=STATUS[act.kind], seconds=work.seconds + act.seconds, acts=(*work.acts, done))


def act_of(data: Any, *, texts: int) -> Act:
    """Read an act. Raise `DataError` where it is not what was agreed."""
    try:
        given = data["state"]
        state = {**state_data(NOTHING), **{key: given[key] for key in ("spans", "categories", "proposed")}, **given}
        act = Act(data["number"], data["place"], data["kind"], state, _seconds(data.get("seconds")))
    except (KeyError, TypeError, AttributeError) as error:
        raise DataError(f"an act has a number, place, kind and state; found {data!r:.200}") from error
    if act.kind not in STATUS:
        raise DataError(f"found the act {act.kind!r}, expected one of {', '.join(STATUS)}")
    if act.place not in range(texts):
        raise DataError(f"found an act on text {act.place!r}, expected 0 to {texts - 1}")
    return act


def _seconds(value: Any) -> float:
    return float(value) if isinstance(value, int | float) and 0 <= value < float("inf") else 0.0
