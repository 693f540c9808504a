"""What a page of another site can make a browser send is refused, and nothing is changed by it."""

from __future__ import annotations

from typing import Any

import pytest
from starlette.testclient import TestClient

from tests.server.annotation.conftest import Client, act, kind_of
from textwright.annotate.desk import Desk
from textwright.errors import TextwrightError
from textwright.server.gate import is_loopback, networks_of, place_of, sender

ACTS = {"acts": [act("a")]}
# What a form can send, and fetch without asking first, and what fetch can send after asking.
TYPES = ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "", "application/json"]
FOREIGN = [
    "https://evil.example",
    "null",
    "http://127.0.0.1:8000",
    "http://127.0.0.1.evil.example",
    "https://127.0.0.1",
    "file://",
]


@pytest.mark.parametrize("origin", FOREIGN)
@pytest.mark.parametrize("media_type", TYPES)
@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_foreign_page_changes_nothing(standing: TestClient, method: str, media_type: str, origin: str) -> None:
    headers = {"Origin": origin, "Content-Type": media_type}
    for path in ("/api/acts", "/api/import", "/api/decisions", "/api/session", "/api/invitations", "/nothing"):
        refused = standing.request(method, path, json=ACTS, headers=headers)
        assert (refused.status_code, kind_of(refused)) == (403, "foreign_origin")
    assert standing.get("/api/texts/1").json()["version"] == 0


@pytest.mark.parametrize("site", ["cross-site", "same-site", "anything"])
@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize("path", ["/api/project", "/api/queue", "/api/texts", "/api/export", "/api/acts"])
def test_foreign_page_reads_nothing(standing: TestClient, path: str, method: str, site: str) -> None:
    refused = standing.request(method, path, headers={"Sec-Fetch-Site": site, "Content-Type": "application/json"})
    assert (refused.status_code, kind_of(refused)) == (403, "foreign_origin")


@pytest.mark.parametrize(
    "headers", [{}, {"Sec-Fetch-Site": "none"}, {"Origin": "http://127.0.0.1", "Sec-Fetch-Site": "same-origin"}]
)
def test_own_page_and_programs_are_let_in(client: TestClient, headers: dict[str, str]) -> None:
    assert client.get("/api/project", headers=headers).status_code == 200
    assert client.post("/api/acts", json=ACTS, headers=headers).status_code == 200


def test_page_itself_may_be_linked_to(standing: TestClient) -> None:
    assert standing.get("/", headers={"Sec-Fetch-Site": "cross-site"}).status_code == 200


@pytest.mark.parametrize("media_type", [*TYPES[:-1], "application/jsonx", "text/json"])
def test_content_that_a_form_can_send_is_refused_without_origin_too(standing: TestClient, media_type: str) -> None:
    refused = standing.post("/api/acts", json=ACTS, headers={"Content-Type": media_type})
    assert (refused.status_code, kind_of(refused)) == (415, "wrong_content_type")
    refused = standing.post("/api/import?name=x.txt", content=b"x", headers={"Content-Type": media_type})
    assert refused.status_code == 415
    assert standing.get("/api/project").json()["total"] == 3


@pytest.mark.parametrize("path", ["/", "/api/project", "/api/acts", "/healthz", "/annotate/annotate.js", "/nothing"])
@pytest.mark.parametrize(
    "host",
    ["evil.example", "evil.example:80", "127.0.0.1:81", "127.0.0.1.evil.example", "", "[::1", "localhost.evil.example"],
)
def test_name_that_was_made_to_point_here_is_refused(standing: TestClient, host: str, path: str) -> None:
    refused = standing.get(path, headers={"Host": host})
    assert (refused.status_code, kind_of(refused)) == (421, "wrong_host")
    assert "127.0.0.1" not in refused.headers.get("location", "")


@pytest.mark.parametrize("host", ["127.0.0.1", "127.0.0.1:80", "localhost", "LOCALHOST:80", "[::1]:80"])
def test_own_names_are_let_in(standing: TestClient, host: str) -> None:
    assert standing.get("/api/project", headers={"Host": host}).status_code == 200


