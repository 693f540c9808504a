"""The routes of the step `ship`: choosing a model, its downloads, and its form as it would stand on any web space."""

from __future__ import annotations

from collections.abc import Iterator
from http import HTTPStatus
from typing import Annotated

from fastapi import Response
from pydantic import Field
from starlette.responses import FileResponse, StreamingResponse

from textwright.errors import DataError
from textwright.project.ship.form_files import form_file, form_files, form_page
from textwright.project.ship.model_folder import files_of, schema_of_model
from textwright.project.ship.offer import form_schema
from textwright.project.ship.work import Shipping, age
from textwright.project.ship.zips import zip_of
from textwright.project.workbench import Workbench
from textwright.schema import Schema
from textwright.server.annotation import shapes
from textwright.server.annotation.data import answer
from textwright.server.annotation.documents import Answers
from textwright.server.annotation.files import attachment
from textwright.server.annotation.routes import Route
from textwright.server.annotation.service import Asked, Service
from textwright.server.problems import HttpProblem
from textwright.server.served_files import media_type_of
from textwright.server.start.described import FREE_ANSWER
from textwright.store.rounds import count_handed_in

PATH = "/api/steps/ship"
ZIP, HTML = "application/zip", "text/html; charset=utf-8"


def _file(*kinds: str) -> Answers:
    """Say that a route gives a file, of one of these kinds."""
    return {"200": {"description": "The file", "content": {kind: {} for kind in kinds}}}


class MethodBody(shapes.Shape):
    """The method to ship; null: the best that can be shipped."""

    method: Annotated[str, Field(max_length=200)] | None


class FileQuery(shapes.Query):
    """What a page names beside a file, so that no cache gives it an older one."""

    sha256: shapes.Word | None = None


class FilePath(shapes.Query):
    """A file of the model."""

    file: shapes.Word


class Ship:
    """What the page asks of the step, and of the form of the shipped model."""

    def __init__(self, bench: Workbench) -> None:
        """Write models of a project once somebody asks for them."""
        self.bench, self.project, self.shipping = bench, bench.project, Shipping(bench.project)

    def ship(self, service: Service, asked: Asked) -> Response:
        """Say which methods can be shipped, what was shipped, and how to use it."""
        return self._state()

    def choose_method(self, service: Service, asked: Asked) -> Response:
        """Write the model of a method into the project's folder; `busy` says that it takes longer."""
        self.shipping.begin(asked.body.method)
        return self._state()

    def model_zip(self, service: Service, asked: Asked) -> Response:
        """Give the model's folder as a zip."""
        return _zip(zip_of(files_of(self.project.model), "model"), f"{self.project.name}-model.zip")

    def form_zip(self, service: Service, asked: Asked) -> Response:
        """Give the form that fills itself as a zip: ready for any web space."""
        name = self.project.name
        return _zip(zip_of(form_files(self.project.model, self._schema(), name), "form"), f"{name}-form.zip")

    def report_html(self, service: Service, asked: Asked) -> Response:
        """Give the report of all methods, a page that stands alone."""
        path = self.project.folder / "report.html"
        if not path.is_file():
            detail = "there is no report yet. Judge the methods first"
            raise HttpProblem(HTTPStatus.NOT_FOUND, "no_report", detail)
        return FileResponse(path, media_type=HTML, headers=attachment(f"{self.project.name}-report.html"))

    def form_html(self, service: Service, asked: Asked) -> Response:
        """Show the form as the zip holds it."""
        return Response(form_page(self._schema(), self.project.name), media_type=HTML)

    def form_js(self, service: Service, asked: Asked) -> Response:
        """Give the script of the form, the same file that the zip holds."""
        return Response(form_file("form.js"), media_type=media_type_of("form.js"))

    def form_css(self, service: Service, asked: Asked) -> Response:
        """Give the style of the form, the same file that the zip holds."""
        return Response(form_file("form.css"), media_type=media_type_of("form.css"))

    def model_file(self, service: Service, asked: Asked) -> Response:
        """Give a file of the shipped model: those that its `config.json` names, and no other."""
        name = asked.path.file
        try:
            path = files_of(self.project.model)[name]
        except (KeyError, DataError):
            detail = f"no such file of the model: {name!r}"
            raise HttpProblem(HTTPStatus.NOT_FOUND, "no_such_file", detail) from None
        return FileResponse(path, media_type=media_type_of(name), headers={"Cache-Control": "no-cache"})

    def _schema(self) -> Schema:
        return form_schema(self.project, schema_of_model(self.project.model))

    def _state(self) -> Response:
        annotated = count_handed_in(self.bench.database, self.bench.desk.project)
        return answer({**self.shipping.state(), "annotated": annotated, **age(self.bench)})


def routes(bench: Workbench) -> tuple[Route, ...]:
    """Return the routes of the step."""
    do = Ship(bench)
    return (
        Route("GET", PATH, "owner", do.ship, FREE_ANSWER),
        Route("POST", f"{PATH}/choose", "owner", do.choose_method, FREE_ANSWER, body=MethodBody, pool="files"),
        Route("GET", f"{PATH}/model.zip", "owner", do.model_zip, _file(ZIP), pool="files"),
        Route("GET", f"{PATH}/form.zip", "owner", do.form_zip, _file(ZIP), pool="files"),
        Route("GET", f"{PATH}/report.html", "owner", do.report_html, _file(HTML), problems=(404,)),
        Route("GET", "/form.html", "owner", do.form_html, _file(HTML)),
        Route("GET", "/form.js", "owner", do.form_js, _file(media_type_of("form.js"))),
        Route("GET", "/form.css", "owner", do.form_css, _file(media_type_of("form.css"))),
        Route(
            "GET",
            "/model/{file:path}",
            "owner",
            do.model_file,
            _file("*/*"),
            FileQuery,
            inside=FilePath,
            problems=(404,),
        ),
    )


def _zip(pieces: Iterator[bytes], name: str) -> Response:
    return StreamingResponse(pieces, media_type=ZIP, headers=attachment(name))
