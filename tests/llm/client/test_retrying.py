"""Waiting: as long as the server asks, longer each time otherwise, and never for ever."""

from __future__ import annotations

import threading
from datetime import datetime, timedelta, timezone
from email.utils import format_datetime

import pytest

from tests.llm.client.conftest import talk
from tests.llm.servers import Exchange, Server, says, status
from textwright.errors import CallError
from textwright.llm.calls import Message, Request
from textwright.llm.client.client import Client
from textwright.llm.client.retry_after import asked_to_wait
from textwright.llm.client.retrying import back_off

NOW = datetime(2026, 10, 21, 7, 28, tzinfo=timezone.utc)  # noqa: UP017


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"Retry-After": "20"}, 20.0),
        ({"Retry-After": "1.5"}, 1.5),
        ({"Retry-After-Ms": "2500"}, 2.5),
        ({"Retry-After-Ms": "2500", "Retry-After": "9"}, 2.5),
    ],
)
def test_retry_after_is_obeyed(headers: dict[str, str], seconds: float) -> None:
    with talk(status(429, headers=headers), says("Hello")) as talking:
        assert talking.ask().text == "Hello"
    [waited] = talking.time.waits
    assert seconds <= waited <= seconds + 0.5


def test_a_date_is_counted_by_the_servers_clock() -> None:
    """Ours may be wrong by hours."""
    then = format_datetime(NOW + timedelta(seconds=45), usegmt=True)
    assert asked_to_wait({"retry-after": then, "date": format_datetime(NOW, usegmt=True)}) == 45.0


def test_a_date_without_the_servers_clock_is_counted_by_ours() -> None:
    then = format_datetime(datetime.now(timezone.utc) + timedelta(seconds=60), usegmt=True)  # noqa: UP017
    seconds = asked_to_wait({"retry-after": then})
    assert seconds is not None
    assert 30 < seconds <= 61


@pytest.mark.parametrize("value", ["", "soon", "-5", "0", "nan", "Wed, 99 Oct", "Wed, 21 Oct 2015 07:28:00 GMT"])
def test_nonsense_is_no_wish(value: str) -> None:
    assert asked_to_wait({"retry-after": value}) is None


@pytest.mark.parametrize("value", ["3600", "inf", "1e400", "Wed, 21 Oct 2099 07:28:00 GMT"])
def test_who_asks_for_too_much_is_not_waited_for(value: str) -> None:
    with talk(status(429, "tomorrow", headers={"Retry-After": value}), says("Hello")) as talking:
        error = talking.fault()
    assert (error.kind, error.final, talking.time.waits, talking.calls) == ("rate_limit", True, [], 1)
    assert "tomorrow" in error.reason
    assert "more than 120 are not waited" in error.reason


def test_without_a_wish_each_wait_is_about_twice_the_last() -> None:
    with talk(status(500), attempts=5) as talking:
        talking.fault()
    assert talking.calls == 5
    for waited, whole in zip(talking.time.waits, [0.5, 1.0, 2.0, 4.0], strict=True):
        assert 0.75 * whole <= waited <= 1.25 * whole
    assert [seconds for _, seconds in talking.told] == talking.time.waits
    assert "answered 500" in talking.told[0][0]


def test_no_wait_grows_beyond_half_a_minute_and_two_are_seldom_the_same() -> None:
    assert max(back_off(attempt) for attempt in range(1, 2000)) <= 30 * 1.25
    assert len({back_off(3) for _ in range(20)}) > 1


def test_a_server_that_forbids_it_is_not_asked_again() -> None:
    with talk(status(500, headers={"X-Should-Retry": "false"})) as talking:
        assert talking.fault().kind == "server"
        assert talking.calls == 1


def test_what_one_thread_is_asked_to_wait_holds_for_all() -> None:
    def act(exchange: Exchange) -> None:
        busy = exchange.received.json["messages"][0]["content"] == "first" and len(talking.server.received) == 1
        (status(429, headers={"Retry-After": "10"}) if busy else says("Hello"))(exchange)

    with talk(act) as talking:
        asked = threading.Event()
        wait = talking.time.wait

        def second_asks_meanwhile(seconds: float) -> None:
            if not asked.is_set():
                asked.set()
                talking.ask("second")
            wait(seconds)

        talking.client._repeat._wait = second_asks_meanwhile
        talking.ask("first")
    assert [body["messages"][0]["content"] for body in talking.server.bodies] == ["first", "second", "first"]
    assert len(talking.time.waits) == 2  # the second text waited, too, before it was sent at all
    assert all(10 <= waited <= 10.5 for waited in talking.time.waits)


def test_closing_ends_the_waiting() -> None:
    waiting = threading.Event()
    caught: list[CallError] = []
    with Server(status(429, headers={"Retry-After": "100"})) as server:
        client = Client(server.address, on_wait=lambda *_: waiting.set())

        def ask() -> None:
            try:
                client.complete(Request(client.address, "talker", (Message("user", "x"),)))
            except CallError as error:
                caught.append(error)

        thread = threading.Thread(target=ask)
        thread.start()
        assert waiting.wait(20)
        client.close()
        thread.join(20)
    assert [error.kind for error in caught] == ["connection"]
    assert len(server.received) == 1


def test_closing_ends_a_call_that_is_just_being_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    with talk(says("Hello")) as talking:

        def closed_meanwhile(*_: object, **__: object) -> None:
            talking.client.close()
            raise RuntimeError("Cannot send a request, as the client has been closed.")

        monkeypatch.setattr(talking.client._openai, "post", closed_meanwhile)
        error = talking.fault()
    assert (error.kind, error.final) == ("connection", True)
    assert "is closed" in error.reason
