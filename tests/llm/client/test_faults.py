"""Each fault of a server becomes a right answer after another try, or an error that says what it was."""

from __future__ import annotations

import socket
import tracemalloc
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

import pytest

from tests.llm.client.conftest import talk
from tests.llm.servers import (
    Act,
    Exchange,
    big,
    bomb,
    chat_only,
    completion_only,
    cut,
    drip,
    drip_headers,
    hang_up,
    html,
    no_such_model,
    redirect,
    says,
    sends,
    silence,
    status,
    truncated,
)
from textwright.errors import CallError


@pytest.mark.parametrize(
    "fault",
    [
        status(408),
        status(409),
        status(429),
        status(429, headers={"Retry-After": "3"}),
        status(500),
        status(503, headers={"Retry-After": "3"}),
        html(502),
        cut(),
        hang_up(),
        truncated(),
        sends(b""),
        sends(b'{"error": {"message": "overloaded", "code": 503}}'),
    ],
)
def test_a_passing_fault_is_tried_again(fault: Act) -> None:
    with talk(fault, says("Hello")) as talking:
        completion = talking.ask()
    assert (completion.text, completion.usage.calls, len(talking.time.waits)) == ("Hello", 2, 1)


@pytest.mark.parametrize(
    ("fault", "kind", "words", "calls"),
    [
        (status(408), "timeout", "answered 408", 3),
        (status(409, "locked"), "server", "answered 409: locked", 3),
        (status(429, "slow down"), "rate_limit", "answered 429: slow down", 3),
        (status(500, "oh no"), "server", "answered 500: oh no", 3),
        (html(502), "server", "answered 502: it begins with", 3),
        (hang_up(), "connection", "hung up", 3),
        (cut(), "connection", "hung up", 3),
        (truncated(), "bad_answer", "JSON that breaks off", 3),
        (sends(b""), "bad_answer", "it is empty", 3),
        (html(), "bad_answer", "no JSON: it begins with", 1),
        (sends(b"data: {}\n\ndata: [DONE]\n"), "bad_answer", 'it begins with "data: {}', 1),
        (sends(b'"Hello"'), "bad_answer", "no choices in it. It is a str", 1),
        (sends(b'{"status": "ok"}'), "bad_answer", "It is an object with status", 1),
        (sends(b'{"choices": []}'), "bad_answer", "empty", 1),
        (sends(b'{"choices": [{"message": {"content": null}}]}'), "bad_answer", "its text is missing", 1),
        (sends(b'{"choices": [{"message": {"content": 7}}]}'), "bad_answer", "its text is a int", 1),
        (sends(b'{"choices": [{"message": null}]}'), "bad_answer", "its text is missing", 1),
        (sends(b'{"choices": [{"message": {"tool_calls": [1]}}]}'), "bad_answer", "called a tool", 1),
        (sends(b"[" * 100_000), "bad_answer", "JSON that breaks off", 3),
        (sends(b"not packed at all", headers={"Content-Encoding": "gzip"}), "bad_answer", "packed as gzip", 1),
        (status(400, "the text is too long"), "bad_request", "answered 400: the text is too long", 1),
        (status(401, "wrong key"), "refused", "TEXTWRIGHT_API_KEY", 1),
        (status(402, "pay first"), "refused", "pay first", 1),
        (status(403, "not here"), "refused", "not here", 1),
        (status(404, "nothing here"), "bad_request", "Is the address right?", 1),
        (status(413, "too much"), "bad_request", "too much", 1),
        (status(422, "no"), "bad_request", "answered 422", 1),
        (status(429, "no money", code="insufficient_quota"), "rate_limit", "no money", 1),
        (no_such_model("gpt-5-typo"), "unknown_model", "`gpt-5-typo` does not exist", 1),
        (no_such_model("gpt-5-typo"), "unknown_model", "`textwright models --base-url http://127.0.0.1:", 1),
        (status(400, "gpt-5-typo is not a valid model ID"), "unknown_model", "not a valid model", 1),
        (redirect(), "bad_answer", "sends us on to /v1/chat/completions", 1),
        (redirect("https://elsewhere.example/v1", code=301), "bad_answer", "https://elsewhere.example/v1", 1),
        (big(), "too_large", "more than 5,000,000 bytes", 1),
        (bomb(), "too_large", "more than 5,000,000 bytes", 1),
    ],
)
def test_a_lasting_fault_is_told(fault: Act, kind: str, words: str, calls: int) -> None:
    with talk(fault, attempts=3) as talking:
        error = talking.fault()
    assert error.kind == kind
    assert words in error.reason
    assert talking.server.origin in error.reason
    assert talking.calls == calls
    assert len(error.reason) < 500


