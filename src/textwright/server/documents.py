"""What /openapi.json says of requests and answers beyond what the code shows."""

from __future__ import annotations

from typing import Any

_SPAN = {
    "type": "object",
    "required": ["start", "end", "label"],
    "properties": {
        "start": {"type": "integer", "minimum": 0},
        "end": {"type": "integer", "minimum": 1},
        "label": {"type": "string"},
        "score": {"type": "number"},
    },
}
_CATEGORY = {
    "type": "object",
    "required": ["task", "label"],
    "properties": {"task": {"type": "string"}, "label": {"type": "string"}, "score": {"type": "number"}},
}
_ERROR = {
    "type": "object",
    "required": ["kind", "reason"],
    "properties": {"kind": {"type": "string"}, "reason": {"type": "string"}},
}
_ANNOTATION = {
    "description": "A layer that is missing is not annotated by the model; an empty one says that nothing is there. "
    "A text without answer has only `error`.",
    "type": "object",
    "properties": {
        "spans": {"type": "array", "items": _SPAN},
        "categories": {"type": "array", "items": _CATEGORY},
        "evidence": {"description": "The sentences that decided a category.", "type": "array", "items": _SPAN},
        "error": _ERROR,
    },
}
_REQUEST = {
    "type": "object",
    "required": ["texts"],
    "additionalProperties": False,
    "properties": {
        "texts": {"type": "array", "items": {"type": "string"}},
        "offsets": {"enum": ["code_points", "utf16"], "default": "code_points"},
    },
}
_PROBLEM = {
    "description": "RFC 9457",
    "type": "object",
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "instance": {"type": "string"},
    },
}


def _answer(description: str, schema: dict[str, Any], media_type: str = "application/json") -> dict[str, Any]:
    return {"description": description, "content": {media_type: {"schema": schema}}}


def _problem(description: str) -> dict[str, Any]:
    return _answer(description, _PROBLEM, "application/problem+json")


def _object(name: str, items: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "required": [name], "properties": {name: {"type": "array", "items": items}}}


_MODEL = {
    "type": "object",
    "required": ["name", "folder", "schema"],
    "properties": {
        "name": {"type": "string"},
        "folder": {"type": ["string", "null"], "description": "where a page finds the files to run it"},
        "schema": {"type": "object"},
    },
}

_COUNT = {"type": "integer", "minimum": 1}
_MODELS = {
    "type": "object",
    "required": ["models", "limits"],
    "properties": {
        "models": {"type": "array", "items": _MODEL},
        "limits": {
            "description": "The most that one request may hold: texts, code points a text, bytes of the body.",
            "type": "object",
            "properties": dict.fromkeys(("texts", "length", "body"), _COUNT),
        },
    },
}
_NO_KEY = _problem("The server asks for a key, or for the token of its run, and neither came.")
_FOREIGN = _problem("A page of another site asks, which `--cors` does not name.")
_ELSEWHERE = _problem("The Host is not this server's.")
_NAME = {"name": "name", "in": "path", "required": True, "schema": {"type": "string"}, "description": "The model's."}
_STATUS = {"type": "object", "required": ["status"], "properties": {"status": {"type": "string"}}}

GUARDED_BY: dict[str, Any] = {
    "bearer": {"type": "http", "scheme": "bearer"},
    "header": {"type": "apiKey", "in": "header", "name": "X-API-Key"},
}
MODELS: dict[str, Any] = {
    "responses": {"200": _answer("The models.", _MODELS), "401": _NO_KEY, "403": _FOREIGN, "421": _ELSEWHERE}
}
HEALTH: dict[str, Any] = {"responses": {"200": _answer("The process lives.", _STATUS)}}
READY: dict[str, Any] = {
    "responses": {
        "200": _answer("Requests are taken.", _STATUS),
        "503": _problem("The server starts or stops, or a model answers no more; `models` names it."),
    }
}
PREDICT: dict[str, Any] = {
    "tags": ["models"],
    "summary": "Predict",
    "description": "Annotate texts, in order. A text without answer gets `error`, neither spans nor categories.",
    "operationId": "predict",
    "parameters": [_NAME],
    "requestBody": {"required": True, "content": {"application/json": {"schema": _REQUEST}}},
    "responses": {
        "200": _answer("One annotation a text, in order.", _object("annotations", _ANNOTATION)),
        "400": _problem("The body is not JSON."),
        "401": _NO_KEY,
        "403": _FOREIGN,
        "404": _problem("No model has this name; `models` has those that there are."),
        "408": _problem("The body did not come in time."),
        "413": _problem("Too many texts, too long a text, or too large a body; `limit` says how much is allowed."),
        "415": _problem("The Content-Type is not application/json."),
        "421": _ELSEWHERE,
        "422": _problem("The body is JSON of another shape."),
        "503": _problem("Too much is waiting, or this waited too long: ask again after `Retry-After` seconds."),
        "504": _problem("The model took too long: ask for fewer texts at once."),
    },
}
