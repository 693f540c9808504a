"""Keys come from the environment or the keyring, go to their own server alone, and are seen nowhere else."""

from __future__ import annotations

import copy
import io
import json
import logging
import pickle
import sys
import traceback
from collections.abc import Iterator
from typing import Any

import pytest

from tests.llm.client.conftest import KEY, Talk, talk
from tests.llm.servers import Act, Server, cut, echoes_key, html, redirect, says, sends, silence, status, truncated
from textwright.errors import CallError, ModelError
from textwright.llm.client.client import Client
from textwright.llm.client.keys import HIDDEN, Key, key_for
from textwright.llm.client.transport import Guarded

ELSEWHERE = "https://models.example.org/v1"


class Keyring:
    """A keyring that forgets everything at the end of a test."""

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], str] = {}
        self.fails: Exception | None = None

    def get_password(self, service: str, user: str) -> str | None:
        if self.fails is not None:
            raise self.fails
        return self.kept.get((service, user))


@pytest.fixture(autouse=True)
def keyring(monkeypatch: pytest.MonkeyPatch) -> Keyring:
    found = Keyring()
    monkeypatch.setitem(sys.modules, "keyring", found)  # type: ignore[arg-type]
    return found


def revealed(address: str) -> str | None:
    key = key_for(address)
    return None if key is None else key.reveal()


