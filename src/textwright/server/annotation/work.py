"""The routes of the work itself: texts, acts, progress, what others made of a text, decisions."""

from __future__ import annotations

from http import HTTPStatus

from fastapi import Response
from pydantic import ValidationError

from textwright.errors import SchemaError
from textwright.server.annotation import data
from textwright.server.annotation.data import Json, answer
from textwright.server.annotation.reading import told
from textwright.server.annotation.service import Asked, Service, too_often
from textwright.server.annotation.shapes import KEY, ActShape, plain
from textwright.server.problems import HttpProblem
from textwright.store.acts import Act
from textwright.store.counts import progress_counts
from textwright.store.projects import made_at
from textwright.store.search import Filters

NOBODY: Json = {"labels": {}, "tasks": {}}


def project(service: Service, asked: Asked) -> Response:
    """Say what the project is, and who asks. Whoever is not logged in learns its name alone."""
    desk, person = service.desk, asked.person
    login = service.trust.needs_log_in()
    facts: Json = {"name": desk.project.name, "login": login, "annotator": None, "role": None}
    if person is None:
        nothing = {"made": "", "guideline": "", "people": 0, "order": "", "suggesters": [], "retrain": None, "total": 0}
        return answer({**facts, "schema": NOBODY, **nothing})
    settings = desk.settings
    return answer(
        {
            **facts,
            "annotator": person.name,
            "role": person.role,
            "made": made_at(service.database, desk.project),
            "schema": desk.project.schema.to_data(),
            "guideline": desk.project.schema.guideline,
            "people": settings.people,
            "order": settings.order,
            "suggesters": list(settings.suggesters),
            "retrain": settings.retrain,
            "total": progress_counts(service.database, desk.project, settings.people).total,
        }
    )


def add_label(service: Service, asked: Asked) -> Response:
    """Add a label for spans, with a free letter as its key; pages that are open know it when they are loaded again."""
    try:
        schema = service.desk.add_label(asked.body.name, meaning=asked.body.meaning)
    except SchemaError as error:
        raise HttpProblem(HTTPStatus.UNPROCESSABLE_ENTITY, "wrong_label", str(error)) from None
    service.note(asked.known.name, "label", name=asked.body.name)
    return answer({"schema": schema.to_data()})


def queue(service: Service, asked: Asked) -> Response:
    """Give the next texts, in the order of work, and note that this annotator has them."""
    skip = [int(each) for each in asked.query.skip.split(",") if each]
    tasks = service.desk.queue(asked.known.name, limit=asked.query.limit, skip=skip)
    return answer({"tasks": [data.task_data(task) for task in tasks]})


def over(service: Service, asked: Asked) -> Response:
    """Name the texts, of those that a page holds ready, that this annotator has handed in or skipped by now."""
    numbers = [int(each) for each in asked.query.texts.split(",")]
    return answer({"over": service.desk.over(asked.known.name, numbers)})


def text(service: Service, asked: Asked) -> Response:
    """Give one text as this annotator finds it."""
    found = service.desk.task(asked.known.name, asked.path.number)
    if found is None:
        raise HttpProblem(HTTPStatus.NOT_FOUND, "no_such_text", f"the project has no text {asked.path.number}")
    return answer(data.task_data(found))


def rows(service: Service, asked: Asked) -> Response:
    """Find texts, with the annotations that this person may see."""
    query = asked.query
    filters = Filters(
        query.query or "",
        query.label or None,
        query.annotator or None,
        query.status,
        flagged=bool(query.flagged),
        disagreement=bool(query.disagreement),
    )
    found = service.desk.rows(asked.known.name, asked.known.role, filters, after=query.after, limit=query.limit)
    return answer({"texts": [data.row_data(row) for row in found.rows], "more": found.more, "found": None})


def history(service: Service, asked: Asked) -> Response:
    """List what was done to a text, as far as this person may see it."""
    past = service.desk.past(asked.known.name, asked.known.role, asked.query.text)
    return answer({"acts": [data.past_act_data(act) for act in past]})


def acts(service: Service, asked: Asked) -> Response:
    """Keep acts, in order, each by itself. The answer comes after the commit."""
    sent = asked.body.acts
    _check_number(service, asked.known.name, len(sent))
    read = [_act_of(place, each) for place, each in enumerate(sent)]
    kept = iter(service.desk.record(asked.known.name, [each for each in read if isinstance(each, Act)]))
    return answer({"results": [data.outcome_data(next(kept)) if isinstance(each, Act) else each for each in read]})


def _check_number(service: Service, name: str, number: int) -> None:
    most = service.limits.acts
    if number > most:
        detail = f"{number} acts in one request, at most {most} are allowed"
        raise HttpProblem(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "too_many_acts", detail, limit=most, found=number)
    wait = service.acts.take(name, number)
    if wait:
        raise too_often("too many acts", wait)


def _act_of(place: int, sent: Json) -> Act | Json:
    """Read an act. One that is wrong is answered under its key, so that it holds up no other."""
    try:
        read = ActShape.model_validate(sent)
    except ValidationError as error:
        reason, key = told(error, ActShape, "the act"), sent.get("key")
        if not isinstance(key, str) or not KEY.fullmatch(key):
            detail = f"acts[{place}]: {reason}"
            raise HttpProblem(HTTPStatus.UNPROCESSABLE_ENTITY, "wrong_shape", detail) from None
        return {"key": key, "problem": {"kind": "invalid", "detail": reason}}
    return Act(read.key, read.text, read.base, read.kind, plain(read.state), read.suggestion, read.seconds)


def progress(service: Service, asked: Asked) -> Response:
    """Say how far the work is; of others only to those who may know."""
    return answer(service.desk.progress(asked.known.name, everybody=asked.known.may("reviewer")))
