"""Put the texts of concurrent requests together, so that a model is asked of many at once.

Each model has a queue and one thread or more that empty it. A batch is what waits when a thread is free: nobody waits
for others to come. Requests that wait give a few texts each in turn, so that one of many texts holds up none of few.
After a batch with a long text it is the short ones' turn, and of several threads one is kept for them.
"""

from __future__ import annotations

import asyncio
import logging
import threading
import time
from collections import defaultdict, deque
from collections.abc import Sequence
from typing import NamedTuple

from textwright.predictor import Predictor, answers
from textwright.server.answer_json import Unit, encoded
from textwright.server.faults import where_it_failed
from textwright.server.metrics import ModelMetrics
from textwright.server.problems import fault
from textwright.types import Answer

LOG = logging.getLogger(__name__)
# What a model is asked at once at most: some 40 ms of titles, or one long text.
TEXTS, CHARACTERS = 128, 20_000
# Texts that a request gives before the next one's turn.
TURN = 16
# A longer text may take seconds: short ones do not stand behind all that wait.
LONG = 5_000
Done = list[tuple["Piece", "str | Exception"]]


class Job:
    """The texts of one request on their way; all but `take` belongs to the event loop."""

    __slots__ = ("begun", "future", "given_up", "left", "loop", "offsets", "parts", "taken", "texts")

    def __init__(self, texts: Sequence[str], offsets: Unit) -> None:
        """Prepare the way of some texts, at least one."""
        self.texts, self.offsets = texts, offsets
        self.loop = asyncio.get_running_loop()
        self.future: asyncio.Future[str] = self.loop.create_future()
        self.parts: dict[int, str] = {}
        self.left, self.taken = len(texts), 0
        self.begun = self.given_up = False

    def take(self, texts: int, characters: int) -> Piece:
        """Take the next texts, one at least."""
        begin = end = self.taken
        while end < len(self.texts) and end - begin < texts and (len(self.texts[end]) <= characters or end == begin):
            characters -= len(self.texts[end])
            end += 1
        self.taken, self.begun = end, True
        return Piece(self, begin, self.texts[begin:end])

    def is_long(self) -> bool:
        """Say whether its next text is a long one."""
        return len(self.texts[self.taken]) > LONG

    def give_up(self, why: Exception) -> None:
        """Compute no more of it; whoever waits for its answer gets an error."""
        self.given_up = True
        if not self.future.done():
            self.future.set_exception(why)

    def deliver(self, piece: Piece, made: str | Exception) -> None:
        """Keep the answers to some of its texts; with the last of them the job is done."""
        if isinstance(made, Exception):
            self.give_up(made)
        self.left -= len(piece.texts)
        if self.future.done() or isinstance(made, Exception):
            return
        self.parts[piece.begin] = made
        if self.left == 0:
            self.future.set_result(", ".join(self.parts[begin] for begin in sorted(self.parts)))


class Piece(NamedTuple):
    """Some texts of a job, from a place on."""

    job: Job
    begin: int
    texts: Sequence[str]


class _Turn:
    """A thread, since when it is at its batch, and whether that, or else its last one, has a long text."""

    thread: threading.Thread
    since: float | None = None
    long: bool = False


