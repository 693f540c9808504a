"""The HTTP application: read a request, call the library once, show the answer."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Iterable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from http import HTTPStatus
from importlib.metadata import version
from typing import Any
from urllib.parse import quote

from fastapi import FastAPI, Request, Response
from fastapi.routing import APIRoute
from starlette.responses import RedirectResponse

from textwright.server.documents import GUARDED_BY, HEALTH, MODELS, PREDICT, READY
from textwright.server.envelope import HEADERS, Envelope
from textwright.server.gate import Gate, OtherSites, Place
from textwright.server.hosted import Hosted
from textwright.server.keys import GUARDED, Door, KeyDoor, Token, TokenDoor
from textwright.server.limits import Limits
from textwright.server.logs import Write
from textwright.server.metrics import Metrics
from textwright.server.predicting import Predicting
from textwright.server.problems import HttpProblem, add_problem_handlers
from textwright.server.running import Running, running_model
from textwright.server.sending import Shelf, answer, shelf
from textwright.server.served_files import page_files, served_file

Json = dict[str, Any]
PREDICT_PATH = "/v1/models/{name}/predict"
ASKED_HEADERS = ("Authorization", "Content-Type", "X-API-Key", "X-Request-Id")
TOLD_HEADERS = ("Retry-After", "X-Request-Id")
# What is open to whoever reaches a server that asks for the token of its run.
OPEN, OPEN_FOLDERS = ("/healthz", "/readyz", "/metrics", "/openapi.json"), ("/runtime/", "/models/")
# How long threads may take to end when the server stops and no request waits for them any more.
STOP_SECONDS = 0.5


@dataclass(slots=True)
class Service:
    """What the routes share. `ready` turns false when the server begins to stop."""

    models: Mapping[str, Running]
    files: Mapping[str, Shelf]
    limits: Limits
    metrics: Metrics
    pages: Shelf = field(default_factory=lambda: shelf(page_files()))
    ready: bool = False
    stopping: bool = False

    def begin_to_stop(self) -> None:
        """Tell load balancers to send nothing more, and clients to ask elsewhere from now on."""
        self.ready, self.stopping = False, True

    def troubles(self) -> dict[str, str]:
        """Say what is wrong with models that answer no more."""
        found = {name: model.batcher.trouble(self.limits.seconds) for name, model in self.models.items()}
        return {name: why for name, why in found.items() if why is not None}


def create_app(
    models: Sequence[Hosted],
    *,
    limits: Limits | None = None,
    place: Place | None = None,
    cors: Sequence[str] = (),
    keys: Iterable[str] = (),
    token: Token | None = None,
    log: Write | None = None,
) -> FastAPI:
    """Build the application that serves `models`; the first is the page's first choice.

    `place` says where it is reached, so that requests meant for others are known. Pages of the origins `cors` may ask
    it (`*`: of all); with `keys`, only who has one may ask models, and with a `token`, only who has that; it needs a
    place. `log` gets a line for each request.
    """
    service = _service(models, limits or Limits())
    app = FastAPI(
        title="textwright",
        version=version("textwright"),
        openapi_url=None,  # `_describe` sends it, packed
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,  # they name the host that the client named
        lifespan=_lifespan(service),
    )
    app.state.service = service
    door = _door(service, place, tuple(keys), token)
    _surround(app, service, place, tuple(cors), door, log)
    add_problem_handlers(app)
    _add_model_routes(app, service)
    _add_health_routes(app, service)
    _answer_head(app)
    _add_model_files(app, service)
    _add_pages(app, service)
    _describe(app, guarded=door is not None)
    return app


def _service(models: Sequence[Hosted], limits: Limits) -> Service:
    metrics = Metrics()
    running = {model.name: Running(model, metrics) for model in models}
    files = {model.name: shelf(model.files) for model in models if model.files is not None}
    return Service(running, files, limits, metrics)


def _lifespan(service: Service) -> Any:
    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        service.ready = True
        yield
        service.begin_to_stop()
        stops = [asyncio.to_thread(model.batcher.stop, STOP_SECONDS) for model in service.models.values()]
        await asyncio.gather(*stops)

    return lifespan


def _door(service: Service, place: Place | None, keys: Sequence[str], token: Token | None) -> Door | None:
    if keys:
        return KeyDoor(keys)
    if token is None:
        return None
    port = 0 if place is None else place.port
    return TokenDoor(token, port=port, command="textwright serve", is_open=_opener(service.pages))


def _opener(pages: Shelf) -> Callable[[str], bool]:
    """Return what says of a path whether it is open.

    That is what tells whether the server is well, models' files, and files of the package that are no pages: nothing
    of what anybody asked, or was answered.
    """

    def is_open(path: str) -> bool:
        if path in OPEN or path.startswith(OPEN_FOLDERS):
            return True
        return path.removeprefix("/") in pages.files and not path.endswith(".html")

    return is_open


def _surround(
    app: FastAPI,
    service: Service,
    place: Place | None,
    cors: Sequence[str],
    door: Door | None,
    log: Write | None,
) -> None:
    """Add what surrounds every route; what is added last stands outermost."""
    app.add_middleware(Gate, place=place, api=GUARDED, door=door, cors=cors)
    if cors:
        app.add_middleware(
            OtherSites,
            allow_origins=cors,
            allow_methods=["GET", "HEAD", "POST"],
            allow_headers=ASKED_HEADERS,
            expose_headers=TOLD_HEADERS,
        )
    headers = HEADERS | ({"Cross-Origin-Resource-Policy": "cross-origin"} if cors else {})
    app.add_middleware(Envelope, metrics=service.metrics, headers=headers, log=log, stopping=lambda: service.stopping)


def _add_model_routes(app: FastAPI, service: Service) -> None:
    app.add_route(PREDICT_PATH, Predicting(service.models, service.limits), methods=["POST"])  # type: ignore[arg-type]  # an ASGI application is a route's end, too

    @app.get("/v1/models", tags=["models"], openapi_extra=MODELS)
    async def list_models(request: Request) -> Response:
        """List the models, with schema and, when a page can run them, folder; and what one request may hold."""
        return await answer(request, json.dumps(_listed(service)).encode())


def _listed(service: Service) -> Json:
    limits = {name: getattr(service.limits, name) for name in ("texts", "length", "body")}
    return {"models": [_facts(model.hosted) for model in service.models.values()], "limits": limits}


def _facts(model: Hosted) -> Json:
    folder = None if model.files is None else f"/models/{quote(model.name)}/"
    return {"name": model.name, "folder": folder, "schema": model.predictor.schema.to_data()}


def _add_health_routes(app: FastAPI, service: Service) -> None:
    @app.get("/healthz", tags=["health"], openapi_extra=HEALTH)
    async def healthz() -> Json:
        """Say that the process lives."""
        return {"status": "ok"}

    @app.get("/readyz", tags=["health"], openapi_extra=READY)
    async def readyz() -> Json:
        """Say whether requests are taken; 503 while the server starts or stops, or a model answers no more."""
        if not service.ready:
            raise HttpProblem(HTTPStatus.SERVICE_UNAVAILABLE, "not_ready", "the server is starting or stopping")
        troubles = service.troubles()
        if troubles:
            detail = "; ".join(f"{name}: {why}" for name, why in troubles.items())
            raise HttpProblem(HTTPStatus.SERVICE_UNAVAILABLE, "not_ready", detail, models=list(troubles))
        return {"status": "ready", "models": list(service.models)}

    @app.get("/metrics", tags=["health"], response_class=Response)
    async def metrics(request: Request) -> Response:
        """Show the counters in Prometheus' text format."""
        return await answer(request, service.metrics.exposition(), "text/plain; version=0.0.4")


