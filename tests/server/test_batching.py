"""Texts of concurrent requests, put together: order, fairness, independence, and what is not computed."""

from __future__ import annotations

import asyncio
import json
import threading
import time
from collections.abc import Callable, Coroutine, Sequence
from typing import Any

import pytest

from tests.apart import run_apart
from textwright.predictor import Predictor
from textwright.references import open_model
from textwright.schema import Schema, schema_of
from textwright.server.batching import CHARACTERS, LONG, TEXTS, TURN, Batcher, Job
from textwright.server.metrics import Metrics, ModelMetrics
from textwright.server.problems import HttpProblem
from textwright.types import Annotation, Category


class Echo:
    """Answers with the text; waits for `go` and notes what it was asked together."""

    schema: Schema = schema_of([], tasks={"said": []})

    def __init__(self, *, waits: bool = False) -> None:
        self.batches: list[list[str]] = []
        self.go = threading.Event()
        if not waits:
            self.go.set()

    def predict(self, texts: Sequence[str]) -> list[Annotation]:
        self.go.wait(60)
        self.batches.append(list(texts))
        if "bad" in texts:
            raise KeyError("bad")
        return [Annotation(categories=(Category("said", text),)) for text in texts]


def run(predictor: Predictor, ask: Callable[[Batcher], Coroutine[Any, Any, Any]], *, threads: int = 1) -> Any:
    batcher = Batcher(predictor, ModelMetrics(Metrics(), "echo"), threads=threads)
    try:
        return run_apart(ask(batcher))
    finally:
        batcher.stop(60)


def said(answer: str) -> list[str]:
    return [each["categories"][0]["label"] for each in json.loads(f"[{answer}]")]


@pytest.mark.parametrize("threads", [1, 2])
def test_each_request_gets_its_own_answers_in_order(threads: int) -> None:
    requests = [[f"{number}-{place}" for place in range(number)] for number in range(1, 60)]

    async def ask(batcher: Batcher) -> list[str]:
        jobs = [Job(texts, "code_points") for texts in requests]
        for job in jobs:
            batcher.put(job)
        return await asyncio.gather(*(job.future for job in jobs))

    assert [said(answer) for answer in run(Echo(), ask, threads=threads)] == requests


def waiting(predictor: Echo, *requests: Sequence[str]) -> list[str | BaseException]:
    """Put requests into the queue while the model is busy with another, then let it go on."""

    async def ask(batcher: Batcher) -> list[str | BaseException]:
        first, *jobs = (Job(texts, "code_points") for texts in (["first"], *requests))
        batcher.put(first)
        while not first.begun:
            await asyncio.sleep(0.001)
        for job in jobs:
            batcher.put(job)
        predictor.go.set()
        return await asyncio.gather(*(job.future for job in jobs), return_exceptions=True)

    found: list[str | BaseException] = run(predictor, ask)
    return found


def test_what_waits_is_asked_together() -> None:
    echo = Echo(waits=True)
    waiting(echo, ["a"], ["b"], ["c"])
    assert echo.batches == [["first"], ["a", "b", "c"]]


def test_a_request_of_many_texts_holds_up_none_of_few() -> None:
    echo = Echo(waits=True)
    waiting(echo, ["many"] * 10 * TEXTS, ["few"])
    assert "few" in echo.batches[1]
    assert echo.batches[1].index("few") == TURN
    assert max(map(len, echo.batches)) == TEXTS


