from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence

import pytest

from tests.annotate.acting import act, numbers
from tests.annotate.conftest import NewDesk
from textwright.annotate import handing
from textwright.annotate.bias import Pair, bias_interval, f1
from textwright.annotate.desk import Desk
from textwright.errors import PredictionError
from textwright.schema import Schema, schema_of
from textwright.types import Annotation, Example, Span


class FirstWord:
    """Marks the first word."""

    def __init__(self, label: str = "RANK") -> None:
        self.label = label

    @property
    def schema(self) -> Schema:
        return schema_of([self.label])

    def predict(self, texts: Sequence[str]) -> list[Annotation]:
        return [Annotation((Span(0, len(text.split()[0]), self.label),)) for text in texts]


class Slow(FirstWord):
    """Answers when it is let go."""

    def __init__(self) -> None:
        super().__init__()
        self.may_go = threading.Event()

    def predict(self, texts: Sequence[str]) -> list[Annotation]:
        assert self.may_go.wait(60)
        return super().predict(texts)


class FailsOnThree(FirstWord):
    def predict(self, texts: Sequence[str]) -> list[Annotation]:
        for i, text in enumerate(texts):
            if text.endswith("3"):
                raise PredictionError(i, "three is too much")
        return super().predict(texts)


class Crashes(FirstWord):
    def predict(self, texts: Sequence[str]) -> list[Annotation]:
        raise ZeroDivisionError("a bug")


def eventually(condition: Callable[[], bool], seconds: float = 60.0) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.02)


def sources(desk: Desk, name: str = "ann") -> list[str | None]:
    tasks = desk.queue(name, limit=100)
    return [task.suggestion.source if task.suggestion else None for task in tasks]


def test_first_predictor_is_shown(new_desk: NewDesk) -> None:
    desk = new_desk(suggesters=("one", "two"), blind_share=0.0)
    desk.suggest_with({"one": FirstWord(), "two": FirstWord("JOB")})
    eventually(lambda: sources(desk) == ["one"] * 6)
    assert desk.queue("ann", limit=1)[0].suggestion.annotation.spans == (Span(0, 6, "RANK"),)  # type: ignore[union-attr]


def test_what_the_file_says_comes_before_predictors(new_desk: NewDesk) -> None:
    desk = new_desk(texts=0, suggesters=("one",), blind_share=0.0)
    desk.add([Example("g", "Head Chef", Annotation((Span(5, 9, "JOB"),))), Example("n", "Nurse")])
    desk.suggest_with({"one": FirstWord()})
    eventually(lambda: sources(desk) == ["file", "one"])


def test_labels_that_the_schema_does_not_know_are_left_out(new_desk: NewDesk) -> None:
    desk = new_desk(texts=1, suggesters=("one",), blind_share=0.0)
    desk.suggest_with({"one": FirstWord("TOWN")})
    eventually(lambda: sources(desk) == ["one"])
    assert desk.queue("ann", limit=1)[0].suggestion.annotation.spans == ()  # type: ignore[union-attr]


def test_texts_are_not_kept_back_for_a_slow_predictor(new_desk: NewDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(handing, "OPENING_SECONDS", 0.0)
    desk, slow = new_desk(texts=40, suggesters=("slow",), blind_share=0.0), Slow()
    desk.suggest_with({"slow": slow})
    assert sources(desk) == [None] * 3
    slow.may_go.set()


@pytest.mark.parametrize(("predictor", "failed"), [(FailsOnThree(), 1), (Crashes(), 6)])
def test_failing_predictor_gives_no_suggestion_and_is_said_once(
    new_desk: NewDesk, said: list[str], predictor: FirstWord, failed: int
) -> None:
    desk = new_desk(suggesters=("bad",), blind_share=0.0)
    desk.suggest_with({"bad": predictor})
    eventually(lambda: len(sources(desk)) == 6)
    assert sources(desk).count(None) == failed
    assert len(said) == 1


def test_share_of_texts_is_shown_without_and_always_the_same(new_desk: NewDesk) -> None:
    desk = new_desk(texts=200, suggesters=("one",), blind_share=0.25, alone=True)
    desk.suggest_with({"one": FirstWord()})
    eventually(lambda: len(numbers(desk, "ann")) >= 100)
    eventually(lambda: len(sources(desk)) == 100)
    first = sources(desk)
    assert first[:5] == ["one"] * 5
    assert 10 <= first.count(None) <= 40
    assert sources(desk) == first


def test_bias_of_suggesting_is_the_difference_to_texts_shown_without(new_desk: NewDesk) -> None:
    desk = new_desk(texts=100, suggesters=("one",), blind_share=0.5, alone=True)
    desk.suggest_with({"one": FirstWord()})
    eventually(lambda: len(sources(desk)) == 100)
    for task in desk.queue("ann", limit=100):
        if task.suggestion:
            act(desk, "ann", task.text.number, (0, 6, "RANK"), seconds=1)
        else:
            act(desk, "ann", task.text.number, (0, 6, "JOB"), seconds=3)
    found = desk.progress("ann", everybody=True)["suggesting"]
    assert (found["shown"]["f1_kept"], found["blind"]["f1_kept"]) == (1.0, 0.0)
    assert (found["shown"]["seconds_per_text"], found["blind"]["seconds_per_text"]) == (1, 3)
    assert found["shown"]["texts"] + found["blind"]["texts"] == 100
    assert found["bias"] == {"difference": 1.0, "low": 1.0, "high": 1.0}


def test_interval_of_the_bias_holds_the_difference_and_needs_some_texts() -> None:
    shown, blind = [Pair(1, 1, 1)] * 15 + [Pair(0, 1, 1)] * 5, [Pair(1, 1, 1)] * 10 + [Pair(0, 1, 1)] * 10
    interval = bias_interval(shown, blind)
    assert interval is not None
    assert interval.low < (f1(shown) or 0) - (f1(blind) or 0) < interval.high
    assert bias_interval(shown, blind[:4]) is None


def test_desk_closes_at_once_whatever_the_suggester_is_at(new_desk: NewDesk) -> None:
    asked, go, ended = threading.Event(), threading.Event(), list[str]()

    class Endless(FirstWord):
        def predict(self, texts: Sequence[str]) -> list[Annotation]:
            asked.set()
            go.wait(60)
            ended.extend(texts)
            return super().predict(texts)

    desk = new_desk(suggesters=("slow",), order="disagree")
    desk.suggest_with({"slow": Endless(), "slower": Endless()})
    assert asked.wait(60)
    desk.close()
    desk.close()
    assert ended == []
    go.set()
