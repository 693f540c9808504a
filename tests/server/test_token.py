"""Who has the token of a run comes in, by its address, its cookie or as a program; nobody else does."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from tests.local import local_in
from tests.server.annotation.conftest import made_desk
from tests.server.conftest import LIMITS, Moody
from textwright.project import open_project
from textwright.project.workbench import Workbench
from textwright.server.annotation.app import create_annotation_app
from textwright.server.app import create_app
from textwright.server.gate import place_of
from textwright.server.hosted import host
from textwright.server.keys import Token, for_browser, installation_secret, new_token
from textwright.server.start.app import create_start_app
from textwright.store.accounts import add_account

TOKEN = Token("the-token-of-this-run", b"s" * 32)
PORT = 8650
ADDRESS = f"http://127.0.0.1:{PORT}"
KNOWN = {"Authorization": f"Bearer {TOKEN.word}"}
PLACE = place_of("127.0.0.1", PORT)
JSON = {"Content-Type": "application/json"}
PAGE = {"Accept": "text/html,application/xhtml+xml"}
# What is open to every program that reaches the port: whether the server is well, and what is in everybody's package.
OPEN = {
    "serve": {
        "/healthz",
        "/readyz",
        "/metrics",
        "/openapi.json",
        "/models/index.json",
        "/models/{name}/{file:path}",
        "/runtime/{file:path}",
        "/sw.js",
    },
    "annotate": {"/healthz", "/openapi.json", "/metrics"},
    "start": {"/healthz", "/openapi.json"},
}
Make = Callable[..., FastAPI]


@pytest.fixture
def apps(tmp_path: Path) -> Iterator[dict[str, Make]]:
    """Make the three applications, each with its token unless told otherwise."""
    closing: list[Any] = []

    def serve(**more: Any) -> FastAPI:
        given = {"limits": LIMITS, "place": PLACE, "token": TOKEN, **more}
        return create_app([host("moody", Moody())], **given)

    def annotate(**more: Any) -> FastAPI:
        desk = made_desk(str(tmp_path / "work.sqlite"))
        closing.append(desk)
        return create_annotation_app(desk, **{"place": PLACE, "token": TOKEN, "metrics": True, **more})

    def start(**more: Any) -> FastAPI:
        bench = Workbench(open_project(tmp_path / "mine.textwright"), say=lambda _: None)
        closing.append(bench)
        return create_start_app(bench, **{"place": PLACE, "token": TOKEN, **more})

    yield {"serve": serve, "annotate": annotate, "start": start}
    for each in closing:
        each.close()


def client_of(app: FastAPI, **more: Any) -> TestClient:
    client = TestClient(app, base_url=ADDRESS, client=("127.0.0.1", 50_000), follow_redirects=False, **more)
    client.headers.pop("accept", None)
    return client


def kind_of(answer: Any) -> str:
    return str(answer.json()["type"]).removeprefix("urn:textwright:problem:")


# --- everything is behind it ----------------------------------------------------------------


@pytest.mark.parametrize("name", ["serve", "annotate", "start"])
def test_every_route_but_a_few_asks_for_the_token(apps: dict[str, Make], name: str) -> None:
    """Another user of the machine reaches the port: he learns and changes nothing."""
    app = apps[name]()
    client, found = client_of(app), set()
    for route in app.routes:
        path = re.sub(r"\{[^}]*\}", "x", route.path)  # type: ignore[attr-defined]  # all are routes with a path
        for method in getattr(route, "methods", None) or ("GET", "POST"):
            answer = client.request(method, path, headers={**JSON, "Authorization": "Bearer guessed"})
            if answer.status_code != 401:
                found.add(route.path)  # type: ignore[attr-defined]
            elif method != "HEAD":
                assert kind_of(answer) == "no_token"
    assert found == OPEN[name]


@pytest.mark.parametrize("name", ["serve", "annotate", "start"])
def test_what_is_open_tells_nothing_of_texts(apps: dict[str, Make], name: str) -> None:
    with client_of(apps[name]()) as client:
        client.get("/api/queue", headers=KNOWN)
        client.post("/v1/models/moody/predict", json={"texts": ["a secret"]}, headers=KNOWN)
        for path in (each for each in OPEN[name] if "{" not in each):
            answer = client.get(path)
            assert answer.status_code == 200, path
            assert "secret" not in answer.text
            assert "Nurse" not in answer.text


def test_files_that_pages_load_before_anything_is_known_are_open(apps: dict[str, Make]) -> None:
    for name, path in (("serve", "/runtime/textwright.js"), ("serve", "/sw.js"), ("annotate", "/annotate/annotate.js")):
        assert client_of(apps[name]()).get(path).status_code == 200


# --- the address, and the cookie --------------------------------------------------------------


@pytest.mark.parametrize("name", ["serve", "annotate", "start"])
def test_the_address_becomes_a_cookie(apps: dict[str, Make], name: str) -> None:
    client = client_of(apps[name]())
    led = client.get(f"/?token={TOKEN.word}", headers=PAGE)
    assert (led.status_code, led.headers["location"], led.headers["cache-control"]) == (303, "./", "no-store")
    assert led.headers["referrer-policy"] == "no-referrer"
    cookie = led.headers["set-cookie"]
    assert cookie.startswith(f"textwright_token_{PORT}=")
    assert {"HttpOnly", "SameSite=Strict", "Path=/", f"Max-Age={30 * 24 * 3600}"} <= set(cookie.split("; "))
    assert TOKEN.word not in cookie
    assert client.get("/", headers=PAGE).status_code == 200
    assert client.get({"serve": "/v1/models"}.get(name, "/api/project")).status_code == 200


@pytest.mark.parametrize(
    ("asked", "led"),
    [
        (f"/emotion/?token={TOKEN.word}", "./"),
        (f"/?other=a%26b&token={TOKEN.word}&x=1", "./?other=a%26b&x=1"),
        (f"//evil.example/%2e%2e?token={TOKEN.word}", "./%2e%2e"),
        (f"/v1/models?token={TOKEN.word}", "./models"),
    ],
)
def test_the_way_goes_on_without_the_token_and_to_no_other_place(apps: dict[str, Make], asked: str, led: str) -> None:
    scope_path, _, query = asked.partition("?")
    answer = client_of(apps["serve"]()).get(f"{ADDRESS}{scope_path}", params=query)
    assert (answer.status_code, answer.headers["location"]) == (303, led)


def test_a_page_that_is_open_goes_on_with_the_next_run(apps: dict[str, Make]) -> None:
    client = client_of(apps["start"]())
    client.get(f"/?token={TOKEN.word}")
    again = client_of(apps["start"](token=Token("another-token", TOKEN.secret)), cookies=client.cookies)
    assert again.get("/api/steps").status_code == 200
    assert again.get(f"/?token={TOKEN.word}").headers["location"] == "./"  # the old address leads there, too
    elsewhere = client_of(apps["start"](token=Token("a-third-token", b"o" * 32)), cookies=client.cookies)
    assert elsewhere.get("/api/steps").status_code == 401


def test_a_cookie_holds_thirty_days_from_its_last_use(apps: dict[str, Make], monkeypatch: pytest.MonkeyPatch) -> None:
    client, began = client_of(apps["annotate"]()), time.time()
    client.get(f"/?token={TOKEN.word}")
    first = client.cookies.get(f"textwright_token_{PORT}")
    for days, status, renewed in ((0.5, 200, False), (29, 200, True), (58, 200, True), (88.5, 401, False)):
        monkeypatch.setattr("time.time", lambda days=days: began + days * 24 * 3600)
        for cookie in client.cookies.jar:
            cookie.expires = None  # a client may keep it for longer than it was told
        answer = client.get("/api/project")
        assert (answer.status_code, "set-cookie" in answer.headers) == (status, renewed), days
    monkeypatch.setattr("time.time", lambda: began + 31 * 24 * 3600)
    assert client.get("/api/project", headers={"Cookie": f"textwright_token_{PORT}={first}"}).status_code == 401


@pytest.mark.parametrize(
    "value", ["", ".", "1.", "9999999999.00", "x", "é", "1;2", f"{int(time.time())}.{'0' * 64}", TOKEN.word]
)
def test_a_cookie_that_we_did_not_sign_is_none(apps: dict[str, Make], value: str) -> None:
    headers = {b"Cookie": f"textwright_token_{PORT}={value}".encode()}
    assert client_of(apps["annotate"]()).get("/api/project", headers=headers).status_code == 401


def test_a_cookie_of_another_port_is_none(apps: dict[str, Make]) -> None:
    client = client_of(apps["annotate"]())
    client.get(f"/?token={TOKEN.word}")
    value = client.cookies.get(f"textwright_token_{PORT}")
    other = TestClient(apps["annotate"](place=place_of("127.0.0.1", 8651)), base_url="http://127.0.0.1:8651")
    assert other.get("/api/project", headers={"Cookie": f"textwright_token_8651={value}"}).status_code == 401


@pytest.mark.parametrize("word", ["", "wrong", "%ff", "a.b", "1-x.00", f"{TOKEN.word[:-1]}", f"{TOKEN.word}x"])
def test_another_token_opens_nothing(apps: dict[str, Make], word: str) -> None:
    client = client_of(apps["annotate"]())
    answer = client.get(f"/?token={word}", headers=PAGE)
    assert (answer.status_code, "set-cookie" in answer.headers) == (401, False)
    assert client.get("/api/project", headers={"Authorization": f"Bearer {word}"}).status_code == 401


def test_what_browsers_are_called_with_opens_once_and_soon(
    apps: dict[str, Make], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every user of a machine may see the arguments of its programs: the token itself must not stand there."""
    app = apps["start"]()
    url = TOKEN.for_browser(f"{ADDRESS}/", PORT)
    assert TOKEN.word not in url
    assert [client_of(app).get(url).status_code for _ in range(2)] == [303, 401]
    late = TOKEN.for_browser(f"{ADDRESS}/", PORT)
    later = time.time() + 61
    monkeypatch.setattr("time.time", lambda: later)
    assert client_of(app).get(late).status_code == 401


