"""The routes of reviewing: how far annotators agree, where they differ, what a reviewer makes of it."""

from __future__ import annotations

from http import HTTPStatus

from fastapi import Response

from textwright.annotate.adjudication import ConflictError, Disagreement, Note, notes_markdown
from textwright.errors import DataError
from textwright.formats.jsonl import annotation_data, categories_of, spans_of
from textwright.server.annotation.data import Json, answer
from textwright.server.annotation.service import Asked, Service
from textwright.server.annotation.shapes import DecisionBody, plain
from textwright.server.problems import HttpProblem
from textwright.store.decisions import Decision, KeptDecision, Side
from textwright.store.texts import text_by_number
from textwright.types import Annotation

NOTHING_COMPARED: Json = {
    "annotators": {},
    "texts": {"all": 0, "compared": 0, "left_out": 0},
    "spans": None,
    "categories": {},
    "pairs": [],
}


def agreement(service: Service, asked: Asked) -> Response:
    """Say how far annotators agree, over the texts that at least two handed in."""
    del asked
    try:
        return answer(service.desk.agreement().to_data())
    except DataError as error:
        return answer({**NOTHING_COMPARED, "notes": [str(error)]})


def disagreements(service: Service, asked: Asked) -> Response:
    """List texts that all handed in and that differ: those not decided yet, or those that are."""
    wanted = asked.query
    found = service.desk.disagreements(after=wanted.after, limit=wanted.limit, decided=wanted.decided)
    texts = [_disagreement_data(each) for each in found.texts]
    return answer({"texts": texts, "more": found.more, "left": found.left})


def _disagreement_data(found: Disagreement) -> Json:
    return {
        "number": found.text.number,
        "id": found.text.id,
        "text": found.text.text,
        "sides": [_side_data(side) for side in found.sides],
        "decision": None if found.decision is None else decision_data(found.decision),
    }


def _side_data(side: Side) -> Json:
    return {"annotator": side.annotator, **_layers(side.annotation), "note": side.note, "at": side.at}


def decision_data(kept: KeptDecision) -> Json:
    """Return a decision that is kept."""
    facts = {"id": kept.id, "took": kept.took, "reason": kept.reason, "by": kept.by, "at": kept.at}
    return {**facts, **_layers(kept.annotation)}


def _layers(annotation: Annotation) -> Json:
    return {"spans": [], "categories": [], **annotation_data(annotation)}


def decide(service: Service, asked: Asked) -> Response:
    """Keep a reviewer's decision on a text; the latest is in force. The answer comes after the commit."""
    body = asked.body
    try:
        decision = Decision(body.key, body.text, body.base, body.took, _said(service, body), body.reason)
        kept = service.desk.decide(asked.known.name, decision)
    except ConflictError as error:
        latest = None if error.decision is None else decision_data(error.decision)
        raise HttpProblem(HTTPStatus.CONFLICT, "decided_elsewhere", str(error), decision=latest) from None
    except DataError as error:
        raise HttpProblem(HTTPStatus.UNPROCESSABLE_ENTITY, "wrong_decision", str(error)) from None
    service.note(asked.known.name, "decision", text=body.text, decision=kept.id, took=body.took)
    return answer({"decision": kept.id, "at": kept.at})


def _said(service: Service, body: DecisionBody) -> Annotation:
    """Read what was decided. Raise `DataError` at offsets that the text does not have."""
    text = text_by_number(service.database, service.desk.project, body.text)
    if text is None:
        raise DataError(f"the project has no text {body.text}")
    spans = spans_of([plain(span) for span in body.spans or ()], text.text)
    return Annotation(spans, categories_of([plain(category) for category in body.categories or ()]))


def notes(service: Service, asked: Asked) -> Response:
    """List the reasons of decisions, the newest first, or write them as Markdown by label."""
    found = service.desk.notes()
    if asked.query.format == "markdown":
        written = notes_markdown(found, service.desk.project.schema)
        return Response(written.encode("utf-8", "backslashreplace"), media_type="text/markdown; charset=utf-8")
    return answer({"notes": [_note_data(note) for note in found]})


def _note_data(note: Note) -> Json:
    return {
        "number": note.number,
        "text": note.text,
        "reason": note.reason,
        "by": note.by,
        "at": note.at,
        "labels": list(note.labels),
    }
