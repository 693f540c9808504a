"""The routes of the step `look_for`: what is looked for, changed at once; what there is to start from; proposals."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus

from fastapi import Response

from textwright.errors import TextwrightError
from textwright.project.look_for import changes, starts, view
from textwright.project.look_for.changes import Answer, Change
from textwright.project.look_for.proposals import Proposing, still_new
from textwright.project.look_for.shown import Place, named_place, read_places
from textwright.project.look_for.work import UsedError, change, show_on, take_schema
from textwright.project.workbench import Workbench
from textwright.schema import Label, Schema, Task
from textwright.server.annotation.data import answer
from textwright.server.annotation.routes import Answer as Handler
from textwright.server.annotation.routes import Route
from textwright.server.annotation.service import Asked, Service
from textwright.server.annotation.shapes import Shape
from textwright.server.problems import HttpProblem
from textwright.server.start.described import FREE_ANSWER
from textwright.server.start.look_for_shapes import (
    LabelBody,
    LabelChangeBody,
    PlaceShape,
    RemovalBody,
    StartBody,
    TaskBody,
    TaskChangeBody,
)

PATH = "/api/steps/look_for"


class LookFor:
    """What the page asks of the step."""

    def __init__(self, bench: Workbench) -> None:
        """Look at the texts of a project for proposals once somebody asks for them."""
        self.bench, self.proposing = bench, Proposing(bench.project)
        bench.works["look_for"] = self.proposing

    def look_for(self, service: Service, asked: Asked) -> Response:
        """Say what is looked for, each label on a text of one's own, and what there is to start from."""
        return self._answered(lambda: take_schema(self.bench))

    def look_for_proposals(self, service: Service, asked: Asked) -> Response:
        """Say what the texts propose; `ready` is false while more may come."""
        return answer(view.proposed_data(still_new(self.proposing.found(), self.bench.desk.project.schema)))

    def ask_look_for_model(self, service: Service, asked: Asked) -> Response:
        """Let a language model propose labels; the proposals say when it has answered."""
        return self._answered(self.proposing.ask)

    def add_look_for_label(self, service: Service, asked: Asked) -> Response:
        """Add a label, and show it on a text where the body says which."""
        return self._answered(lambda: _add_label(self.bench, asked.body))

    def change_look_for_label(self, service: Service, asked: Asked) -> Response:
        """Change a label; what is marked follows its name."""
        return self._answered(lambda: _change_label(self.bench, asked.body))

    def remove_look_for_label(self, service: Service, asked: Asked) -> Response:
        """Take a label away. Where it has marks, 409 says how many, until `lose` allows to lose them."""
        name = asked.body.name
        return self._changed(lambda schema: changes.remove_label(schema, name), lose=asked.body.lose)

    def add_look_for_task(self, service: Service, asked: Asked) -> Response:
        """Add a question about the whole text."""
        return self._changed(lambda schema: changes.add_task(schema, _task(asked.body)))

    def change_look_for_task(self, service: Service, asked: Asked) -> Response:
        """Change a question; what was answered follows the names. Answers that are lost are said first, by 409."""
        return self._answered(lambda: _change_task(self.bench, asked.body))

    def remove_look_for_task(self, service: Service, asked: Asked) -> Response:
        """Take a question away. Where it was answered, 409 says how often, until `lose` allows to lose that."""
        name = asked.body.name
        return self._changed(lambda schema: changes.remove_task(schema, name), lose=asked.body.lose)

    def begin_look_for(self, service: Service, asked: Asked) -> Response:
        """Take over the labels and questions of an example or a pack."""
        return self._answered(lambda: _begin(self.bench, asked.body.name))

    def _answered(self, work: Callable[[], object]) -> Response:
        """Do something, and answer with what is looked for then; what a user can mend is said as such."""
        try:
            work()
            return answer(view.look_for_data(self.bench))
        except UsedError as error:
            detail, lost = str(error), error.lost
            raise HttpProblem(HTTPStatus.CONFLICT, "used", detail, marks=lost.marks, texts=lost.texts) from None
        except TextwrightError as error:
            raise HttpProblem(HTTPStatus.UNPROCESSABLE_ENTITY, "wrong_schema", str(error)) from None

    def _changed(self, what: Callable[[Schema], Change], *, lose: bool = False) -> Response:
        return self._answered(lambda: change(self.bench, what, lose=lose))