@pytest.mark.parametrize(
    ("variables", "address", "key"),
    [
        ({}, "api.openai.com", None),
        ({"OPENAI_API_KEY": "o"}, "api.openai.com", "o"),
        ({"OPENAI_API_KEY": " o\n"}, "https://api.openai.com/v1/", "o"),
        ({"OPENAI_API_KEY": "o"}, ELSEWHERE, None),
        ({"OPENAI_API_KEY": "o"}, "http://api.openai.com/v1", None),
        ({"OPENAI_API_KEY": "o"}, "https://api.openai.com:8443/v1", None),
        ({"OPENAI_API_KEY": "o"}, "https://api.openai.com.example.org/v1", None),
        ({"OPENAI_API_KEY": "o", "TEXTWRIGHT_API_KEY": "t"}, ELSEWHERE, "t"),
        ({"OPENAI_API_KEY": "o", "TEXTWRIGHT_API_KEY": "t"}, "api.openai.com", "o"),
        ({"TEXTWRIGHT_API_KEY": "t"}, "api.openai.com", None),
        ({"TEXTWRIGHT_API_KEY": "t", "TEXTWRIGHT_API_KEY_MODELS_EXAMPLE_ORG": "m"}, ELSEWHERE, "m"),
        ({"TEXTWRIGHT_API_KEY_LOCALHOST_8000": "l"}, "localhost:8000", "l"),
        ({"TEXTWRIGHT_API_KEY_LOCALHOST_8000": "l"}, "localhost:9000", None),
        ({"TEXTWRIGHT_API_KEY": "  "}, ELSEWHERE, None),
    ],
)
def test_a_key_is_found_for_its_own_server_alone(
    variables: dict[str, str], address: str, key: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert revealed(address) == key


def test_the_keyring_keeps_a_key_for_an_address(keyring: Keyring) -> None:
    keyring.kept["textwright", ELSEWHERE] = KEY
    assert revealed("https://models.example.org/v1/") == KEY
    assert revealed("https://other.example.org/v1") is None


def test_the_environment_goes_before_the_keyring(keyring: Keyring, monkeypatch: pytest.MonkeyPatch) -> None:
    keyring.kept["textwright", ELSEWHERE] = "kept"
    monkeypatch.setenv("TEXTWRIGHT_API_KEY", "set")
    assert revealed(ELSEWHERE) == "set"


def test_a_broken_keyring_is_one_without_keys(keyring: Keyring) -> None:
    keyring.fails = RuntimeError("no D-Bus")
    assert key_for(ELSEWHERE) is None


@pytest.mark.parametrize("wrong", ["", "  ", "two words", "naïve", "line\nbreak"])
def test_what_cannot_be_a_key_is_refused_without_showing_it(wrong: str) -> None:
    with pytest.raises(ModelError) as caught:
        Key(wrong, source="the key in VARIABLE")
    assert "the key in VARIABLE" in str(caught.value)
    assert not wrong.strip() or wrong not in str(caught.value)


def test_a_key_does_not_show_itself() -> None:
    key = Key(KEY)
    shown = [str(key), repr(key), f"{key}", f"{key!s:>30}", "%s" % key, repr({"key": key}), repr([key])]  # noqa: UP031
    assert all(KEY not in each and HIDDEN in each for each in shown)
    for forbidden in (pickle.dumps, copy.deepcopy, json.dumps, "".join, bytes, list):
        with pytest.raises(TypeError):
            forbidden([key] if forbidden == "".join else key)  # type: ignore[operator]


def test_a_client_is_not_pickled() -> None:
    with Client("localhost:1", key=KEY) as client, pytest.raises(TypeError):
        pickle.dumps(client)


# --- what is sent ---------------------------------------------------------------------------


def sent_headers(**environment_and_key: Any) -> dict[str, str]:
    with talk(says("Hello"), **environment_and_key) as talking:
        talking.ask()
    return dict(talking.server.received[0].headers)


def test_the_key_goes_to_its_server() -> None:
    assert sent_headers(key=KEY)["authorization"] == f"Bearer {KEY}"


def test_without_a_key_nothing_is_sent_in_its_place(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    assert "authorization" not in sent_headers()


def test_what_is_meant_for_openai_does_not_go_elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "secret-1")
    monkeypatch.setenv("OPENAI_ADMIN_KEY", "secret-2")
    monkeypatch.setenv("OPENAI_ORG_ID", "secret-3")
    monkeypatch.setenv("OPENAI_PROJECT_ID", "secret-4")
    monkeypatch.setenv("OPENAI_CUSTOM_HEADERS", "X-Gateway: secret-5\nAuthorization: secret-6")
    monkeypatch.setenv("OPENAI_BASE_URL", "http://127.0.0.1:9/v1")
    assert "secret" not in str(sent_headers(key=KEY))


def test_a_redirect_does_not_carry_the_key_away() -> None:
    with Server(says("mine now")) as thief, talk(redirect(f"{thief.address}/chat/completions"), key=KEY) as talking:
        assert talking.fault().kind == "bad_answer"
    assert thief.received == []


def test_the_key_is_added_for_its_own_origin_alone() -> None:
    import httpx2

    guarded = Guarded(ELSEWHERE, Key(KEY), timeout=1, largest=1)
    for other in ("http://models.example.org/v1", "https://models.example.org:8443/v1", "https://example.org/v1"):
        assert KEY not in str(guarded._headers(httpx2.Request("POST", other)))
    assert KEY in str(guarded._headers(httpx2.Request("POST", ELSEWHERE)))


def test_a_key_that_others_can_read_on_the_way_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    notes: list[str] = []
    Client("http://models.example.org", key=KEY, on_note=notes.append).close()
    Client("http://localhost:8000", key=KEY, on_note=notes.append).close()
    Client("https://models.example.org", key=KEY, on_note=notes.append).close()
    assert len(notes) == 1
    assert "unencrypted" in notes[0]
    assert KEY not in notes[0]


@pytest.mark.parametrize(
    ("variable", "address", "told"),
    [
        ("TEXTWRIGHT_API_KEY", ELSEWHERE, ["the key in TEXTWRIGHT_API_KEY is sent to models.example.org"]),
        ("TEXTWRIGHT_API_KEY", "localhost:8000", []),
        ("TEXTWRIGHT_API_KEY_MODELS_EXAMPLE_ORG", ELSEWHERE, []),
        ("OPENAI_API_KEY", "api.openai.com", []),
    ],
)
def test_where_the_general_key_goes_is_told(
    variable: str, address: str, told: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(variable, KEY)
    notes: list[str] = []
    key = key_for(address)
    assert key is not None
    Client(address, key=key, on_note=notes.append).close()
    assert notes == told


# --- what is shown --------------------------------------------------------------------------


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """Collect everything that any library says while it says the most."""
    said = io.StringIO()
    handler = logging.StreamHandler(said)
    root = logging.getLogger()
    names = ["openai", "openai._base_client", "httpx2", "httpcore2", "httpcore2.http11", "httpcore2.connection"]
    loggers = [root, *(logging.getLogger(name) for name in names)]
    before = [each.level for each in loggers]
    root.addHandler(handler)
    for each in loggers:
        each.setLevel(logging.DEBUG)
    yield said
    root.removeHandler(handler)
    for each, level in zip(loggers, before, strict=True):
        each.setLevel(level)


FAULTS = [
    echoes_key(400),
    echoes_key(401),
    echoes_key(403),
    echoes_key(404),
    echoes_key(429),
    echoes_key(500),
    html(),
    html(502),
    cut(),
    truncated(),
    silence(),
    redirect(f"https://elsewhere.example/?key={KEY}"),
    sends(f"your key is {KEY}, and this is no JSON".encode()),
    sends(f"{'.' * 190} {KEY}".encode()),
    sends(f'{{"{KEY}": 1}}'.encode()),
    status(400, f"unknown argument with {KEY}", code=KEY, param=KEY),
]


@pytest.mark.parametrize("fault", FAULTS)
def test_no_error_and_no_log_shows_the_key(fault: Act, log: io.StringIO) -> None:
    with talk(fault, attempts=2, timeout=0.5, key=KEY) as talking:
        error = raised(talking)
        seen = [str(error), repr(error), error.reason, *all_of(error), log.getvalue()]
        seen += [str(talking.told), str(talking.notes), repr(talking.client), talking.request().key]
    assert "receive_response_headers" in log.getvalue() or "connect_tcp" in log.getvalue()
    assert not [each for each in seen if KEY[:20] in each]


def raised(talking: Talk) -> CallError:
    try:
        talking.ask()
    except CallError as error:
        return error
    pytest.fail("no error")


def all_of(error: BaseException | None) -> Iterator[str]:
    """Show an error and all behind it as the most talkative of tracebacks would, with every local variable."""
    while error is not None:
        told = traceback.TracebackException.from_exception(error, capture_locals=True)
        # The test's own frames hold the key as the plain text that it starts from.
        told.stack = traceback.StackSummary.from_list([each for each in told.stack if "/tests/" not in each.filename])
        yield "".join(told.format())
        error = error.__cause__ or error.__context__


def test_an_answer_that_repeats_the_key_does_not_bring_it_into_a_cache() -> None:
    with talk(says(f"you sent {KEY}"), key=KEY) as talking:
        assert talking.ask().text == f"you sent {HIDDEN}"
