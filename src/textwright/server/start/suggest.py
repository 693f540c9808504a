"""The routes of the step `suggest`."""

from __future__ import annotations

from typing import Annotated

from fastapi import Response
from pydantic import Field

from textwright.formats.jsonl import category_data, span_data
from textwright.project.state import Suggesting
from textwright.project.suggest.forms import Kind, PageRule
from textwright.project.suggest.language_model import Asked as AskedModel
from textwright.project.suggest.trial import Seen, Show, Trial
from textwright.project.suggest.work import Work
from textwright.project.workbench import Workbench
from textwright.server.annotation import shapes
from textwright.server.annotation.data import Json, answer
from textwright.server.annotation.routes import Route
from textwright.server.annotation.service import Asked, Service
from textwright.server.start.described import FREE_ANSWER

PATH = "/api/steps/suggest"


class ChoiceBody(shapes.Shape):
    """What suggests; `model` names it where it is one."""

    suggesting: Suggesting
    model: Annotated[str, Field(max_length=1_000)] | None = None


class RuleShape(shapes.Shape):
    """A rule of the page; `words` and `until` as they were typed."""

    label: shapes.Word
    kind: Kind
    words: Annotated[str, Field(max_length=1_000_000)] = ""
    until: shapes.Prose = ""
    most: Annotated[int, Field(ge=1, le=3)] = 1
    first: bool = True


class RulesBody(shapes.Shape):
    """All rules of the page."""

    rules: Annotated[list[RuleShape], Field(max_length=500)]


class TrialQuery(shapes.Query):
    """Which ten texts: any, those with something found or with nothing; so many are passed over."""

    show: Show = "any"
    skip: shapes.Count = 0


class PromptBody(shapes.Shape):
    """Which language model is asked; without both, the small one of this machine.

    `confirmed`: the person was asked whether texts may be sent to this address, and said yes.
    """

    address: shapes.Word = ""
    model: shapes.Word = ""
    confirmed: bool = False


class Suggest:
    """What the page asks of the step."""

    def __init__(self, bench: Workbench) -> None:
        """Take up what suggests in a project."""
        self.work = Work(bench)

    def suggest(self, service: Service, asked: Asked) -> Response:
        """Say what suggests, what could, the rules of the page, and words that what was annotated proposes."""
        return answer(self.work.data())

    def suggest_with(self, service: Service, asked: Asked) -> Response:
        """Choose what suggests."""
        self.work.choose(asked.body.suggesting, asked.body.model)
        return answer(self.work.data())

    def save_rules(self, service: Service, asked: Asked) -> Response:
        """Keep the rules of the page, and say what is wrong with each, by its place, and what could be added."""
        rules = [PageRule(**each.model_dump()) for each in asked.body.rules]
        return answer(self.work.save(rules))

    def take_page_rules(self, service: Service, asked: Asked) -> Response:
        """Put rules that were written by hand aside, and use those of the page again."""
        self.work.use_page_rules()
        return answer(self.work.data())

    def save_prompt(self, service: Service, asked: Asked) -> Response:
        """Say which language model is asked, and let it suggest."""
        self.work.save_prompt(AskedModel(asked.body.address, asked.body.model), confirmed=asked.body.confirmed)
        return answer(self.work.data())

    def try_suggesting(self, service: Service, asked: Asked) -> Response:
        """Show ten texts with what is suggested for them. A language model may need a while: ask again then."""
        trial, running = self.work.trial(asked.query.show, asked.query.skip)
        return answer(trial_data(trial, running=running))


def routes(bench: Workbench) -> tuple[Route, ...]:
    """Return the routes of the step."""
    do = Suggest(bench)
    return (
        Route("GET", PATH, "owner", do.suggest, FREE_ANSWER, pool="texts"),
        Route("POST", f"{PATH}/choose", "owner", do.suggest_with, FREE_ANSWER, body=ChoiceBody, pool="files"),
        Route("POST", f"{PATH}/rules", "owner", do.save_rules, FREE_ANSWER, body=RulesBody, pool="texts"),
        Route("POST", f"{PATH}/page-rules", "owner", do.take_page_rules, FREE_ANSWER, pool="texts"),
        Route("POST", f"{PATH}/prompt", "owner", do.save_prompt, FREE_ANSWER, body=PromptBody, pool="files"),
        Route("GET", f"{PATH}/trial", "owner", do.try_suggesting, FREE_ANSWER, TrialQuery, pool="files"),
    )


def trial_data(trial: Trial, *, running: bool) -> Json:
    """Return what was tried as the page draws it."""
    return {
        "running": running,
        "seen": [seen_data(each) for each in trial.seen],
        "tried": trial.tried,
        "found": trial.found,
        "failed": trial.failed,
        "of": trial.of,
        "following": trial.following,
        "parts": {str(place): parts for place, parts in trial.parts.items()},
        "absent": {str(place): list(words) for place, words in trial.absent.items()},
        "shapes": {str(place): words for place, words in trial.shapes.items()},
        "checked": {str(place): {"right": right, "of": of} for place, (right, of) in trial.checked.items()},
    }


def seen_data(seen: Seen) -> Json:
    """Return a text with what is suggested for it."""
    return {
        "text": seen.text,
        "spans": [span_data(span) for span in seen.annotation.spans or ()],
        "categories": [category_data(each) for each in seen.annotation.categories or ()],
        "problem": seen.problem,
    }
