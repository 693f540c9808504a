"""Bad input is normal input: it is refused with a reason, or harmless."""

from __future__ import annotations

import asyncio
import json
import re
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from starlette.testclient import TestClient

from tests.server.annotation.conftest import Client, act, kind_of, state
from textwright.annotate.desk import Desk
from textwright.server.annotation.app import create_annotation_app
from textwright.server.annotation.limits import AnnotationLimits
from textwright.types import Example

JSON = {"Content-Type": "application/json"}
BYTES = {"Content-Type": "application/octet-stream"}
SCRIPTS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "</script><svg onload=alert(1)>",
    "javascript:alert(1)",
    "\"><iframe srcdoc='<script>alert(1)</script>'>",
    "{{constructor.constructor('alert(1)')()}}",
    "\u2028<!--<script>",
    "&lt;script&gt;",
    "' onmouseover='alert(1)",
    "\ufeff<html>",
]


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"\xff\xfe{}",
        b'{"acts": "\xff"}',
        b'"\\ud800"',
        b'{"acts": [NaN]}',
        b"[" * 100_000,
        b'{"a":' * 100_000,
        b"9" * 10_000,
        b'{"acts": []}x',
        b"\xef\xbb\xbf{}",
    ],
)
def test_body_that_is_no_json_is_refused(standing: TestClient, body: bytes) -> None:
    refused = standing.post("/api/acts", content=body, headers=JSON)
    assert (refused.status_code, kind_of(refused)) == (400, "not_json")


@pytest.mark.parametrize(
    "body",
    [
        [],
        {},
        None,
        1,
        "x",
        {"acts": {}},
        {"acts": [1]},
        {"acts": [{}]},
        {"acts": [], "more": 1},
        {"acts": [{"key": ""}]},
        {"acts": [{"key": "a\nb"}]},
    ],
)
def test_body_of_another_shape_is_told_where(standing: TestClient, body: Any) -> None:
    refused = standing.post("/api/acts", content=json.dumps(body), headers=JSON)
    assert (refused.status_code, kind_of(refused)) == (422, "wrong_shape")


def test_wrong_password_s_shape_is_not_repeated(standing: TestClient) -> None:
    refused = standing.post("/api/session", json={"name": "ann", "password": ["my secret"], "other secret": 1})
    assert refused.status_code == 422
    assert "my secret" not in refused.text


@pytest.mark.parametrize(
    "query",
    [
        "limit=0",
        "limit=x",
        "limit=100000",
        "skip=a",
        "skip=1,,2",
        "more=1",
        "limit=1&limit=2",
        f"skip={'1,' * 10_000}1",
    ],
)
def test_wrong_parameters_are_refused(standing: TestClient, query: str) -> None:
    assert standing.get(f"/api/queue?{query}").status_code in (414, 422)


@pytest.mark.parametrize(
    "path", ["/api/texts/0", "/api/texts/-1", "/api/texts/x", "/api/texts/99999999999999999999", "/api/texts/1%00"]
)
def test_text_of_an_impossible_number_is_not_there(standing: TestClient, path: str) -> None:
    assert standing.get(path).status_code == 404


@pytest.mark.parametrize(
    "path",
    [
        "/api",
        "/api/",
        "/api/nothing",
        "/API/project",
        "/api/project/",
        "/docs",
        "/redoc",
        "/metrics",
        "/index.html",
        "/v1/models",
    ],
)
@pytest.mark.parametrize("method", ["GET", "POST", "DELETE"])
def test_unknown_routes_are_not_there(standing: TestClient, method: str, path: str) -> None:
    answer = standing.request(method, path, headers=JSON, follow_redirects=False)
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize(
    "file",
    [
        "../app.py",
        "..%2f..%2fapp.py",
        "%2e%2e/%2e%2e/app.py",
        "%2fetc%2fpasswd",
        "/etc/passwd",
        "..\\..\\app.py",
        "annotate.js%00",
        "....//app.py",
    ],
)
def test_no_file_but_the_page_s_is_served(standing: TestClient, file: str) -> None:
    answer = standing.get(f"/annotate/{file}")
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"


def test_playground_s_files_are_not_served(standing: TestClient) -> None:
    for path in ("/assets/playground.js", "/runtime/textwright.js", "/runtime/onnxruntime.wasm.gz"):
        assert standing.get(path).status_code == 404