def _answer_head(app: FastAPI) -> None:
    """Let HEAD ask what GET may; uvicorn leaves the body out."""
    for route in [each for each in app.routes if isinstance(each, APIRoute)]:
        app.add_api_route(route.path, route.endpoint, methods=["HEAD"], include_in_schema=False)


def _add_model_files(app: FastAPI, service: Service) -> None:
    # `server` is what a static site leaves out: pages offer to ask a server only where there is one.
    listed = json.dumps(_listed(service) | {"server": True}, ensure_ascii=False).encode()
    lists = shelf({"index.json": served_file("index.json", listed)})

    async def index(request: Request) -> Response:
        return await lists.send(request, "index.json")

    async def model_file(request: Request) -> Response:
        name = running_model(service.models, request.path_params["name"]).name
        if name not in service.files:
            detail = f"{name} runs on the server alone: POST /v1/models/{name}/predict"
            raise HttpProblem(HTTPStatus.NOT_FOUND, "no_model_files", detail)
        return await service.files[name].send(request, request.path_params["file"])

    app.add_route("/models/index.json", index, include_in_schema=False)
    app.add_route("/models/{name}/{file:path}", model_file, include_in_schema=False)


def _add_pages(app: FastAPI, service: Service) -> None:
    async def page(request: Request) -> Response:
        path = request.scope["path"].removeprefix("/")
        is_folder = path == "" or path.endswith("/")
        return await service.pages.send(request, f"{path}index.html" if is_folder else path)

    async def folder_of_page(request: Request) -> Response:
        name = request.scope["path"].rpartition("/")[2]
        return RedirectResponse(f"{name}/", HTTPStatus.TEMPORARY_REDIRECT)

    app.add_route("/", page, include_in_schema=False)
    pages = service.pages.files
    for name in sorted(path for path in pages if "/" not in path):
        app.add_route(f"/{name}", page, include_in_schema=False)
    for folder in sorted({path.partition("/")[0] for path in pages if "/" in path}):
        app.add_route(f"/{folder}/{{file:path}}", page, include_in_schema=False)
        if f"{folder}/index.html" in pages:
            app.add_route(f"/{folder}", folder_of_page, include_in_schema=False)


def _describe(app: FastAPI, *, guarded: bool) -> None:
    """Let /openapi.json name the route that annotates, and the key where one is needed."""
    plain = app.openapi

    def openapi() -> dict[str, Any]:
        document = plain()
        document["paths"][PREDICT_PATH] = {"post": PREDICT}
        if guarded:
            document.setdefault("components", {}).setdefault("securitySchemes", {}).update(GUARDED_BY)
            for path in ("/v1/models", PREDICT_PATH):
                for operation in document["paths"][path].values():
                    operation["security"] = [{name: []} for name in GUARDED_BY]
        return document

    app.openapi = openapi  # type: ignore[method-assign]  # FastAPI's own way to extend the description

    async def described(request: Request) -> Response:
        return await answer(request, json.dumps(app.openapi()).encode())

    app.add_route("/openapi.json", described, include_in_schema=False)
