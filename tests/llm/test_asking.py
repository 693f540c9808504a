"""Asking: what is sent, what is sent again, and that a failure is that of its own text."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from threading import Barrier, Event, Lock
from typing import Any

import pytest

from textwright.errors import CallError
from textwright.llm.asking import Settings, ask, ask_all
from textwright.llm.calls import Completion, Message, Request
from textwright.types import Usage

SCHEMA: Mapping[str, Any] = {
    "type": "object",
    "properties": {"n": {"type": "integer"}},
    "required": ["n"],
    "additionalProperties": False,
}
SETTINGS = Settings(address="http://127.0.0.1/v1", model="m")


@dataclass(frozen=True)
class Number:
    """Asks how long a text is."""

    answer: Mapping[str, Any] | None = None

    def messages(self, text: str) -> tuple[Message, ...]:
        return (Message("system", "Count."), Message("user", text))

    def problems(self, value: Any) -> list[str]:
        return ["no text is so long"] if value.get("n", 0) > 1000 else []


@dataclass
class Model:
    """Answers with a function, and remembers what was asked."""

    says: Callable[[Request], str]

    def __post_init__(self) -> None:
        self.asked: list[Request] = []
        self._lock = Lock()

    def complete(self, request: Request) -> Completion:
        with self._lock:
            self.asked.append(request)
        return completion(self.says(request))


def completion(text: str, *, cached: bool = False, finish: str = "stop") -> Completion:
    usage = Usage(prompt_tokens=10, completion_tokens=2, cost=0.5, calls=1, seconds=0.25)
    return Completion(text, finish, usage, cached=cached)


def length(request: Request) -> str:
    return f'{{"n": {len(request.messages[1].content)}}}'


def in_turn(*texts: str) -> Callable[[Request], str]:
    waiting = iter(texts)
    return lambda _: next(waiting)


def test_an_answer_is_read_and_counted() -> None:
    reply = ask(Number(SCHEMA), "abc", Model(length), SETTINGS)
    assert reply.value == {"n": 3}
    assert reply.problem is None
    assert reply.usage == Usage(10, 2, 0.5, 1, 0.25)
    assert not reply.cached


def test_a_wrong_answer_is_asked_again_with_what_is_wrong() -> None:
    model = Model(in_turn('{"n": "three"}', '{"n": 3}'))
    reply = ask(Number(SCHEMA), "abc", model, SETTINGS)
    assert reply.value == {"n": 3}
    assert reply.usage.calls == 2
    assert reply.usage.prompt_tokens == 20
    said, asked = model.asked[1].messages[-2:]
    assert said == Message("assistant", '{"n": "three"}')
    assert asked.role == "user"
    assert "cannot be used" in asked.content


def test_an_answer_of_the_right_shape_may_be_wrong_all_the_same() -> None:
    model = Model(in_turn('{"n": 5000}', '{"n": 3}'))
    assert ask(Number(SCHEMA), "abc", model, SETTINGS).value == {"n": 3}
    assert "no text is so long" in model.asked[1].messages[-1].content


def test_answers_that_stay_wrong_are_a_problem_and_end() -> None:
    model = Model(lambda _: "I would rather not")
    reply = ask(Number(SCHEMA), "abc", model, Settings(address="a", model="m", attempts=3))
    assert reply.value is None
    assert reply.problem is not None
    assert reply.problem.kind == "answer"
    assert len(model.asked) == 3


def test_an_answer_that_was_cut_off_says_what_may_help() -> None:
    class Cut:
        def complete(self, request: Request) -> Completion:
            return completion("", finish="length")

    reply = ask(Number(SCHEMA), "abc", Cut(), SETTINGS)
    assert reply.problem is not None
    assert "max_tokens" in reply.problem.reason


def test_plain_text_is_an_answer_where_no_shape_is_asked_for() -> None:
    assert ask(Number(), "abc", Model(lambda _: " three \n"), SETTINGS).value == "three"


def test_an_empty_answer_is_none() -> None:
    reply = ask(Number(), "abc", Model(lambda _: " \n"), SETTINGS)
    assert reply.problem is not None
    assert reply.problem.kind == "answer"


def test_what_came_from_a_cache_made_no_call_and_keeps_its_cost() -> None:
    class Kept:
        def complete(self, request: Request) -> Completion:
            return completion('{"n": 1}', cached=True)

    reply = ask(Number(SCHEMA), "abc", Kept(), SETTINGS)
    assert reply.cached
    assert reply.usage == Usage(10, 2, 0.5, 0, 0.25)


def failing_at(word: str, error: CallError) -> Callable[[Request], str]:
    def says(request: Request) -> str:
        if word in request.messages[1].content:
            raise error
        return length(request)

    return says


def test_a_failure_is_that_of_its_own_text() -> None:
    model = Model(failing_at("bad", CallError("server", "500")))
    replies = list(ask_all(Number(SCHEMA), ["a", "bad", "ccc"], model, SETTINGS))
    assert [each.value for each in replies] == [{"n": 1}, None, {"n": 3}]
    assert replies[1].problem is not None
    assert (replies[1].problem.kind, replies[1].problem.reason) == ("server", "500")


def test_after_a_failure_that_no_text_escapes_nothing_more_is_sent() -> None:
    model = Model(failing_at("t", CallError("refused", "the key is wrong", final=True)))
    replies = list(ask_all(Number(SCHEMA), [f"t{i}" for i in range(200)], model, SETTINGS, concurrency=2))
    assert {each.problem.kind for each in replies if each.problem} == {"refused"}
    assert len(replies) == 200
    assert len(model.asked) <= 2


@pytest.mark.parametrize("concurrency", [1, 3, 16])
def test_replies_stand_in_the_order_of_the_texts(concurrency: int) -> None:
    texts = ["x" * n for n in range(50)]
    replies = ask_all(Number(SCHEMA), texts, Model(length), SETTINGS, concurrency=concurrency)
    assert [each.value for each in replies] == [{"n": n} for n in range(50)]


def test_so_many_texts_are_asked_at_once() -> None:
    together = Barrier(4, timeout=60)

    def meets(request: Request) -> str:
        together.wait()
        return length(request)

    replies = list(ask_all(Number(SCHEMA), ["a"] * 8, Model(meets), SETTINGS, concurrency=4))
    assert all(each.value == {"n": 1} for each in replies)


def test_texts_are_taken_as_they_are_needed() -> None:
    taken: list[int] = []

    def endless() -> Iterator[str]:
        for number in range(10**9):
            taken.append(number)
            yield "x"

    replies = ask_all(Number(SCHEMA), endless(), Model(length), SETTINGS, concurrency=2)
    for _ in range(10):
        next(replies)
    replies.close()  # type: ignore[attr-defined]  # a generator
    assert len(taken) < 30


def test_a_bug_of_ours_is_no_failure_of_a_text() -> None:
    def broken(request: Request) -> str:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        list(ask_all(Number(SCHEMA), ["a", "b"], Model(broken), SETTINGS))


def test_settings_that_ask_never_are_refused() -> None:
    with pytest.raises(ValueError, match="attempts is 0"):
        Settings(address="a", model="m", attempts=0)


@pytest.mark.parametrize(
    "other",
    [
        Settings(address="a", model="other"),
        Settings(address="b", model="m"),
        Settings(address="a", model="m", temperature=0.5),
        Settings(address="a", model="m", seed=1),
        Settings(address="a", model="m", max_tokens=9),
        Settings(address="a", model="m", stop=("\n",)),
        Settings(address="a", model="m", form="completion"),
        Settings(address="a", model="m", enforce="none"),
        Settings(address="a", model="m", logprobs=True),
    ],
)
def test_whatever_can_change_an_answer_changes_the_key(other: Settings) -> None:
    keys = set()
    for settings in (Settings(address="a", model="m"), other):
        model = Model(length)
        ask(Number(SCHEMA), "abc", model, settings)
        keys.add(model.asked[0].key)
    assert len(keys) == 2


def test_the_order_of_an_answers_parts_changes_the_key() -> None:
    keys = set()
    for names in (("label", "reason"), ("reason", "label")):
        schema = {"type": "object", "properties": {name: {"type": "string"} for name in names}}
        model = Model(lambda _: '{"label": "a", "reason": "b"}')
        ask(Number(schema), "abc", model, SETTINGS)
        keys.add(model.asked[0].key)
    assert len(keys) == 2


def test_an_answer_that_was_cut_off_is_not_asked_for_again() -> None:
    asked = []

    class Cut:
        def complete(self, request: Request) -> Completion:
            asked.append(request)
            return completion('{"n": ', finish="length")

    assert ask(Number(SCHEMA), "abc", Cut(), SETTINGS).problem is not None
    assert len(asked) == 1


def test_whoever_interrupts_does_not_wait_for_a_server_that_is_busy() -> None:
    released = Event()

    def waits(request: Request) -> str:
        assert released.wait(30)
        return length(request)

    def texts() -> Iterator[str]:
        yield "a"
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        list(ask_all(Number(SCHEMA), texts(), Model(waits), SETTINGS, on_interrupt=released.set))
