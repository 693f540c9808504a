"""What /openapi.json says of answers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

Json = dict[str, Any]
Answers = Mapping[str, Json]

TEXT_TYPE: Json = {"type": "string"}
NUMBER: Json = {"type": "integer"}
FLAG: Json = {"type": "boolean"}
FREE: Json = {"type": "object"}


def ref(name: str) -> Json:
    """Point to a named shape."""
    return {"$ref": f"#/components/schemas/{name}"}


def obj(**properties: Json) -> Json:
    """Describe an object that has all of these keys."""
    return {"type": "object", "required": list(properties), "properties": properties}


def many(items: Json) -> Json:
    """Describe a list."""
    return {"type": "array", "items": items}


def maybe(shape: Json) -> Json:
    """Describe what may be null."""
    return {"anyOf": [shape, {"type": "null"}]}


def _ok(schema: Json, description: str, media_type: str = "application/json") -> Answers:
    return {"200": {"description": description, "content": {media_type: {"schema": schema}}}}


_FIGURE = maybe({"type": "number"})
_SPANS, _CATEGORIES = many(ref("SpanShape")), many(ref("CategoryShape"))
_OWN_ACT = obj(version=NUMBER, kind=TEXT_TYPE, state=FREE, at=TEXT_TYPE)
_SUGGESTION = obj(id=NUMBER, source=TEXT_TYPE, spans=_SPANS, categories=_CATEGORIES)
_TASK = obj(
    number=NUMBER,
    id=TEXT_TYPE,
    text=TEXT_TYPE,
    meta=FREE,
    version=NUMBER,
    status=TEXT_TYPE,
    acts=many(_OWN_ACT),
    suggestion=maybe(_SUGGESTION),
    held_out=FLAG,
)
_SIDE = obj(
    annotator=TEXT_TYPE,
    status=TEXT_TYPE,
    spans=_SPANS,
    categories=_CATEGORIES,
    note=TEXT_TYPE,
    flagged=FLAG,
    at=TEXT_TYPE,
)
_ROW = obj(number=NUMBER, id=TEXT_TYPE, text=TEXT_TYPE, annotations=many(_SIDE), decided=FLAG)
_PAST = obj(
    annotator=TEXT_TYPE,
    version=NUMBER,
    kind=TEXT_TYPE,
    state=FREE,
    at=TEXT_TYPE,
    seconds={"type": "number"},
    suggestion=maybe(NUMBER),
)
_ACCOUNT = obj(name=TEXT_TYPE, role=ref("Role"), created=TEXT_TYPE, disabled=FLAG)

PROJECT = _ok(
    obj(
        name=TEXT_TYPE,
        made=TEXT_TYPE,
        schema=FREE,
        guideline=TEXT_TYPE,
        annotator=maybe(TEXT_TYPE),
        role=maybe(ref("Role")),
        login=FLAG,
        people=NUMBER,
        order=TEXT_TYPE,
        suggesters=many(TEXT_TYPE),
        retrain=maybe(NUMBER),
        total=NUMBER,
    ),
    "The project, and who asks; to strangers its name alone.",
)
SCHEMA = _ok(obj(schema=FREE), "The schema with the new label.")
QUEUE = _ok(obj(tasks=many(_TASK)), "The next texts of this annotator.")
OVER = _ok(obj(over=many(NUMBER)), "Those of the texts that this annotator has handed in or skipped.")
TEXT = _ok(_TASK, "The text as this annotator finds it.")
ROWS = _ok(obj(texts=many(_ROW), more=FLAG, found=maybe(NUMBER)), "Texts with the annotations that may be seen.")
HISTORY = _ok(obj(acts=many(_PAST)), "What was done to the text, as far as it may be seen.")
RESULTS = _ok(
    obj(
        results=many(
            {
                "type": "object",
                "required": ["key"],
                "properties": {"key": TEXT_TYPE, "version": NUMBER, "at": TEXT_TYPE, "problem": FREE},
            }
        )
    ),
    "One result an act, in order: its version and time, or `problem` with `kind` and `detail`.",
)
PROGRESS = _ok(
    obj(
        total=NUMBER,
        done=NUMBER,
        begun=NUMBER,
        skipped=NUMBER,
        mine=obj(done=NUMBER, left=NUMBER, texts_per_hour=_FIGURE, seconds_per_text=_FIGURE, seconds_left=_FIGURE),
        annotators=many(obj(name=TEXT_TYPE, done=NUMBER, skipped=NUMBER, seconds_per_text=_FIGURE)),
        suggesting=maybe(FREE),
        training=FREE,
        gold=maybe(obj(asked=NUMBER, right=NUMBER)),
    ),
    "How far the work is.",
)
_SPAN_LAYERS = {"spans": _SPANS, "categories": _CATEGORIES}
_DECISION = obj(id=NUMBER, took=maybe(TEXT_TYPE), **_SPAN_LAYERS, reason=TEXT_TYPE, by=TEXT_TYPE, at=TEXT_TYPE)
_SIDES = many(obj(annotator=TEXT_TYPE, **_SPAN_LAYERS, note=TEXT_TYPE, at=TEXT_TYPE))
_DIFFERING = obj(number=NUMBER, id=TEXT_TYPE, text=TEXT_TYPE, sides=_SIDES, decision=maybe(_DECISION))
_NOTE = obj(number=NUMBER, text=TEXT_TYPE, reason=TEXT_TYPE, by=TEXT_TYPE, at=TEXT_TYPE, labels=many(TEXT_TYPE))
AGREEMENT = _ok(
    obj(annotators=FREE, texts=FREE, spans=maybe(FREE), categories=FREE, pairs=many(FREE), notes=many(TEXT_TYPE)),
    "What `textwright agreement --json` writes.",
)
DISAGREEMENTS = _ok(obj(texts=many(_DIFFERING), more=FLAG, left=NUMBER), "Texts that differ, with all sides.")
DECIDED = _ok(obj(decision=NUMBER, at=TEXT_TYPE), "The decision's number and time.")
NOTES: Answers = {
    "200": {
        "description": "The reasons, as data or as Markdown.",
        "content": {
            "application/json": {"schema": obj(notes=many(_NOTE))},
            "text/markdown": {"schema": TEXT_TYPE},
        },
    }
}
_BINARY: Json = {"type": "string", "format": "binary"}
EXPORT: Answers = {
    "200": {
        "description": "The file, as an attachment.",
        "content": {"application/jsonl": {"schema": _BINARY}, "application/octet-stream": {"schema": _BINARY}},
    }
}
IMPORTED = _ok(obj(added=NUMBER, known=NUMBER, annotations=NUMBER), "What came in.")
NOTHING: Answers = {"204": {"description": "Done."}}
INVITATION = _ok(obj(url=TEXT_TYPE, expires=TEXT_TYPE), "The link; it is shown once.")
ACCOUNTS = _ok(obj(accounts=many(_ACCOUNT)), "All accounts.")
ACCOUNT = _ok(_ACCOUNT, "The account as it is now.")
AUDIT = _ok(
    obj(entries=many(obj(id=NUMBER, at=TEXT_TYPE, who=TEXT_TYPE, what=TEXT_TYPE, detail=FREE))), "What happened."
)

PROBLEM = obj(type=TEXT_TYPE, title=TEXT_TYPE, status=NUMBER, detail=TEXT_TYPE, instance=TEXT_TYPE)
REASONS: Mapping[int, str] = {
    400: "The body is not JSON in UTF-8.",
    401: "Log in first.",
    403: "The role is not enough, or a page of another site asks.",
    404: "There is no such thing.",
    408: "The body did not come in time.",
    409: "It cannot be done as things stand; `detail` says why.",
    410: "The invitation was used, or it ran out.",
    413: "Too large a body, or too many acts; `limit` says how much is allowed.",
    414: "The URL is too long.",
    415: "Another Content-Type is needed; `expected` says which.",
    421: "The Host is not one of this server's.",
    422: "The parameters or the body have another shape; `detail` says where.",
    429: "Too often; Retry-After says when to come again.",
    501: "A package is not installed that this format needs.",
    503: "Nothing can be stored at the moment; come again.",
}
ALWAYS = (401, 403, 414, 421, 422, 429, 503)
WITH_BODY = (400, 408, 413, 415)


def problems(*more: int) -> Json:
    """Describe the problems that a route can answer with, those that all can among them."""
    content = {"application/problem+json": {"schema": ref("Problem")}}
    return {str(status): {"description": REASONS[status], "content": content} for status in sorted({*ALWAYS, *more})}
