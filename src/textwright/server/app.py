"""The HTTP application: read a request, call the library once, show the answer."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from http import HTTPStatus
from importlib.metadata import version
from typing import Any

from fastapi import FastAPI, Request, Response
from starlette.concurrency import run_in_threadpool
from starlette.responses import JSONResponse, RedirectResponse

from textwright.formats.jsonl import annotation_data, spans_of
from textwright.predictor import answers
from textwright.server.documents import MODELS, PREDICT
from textwright.server.envelope import Envelope
from textwright.server.hosted import Hosted
from textwright.server.limits import Limits
from textwright.server.metrics import Metrics
from textwright.server.offsets import in_utf16
from textwright.server.problems import HttpProblem, add_problem_handlers
from textwright.server.requests import PredictRequest, Unit, read_predict_request
from textwright.server.served_files import ASK_AGAIN, ServedFile, page_files, send_file
from textwright.types import Annotation, Answer

Json = dict[str, Any]


@dataclass(slots=True)
class Service:
    """What the routes share. `ready` turns false when the server begins to stop."""

    models: Mapping[str, Hosted]
    limits: Limits
    metrics: Metrics = field(default_factory=Metrics)
    pages: Mapping[str, ServedFile] = field(default_factory=page_files)
    ready: bool = False

    def model(self, name: str) -> Hosted:
        """Return a model. Raise `HttpProblem` 404 with the names that there are."""
        if name in self.models:
            return self.models[name]
        names = list(self.models)
        detail = f"no model is called {name!r}. Served models: {', '.join(names) or 'none'}"
        raise HttpProblem(HTTPStatus.NOT_FOUND, "no_such_model", detail, models=names)


def create_app(models: Sequence[Hosted], *, limits: Limits | None = None) -> FastAPI:
    """Build the application that serves `models`; the first is the page's first choice."""
    service = Service({model.name: model for model in models}, limits or Limits())

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        service.ready = True
        yield
        service.ready = False

    app = FastAPI(title="textwright", version=version("textwright"), docs_url=None, redoc_url=None, lifespan=lifespan)
    app.state.service = service
    app.add_middleware(Envelope, metrics=service.metrics)
    add_problem_handlers(app)
    _add_model_routes(app, service)
    _add_health_routes(app, service)
    _add_file_routes(app, service)
    return app


def _add_model_routes(app: FastAPI, service: Service) -> None:
    @app.get("/v1/models", tags=["models"], openapi_extra=MODELS)
    async def list_models() -> Json:
        """List the models, with their schema and, when a page can run them, their folder."""
        return _listed(service)

    @app.post("/v1/models/{name}/predict", tags=["models"], openapi_extra=PREDICT)
    async def predict(name: str, request: Request) -> Response:
        """Annotate texts, in order. A text without answer gets `error`, neither spans nor categories."""
        model = service.model(name)
        asked = await read_predict_request(request, service.limits)
        found = await run_in_threadpool(_annotate, service.metrics, model, asked)
        return Response(found, media_type="application/json")


def _listed(service: Service) -> Json:
    return {"models": [_facts(model) for model in service.models.values()]}


def _facts(model: Hosted) -> Json:
    folder = None if model.files is None else f"/models/{model.name}/"
    return {"name": model.name, "folder": folder, "schema": model.predictor.schema.to_data()}


def _annotate(metrics: Metrics, model: Hosted, asked: PredictRequest) -> bytes:
    metrics.texts.labels(model.name).inc(len(asked.texts))
    with metrics.seconds.labels(model.name).time():
        found = list(answers(model.predictor, asked.texts))
    metrics.failed.labels(model.name).inc(sum(answer.annotation is None for answer in found))
    data = [_answer_data(text, answer, asked.offsets) for text, answer in zip(asked.texts, found, strict=True)]
    return json.dumps({"annotations": data}).encode()


def _answer_data(text: str, answer: Answer, offsets: Unit) -> Json:
    """Return an annotation in the shape of files, with the evidence that a model notes beside it.

    A text without answer has only an error.
    """
    if answer.annotation is None:
        kind, reason = (answer.problem.kind, answer.problem.reason) if answer.problem else ("unknown", "no answer")
        return {"error": {"kind": kind, "reason": reason}}
    evidence = Annotation(spans=spans_of(answer.notes.get("evidence", []), text))
    said, noted = (in_utf16(text, each) if offsets == "utf16" else each for each in (answer.annotation, evidence))
    return annotation_data(said) | ({"evidence": annotation_data(noted)["spans"]} if noted.spans else {})


def _add_health_routes(app: FastAPI, service: Service) -> None:
    @app.get("/healthz", tags=["health"])
    async def healthz() -> Json:
        """Say that the process lives."""
        return {"status": "ok"}

    @app.get("/readyz", tags=["health"])
    async def readyz() -> Json:
        """Say whether requests are taken; 503 while the server starts or stops."""
        if not service.ready:
            raise HttpProblem(HTTPStatus.SERVICE_UNAVAILABLE, "not_ready", "the server is starting or stopping")
        return {"status": "ready", "models": list(service.models)}

    @app.get("/metrics", tags=["health"], response_class=Response)
    async def metrics() -> Response:
        """Show the counters in Prometheus' text format."""
        return Response(service.metrics.exposition(), media_type="text/plain; version=0.0.4")


def _add_file_routes(app: FastAPI, service: Service) -> None:
    async def model_file(request: Request) -> Response:
        name = request.path_params["name"]
        files = service.model(name).files
        if files is None:
            detail = f"{name} runs on the server alone: POST /v1/models/{name}/predict"
            raise HttpProblem(HTTPStatus.NOT_FOUND, "no_model_files", detail)
        return send_file(request, files, request.path_params["file"])

    async def page(request: Request) -> Response:
        path = request.url.path.removeprefix("/")
        is_folder = path == "" or path.endswith("/")
        return send_file(request, service.pages, f"{path}index.html" if is_folder else path)

    async def folder_of_page(request: Request) -> Response:
        name = request.url.path.rpartition("/")[2]
        return RedirectResponse(f"{name}/", HTTPStatus.TEMPORARY_REDIRECT)

    async def index(_: Request) -> Response:
        # What a static site leaves out: pages offer to ask the server only where there is one.
        return JSONResponse(_listed(service) | {"server": True}, headers={"Cache-Control": ASK_AGAIN})

    app.add_route("/models/index.json", index, include_in_schema=False)
    app.add_route("/models/{name}/{file:path}", model_file, include_in_schema=False)
    app.add_route("/", page, include_in_schema=False)
    folders = {path.partition("/")[0] for path in service.pages if "/" in path}
    for name in sorted(path for path in service.pages if "/" not in path):
        app.add_route(f"/{name}", page, include_in_schema=False)
    for folder in sorted(folders):
        app.add_route(f"/{folder}/{{file:path}}", page, include_in_schema=False)
        if f"{folder}/index.html" in service.pages:
            app.add_route(f"/{folder}", folder_of_page, include_in_schema=False)
