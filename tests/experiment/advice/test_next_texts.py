from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pytest

from tests.evaluate.fakes import SCHEMA, Known, spans
from tests.experiment.advice.weighed import candidates, method
from textwright.dataset import Dataset
from textwright.errors import DataError
from textwright.experiment.advice.next_texts import cheap_to_ask, next_texts
from textwright.types import Annotation, Example, Scores, Span

TEXTS = ["Nurse", "Chef de partie", "Head gardener", "Estate agent", "Welder (nights)", "Java developer"]
POOL = Dataset([Example(f"p{place}", text) for place, text in enumerate(TEXTS)], name="pool")
JOB = {text: spans((0, len(text), "JOB")) for text in TEXTS}


def otherwise(*changed: str, label: str = "JOB") -> dict[str, Annotation]:
    return {text: spans((0, 3, label)) if text in changed else gold for text, gold in JOB.items()}


@dataclass
class Unsure(Known):
    """Gives each text's job a probability; 0.99 where it was not told one."""

    sure: Mapping[str, float] | None = None

    def score(self, texts: Sequence[str]) -> list[Scores]:
        return [Scores((Span(0, len(text), "JOB", (self.sure or {}).get(text, 0.99)),)) for text in texts]


def test_texts_on_which_methods_differ_come_first_with_what_each_says() -> None:
    [first] = next_texts(POOL, {"a": Known(JOB), "b": Known(otherwise("Estate agent"))}, count=1)
    assert first.example.text == "Estate agent"
    assert first.reason == "JOB: a says “Estate agent”, b says “Est”"
    assert first.score == 1.0


def test_texts_of_which_a_method_is_unsure_come_first() -> None:
    [first] = next_texts(POOL, {"a": Unsure(JOB, sure={"Nurse": 0.55})}, count=1)
    assert first.example.text == "Nurse"
    assert first.reason == "a gives its answer a chance of 55% only"


def test_a_method_that_is_sure_is_not_said_to_doubt() -> None:
    models = {"a": Unsure(JOB, sure={"Nurse": 0.55}), "b": Unsure(JOB)}
    [first] = next_texts(POOL, models, count=1)
    assert first.reason == "a gives its answer a chance of 55% only"


def test_what_is_not_scored_counts_for_nothing() -> None:
    models = {"a": Known(JOB), "b": Known(otherwise("Nurse", "Estate agent", label="TOWN"))}
    models["c"] = Known(otherwise("Nurse"))
    [first] = next_texts(POOL, models, count=1, labels=["JOB"])
    assert "TOWN" not in first.reason


def test_what_is_judged_on_or_annotated_is_left_out() -> None:
    found = next_texts(POOL, {"a": Known(JOB)}, count=6, held_out=["NURSE!", "java developer"], known=["Estate agent"])
    assert sorted(each.example.text for each in found) == ["Chef de partie", "Head gardener", "Welder (nights)"]


def test_of_equal_texts_one_is_taken() -> None:
    twice = Dataset([*POOL, *(Example(f"q{place}", text) for place, text in enumerate(TEXTS)), Example("e", " ")])
    assert len(next_texts(twice, {"a": Known(JOB)}, count=50)) == len(TEXTS)


def test_texts_that_are_like_what_is_annotated_come_last() -> None:
    found = next_texts(POOL, {"a": Known(JOB)}, count=4, known=["Chef de parties", "Head gardeners"])
    assert {"Chef de partie", "Head gardener"}.isdisjoint(each.example.text for each in found)


def test_a_text_without_an_answer_stops_nothing() -> None:
    silent = {text: gold for text, gold in JOB.items() if text != "Nurse"}
    found = next_texts(POOL, {"a": Known(silent), "b": Known(otherwise("Estate agent"))}, count=6)
    assert len(found) == 6
    assert found[0].example.text == "Estate agent"


def test_a_line_has_the_reason_and_no_annotation() -> None:
    [first] = next_texts(POOL, {"a": Known(JOB)}, count=1)
    line = first.to_example()
    assert set(line.extra) == {"reason", "score"}
    assert line.gold == Annotation()


@pytest.mark.parametrize(
    ("models", "held_out", "message"),
    [({}, [], "no method can be asked"), ({"a": Known(JOB, SCHEMA)}, TEXTS, "each of its 6 texts is annotated")],
)
def test_what_cannot_be_chosen_from_is_refused(models: dict[str, Known], held_out: list[str], message: str) -> None:
    with pytest.raises(DataError, match=message):
        next_texts(POOL, models, count=1, held_out=held_out)


def test_methods_that_are_slow_dear_or_made_of_others_are_not_asked() -> None:
    runs = [
        method("quick"),
        method("slow", ms=500),
        method("dear", cost=0.01),
        method("made", needs={"quick": "quick-0"}),
    ]
    assert [each.method for each in cheap_to_ask(candidates(*runs), 1000)] == ["quick"]
    assert [each.method for each in cheap_to_ask(candidates(*runs), 10)] == ["quick", "slow"]
