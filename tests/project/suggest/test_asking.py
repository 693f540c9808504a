from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest

from textwright.errors import ModelError
from textwright.project.suggest.asking import Asking


def settle() -> None:
    for thread in threading.enumerate():
        if thread.name == "textwright asking":
            thread.join(60)


def test_answer_grows_until_it_is_whole() -> None:
    asking, on, seen = Asking[int](), threading.Event(), threading.Event()

    def work() -> Iterator[int]:
        yield 1
        seen.set()
        on.wait(60)
        yield 2

    asking.ask("a", work)
    seen.wait(60)
    assert asking.ask("a", work) == (1, True)
    on.set()
    settle()
    assert asking.ask("a", work) == (2, False)


def test_another_question_takes_the_place_of_the_first() -> None:
    asking, on = Asking[str](), threading.Event()

    def slow() -> Iterator[str]:
        on.wait(60)
        yield "old"

    asking.ask("a", slow)
    asking.ask("b", lambda: iter(["new"]))
    on.set()
    settle()
    assert asking.ask("b", slow) == ("new", False)


def test_what_failed_is_raised_and_asked_again_then() -> None:
    def broken() -> Iterator[str]:
        raise ModelError("no server")
        yield ""

    asking = Asking[str]()
    asking.ask("a", broken)
    settle()
    with pytest.raises(ModelError, match="no server"):
        asking.ask("a", broken)
    asking.ask("a", lambda: iter(["there"]))
    settle()
    assert asking.ask("a", broken) == ("there", False)


def test_question_that_nobody_waits_for_is_left() -> None:
    asking = Asking[str]()
    asking.ask("a", lambda: iter(["x"]))
    asking.stop()
    settle()
    asking.ask("a", lambda: iter(["y"]))
    settle()
    assert asking.ask("a", lambda: iter(["z"])) == ("y", False)
