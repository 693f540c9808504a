"""Values as the JSON of answers."""

from __future__ import annotations

import json
import math
from typing import Any

from fastapi import Response

from textwright.annotate.tasks import Task
from textwright.formats.jsonl import annotation_data, category_data, span_data
from textwright.store.acts import Outcome, PastAct
from textwright.store.search import FoundAnnotation, FoundText
from textwright.store.suggestions import Suggestion

Json = dict[str, Any]


def answer(data: Any, status: int = 200) -> Response:
    """Build an answer. A text's own facts may hold numbers that JSON has not; they become null."""
    try:
        content = json.dumps(data, allow_nan=False)
    except ValueError:
        content = json.dumps(_finite(data))
    return Response(content.encode("ascii"), status_code=status, media_type="application/json")


def _finite(data: Any) -> Any:
    if isinstance(data, dict):
        return {key: _finite(value) for key, value in data.items()}
    if isinstance(data, list | tuple):
        return [_finite(value) for value in data]
    return None if isinstance(data, float) and not math.isfinite(data) else data


def task_data(task: Task) -> Json:
    """Return a text as an annotator gets it."""
    return {
        "number": task.text.number,
        "id": task.text.id,
        "text": task.text.text,
        "meta": dict(task.text.meta),
        "version": task.version,
        "status": task.status,
        "acts": [own_act_data(act) for act in task.acts],
        "suggestion": None if task.suggestion is None else suggestion_data(task.suggestion),
        "held_out": task.held_out,
    }


def suggestion_data(suggestion: Suggestion) -> Json:
    """Return a suggestion; a layer that it does not speak of is empty."""
    said = {"spans": [], "categories": [], **annotation_data(suggestion.annotation)}
    return {"id": suggestion.id, "source": suggestion.source, **said}


def own_act_data(act: PastAct) -> Json:
    """Return an act as its annotator gets it."""
    return {"version": act.version, "kind": act.kind, "state": act.state, "at": act.at}


def past_act_data(act: PastAct) -> Json:
    """Return an act as the history shows it."""
    more = {"annotator": act.annotator, "seconds": act.seconds, "suggestion": act.suggestion}
    return {**own_act_data(act), **more}


def outcome_data(outcome: Outcome) -> Json:
    """Return what became of an act."""
    if outcome.problem is None:
        return {"key": outcome.key, "version": outcome.version, "at": outcome.at}
    problem: Json = {"kind": outcome.problem.kind, "detail": outcome.problem.reason}
    if outcome.problem.kind == "conflict":
        problem |= {"version": outcome.version, "acts": [own_act_data(act) for act in outcome.history]}
    return {"key": outcome.key, "problem": problem}


def row_data(row: FoundText) -> Json:
    """Return a text that was found."""
    annotations = [_found_data(each) for each in row.annotations]
    return {
        "number": row.number,
        "id": row.id,
        "text": row.text,
        "annotations": annotations,
        "decided": row.decided,
    }


def _found_data(found: FoundAnnotation) -> Json:
    return {
        "annotator": found.annotator,
        "status": found.status,
        "spans": [span_data(span) for span in found.spans],
        "categories": [category_data(category) for category in found.categories],
        "note": found.note,
        "flagged": found.flagged,
        "at": found.at,
    }