def test_long_texts_are_asked_few_at_once() -> None:
    echo = Echo(waits=True)
    waiting(echo, ["x" * CHARACTERS] * 3, ["y" * (CHARACTERS // 2)] * 3)
    assert max(sum(map(len, batch)) for batch in echo.batches) <= CHARACTERS * 1.5


def test_a_short_text_waits_for_one_long_one_at_most() -> None:
    echo = Echo(waits=True)
    waiting(echo, ["x" * CHARACTERS] * 2, ["y" * CHARACTERS] * 2, ["short"] * 3)
    assert [batch[0][:1] for batch in echo.batches] == ["f", "x", "s", "y", "x", "y"]


def test_of_two_threads_one_is_kept_for_short_texts() -> None:
    class Slow(Echo):
        def predict(self, texts: Sequence[str]) -> list[Annotation]:
            return super().predict(texts) if len(texts[0]) > LONG else Echo().predict(texts)

    slow = Slow(waits=True)

    async def ask(batcher: Batcher) -> list[str]:
        long = [Job(["x" * CHARACTERS] * 2, "code_points") for _ in range(3)]
        for job in long:
            batcher.put(job)
        while not long[0].begun:
            await asyncio.sleep(0.001)
        short = Job(["short"], "code_points")
        batcher.put(short)
        found = said(await short.future)
        assert not any(job.future.done() for job in long)
        slow.go.set()
        await asyncio.gather(*(job.future for job in long))
        return found

    assert run(slow, ask, threads=2) == ["short"]


def test_a_model_that_fails_is_counted() -> None:
    metrics = Metrics()
    batcher = Batcher(Echo(), ModelMetrics(metrics, "echo"))

    async def ask() -> None:
        job = Job(["bad", "b"], "code_points")
        batcher.put(job)
        with pytest.raises(HttpProblem):
            await job.future

    run_apart(ask())
    batcher.stop(60)
    shown = metrics.exposition().decode()
    for name in ("texts_total", "failed_texts_total", "batch_texts_sum"):
        assert f'textwright_{name}{{model="echo"}} 2.0' in shown


def test_a_text_at_which_the_model_fails_spoils_only_its_request() -> None:
    before, fails, after = waiting(Echo(waits=True), ["a"], ["b", "bad"], ["c"])
    assert (said(str(before)), said(str(after))) == (["a"], ["c"])
    assert isinstance(fails, HttpProblem)
    assert (fails.kind, "bad" in str(fails)) == ("fault", False)


def test_what_is_given_up_is_never_asked() -> None:
    echo = Echo(waits=True)

    async def ask(batcher: Batcher) -> str:
        first, gone, last = (Job([text], "code_points") for text in ("first", "gone", "last"))
        batcher.put(first)
        while not first.begun:
            await asyncio.sleep(0.001)
        batcher.put(gone)
        batcher.put(last)
        gone.give_up(TimeoutError())
        echo.go.set()
        with pytest.raises(TimeoutError):
            await gone.future
        return await last.future

    assert said(run(echo, ask)) == ["last"]
    assert echo.batches == [["first"], ["last"]]


def test_what_waits_is_answered_before_the_threads_end() -> None:
    echo = Echo(waits=True)
    batcher = Batcher(echo, ModelMetrics(Metrics(), "echo"))

    async def ask() -> list[str]:
        jobs = [Job([f"{number}"] * 200, "code_points") for number in range(3)]
        for job in jobs:
            batcher.put(job)
        stopped = asyncio.create_task(asyncio.to_thread(batcher.stop, 5))
        echo.go.set()
        await stopped
        return await asyncio.gather(*(job.future for job in jobs))

    assert [len(said(answer)) for answer in run_apart(ask())] == [200] * 3


def test_a_model_that_hangs_is_known() -> None:
    echo = Echo(waits=True)

    async def ask(batcher: Batcher) -> tuple[str | None, str | None]:
        job = Job(["a"], "code_points")
        batcher.put(job)
        while not job.begun:
            await asyncio.sleep(0.001)
        time.sleep(0.02)
        found = batcher.trouble(0.01)
        echo.go.set()
        await job.future
        return found, batcher.trouble(0.01)

    hanging, well = run(echo, ask)
    assert hanging is not None
    assert "0.01 seconds" in hanging
    assert well is None


@pytest.mark.parametrize("name", ["job_titles", "job_titles.rules"])
def test_an_answer_does_not_depend_on_its_neighbours(name: str) -> None:
    model = open_model(name)
    titles = [
        "Senior Nurse, Leeds",
        "Chef",
        "Lead UX Researcher - 6 month contract",
        "",
        "HGV Driver (Nights) £15ph",
    ] * 9
    alone = [each for title in titles for each in model.predict([title])]
    assert model.predict(titles) == alone
