from __future__ import annotations

import threading
from collections.abc import Sequence
from typing import Any

import pytest

from textwright.store.together import Together


def answers(together: Together, items: Sequence[Any]) -> dict[Any, Any]:
    """Run each item in a thread of its own; return what each was answered."""
    found: dict[Any, Any] = {}

    def run(item: Any) -> None:
        try:
            found[item] = together.run(item)
        except ValueError as error:
            found[item] = error

    threads = [threading.Thread(target=run, args=(item,)) for item in items]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert not any(thread.is_alive() for thread in threads)
    return found


def test_each_gets_its_own_answer_and_those_who_wait_go_together() -> None:
    batches: list[int] = []

    def work(items: Sequence[int]) -> list[int]:
        batches.append(len(items))
        threading.Event().wait(0.05)
        return [item * 2 for item in items]

    assert answers(Together(work), range(50)) == {item: item * 2 for item in range(50)}
    assert sum(batches) == 50
    assert len(batches) < 25


def test_no_batch_is_larger_than_the_most() -> None:
    batches: list[int] = []

    def work(items: Sequence[int]) -> list[int]:
        batches.append(len(items))
        threading.Event().wait(0.01)
        return list(items)

    answers(Together(work, most=3), range(20))
    assert max(batches) <= 3


def test_an_error_reaches_the_one_it_belongs_to() -> None:
    def work(items: Sequence[int]) -> list[Any]:
        return [ValueError("odd") if item % 2 else item for item in items]

    found = answers(Together(work), range(6))
    assert [isinstance(found[item], ValueError) for item in range(6)] == [False, True] * 3


def test_work_that_breaks_lets_nobody_wait() -> None:
    def work(items: Sequence[int]) -> list[int]:
        raise ValueError("broken")

    together = Together(work)
    assert all(isinstance(each, ValueError) for each in answers(together, range(5)).values())
    with pytest.raises(ValueError, match="broken"):
        together.run(1)
