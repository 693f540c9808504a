"""The annotation page's application: read and check a request, ask the desk once, answer."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from http import HTTPStatus
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from anyio import CapacityLimiter, to_thread
from fastapi import FastAPI, Request, Response

from textwright.annotate.desk import Desk
from textwright.errors import StoreError
from textwright.server.annotation.describe import components, described
from textwright.server.annotation.files import keep_upload
from textwright.server.annotation.limits import AnnotationLimits
from textwright.server.annotation.reading import body_of, path_of, query_of
from textwright.server.annotation.routes import ROUTES, Route
from textwright.server.annotation.service import Asked, Service, storage_problem, too_often
from textwright.server.annotation.trust import Person, Proxy, Trust
from textwright.server.envelope import Envelope
from textwright.server.gate import Gate, Network, Place, place_of
from textwright.server.keys import Token, TokenDoor
from textwright.server.metrics import RequestMetrics
from textwright.server.problems import HttpProblem, add_problem_handlers, response_of
from textwright.server.requests import pieces_of, read_json
from textwright.server.sending import Shelf, shelf
from textwright.server.served_files import page_files

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "worker-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
# What is open to whoever reaches a server that asks for the token of its run.
OPEN = ("/healthz", "/metrics", "/openapi.json")
FOLDER, PAGE, WORKER = "annotate/", "annotate/index.html", "annotate/worker.js"
Endpoint = Callable[[Request], Awaitable[Response]]


@dataclass(frozen=True, slots=True)
class Front:
    """What a server shows beside its work: pages, each by its path; folders of built files; further routes.

    `check` raises what is wrong where no request for work can be served now; `command` started it.
    """

    pages: Mapping[str, str] = field(default_factory=lambda: {"/": PAGE})
    folders: tuple[str, ...] = (FOLDER,)
    headers: Mapping[str, str] = field(default_factory=lambda: HEADERS)
    routes: tuple[Route, ...] = ()
    check: Callable[[], None] = lambda: None
    command: str = "textwright annotate"


def create_annotation_app(
    desk: Desk,
    *,
    annotator: str = "me",
    place: Place | None = None,
    token: Token | None = None,
    proxy: Proxy | None = None,
    trust_from: Sequence[Network] = (),
    limits: AnnotationLimits | None = None,
    metrics: bool = False,
    front: Front | None = None,
) -> FastAPI:
    """Build the application that lets people annotate the desk's project.

    Without accounts everybody is `annotator`, as an owner: only for an address that nobody else reaches, which
    `run_annotation` sees to. `place` says where the server is reached, so that requests meant for others are known;
    with a `token` only who has that comes in, as long as there are no accounts.
    `front` puts other pages and further routes before the same work.
    """
    front = front or Front()
    routes = (*ROUTES, *front.routes)
    trust = Trust(desk.database, annotator=annotator, proxy=proxy, networks=trust_from)
    service = Service(desk, trust, place or place_of("127.0.0.1", 80), limits or AnnotationLimits())
    app = FastAPI(
        title="textwright annotate",
        version=version("textwright"),
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
    )
    app.router.lifespan_context = _lifespan(service)
    app.state.service = service
    counted = RequestMetrics()
    uploads = frozenset(route.path for route in routes if route.takes_file)
    files = shelf({name: file for folder in front.folders for name, file in page_files(folder).items()})
    door = None if token is None else _door(service, token, front, files)
    app.add_middleware(Gate, place=service.place, api="/api", door=door, uploads=uploads)
    app.add_middleware(Envelope, metrics=counted, headers={**front.headers, "Cache-Control": "no-store"})
    add_problem_handlers(app)
    app.add_exception_handler(StoreError, _storage_fault)
    _add_work_routes(app, service, routes, front.check)
    _add_health_routes(app, counted if metrics else None)
    _add_pages(app, front, files)
    _describe(app, routes)
    return app


def _door(service: Service, token: Token, front: Front, files: Shelf) -> TokenDoor:
    """Ask for the token before everything but the server's health and files of the package that are no pages."""

    def is_open(path: str) -> bool:
        return path in OPEN or (path.removeprefix("/") in files.files and not path.endswith(".html"))

    place = service.place
    return TokenDoor(
        token,
        port=place.port,
        command=front.command,
        is_open=is_open,
        secure=place.secure,
        spared=service.trust.needs_log_in,
    )


def _lifespan(service: Service) -> Any:
    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        service.ready = True
        yield
        service.ready = False

    return lifespan


async def _storage_fault(request: Request, error: Exception) -> Response:
    return response_of(request, storage_problem(str(error)))


# --- the routes of the table --------------------------------------------------------------------