class Batcher:
    """The queue of a model with the threads that empty it; they begin with the first request."""

    def __init__(self, predictor: Predictor, metrics: ModelMetrics, *, threads: int = 1) -> None:
        """Prepare to ask a model from some threads."""
        self.predictor, self.metrics, self.threads = predictor, metrics, threads
        self._jobs: deque[Job] = deque()
        self._changed = threading.Condition()
        self._turns: list[_Turn] = []
        self._stopping = False

    def put(self, job: Job) -> None:
        """Let a job wait for its turn."""
        if not self._turns:
            self._start()
        with self._changed:
            self._jobs.append(job)
            self._changed.notify()

    def stop(self, seconds: float) -> None:
        """End the threads after what waits is done, or after some seconds."""
        with self._changed:
            self._stopping = True
            self._changed.notify_all()
        end = time.monotonic() + seconds
        for turn in self._turns:
            turn.thread.join(max(0.0, end - time.monotonic()))
        self._turns, self._stopping = [], False

    def trouble(self, seconds: float) -> str | None:
        """Say what keeps the model from answering: a dead thread, or one at the same batch for so many seconds."""
        now = time.monotonic()
        if not all(turn.thread.is_alive() for turn in self._turns):
            return "its thread is dead"
        if any(turn.since is not None and now - turn.since > seconds for turn in self._turns):
            return f"it has been at the same texts for more than {seconds:g} seconds"
        return None

    # --- in the threads ---

    def _start(self) -> None:
        for _ in range(self.threads):
            turn = _Turn()
            turn.thread = threading.Thread(target=self._work, args=(turn,), daemon=True, name="model")
            self._turns.append(turn)
            turn.thread.start()

    def _work(self, turn: _Turn) -> None:
        while pieces := self._next(turn):
            done = self._answered(pieces)
            turn.since = None
            _hand_over(done)

    def _next(self, turn: _Turn) -> list[Piece]:
        """Wait for texts and take some; none when there is nothing more to do."""
        with self._changed:
            while True:
                pieces = self._for(turn)
                if pieces or self._stopping:
                    turn.since = time.monotonic()
                    turn.long = any(len(text) > LONG for piece in pieces for text in piece.texts)
                    return pieces
                self._changed.wait()

    def _for(self, turn: _Turn) -> list[Piece]:
        """Take a batch for a thread: after a long one, and while all others are at long ones, of short texts."""
        others = [other for other in self._turns if other is not turn]
        kept = bool(others) and all(other.long and other.since is not None for other in others)
        short = self._some(LONG, short=True) if kept or turn.long else []
        return short if short or kept else self._some(CHARACTERS)

    def _some(self, characters: int, *, short: bool = False) -> list[Piece]:
        """Take from each job in turn, until the batch is full; `short`: from those whose next text is no long one."""
        pieces, texts, passed = list[Piece](), TEXTS, list[Job]()
        while self._jobs and texts > 0 and characters > 0:
            job = self._jobs.popleft()
            if job.given_up:
                continue
            if short and job.is_long():
                passed.append(job)
                continue
            piece = job.take(min(texts, TURN), characters)
            texts -= len(piece.texts)
            characters -= sum(map(len, piece.texts))
            pieces.append(piece)
            if job.taken < len(job.texts):
                self._jobs.append(job)
        self._jobs.extendleft(reversed(passed))
        return pieces

    def _answered(self, pieces: Sequence[Piece]) -> Done:
        """Ask the model of all texts together; where that fails, of each request's alone."""
        began = time.perf_counter()
        try:
            return self._asked(pieces)
        except BaseException as error:
            if len(pieces) > 1:
                return [each for piece in pieces for each in self._answered([piece])]
            texts = len(pieces[0].texts)
            self.metrics.asked(texts, texts, time.perf_counter() - began)
            LOG.error("a model failed: %s", where_it_failed(error))
            return [(pieces[0], fault())]

    def _asked(self, pieces: Sequence[Piece]) -> Done:
        texts = [text for piece in pieces for text in piece.texts]
        began = time.perf_counter()
        found = list(answers(self.predictor, texts))
        self.metrics.asked(len(texts), sum(answer.annotation is None for answer in found), time.perf_counter() - began)
        return _encoded(pieces, found)


def _encoded(pieces: Sequence[Piece], found: Sequence[Answer]) -> Done:
    done, begin = Done(), 0
    for piece in pieces:
        end = begin + len(piece.texts)
        done.append((piece, encoded(piece.texts, found[begin:end], piece.job.offsets)))
        begin = end
    return done


def _hand_over(done: Done) -> None:
    """Give answers to the loops that wait for them; one that has closed waits no more."""
    by_loop: dict[asyncio.AbstractEventLoop, Done] = defaultdict(list)
    for piece, made in done:
        by_loop[piece.job.loop].append((piece, made))
    for loop, own in by_loop.items():
        try:
            loop.call_soon_threadsafe(_deliver, own)
        except RuntimeError:
            LOG.warning("an answer came after the server had stopped")


def _deliver(done: Done) -> None:
    for piece, made in done:
        piece.job.deliver(piece, made)
