"""What surrounds the routes: keys, CORS, packing, ranges, request ids, the log, the last goodbye."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import brotli  # type: ignore[import-untyped]
import pytest
from starlette.testclient import TestClient

from tests.server.conftest import LIMITS, Moody
from textwright.cli.serve import origins
from textwright.errors import TextwrightError
from textwright.server.app import create_app
from textwright.server.encodings import coding_for
from textwright.server.hosted import host
from textwright.server.keys import read_keys
from textwright.server.run import Settings

KEY, OTHER = "k" * 16, "another-key-of-mine"
ASK = {"texts": ["a secret text"]}
PREDICT = "/v1/models/moody/predict"


def served(**settings: Any) -> TestClient:
    return TestClient(create_app([host("moody", Moody())], limits=LIMITS, **settings), raise_server_exceptions=False)


# --- keys ---


@pytest.mark.parametrize(
    "headers",
    [{"Authorization": f"Bearer {KEY}"}, {"authorization": f"bearer {OTHER}"}, {"X-API-Key": KEY}],
)
def test_who_has_a_key_may_ask(headers: dict[str, str]) -> None:
    client = served(keys=[KEY, OTHER])
    assert client.post(PREDICT, json=ASK, headers=headers).status_code == 200
    assert client.get("/v1/models", headers=headers).status_code == 200


@pytest.mark.parametrize(
    "headers",
    [{}, {"Authorization": "Bearer "}, {"Authorization": f"Basic {KEY}"}, {"X-API-Key": KEY[:-1]}, {"X-API-Key": ""}],
)
def test_who_has_none_may_not(headers: dict[str, str]) -> None:
    client = served(keys=[KEY, OTHER])
    for answer in (client.post(PREDICT, json=ASK, headers=headers), client.get("/v1/models", headers=headers)):
        assert answer.status_code == 401
        assert answer.json()["type"] == "urn:textwright:problem:no_key"
        assert answer.headers["www-authenticate"] == 'Bearer realm="textwright"'


@pytest.mark.parametrize("path", ["/", "/healthz", "/readyz", "/metrics", "/openapi.json", "/models/index.json"])
def test_all_else_stays_open(path: str) -> None:
    with served(keys=[KEY]) as client:
        assert client.get(path).status_code == 200


def test_the_description_names_the_keys_where_they_are_asked_for() -> None:
    guarded, free = (served(keys=keys).get("/openapi.json").json() for keys in ([KEY], []))
    assert guarded["paths"]["/v1/models/{name}/predict"]["post"]["security"] == [{"bearer": []}, {"header": []}]
    assert "securitySchemes" not in free.get("components", {})


def test_keys_are_read_from_a_file_and_the_environment(tmp_path: Path) -> None:
    file = tmp_path / "keys"
    file.write_text(f"# of the playground\n{KEY}\n\n  {OTHER}\n")
    assert read_keys(file, {"TEXTWRIGHT_API_KEYS": f"{'e' * 20}, "}) == ("e" * 20, KEY, OTHER)
    assert read_keys(None, {}) == ()


@pytest.mark.parametrize(
    ("content", "message"),
    [("", "no key stands in it"), ("short", "keys:1: a key has at least 16"), (f"{KEY}\ntwo words in this", "keys:2:")],
)
def test_keys_that_would_not_do_are_refused(tmp_path: Path, content: str, message: str) -> None:
    file = tmp_path / "keys"
    file.write_text(content)
    with pytest.raises(TextwrightError, match=message):
        read_keys(file, {})


@pytest.mark.parametrize("value", ["", ",", " , "])
def test_a_variable_without_a_key_lets_nobody_in(value: str) -> None:
    with pytest.raises(TextwrightError, match="is set and holds no key"):
        read_keys(None, {"TEXTWRIGHT_API_KEYS": value})


def test_the_first_line_says_whether_keys_are_asked_for() -> None:
    assert [Settings(keys=keys).door() for keys in ((), (KEY,))] == ["to everybody who reaches it", "to who has a key"]


def test_a_file_of_keys_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(TextwrightError, match="cannot be read"):
        read_keys(tmp_path / "none", {})


# --- pages of other sites ---


def test_pages_of_named_origins_may_ask() -> None:
    client = served(cors=["https://a.example"], keys=[KEY])
    wish = {"Origin": "https://a.example", "Access-Control-Request-Method": "POST"}
    before = client.options(PREDICT, headers=wish | {"Access-Control-Request-Headers": "authorization,content-type"})
    assert before.status_code == 200
    assert before.headers["access-control-allow-origin"] == "https://a.example"
    for headers in ({}, {"X-API-Key": KEY}):
        answer = client.post(PREDICT, json=ASK, headers={"Origin": "https://a.example"} | headers)
        assert answer.headers["access-control-allow-origin"] == "https://a.example"
        assert answer.headers["cross-origin-resource-policy"] == "cross-origin"


def test_pages_of_other_origins_may_not() -> None:
    client = served(cors=["https://a.example"])
    answer = client.post(PREDICT, json=ASK, headers={"Origin": "https://b.example"})
    assert "access-control-allow-origin" not in answer.headers


def test_a_refused_question_before_a_request_is_a_problem() -> None:
    wish = {"Origin": "https://b.example", "Access-Control-Request-Method": "POST"}
    answer = served(cors=["https://a.example"]).options(PREDICT, headers=wish)
    assert (answer.status_code, answer.headers["content-type"]) == (400, "application/problem+json")
    assert answer.json()["type"] == "urn:textwright:problem:origin_refused"
    assert "origin" in answer.json()["detail"]
    assert "access-control-allow-origin" not in answer.headers


def test_all_origins_may_be_let_in() -> None:
    answer = served(cors=["*"]).get("/models/index.json", headers={"Origin": "https://b.example"})
    assert answer.headers["access-control-allow-origin"] == "*"


@pytest.mark.parametrize("value", ["https://a.example/", "a.example", "https://a b", "null", "https://*.example"])
def test_what_no_browser_sends_is_no_origin(value: str) -> None:
    assert origins(["*", "http://localhost:8000"]) == ("*", "http://localhost:8000")
    with pytest.raises(TextwrightError, match="expected an origin"):
        origins([value])


# --- packing and ranges ---


@pytest.mark.parametrize(
    ("header", "coding"),
    [
        ("gzip, br", "br"),
        ("gzip", "gzip"),
        ("br;q=0.1, gzip;q=0.9", "gzip"),
        ("br;q=0, *", "gzip"),
        ("*;q=0", None),
        ("gzip;q=x", None),
        ("gzip;q=2", None),
        ("GZIP ; q=0.5", "gzip"),
        ("identity, gzip;q=0.5", None),
        ("", None),
        (", ,", None),
    ],
)
def test_the_coding_is_the_one_that_the_client_likes_best(header: str, coding: str | None) -> None:
    assert coding_for(header) == coding


@pytest.mark.parametrize(("coding", "unpack"), [("br", brotli.decompress), ("gzip", gzip.decompress)])
def test_files_and_large_answers_go_packed(coding: str, unpack: Any) -> None:
    app = create_app([host("moody", Moody())])
    client = TestClient(app)
    for ask in (
        lambda headers: client.stream("GET", "/runtime/textwright.js", headers=headers),
        lambda headers: client.stream("GET", "/openapi.json", headers=headers),
        lambda headers: client.stream("POST", PREDICT, json={"texts": ["x"] * 900}, headers=headers),
    ):
        with ask({"Accept-Encoding": "identity"}) as plain, ask({"Accept-Encoding": coding}) as packed:
            content, small = b"".join(plain.iter_raw()), b"".join(packed.iter_raw())
            assert "content-encoding" not in plain.headers
            assert packed.headers["content-encoding"] == coding
            assert packed.headers["vary"] == "Accept-Encoding"
            assert int(packed.headers["content-length"]) == len(small) < len(content) / 2
            assert unpack(small) == content


def test_a_long_list_of_models_goes_packed() -> None:
    client = TestClient(create_app([host(f"moody-{number}", Moody()) for number in range(40)]))
    answer = client.get("/v1/models")
    assert (answer.headers["content-encoding"], len(answer.json()["models"])) == ("br", 40)
    assert answer.headers["content-type"] == "application/json"


def test_a_small_answer_and_what_is_packed_already_stay_as_they_are() -> None:
    client = served()
    assert "content-encoding" not in client.post(PREDICT, json=ASK).headers
    assert (
        "content-encoding"
        not in client.get("/runtime/onnxruntime.wasm.gz", headers={"Accept-Encoding": "gzip"}).headers
    )


def test_a_packed_file_that_the_client_has_is_not_sent_again() -> None:
    client = served()
    tag = client.get("/runtime/textwright.js").headers["etag"]
    assert tag.endswith('-br"')
    for headers in ({}, {"Accept-Encoding": "identity"}):
        answer = client.get("/runtime/textwright.js", headers={"If-None-Match": tag} | headers)
        assert answer.status_code == 304


@pytest.mark.parametrize(
    ("range_", "status", "part", "told"),
    [
        ("bytes=0-3", 206, slice(0, 4), "bytes 0-3/11"),
        ("bytes=6-", 206, slice(6, 11), "bytes 6-10/11"),
        ("bytes=-4", 206, slice(7, 11), "bytes 7-10/11"),
        ("bytes=-99", 206, slice(0, 11), "bytes 0-10/11"),
        ("bytes=2-999", 206, slice(2, 11), "bytes 2-10/11"),
        ("bytes=0-1,4-5", 200, slice(0, 11), None),
        ("bytes=-", 200, slice(0, 11), None),
        ("lines=1-2", 200, slice(0, 11), None),
    ],
)
def test_parts_of_a_file_can_be_asked_for(
    client: TestClient, range_: str, status: int, part: slice, told: str | None
) -> None:
    answer = client.get("/models/ranks/towns.txt", headers={"Range": range_})
    assert (answer.status_code, answer.headers.get("content-range")) == (status, told)
    assert answer.content == b"Leeds\nYork\n"[part]


@pytest.mark.parametrize("range_", ["bytes=11-", "bytes=5-2", "bytes=-0", "bytes=999999999999-"])
def test_a_part_that_is_not_there_is_told(client: TestClient, range_: str) -> None:
    answer = client.get("/models/ranks/towns.txt", headers={"Range": range_})
    assert (answer.status_code, answer.json()["size"]) == (416, 11)
    assert answer.headers["content-range"] == "bytes */11"


def test_a_part_of_a_file_that_has_changed_is_the_whole_of_the_new_one(client: TestClient) -> None:
    answer = client.get("/models/ranks/towns.txt", headers={"Range": "bytes=0-3", "If-Range": '"old"'})
    assert (answer.status_code, len(answer.content)) == (200, 11)


def test_the_client_has_any_content(client: TestClient) -> None:
    answer = client.get("/models/ranks/towns.txt", headers={"If-None-Match": "*"})
    assert answer.status_code == 304


# --- ids, log, goodbye ---


@pytest.mark.parametrize(("sent", "kept"), [("ab-12.x_Y", True), ("a b", False), ("x" * 65, False), ("", False)])
def test_a_request_keeps_its_id_or_gets_one(client: TestClient, sent: str, kept: bool) -> None:
    found = client.get("/healthz", headers={"X-Request-Id": sent}).headers["x-request-id"]
    assert found == sent if kept else len(found) == 16


def test_the_log_tells_of_each_request_and_nothing_of_its_texts() -> None:
    lines: list[dict[str, Any]] = []
    client = served(log=lines.append)
    client.post(PREDICT, json=ASK, headers={"X-Request-Id": "one"})
    client.post(PREDICT, json={"texts": [1]}, headers={"X-Request-Id": "two"})
    client.post(PREDICT, json={"texts": ["crash"]}, headers={"X-Request-Id": "three"})
    client.get("/a secret path", headers={"X-Request-Id": "four"})
    assert all(line.pop("ms") >= 0 for line in lines)
    asked = {"method": "POST", "path": "/v1/models/{name}/predict", "model": "moody"}
    assert lines == [
        {**asked, "status": 200, "id": "one", "texts": 1},
        {**asked, "status": 422, "id": "two", "problem": "wrong_shape"},
        {**asked, "status": 500, "id": "three", "texts": 1, "problem": "fault"},
        {"method": "GET", "path": "unknown", "status": 404, "id": "four", "problem": "not_found"},
    ]
    assert "secret" not in json.dumps(lines)


def test_a_fault_is_logged_with_its_place_and_without_its_message(caplog: pytest.LogCaptureFixture) -> None:
    served().post(PREDICT, json={"texts": ["crash"]})
    assert "conftest.py" in caplog.text
    assert "RuntimeError" in caplog.text
    assert "secret" not in caplog.text


def test_a_server_that_stops_says_goodbye_and_is_not_ready(client: TestClient) -> None:
    client.app.state.service.begin_to_stop()  # type: ignore[attr-defined]
    answer = client.get("/readyz")
    assert (answer.status_code, answer.headers["connection"]) == (503, "close")
    assert client.post("/v1/models/ranks/predict", json={"texts": ["York"]}).status_code == 200