def _add_work_routes(app: FastAPI, service: Service, routes: Sequence[Route], check: Callable[[], None]) -> None:
    for route in routes:
        app.add_api_route(
            route.path,
            _endpoint(service, route, check),
            methods=[route.method],
            summary=route.does.partition(".")[0],
            description=route.does,
            operation_id=route.answer.__name__,
            response_class=Response,
            openapi_extra=described(route),
        )


def _endpoint(service: Service, route: Route, check: Callable[[], None]) -> Endpoint:
    async def endpoint(request: Request) -> Response:
        check()
        address = service.address(request)
        person = service.known(request) or await to_thread.run_sync(service.identify, request)
        service.spare(person, address)
        _check_role(service, route, person)
        asked = Asked(
            person=person,
            address=address,
            token=request.cookies.get(service.cookie),
            path=path_of(request, route.inside),
            query=query_of(request, route.query),
            body=None,
        )
        if route.takes_file:
            return await _with_upload(service, route, request, asked)
        if route.body is None:
            return await to_thread.run_sync(route.answer, service, asked, limiter=_pool(service, route))
        return await _with_body(service, route, request, asked)

    return endpoint


def _check_role(service: Service, route: Route, person: Person | None) -> None:
    if route.role is None:
        return
    if person is None:
        way = "log in first" if service.trust.proxy is None else "the proxy before this server named nobody"
        raise HttpProblem(HTTPStatus.UNAUTHORIZED, "log_in_first", way)
    if not person.may(route.role):
        detail = f"this is for {route.role}s; {person.name} is {person.role}"
        raise HttpProblem(HTTPStatus.FORBIDDEN, "role_not_enough", detail, needed=route.role)


def _pool(service: Service, route: Route) -> CapacityLimiter | None:
    """Return the pool that a route waits for, so that what is dear holds up nothing that is cheap.

    What costs much memory is refused when too many wait.
    """
    if route.pool == "quick":
        return None
    if route.pool == "texts":
        return service.texts
    if route.pool == "files":
        return service.files
    if service.hashing.statistics().tasks_waiting >= service.limits.hashing_waiting:
        raise too_often("too many people log in at once", 2)
    return service.hashing


async def _with_body(service: Service, route: Route, request: Request, asked: Asked) -> Response:
    shape, values = route.body, service.limits.values
    assert shape is not None
    with service.bodies.share() as share:
        limits = service.body_limits(stranger=route.role is None)
        body = await read_json(request.receive, limits, share, lambda found: body_of(found, shape, values=values))
        asked = replace(asked, body=body)
        return await to_thread.run_sync(route.answer, service, asked, limiter=_pool(service, route))


async def _with_upload(service: Service, route: Route, request: Request, asked: Asked) -> Response:
    with service.uploads.share(asked.known.name) as share, TemporaryDirectory(prefix="textwright-") as folder:
        pieces = pieces_of(request.receive, service.upload_limits, share)
        asked = replace(asked, file=await keep_upload(pieces, Path(folder), asked.query.name))
        return await to_thread.run_sync(route.answer, service, asked, limiter=_pool(service, route))


# --- the rest -----------------------------------------------------------------------------------


def _add_health_routes(app: FastAPI, counted: RequestMetrics | None) -> None:
    @app.get("/healthz", tags=["health"])
    async def healthz() -> dict[str, str]:
        """Say that the process lives."""
        return {"status": "ok"}

    async def metrics(_: Request) -> Response:
        assert counted is not None
        return Response(counted.exposition(), media_type="text/plain; version=0.0.4")

    if counted is not None:
        app.add_route("/metrics", metrics, include_in_schema=False)


def _add_pages(app: FastAPI, front: Front, files: Shelf) -> None:
    async def page(request: Request) -> Response:
        path = request.scope["path"]
        return await _page(request, files, front.pages.get(path, path.removeprefix("/")))

    for path in (*front.pages, *(f"/{folder}{{file:path}}" for folder in front.folders)):
        app.add_route(path, page, include_in_schema=False)


async def _page(request: Request, files: Shelf, name: str) -> Response:
    response = await files.send(request, name)
    if name == WORKER:
        response.headers["Service-Worker-Allowed"] = "/"
    return response


def _describe(app: FastAPI, routes: tuple[Route, ...]) -> None:
    """Let /openapi.json name the shapes, too."""
    plain = app.openapi

    def openapi() -> dict[str, Any]:
        document = plain()
        document.setdefault("components", {}).setdefault("schemas", {}).update(components(routes))
        return document

    app.openapi = openapi  # type: ignore[method-assign]  # FastAPI's own way to extend the description
