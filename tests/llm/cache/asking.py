"""Requests, answers and something that answers, for the tests of the cache, recordings and budgets."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from textwright.errors import CallError
from textwright.llm.calls import Completion, Message, Request, Token
from textwright.types import Usage

ADDRESS = "https://llm.example.org/v1"


def request(text: str = "Head Gardener, Leith", **changes: Any) -> Request:
    messages = (Message("system", "Name the job."), Message("user", text))
    return replace(Request(ADDRESS, "talker", messages), **changes)


def answer(text: str = "Head Gardener", **changes: Any) -> Completion:
    usage = Usage(prompt_tokens=20, completion_tokens=5, cost=0.0, calls=1, seconds=0.25)
    return replace(Completion(text, "stop", usage), **changes)


def with_tokens() -> Completion:
    return answer("Häuptling ☃", tokens=(Token("Häupt", -0.25), Token("ling ☃", -1.5)))


class Answers:
    """Answers with what a function makes of the request, and remembers what it was asked."""

    def __init__(self, make: Callable[[Request], Completion] | None = None) -> None:
        self.make = make or (lambda asked: answer(f"answer to {asked.messages[-1].content}"))
        self.asked: list[Request] = []
        self._lock = threading.Lock()

    def complete(self, request: Request) -> Completion:
        with self._lock:
            self.asked.append(request)
        return self.make(request)


def fails(kind: str = "server") -> Answers:
    def fail(_: Request) -> Completion:
        raise CallError(kind, "the server is ill")

    return Answers(fail)


def together(count: int, act: Callable[[int], Any]) -> list[Any]:
    """Do something in several threads that begin at one moment; return what each returned or raised, in order."""
    results: list[Any] = [None] * count
    barrier = threading.Barrier(count)

    def one(number: int) -> None:
        barrier.wait()
        try:
            results[number] = act(number)
        except Exception as error:
            results[number] = error

    threads = [threading.Thread(target=one, args=(number,)) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results