def test_a_second_command_opens_what_the_first_serves(apps: dict[str, Make]) -> None:
    app = apps["start"](token=Token("x", installation_secret()))
    assert client_of(app).get(for_browser(f"{ADDRESS}/?token=x")).status_code == 303


def test_the_secret_is_kept_for_its_owner_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TEXTWRIGHT_CONFIG", str(tmp_path / "settings"))
    first, second = new_token(), new_token()
    assert first.word != second.word
    assert first.secret == second.secret == (tmp_path / "settings" / "cookies.secret").read_bytes()
    assert (tmp_path / "settings" / "cookies.secret").stat().st_mode & 0o777 == 0o600
    (tmp_path / "settings" / "cookies.secret").write_bytes(b"cut off")
    assert len(new_token().secret) == 32


def test_where_nothing_can_be_kept_each_run_has_its_own_secret(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("no folder")
    monkeypatch.setenv("TEXTWRIGHT_CONFIG", str(tmp_path / "file"))
    assert new_token().secret != new_token().secret


# --- without it -----------------------------------------------------------------------------


def test_a_person_is_told_where_the_address_stands(apps: dict[str, Make]) -> None:
    answer = client_of(apps["start"]()).get("/", headers=PAGE)
    assert (answer.status_code, answer.headers["content-type"]) == (401, "text/html; charset=utf-8")
    assert "<code>textwright start</code> printed in its terminal" in answer.text
    assert "refresh" not in answer.text


@pytest.mark.parametrize(("site", "again"), [("cross-site", True), ("same-site", True), ("none", False)])
def test_after_a_link_from_elsewhere_the_page_asks_once_more(apps: dict[str, Make], site: str, again: bool) -> None:
    """A browser leaves a strict cookie out where another site led to us, the one that it was just given, too."""
    answer = client_of(apps["start"]()).get("/", headers={**PAGE, "Sec-Fetch-Site": site})
    assert ('http-equiv="refresh"' in answer.text) is again


def test_a_program_is_told_in_a_problem_document(apps: dict[str, Make]) -> None:
    answer = client_of(apps["serve"]()).post("/v1/models/moody/predict", json={"texts": ["a"]})
    assert (answer.status_code, kind_of(answer)) == (401, "no_token")
    assert "open the address that textwright serve printed" in answer.json()["detail"]
    assert answer.headers["www-authenticate"] == 'Bearer realm="textwright"'


def test_the_token_is_in_no_log(apps: dict[str, Make]) -> None:
    lines: list[Any] = []
    client = client_of(apps["serve"](log=lines.append))
    for word in (TOKEN.word, "wrong-token"):
        client.get(f"/emotion/?token={word}")
    client.get("/nothing?token=x", headers=KNOWN)
    assert len(lines) == 3
    assert not re.search("token=|-token", json.dumps(lines))


def test_once_people_log_in_that_is_what_is_asked(apps: dict[str, Make], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("textwright.server.annotation.trust.LOOK_AGAIN_SECONDS", 0)
    app = apps["annotate"]()
    client = client_of(app)
    assert kind_of(client.get("/api/queue")) == "no_token"
    add_account(app.state.service.database, "ann", "correct horse", "owner", by="test")
    assert kind_of(client.get("/api/queue")) == "log_in_first"
    assert client.get("/", headers=PAGE).status_code == 200
    assert client.post("/api/session", json={"name": "ann", "password": "correct horse"}).status_code == 204


def test_pages_of_named_sites_send_it_as_programs_do(apps: dict[str, Make]) -> None:
    client = client_of(apps["serve"](cors=["https://a.example"]))
    foreign = {"Origin": "https://a.example", "Sec-Fetch-Site": "cross-site"}
    body = {"texts": ["a"]}
    assert client.post("/v1/models/moody/predict", json=body, headers=foreign | KNOWN).status_code == 200
    assert client.post("/v1/models/moody/predict", json=body, headers=foreign).status_code == 401
    other = {**foreign, "Origin": "https://b.example"}
    assert client.post("/v1/models/moody/predict", json=body, headers=other | KNOWN).status_code == 403


# --- the command ----------------------------------------------------------------------------

COMMAND = [sys.executable, "-m", "textwright", "serve"]


@pytest.fixture
def serving(folder: Path) -> Iterator[Callable[..., str]]:
    """Run the command, and give the line that it prints."""
    started: list[subprocess.Popen[str]] = []

    def begin(*options: str) -> str:
        command = [*COMMAND, str(folder), "--port", "0", *options]
        started.append(subprocess.Popen(command, stderr=subprocess.PIPE, text=True))
        assert started[-1].stderr is not None
        return next(line for line in started[-1].stderr if line.startswith("Serving"))

    yield begin
    for each in started:
        each.kill()
        each.communicate()


def status(url: str, **headers: str) -> int:
    request = urllib.request.Request(url, headers=headers)
    try:
        return int(urllib.request.urlopen(request, timeout=60).status)
    except urllib.error.HTTPError as error:
        error.close()
        return error.code


def test_serve_prints_one_address_and_all_its_processes_know_it(serving: Callable[..., str]) -> None:
    line = serving("--workers", "2")
    local = local_in(line)
    assert local is not None
    assert line.count("http://") == line.count("token=") == 1
    assert len(local.token) >= 43
    for _ in range(6):  # whichever process answers
        assert status(f"{local.url}v1/models") == 401
        assert status(f"{local.url}v1/models", **local.headers) == 200
        assert status(f"{local.url}readyz") == status(f"{local.url}runtime/textwright.js") == 200
        assert status(f"{local.url}models/ranks/config.json") == 200
        assert status(f"{local.url}models/ranks/config.json", Host="evil.example") == 421
        assert status(f"{local.url}v1/models", Host="evil.example", **local.headers) == 421


def test_serve_without_a_token_is_for_this_machine_alone(serving: Callable[..., str], folder: Path) -> None:
    line = serving("--no-token", "--allow-host", "models.example.org")
    local = local_in(line)
    assert local is not None
    assert "to this machine alone" in line
    assert (local.token, status(f"{local.url}v1/models")) == ("", 200)
    assert status(f"{local.url}v1/models", Host="models.example.org") == 200
    assert status(f"{local.url}v1/models", Host="evil.example") == 421
    command = [*COMMAND, str(folder), "--port", "0", "--no-token", "--host", "0.0.0.0"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert "--no-token lets in whoever reaches the port" in done.stderr


def test_a_name_that_is_none_is_told_in_a_line(folder: Path) -> None:
    command = [*COMMAND, str(folder), "--port", "0", "--allow-host", "https://x"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert "Give one like models.example.org" in done.stderr
