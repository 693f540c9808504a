"""Build /openapi.json from the table of routes and the shapes of requests."""

from __future__ import annotations

from functools import cache
from typing import Any, get_args

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from textwright.server.annotation import shapes
from textwright.server.annotation.documents import PROBLEM, WITH_BODY, problems, ref
from textwright.server.annotation.routes import Route
from textwright.store.accounts import Role

Json = dict[str, Any]
TEMPLATE = "#/components/schemas/{model}"


def described(route: Route) -> Json:
    """Describe what a route takes and answers, beyond what its path and its sentence say."""
    taken = [*_parameters(route.inside, "path"), *_parameters(route.query, "query")]
    more = route.problems + (() if route.method == "GET" else WITH_BODY)
    found: Json = {"parameters": taken, "responses": {**route.good, **problems(*more)}}
    body = _body(route)
    return found if body is None else {**found, "requestBody": {"required": True, "content": body}}


def _body(route: Route) -> Json | None:
    if route.takes_file:
        return {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}}
    return None if route.body is None else {"application/json": {"schema": ref(route.body.__name__)}}


@cache  # half of the time that it takes to make the application
def _parameters(shape: type[BaseModel], place: str) -> tuple[Json, ...]:
    described = shape.model_json_schema()
    required = set(described.get("required", ()))
    return tuple(
        {"name": name, "in": place, "required": name in required, "schema": schema}
        for name, schema in described.get("properties", {}).items()
    )


def components(routes: tuple[Route, ...]) -> Json:
    """Name the shapes that the descriptions point to."""
    bodies: list[type[BaseModel]] = [route.body for route in routes if route.body is not None]
    every: Any = [(each, "validation") for each in [*bodies, shapes.ActShape]]
    _, defined = models_json_schema(every, ref_template=TEMPLATE)
    role = {"type": "string", "enum": list(get_args(Role))}
    return {**defined["$defs"], "Problem": PROBLEM, "Role": role}
