"""Ask what needs a while in the background: the page asks again, and sees what is there so far."""

from __future__ import annotations

import threading
from collections.abc import Callable, Hashable, Iterator
from typing import Generic, TypeVar

from textwright.errors import TextwrightError

Given = TypeVar("Given")


class Asking(Generic[Given]):
    """One question at a time; another one takes its place."""

    def __init__(self) -> None:
        """Begin without a question."""
        self._lock = threading.Lock()
        self._question: Hashable = None
        self._so_far: Given | None = None
        self._failed: TextwrightError | None = None
        self._running = False

    def ask(self, question: Hashable, work: Callable[[], Iterator[Given]]) -> tuple[Given | None, bool]:
        """Return the answer to a question so far, and whether more is to come. Raise what the work raised.

        `work` yields answers, each better than the one before.
        """
        with self._lock:
            if question != self._question:
                self._begin(question, work)
            if self._failed is not None:
                failed, self._question = self._failed, None
                raise failed
            return self._so_far, self._running

    def stop(self) -> None:
        """Leave the question that is asked: nobody waits for its answer."""
        with self._lock:
            self._question = None

    def _begin(self, question: Hashable, work: Callable[[], Iterator[Given]]) -> None:
        self._question, self._so_far, self._failed, self._running = question, None, None, True
        threading.Thread(target=self._run, args=(question, work), name="textwright asking", daemon=True).start()

    def _run(self, question: Hashable, work: Callable[[], Iterator[Given]]) -> None:
        try:
            for answer in work():
                if not self._note(question, answer, None, running=True):
                    return
            self._note(question, self._so_far, None, running=False)
        except TextwrightError as error:
            self._note(question, None, error, running=False)

    def _note(self, question: Hashable, answer: Given | None, failed: TextwrightError | None, *, running: bool) -> bool:
        """Keep an answer, unless another question was asked meanwhile."""
        with self._lock:
            if question != self._question:
                return False
            self._so_far, self._failed, self._running = answer, failed, running
            return True