@pytest.mark.parametrize("fault", [drip(), drip_headers(), silence()])
def test_nobody_can_outlast_the_limit_of_a_call(fault: Act) -> None:
    """A byte now and then keeps every single wait short: only a limit on the whole ends it."""
    with talk(fault, says("Hello"), timeout=1.5) as talking:
        assert talking.ask().text == "Hello"
    assert talking.told[0][0].endswith("did not answer in time")


def test_a_server_that_never_answers_is_a_timeout() -> None:
    with talk(silence(), timeout=0.2, attempts=2) as talking:
        assert talking.fault().kind == "timeout"


def test_a_huge_answer_is_not_held() -> None:
    with talk(bomb(100_000_000), largest=100_000) as talking:
        talking.fault()  # loads what is loaded once
        tracemalloc.start()
        talking.fault()
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    assert most < 10_000_000


def test_where_nobody_ever_listened_no_other_text_is_tried() -> None:
    with talk(says("x")) as talking:
        talking.server.__exit__(None, None, None)
        error = talking.fault()
    assert (error.kind, error.final, error.calls) == ("connection", True, 2)
    assert "refused" in error.reason.lower()
    assert error.reason.endswith("(is the address right, and the server running?)")
    assert len(talking.told) == 1


def test_an_unknown_host_is_final(monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(*_: object, **__: object) -> None:
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr(socket, "create_connection", unknown)
    with talk(says("x")) as talking:
        error = talking.fault()
    assert (error.kind, error.final, error.calls) == ("connection", True, 2)
    assert "not known" in error.reason


@pytest.mark.parametrize("first", [says("Hello"), status(400), hang_up()])
def test_a_server_that_answered_once_is_waited_for_when_it_is_gone(first: Act) -> None:
    def act(exchange: Exchange) -> None:
        first(exchange)
        exchange.hang_up()

    with talk(act, attempts=3) as talking:
        with suppress(CallError):
            talking.ask()
        talking.server.__exit__(None, None, None)
        error = talking.fault()
    assert (error.kind, error.final, error.calls) == ("connection", False, 3)


@pytest.mark.parametrize(
    ("fault", "form", "right"),
    [
        (chat_only(), "completion", "chat"),
        (completion_only(), "chat", "completion"),
        (status(400, '"gemma" does not support chat'), "chat", "completion"),
        (status(400, "you must provide a chat template if the tokenizer does not define one"), "chat", "completion"),
    ],
)
def test_the_wrong_form_names_the_right_one(fault: Act, form: str, right: str) -> None:
    with talk(fault) as talking:
        error = talking.fault(form=form)
    assert (error.kind, error.final, talking.calls) == ("bad_request", True, 1)
    assert f"Ask with form = '{right}'" in error.reason


def test_what_no_other_text_would_escape_is_final() -> None:
    finals = {}
    for name, fault in {
        "key": status(401),
        "model": no_such_model("x"),
        "money": status(429, code="insufficient_quota"),
        "address": status(404, "nothing"),
        "text": status(400, "too long"),
        "busy": status(429),
        "broken": status(500),
    }.items():
        with talk(fault, attempts=1) as talking:
            finals[name] = talking.fault().final
    assert [name for name, final in finals.items() if final] == ["key", "model", "money", "address"]


PASSING = [status(500), cut(), hang_up(), truncated(), html(503), status(429, headers={"Retry-After": "1"})]
LASTING = [(html(), "bad_answer"), (status(400), "bad_request"), (big(6_000_000), "too_large")]


def test_among_faults_of_every_kind_each_text_gets_its_own() -> None:
    """Sixteen threads ask; each text meets its own fault the first time, and every fifth one every time."""
    met: set[str] = set()

    def act(exchange: Exchange) -> None:
        text = exchange.received.prompt
        number = int(text)
        if number % 5 == 0:
            return LASTING[number // 5 % len(LASTING)][0](exchange)
        if text not in met:
            met.add(text)
            return PASSING[number % len(PASSING)](exchange)
        return says(f"answer {text}")(exchange)

    def outcome(number: int) -> str:
        try:
            return talking.ask(str(number)).text
        except CallError as error:
            return error.kind

    expected = [LASTING[n // 5 % len(LASTING)][1] if n % 5 == 0 else f"answer {n}" for n in range(120)]
    with talk(act) as talking, ThreadPoolExecutor(16) as pool:
        assert list(pool.map(outcome, range(120))) == expected


def test_a_strangers_text_cannot_paint_on_the_terminal() -> None:
    with talk(status(400, "\x1b[2Jgone\u202e\r\nnext")) as talking:
        assert "[2Jgone next" in talking.fault().reason
        assert talking.fault().reason.isprintable()


def test_half_a_character_is_an_error_of_its_text() -> None:
    with talk(says("Hello")) as talking:
        assert talking.fault("half \ud83d").kind == "bad_request"
        assert talking.ask("whole \U0001f600").text == "Hello"
