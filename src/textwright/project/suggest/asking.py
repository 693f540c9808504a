"""Ask what needs a while in the background: the page asks again until the answer is there."""

from __future__ import annotations

import threading
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

from textwright.errors import TextwrightError

Given = TypeVar("Given")


class Asking(Generic[Given]):
    """One question at a time; another one takes its place."""

    def __init__(self) -> None:
        """Begin without a question."""
        self._lock = threading.Lock()
        self._question: Hashable = None
        self._answer: Given | None = None
        self._failed: TextwrightError | None = None

    def ask(self, question: Hashable, work: Callable[[], Given]) -> Given | None:
        """Return the answer to a question, or None while it is worked out. Raise what the work raised."""
        with self._lock:
            if question != self._question:
                self._begin(question, work)
            if self._failed is not None:
                failed, self._question, self._failed = self._failed, None, None
                raise failed
            return self._answer

    def _begin(self, question: Hashable, work: Callable[[], Given]) -> None:
        self._question, self._answer, self._failed = question, None, None
        threading.Thread(target=self._run, args=(question, work), name="textwright asking", daemon=True).start()

    def _run(self, question: Hashable, work: Callable[[], Given]) -> None:
        answer: Given | None = None
        failed: TextwrightError | None = None
        try:
            answer = work()
        except TextwrightError as error:
            failed = error
        with self._lock:
            if question == self._question:
                self._answer, self._failed = answer, failed