def test_body_that_is_too_large_is_refused(desk: Desk, client_of: Client) -> None:
    client = client_of(desk, limits=AnnotationLimits(body=1_000, upload=2_000))
    refused = client.post("/api/acts", content=b"x" * 1_001, headers=JSON)
    assert (refused.status_code, refused.json()["limit"]) == (413, 1_000)
    refused = client.post("/api/import?name=x.txt", content=b"x\n" * 1_001, headers=BYTES)
    assert (refused.status_code, refused.json()["limit"]) == (413, 2_000)
    assert client.get("/api/project").json()["total"] == 3


@pytest.mark.parametrize(
    ("path", "media_type"), [("/api/acts", "application/json"), ("/api/import", "application/octet-stream")]
)
def test_body_that_does_not_come_ends_with_408(desk: Desk, path: str, media_type: str) -> None:
    app = create_annotation_app(desk, limits=AnnotationLimits(pause=0.05))
    sent: list[Any] = []

    async def ask() -> None:
        pieces = iter([{"type": "http.request", "body": b'{"acts":', "more_body": True}])

        async def receive() -> Any:
            return next(pieces, None) or await asyncio.sleep(90)

        async def send(message: Any) -> None:
            sent.append(message)

        headers = [(b"host", b"127.0.0.1"), (b"content-type", media_type.encode())]
        scope = {
            "type": "http",
            "method": "POST",
            "path": path,
            "raw_path": path.encode(),
            "query_string": b"",
            "headers": headers,
        }
        more = {
            "client": ("127.0.0.1", 1),
            "server": ("127.0.0.1", 80),
            "scheme": "http",
            "http_version": "1.1",
            "root_path": "",
        }
        await app({**scope, **more}, receive, send)

    # In a thread of its own: where tests with a browser ran before, this one has a loop that runs.
    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, asyncio.wait_for(ask(), 60)).result()
    assert sent[0]["status"] == 408


@pytest.mark.parametrize("script", SCRIPTS)
def test_scripts_come_back_as_data_alone(desk: Desk, client: TestClient, script: str) -> None:
    desk.add([Example(f"id {script}", f"text {script}", meta={script: script})])
    client.post("/api/acts", json={"acts": [act("a", text=4, state=state(note=script))]})
    client.post("/api/decisions", json={"key": "d", "text": 4, "base": 0, "took": None, "reason": script})
    client.post(f"/api/import?name={script.replace('&', '%26').replace('#', '%23')}", content=b"x", headers=BYTES)
    for path in ("/api/queue", "/api/texts", "/api/texts/4", "/api/history?text=4", "/api/notes", "/api/audit"):
        answer = client.get(path)
        assert answer.status_code == 200
        assert answer.headers["content-type"] == "application/json"
        assert answer.headers["x-content-type-options"] == "nosniff"
    for file_format in ("jsonl", "csv", "label_studio"):
        answer = client.get(f"/api/export?lossy=true&format={file_format}")
        assert answer.headers["content-type"] in ("application/jsonl", "application/octet-stream")
        assert answer.headers["content-disposition"].startswith("attachment; ")
    refused = client.get(f"/nothing/{script.replace('?', '')}")
    assert refused.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize(
    "name", ['evil"; filename=x.html', "a\r\nSet-Cookie: x=1", "../../etc/passwd", "naïve 李", "x" * 190, ""]
)
def test_project_s_name_adds_no_header(desk: Desk, client: TestClient, name: str) -> None:
    object.__setattr__(desk.project, "name", name)
    headers = client.get("/api/export").headers
    disposition = headers["content-disposition"]
    assert "set-cookie" not in headers
    assert re.fullmatch(
        r'attachment; filename="[A-Za-z0-9._-]+\.jsonl"; filename\*=UTF-8\'\'[A-Za-z0-9._~%-]+', disposition
    )


def test_numbers_that_json_has_not_do_not_break_the_page(
    desk: Desk, client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def past(*_: Any) -> Any:
        from textwright.store.acts import PastAct

        return [PastAct(1, "me", 1, "edit", {"x": float("nan")}, None, float("inf"), "")]

    monkeypatch.setattr(desk, "past", past)
    assert json.loads(client.get("/api/history?text=1").text, parse_constant=pytest.fail)["acts"][0]["seconds"] is None


def test_fault_tells_the_client_no_secret(desk: Desk, client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: Any, **__: Any) -> Any:
        raise RuntimeError("a secret path")

    monkeypatch.setattr(desk, "queue", fail)
    answer = client.get("/api/queue")
    assert answer.status_code == 500
    assert "secret" not in answer.text
    assert answer.headers["content-type"] == "application/problem+json"