def test_public_url_is_a_name_and_an_origin(desk: Desk, client_of: Client) -> None:
    place = place_of("127.0.0.1", 8661, public_url="https://Work.example.org/")
    client = client_of(desk, place=place, base="https://work.example.org")
    assert client.post("/api/acts", json=ACTS, headers={"Origin": "https://work.example.org"}).status_code == 200
    for origin in ("http://work.example.org", "https://evil.work.example.org", "https://work.example.org:8443"):
        assert client.post("/api/acts", json=ACTS, headers={"Origin": origin}).status_code == 403


def test_any_ip_address_is_ours_where_all_are_listened_on() -> None:
    place = place_of("0.0.0.0", 8661)
    assert place.is_ours("192.168.1.5:8661")
    assert place.is_ours("[fe80::1]:8661")
    assert place.is_our_origin("http://192.168.1.5:8661", "192.168.1.5:8661")
    assert not place.is_our_origin("http://evil.example:8661", "192.168.1.5:8661")
    assert not any(place.is_ours(host) for host in ("evil.example:8661", "192.168.1.5.evil.example:8661", ""))
    # A container's port has another number outside; a page at that port of another server is no page of ours.
    assert place.is_ours("192.168.1.5:80")
    assert not place.is_our_origin("http://192.168.1.5", "192.168.1.5:8661")


@pytest.mark.parametrize(
    "url", ["work.example.org", "ftp://x", "https://", "https://x/deep/path", "javascript:alert(1)"]
)
def test_public_url_that_is_none_is_refused(url: str) -> None:
    with pytest.raises(TextwrightError, match="Give one like https://"):
        place_of("127.0.0.1", 1, public_url=url)


@pytest.mark.parametrize("path", ["/", "/api/project", "/api/texts/99", "/nothing", "/openapi.json", "/annotate/x.js"])
def test_every_answer_has_the_headers(standing: TestClient, path: str) -> None:
    headers = standing.get(path).headers
    policy = headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self';")
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["cross-origin-resource-policy"] == headers["cross-origin-opener-policy"] == "same-origin"
    assert not any(name.startswith("access-control-") for name in headers)
    assert "server" not in headers
    assert headers["cache-control"] == ("no-cache" if path == "/" else "no-store")


def test_page_and_its_files_are_served(standing: TestClient) -> None:
    page = standing.get("/")
    assert (page.status_code, page.headers["content-type"]) == (200, "text/html; charset=utf-8")
    tag = page.headers["etag"]
    assert standing.get("/", headers={"If-None-Match": tag}).status_code == 304
    worker = standing.get("/annotate/worker.js")
    assert worker.headers["service-worker-allowed"] == "/"
    assert worker.headers["content-type"] == "text/javascript; charset=utf-8"
    assert "worker-src 'self'" in worker.headers["content-security-policy"]


def test_no_preflight_is_answered(standing: TestClient) -> None:
    headers = {"Origin": "https://evil.example", "Access-Control-Request-Method": "POST"}
    answer = standing.options("/api/acts", headers=headers)
    assert answer.status_code in (403, 405)
    assert not any(name.startswith("access-control-") for name in answer.headers)


@pytest.mark.parametrize(
    ("said", "peer", "proxies", "found"),
    [
        ("9.9.9.9", "127.0.0.1", ["127.0.0.1"], "9.9.9.9"),
        ("1.1.1.1, 9.9.9.9", "10.0.0.7", ["10.0.0.0/24"], "9.9.9.9"),
        ("9.9.9.9", "127.0.0.1", [], "127.0.0.1"),
        ("9.9.9.9", "8.8.8.8", ["10.0.0.0/24"], "8.8.8.8"),
        ("nonsense", "127.0.0.1", ["127.0.0.1"], "127.0.0.1"),
        ("", "127.0.0.1", ["127.0.0.1"], "127.0.0.1"),
    ],
)
def test_sender_is_the_peer_unless_a_known_proxy_says_otherwise(
    said: str, peer: str, proxies: list[str], found: str
) -> None:
    headers: dict[str, Any] = {"x-forwarded-for": said}
    assert sender(headers, peer, networks_of(proxies)) == found


def test_mapped_loopback_is_loopback() -> None:
    assert is_loopback("::ffff:127.0.0.1")
    assert not is_loopback("::ffff:10.0.0.1")


def test_network_that_is_none_is_refused() -> None:
    with pytest.raises(TextwrightError, match=r"10\.0\.0\.0/24"):
        networks_of(["proxy.example"])
