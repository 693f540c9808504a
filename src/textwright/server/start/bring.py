"""The routes of the step `bring`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated

from fastapi import Response
from pydantic import Field, StringConstraints

from textwright.project.bring import work
from textwright.project.bring.looking import Look, Looking
from textwright.project.bring.reading import Brought, read_brought, read_pasted
from textwright.project.bring.repairs import Offer
from textwright.project.examples import samples
from textwright.project.workbench import Workbench
from textwright.server.annotation import shapes
from textwright.server.annotation.data import Json, answer
from textwright.server.annotation.routes import Route
from textwright.server.annotation.service import Asked, Service
from textwright.server.start.described import FREE_ANSWER
from textwright.store.held_out import is_held_out
from textwright.store.renewal import Stays
from textwright.types import Example

PATH = "/api/steps/bring"
SHOWN_CHARACTERS = 300
Pasted = Annotated[str, StringConstraints(min_length=1, max_length=12_000_000)]
Cell = Annotated[str, StringConstraints(max_length=1_000)]


class PastedBody(shapes.Shape):
    """Pasted lines."""

    text: Pasted


class ExampleBody(shapes.Shape):
    """An example by its name."""

    example: shapes.Word


class RepairsBody(shapes.Shape):
    """All repairs that are wanted."""

    repairs: Annotated[list[shapes.Word], Field(max_length=20)]


class ColumnBody(shapes.Shape):
    """Another column of a table that was brought."""

    source: Cell
    column: Cell


class FileQuery(shapes.Query):
    """What the sender calls the file."""

    name: Annotated[str, StringConstraints(min_length=1, max_length=300, pattern=shapes.NO_NUL)]


class Bring:
    """What the page asks of the step."""

    def __init__(self, bench: Workbench) -> None:
        """Look at the texts of a project once somebody asks for them."""
        self.bench, self.looking = bench, Looking(bench)

    def _changed(self, step: Callable[[Stays], object]) -> Response:
        work.at_bench(self.bench, step)
        return answer(_data(self.looking.look()))

    def _taken(self, brought: Brought) -> Response:
        """Bring what was read: a large file takes its time, and nobody else waits for it meanwhile."""
        return self._changed(lambda kept: work.bring(self.bench.project, brought, kept=kept))

    def brought(self, service: Service, asked: Asked) -> Response:
        """Show the texts: how many, what they are like, what can be repaired, some of them; and the examples."""
        return answer(_data(self.looking.look()))

    def bring_pasted(self, service: Service, asked: Asked) -> Response:
        """Bring pasted lines, or a pasted table."""
        return self._taken(read_pasted(asked.body.text, seed=self.bench.project.state.seed))

    def bring_file(self, service: Service, asked: Asked) -> Response:
        """Bring the texts of a file."""
        assert asked.file is not None
        return self._taken(read_brought(asked.file, name=asked.query.name, seed=self.bench.project.state.seed))

    def bring_example(self, service: Service, asked: Asked) -> Response:
        """Bring the texts of an example, without its marks."""
        return self._changed(lambda kept: work.bring_example(self.bench.project, asked.body.example, kept=kept))

    def repair_texts(self, service: Service, asked: Asked) -> Response:
        """Do these repairs and no others; what is not named is as it came."""
        return self._changed(lambda kept: work.repair(self.bench.project, asked.body.repairs, kept=kept))

    def choose_column(self, service: Service, asked: Asked) -> Response:
        """Take the texts of a table from another of its columns."""
        body = asked.body
        return self._changed(lambda kept: work.use_column(self.bench.project, body.source, body.column, kept=kept))

    def clear_texts(self, service: Service, asked: Asked) -> Response:
        """Take all texts out that nobody has annotated."""
        return self._changed(lambda kept: work.clear(self.bench.project, kept=kept))


def routes(bench: Workbench) -> tuple[Route, ...]:
    """Return the routes of the step."""
    do = Bring(bench)
    return (
        Route("GET", PATH, "owner", do.brought, FREE_ANSWER, pool="files"),
        Route("POST", f"{PATH}/pasted", "owner", do.bring_pasted, FREE_ANSWER, body=PastedBody, pool="files"),
        Route("POST", f"{PATH}/file", "owner", do.bring_file, FREE_ANSWER, FileQuery, pool="files", takes_file=True),
        Route("POST", f"{PATH}/example", "owner", do.bring_example, FREE_ANSWER, body=ExampleBody, pool="files"),
        Route("POST", f"{PATH}/repairs", "owner", do.repair_texts, FREE_ANSWER, body=RepairsBody, pool="files"),
        Route("POST", f"{PATH}/column", "owner", do.choose_column, FREE_ANSWER, body=ColumnBody, pool="files"),
        Route("DELETE", f"{PATH}/texts", "owner", do.clear_texts, FREE_ANSWER, pool="files"),
    )


def _data(look: Look) -> Json:
    """Return the texts as the page draws them."""
    return {
        "count": look.count,
        "held_out": look.held_out,
        "annotated": look.annotated,
        "said": [{"weight": said.weight, "words": said.words} for said in look.said],
        "notes": list(look.notes),
        "repairs": [_offer_data(offer) for offer in look.offers],
        "sources": [
            {"name": each.name, "texts": each.texts, "column": each.column, "columns": list(each.columns)}
            for each in look.sources
        ],
        "sample": [_sample_data(example) for example in look.sample],
        "examples": [
            {"name": each.name, "title": each.title, "first": each.first, "texts": each.count} for each in samples()
        ],
    }


def _offer_data(offer: Offer) -> Json:
    shown = [{"before": _short(before), "after": _short(after)} for before, after in offer.shown]
    return {
        "name": offer.repair.name,
        "words": offer.repair.words(offer.count),
        "chosen": offer.chosen,
        "doubles": offer.repair.doubles,
        "caution": offer.repair.caution,
        "shown": shown,
    }


def _sample_data(example: Example) -> Json:
    return {"text": _short(example.text), "held_out": is_held_out(example), "marked": example.annotator is not None}


def _short(text: str | None) -> str | None:
    return text if text is None or len(text) <= SHOWN_CHARACTERS else f"{text[:SHOWN_CHARACTERS]}…"