def routes(bench: Workbench) -> tuple[Route, ...]:
    """Return the routes of the step."""
    do = LookFor(bench)
    return (
        Route("GET", PATH, "owner", do.look_for, FREE_ANSWER),
        Route("GET", f"{PATH}/proposals", "owner", do.look_for_proposals, FREE_ANSWER),
        Route("POST", f"{PATH}/proposals/model", "owner", do.ask_look_for_model, FREE_ANSWER),
        Route("POST", f"{PATH}/labels", "owner", do.add_look_for_label, FREE_ANSWER, body=LabelBody),
        Route("POST", f"{PATH}/labels/change", "owner", do.change_look_for_label, FREE_ANSWER, body=LabelChangeBody),
        _losing(f"{PATH}/labels/removal", do.remove_look_for_label, RemovalBody),
        Route("POST", f"{PATH}/tasks", "owner", do.add_look_for_task, FREE_ANSWER, body=TaskBody),
        _losing(f"{PATH}/tasks/change", do.change_look_for_task, TaskChangeBody),
        _losing(f"{PATH}/tasks/removal", do.remove_look_for_task, RemovalBody),
        Route("POST", f"{PATH}/start", "owner", do.begin_look_for, FREE_ANSWER, body=StartBody),
    )


def _losing(path: str, handler: Handler, body: type[Shape]) -> Route:
    """Make the route of what may lose marks, and asks first."""
    return Route("POST", path, "owner", handler, FREE_ANSWER, body=body, problems=(409,))


def _add_label(bench: Workbench, body: LabelBody) -> None:
    made = change(bench, lambda schema: changes.add_label(schema, Label(body.name, body.meaning)))
    if body.place is not None:
        show_on(bench, made.labels[-1].name, _place(body.place))


def _place(shape: PlaceShape) -> Place | None:
    fits = 0 <= shape.start < shape.end <= len(shape.text)
    return Place(shape.text, shape.start, shape.end) if fits else None


def _change_label(bench: Workbench, body: LabelChangeBody) -> None:
    """Find the words of the example first: where they are in no text, nothing changes."""
    place = _place_of_words(bench, body)

    def what(schema: Schema) -> Change:
        colour = schema.label(body.name).colour
        label = Label(body.to, body.meaning, colour, body.key or None, body.parent or None)
        return changes.change_label(schema, body.name, label)

    before = bench.desk.project.schema.spans
    made = change(bench, what)
    show_on(bench, made.labels[before.index(body.name)].name, place)


def _place_of_words(bench: Workbench, body: LabelChangeBody) -> Place | None:
    """Keep the place that was chosen while its words stay the same; they may stand in other texts, too."""
    words, chosen = body.words.strip(), read_places(bench.project).get(body.name)
    if chosen is not None and chosen.text[chosen.start : chosen.end] == words:
        return chosen
    return named_place(bench.project, words) if words else None


def _change_task(bench: Workbench, body: TaskChangeBody) -> None:
    answers = [Answer(each.name, each.meaning, each.was) for each in body.answers]

    def what(schema: Schema) -> Change:
        return changes.change_task(
            schema, body.name, to=body.to, meaning=body.meaning, multiple=body.multiple, answers=answers
        )

    change(bench, what, lose=body.lose)


def _task(body: TaskBody) -> Task:
    labels = tuple(Label(each.name, each.meaning) for each in body.answers)
    return Task(body.name, labels, body.multiple, body.meaning)


def _begin(bench: Workbench, name: str) -> None:
    start = starts.find_start(bench.project, name)
    change(bench, lambda schema: starts.begin_with(schema, start.schema))
