"""A cache around a completer: nothing is sent twice, no failure is kept, and what is missing offline is named."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import Future
from pathlib import Path

import pytest

from tests.llm.cache.asking import ADDRESS, Answers, answer, fails, request, together
from textwright.errors import CallError, StoreError
from textwright.llm.calls import Completion, Request
from textwright.llm.kept.cache import Cache, Cached


@pytest.fixture
def cache(tmp_path: Path) -> Iterator[Cache]:
    with Cache(tmp_path / "answers.sqlite") as opened:
        yield opened


def test_the_second_time_nothing_is_sent(cache: Cache) -> None:
    inner = Answers()
    completer = Cached(inner, cache)
    first, second = completer.complete(request()), completer.complete(request())
    assert (first.cached, second.cached) == (False, True)
    assert first.text == second.text
    assert len(inner.asked) == 1


def test_a_failure_is_not_kept(cache: Cache) -> None:
    ill = Cached(fails("timeout"), cache)
    for _ in range(2):
        with pytest.raises(CallError, match="ill"):
            ill.complete(request())
    assert cache.count() == 0
    assert Cached(Answers(), cache).complete(request()).text


def test_a_cut_answer_is_kept_as_one(cache: Cache) -> None:
    completer = Cached(Answers(lambda _: answer("Head Gar", finish="length")), cache)
    assert [completer.complete(request()).finish for _ in range(2)] == ["length", "length"]


def test_a_warm_answer_is_repeated_and_another_seed_asks_anew(cache: Cache) -> None:
    inner = Answers()
    completer = Cached(inner, cache)
    for seed in (1, 1, 2):
        completer.complete(request(temperature=0.9, seed=seed))
    assert [asked.seed for asked in inner.asked] == [1, 2]


@pytest.mark.parametrize("threads", [2, 16])
def test_the_same_asked_at_once_is_sent_once(cache: Cache, threads: int) -> None:
    all_ask = threading.Event()
    seen: list[int] = []

    def slow(_: Request) -> Completion:
        all_ask.wait(timeout=30)
        return answer()

    inner = Answers(slow)
    completer = Cached(inner, cache)

    def ask(number: int) -> Completion:
        seen.append(number)
        if len(seen) == threads:
            all_ask.set()
        return completer.complete(request())

    found = together(threads, ask)
    assert len(inner.asked) == 1
    assert sorted(each.cached for each in found) == [False, *[True] * (threads - 1)]
    assert cache.count() == 1


def test_a_failure_of_one_is_told_to_all_who_wait_and_the_next_asks_again(cache: Cache) -> None:
    inner = fails()
    completer = Cached(inner, cache)
    found = together(8, lambda _: completer.complete(request()))
    assert {type(each) for each in found} == {CallError}
    assert len(inner.asked) <= 8
    inner.make = lambda _: answer()
    assert completer.complete(request()).text == answer().text


def test_a_failure_that_was_only_waited_for_made_no_calls(cache: Cache) -> None:
    completer = Cached(Answers(), cache)
    other = completer._under_way[request().key] = Future()
    other.set_exception(CallError("refused", "the key is wrong", final=True, calls=3))
    with pytest.raises(CallError) as caught:
        completer.complete(request())
    assert (caught.value.kind, caught.value.final, caught.value.calls) == ("refused", True, 0)


def test_different_requests_do_not_wait_for_each_other(cache: Cache) -> None:
    other_came = threading.Event()

    def act(asked: Request) -> Completion:
        if asked.messages[-1].content == "other":
            other_came.set()
        assert other_came.wait(timeout=30)
        return answer()

    completer = Cached(Answers(act), cache)
    found = together(2, lambda number: completer.complete(request("other" if number else "one")))
    assert [each.text for each in found] == [answer().text] * 2


def test_offline_answers_what_is_there_and_names_what_is_not(cache: Cache) -> None:
    cache.put(request(), answer())
    offline = Cached(None, cache)
    assert offline.complete(request()).cached
    with pytest.raises(CallError) as caught:
        offline.complete(request("Signalman, Fort William"))
    assert (caught.value.kind, caught.value.final) == ("offline", False)
    for part in ("talker", ADDRESS, "Signalman, Fort William", str(cache.path), "It holds 1 answers of that model"):
        assert part in caught.value.reason


def test_offline_says_which_models_there_are_answers_of(cache: Cache) -> None:
    with pytest.raises(CallError, match="It is empty"):
        Cached(None, cache).complete(request())
    cache.put(request(), answer())
    with pytest.raises(CallError, match=f"It holds answers of talker at {ADDRESS}"):
        Cached(None, cache).complete(request(model="writer"))


def test_a_paid_answer_that_cannot_be_kept_is_not_lost(cache: Cache, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> None:
        raise StoreError("answers.sqlite: database or disk is full")

    monkeypatch.setattr(cache, "put", full)
    told: list[str] = []
    completer = Cached(Answers(), cache, on_note=told.append)
    assert [completer.complete(request(text)).text for text in "ab"] == ["answer to a", "answer to b"]
    assert len(told) == 1
    assert "disk is full" in told[0]
