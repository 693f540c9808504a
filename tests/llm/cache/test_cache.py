"""What is kept: the answer as it came, under everything that can change it."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.llm.cache.asking import ADDRESS, answer, request, with_tokens
from textwright.llm.calls import Message, Request
from textwright.llm.client.keys import Key
from textwright.llm.kept.cache import Cache, default_cache
from textwright.llm.kept.stored import request_from
from textwright.types import Usage


@pytest.fixture
def cache(tmp_path: Path) -> Iterator[Cache]:
    with Cache(tmp_path / "deep" / "answers.sqlite") as opened:
        yield opened


@pytest.mark.parametrize("completion", [answer(), with_tokens(), answer("cut", finish="length"), answer("\ud800 \0")])
def test_an_answer_comes_back_as_it_was_marked_as_cached(cache: Cache, completion: object) -> None:
    cache.put(request(), completion)  # type: ignore[arg-type]
    found = cache.get(request())
    assert found is not None
    assert found.cached
    assert (found.text, found.finish, found.usage, found.tokens) == (
        completion.text,  # type: ignore[attr-defined]
        completion.finish,  # type: ignore[attr-defined]
        completion.usage,  # type: ignore[attr-defined]
        completion.tokens,  # type: ignore[attr-defined]
    )


def test_that_nobody_knows_the_price_is_kept(cache: Cache) -> None:
    cache.put(request(), answer(usage=Usage(10, 2, 0.0, 1, 0.5, unpriced=1)))
    found = cache.get(request())
    assert found is not None
    assert found.usage.unpriced == 1


def test_another_run_finds_it(tmp_path: Path) -> None:
    with Cache(tmp_path / "a.sqlite") as first:
        first.put(request(), answer())
    with Cache(tmp_path / "a.sqlite") as second:
        assert second.get(request()) is not None


SHOTS = (Message("user", "Chef, Oban"), Message("assistant", "Chef"))
ANOTHER_SHOT = (Message("user", "Chef, Oban"), Message("assistant", "Chef, Oban"))


@pytest.mark.parametrize(
    "other",
    [
        request("Head Gardener,  Leith"),
        request(model="talker-large"),
        request(address="http://localhost:8000/v1"),
        request(form="completion"),
        request(answer={"type": "object"}),
        request(enforce="none"),
        request(temperature=0.7),
        request(max_tokens=64),
        request(seed=1),
        request(seed=None),
        request(stop=("\n",)),
        request(logprobs=True),
        request(messages=(*SHOTS, *request().messages)),
    ],
    ids=lambda other: ",".join(
        name for name in Request.__dataclass_fields__ if getattr(other, name) != getattr(request(), name)
    ),
)
def test_whatever_can_change_an_answer_asks_anew(cache: Cache, other: Request) -> None:
    cache.put(request(), answer("the first"))
    assert cache.get(other) is None
    cache.put(other, answer("the second"))
    assert [found.text for each in (request(), other) if (found := cache.get(each))] == ["the first", "the second"]


def test_two_sets_of_examples_never_share_an_answer(cache: Cache) -> None:
    one, other = (request(messages=(*shots, *request().messages)) for shots in (SHOTS, ANOTHER_SHOT))
    cache.put(one, answer())
    assert cache.get(other) is None


def test_one_request_has_one_row_and_the_first_answer_stays(cache: Cache) -> None:
    for text in ("the first", "the second"):
        cache.put(request(), answer(text))
    assert cache.count() == 1
    assert cache.get(request()) == answer("the first", cached=True)


def test_a_person_can_see_what_was_asked_and_no_key(cache: Cache) -> None:
    cache.put(request(seed=7), answer())
    rows = sqlite3.connect(cache.path).execute("SELECT address, model, request, at, version FROM answers")
    [(address, model, kept, at, version)] = rows
    assert (address, model) == (ADDRESS, "talker")
    assert request_from(json.loads(kept)) == request(seed=7)
    assert datetime.fromisoformat(at).tzinfo is not None
    assert version


def test_no_key_can_stand_in_a_request() -> None:
    with pytest.raises(TypeError):
        json.dumps({"key": Key("sk-0123456789")})
    assert not {"key", "headers", "authorization"} & set(Request.__dataclass_fields__)


def test_counting_by_model_and_forgetting(cache: Cache) -> None:
    for number, model in enumerate(("talker", "talker", "writer")):
        cache.put(request(f"title {number}", model=model), answer("x" * 10_000))
    assert (cache.count(), cache.count(model="talker"), cache.count(model="talker", address="elsewhere")) == (3, 2, 0)
    assert cache.models() == [(ADDRESS, "talker"), (ADDRESS, "writer")]
    size, oldest = cache.size(), cache.oldest()
    assert oldest is not None
    assert oldest - datetime.now(UTC) < timedelta(minutes=1)
    assert cache.clear(before=oldest) == 0
    assert cache.clear() == 3
    assert (cache.count(), cache.oldest()) == (0, None)
    assert cache.size() < size


def test_the_environment_names_another_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TEXTWRIGHT_CACHE", raising=False)
    usual = default_cache()
    assert usual.parts[-2:] == ("textwright", "answers.sqlite")
    monkeypatch.setenv("TEXTWRIGHT_CACHE", str(tmp_path / "mine.sqlite"))
    assert default_cache() == tmp_path / "mine.sqlite"
    monkeypatch.setenv("TEXTWRIGHT_CACHE", "")
    assert default_cache() == usual


def test_an_answer_is_found_by_an_index_and_not_by_reading_all(cache: Cache) -> None:
    cache.put(request(), answer())
    plan = sqlite3.connect(cache.path).execute("EXPLAIN QUERY PLAN SELECT completion FROM answers WHERE key = 'x'")
    assert "USING INDEX" in plan.fetchone()[-1]
