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

ZIP, HTML = "application/zip", "text/html; charset=utf-8"
FILE: Answers = {"200": {"description": "The file", "content": {"application/octet-stream": {}}}}


class MethodBody(shapes.Shape):
    """The method to ship; null: the best that can be shipped."""

    method: Annotated[str, Field(max_length=200)] | None


class FileQuery(shapes.Query):
    """What a page names beside a file, so that no cache gives it an older one."""

    sha256: shapes.Word | None = None


class FilePath(shapes.Query):
    """A file of the model."""

    file: shapes.Word


def routes(bench: Workbench) -> tuple[Route, ...]:
    """Return the routes of the step."""
    project, shipping = bench.project, Shipping(bench.project)

    def ship(service: Service, asked: Asked) -> Response:
        """Say which methods can be shipped, what was shipped, and how to use it."""
        return _state(bench, shipping)

    def choose_method(service: Service, asked: Asked) -> Response:
        """Write the model of a method into the project's folder; `busy` says that it takes longer."""
        shipping.begin(asked.body.method)
        return _state(bench, shipping)

    def model_zip(service: Service, asked: Asked) -> Response:
        """Give the model's folder as a zip."""
        return _zip(zip_of(files_of(project.model), "model"), f"{project.name}-model.zip")

    def form_zip(service: Service, asked: Asked) -> Response:
        """Give the form that fills itself as a zip: ready for any web space."""
        schema = form_schema(project, schema_of_model(project.model))
        return _zip(zip_of(form_files(project.model, schema, project.name), "form"), f"{project.name}-form.zip")

    def report_html(service: Service, asked: Asked) -> Response:
        """Give the report of all methods, a page that stands alone."""
        path = project.folder / "report.html"
        if not path.is_file():
            detail = "there is no report yet. Judge the methods first"
            raise HttpProblem(HTTPStatus.NOT_FOUND, "no_report", detail)
        return FileResponse(path, media_type=HTML, headers=attachment(f"{project.name}-report.html"))

    def form_html(service: Service, asked: Asked) -> Response:
        """Show the form as the zip holds it."""
        schema = form_schema(project, schema_of_model(project.model))
        return Response(form_page(schema, project.name), media_type=HTML)

    def form_js(service: Service, asked: Asked) -> Response:
        """Give the script of the form, the same file that the zip holds."""
        return Response(form_file("form.js"), media_type=media_type_of("form.js"))

    def form_css(service: Service, asked: Asked) -> Response:
        """Give the style of the form, the same file that the zip holds."""
        return Response(form_file("form.css"), media_type=media_type_of("form.css"))

    def model_file(service: Service, asked: Asked) -> Response:
        """Give a file of the shipped model: those that its `config.json` names, and no other."""
        name = asked.path.file
        try:
            path = files_of(project.model)[name]
        except (KeyError, DataError):
            detail = f"no such file of the model: {name!r}"
            raise HttpProblem(HTTPStatus.NOT_FOUND, "no_such_file", detail) from None
        return FileResponse(path, media_type=media_type_of(name), headers={"Cache-Control": "no-cache"})

    return (
        Route("GET", "/api/ship", "owner", ship, FREE_ANSWER),
        Route("POST", "/api/ship/choose", "owner", choose_method, FREE_ANSWER, body=MethodBody, pool="files"),
        Route("GET", "/api/ship/model.zip", "owner", model_zip, FILE, pool="files"),
        Route("GET", "/api/ship/form.zip", "owner", form_zip, FILE, pool="files"),
        Route("GET", "/api/ship/report.html", "owner", report_html, FILE, problems=(404,)),
        Route("GET", "/form.html", "owner", form_html, FILE),
        Route("GET", "/form.js", "owner", form_js, FILE),
        Route("GET", "/form.css", "owner", form_css, FILE),
        Route("GET", "/model/{file:path}", "owner", model_file, FILE, FileQuery, inside=FilePath, problems=(404,)),
    )


def _state(bench: Workbench, shipping: Shipping) -> Response:
    annotated = count_handed_in(bench.database, bench.desk.project)
    return answer({**shipping.state(), "annotated": annotated, **age(bench)})


def _zip(pieces: Iterator[bytes], name: str) -> Response:
    return StreamingResponse(pieces, media_type=ZIP, headers=attachment(name))
