"""What every request must pass before `serve` does anything: Host, origin, kind of content."""

from __future__ import annotations

import socket
from typing import Any

import pytest
from starlette.testclient import TestClient

from tests.server.conftest import LIMITS, Moody
from textwright.server.app import create_app
from textwright.server.gate import place_of
from textwright.server.hosted import host

ASK = {"texts": ["a text"]}
PREDICT = "/v1/models/moody/predict"
ADDRESS = "http://127.0.0.1:8660"
# What a form can send, and fetch without asking first; a Blob without a type sends none.
TYPES = ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", ""]


def client_of(**settings: Any) -> TestClient:
    app = create_app([host("moody", Moody())], limits=LIMITS, **settings)
    return TestClient(app, base_url=ADDRESS, raise_server_exceptions=False)


def kind_of(answer: Any) -> str:
    return str(answer.json()["type"]).removeprefix("urn:textwright:problem:")


@pytest.mark.parametrize("media_type", TYPES)
def test_content_that_a_form_can_send_is_refused(media_type: str) -> None:
    refused = client_of().post(PREDICT, json=ASK, headers={"Content-Type": media_type})
    assert (refused.status_code, kind_of(refused)) == (415, "wrong_content_type")


@pytest.mark.parametrize("media_type", ["application/json", "application/json; charset=utf-8", "Application/JSON"])
def test_json_is_let_in(media_type: str) -> None:
    assert client_of().post(PREDICT, json=ASK, headers={"Content-Type": media_type}).status_code == 200


@pytest.mark.parametrize(
    "headers",
    [{"Origin": "https://evil.example"}, {"Origin": "null"}, {"Sec-Fetch-Site": "cross-site"}],
)
def test_page_of_another_site_asks_no_model(headers: dict[str, str]) -> None:
    refused = client_of().post(PREDICT, json=ASK, headers=headers)
    assert (refused.status_code, kind_of(refused)) == (403, "foreign_origin")


def test_origins_that_were_named_may_ask() -> None:
    headers = {"Origin": "https://a.example", "Sec-Fetch-Site": "cross-site"}
    for cors in (["https://a.example"], ["*"]):
        assert client_of(cors=cors).post(PREDICT, json=ASK, headers=headers).status_code == 200
    assert client_of(cors=["https://b.example"]).post(PREDICT, json=ASK, headers=headers).status_code == 403


@pytest.mark.parametrize("path", ["/", "/healthz", "/v1/models", "/runtime/textwright.js", "/models/index.json", "/no"])
@pytest.mark.parametrize(
    "name", ["evil.example", "evil.example:8660", "127.0.0.1:80", "127.0.0.1.evil.example:8660", ""]
)
def test_name_that_was_made_to_point_here_is_refused(path: str, name: str) -> None:
    client = client_of(place=place_of("127.0.0.1", 8660))
    refused = client.get(path, headers={"Host": name})
    assert (refused.status_code, kind_of(refused)) == (421, "wrong_host")


HERE = socket.gethostname().lower()


@pytest.mark.parametrize(
    ("listening", "allow", "ours", "foreign"),
    [
        ("127.0.0.1", [], ["localhost:8660", "127.0.0.1:8660", "[::1]:8660"], [HERE, "10.0.0.7:8660", "localhost:80"]),
        ("127.0.0.1", ["models.example.org"], ["models.example.org", "MODELS.example.org:443"], ["example.org"]),
        ("127.0.0.1", ["tunnel.example:9000"], ["tunnel.example:9000"], ["tunnel.example", "tunnel.example:8660"]),
        # In a container the port outside may be another.
        (
            "0.0.0.0",
            [],
            ["localhost:80", "10.0.0.7", "[fe80::1]:9", HERE, f"{HERE}:8660"],
            ["textwright:8660", "", "x"],
        ),
        ("0.0.0.0", ["textwright"], ["textwright:8660"], ["textwright.evil.example", "evil.example"]),
        ("::", [], ["[::1]:8660", "10.0.0.7:8660"], ["evil.example"]),
        ("10.0.0.7", [], ["10.0.0.7:8660", "localhost:8660"], ["evil.example:8660"]),
    ],
)
def test_names_are_ours_where_no_stranger_can_point_them_here(
    listening: str, allow: list[str], ours: list[str], foreign: list[str]
) -> None:
    place = place_of(listening, 8660, allow=allow)
    assert [each for each in ours if not place.is_ours(each)] == []
    assert [each for each in foreign if place.is_ours(each)] == []


@pytest.mark.parametrize(
    ("origin", "name", "is_ours"),
    [
        ("https://models.example.org", "models.example.org", True),
        ("http://models.example.org:8080", "models.example.org:8080", True),
        ("https://models.example.org:8443", "models.example.org", False),
        ("https://other.example.org", "models.example.org", False),
        ("http://127.0.0.1:8660", "localhost:8660", True),
        ("https://127.0.0.1:8660", "127.0.0.1:8660", False),
        ("http://localhost:3000", "localhost:8660", False),
        ("file://", "localhost:8660", False),
        ("null", "localhost:8660", False),
    ],
)
def test_pages_are_ours_by_the_name_that_they_came_by(origin: str, name: str, is_ours: bool) -> None:
    assert place_of("127.0.0.1", 8660, allow=["models.example.org"]).is_our_origin(origin, name) is is_ours
