"""What every request must pass before `serve` does anything: Host, origin, kind of content."""

from __future__ import annotations

from typing import Any

import pytest
from starlette.testclient import TestClient

from tests.server.conftest import LIMITS, Moody
from textwright.server.app import create_app
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
