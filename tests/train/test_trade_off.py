from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace

import pytest

from textwright.dataset import Dataset
from textwright.schema import Schema, schema_of
from textwright.train.trade_off import TradeOff, trade_off
from textwright.types import Annotation, Example, Scores, Span

TOWNS = schema_of(["TOWN"])
DATA = Dataset([Example(str(i), f"{i:02}", Annotation((Span(0, 2, "TOWN"),))) for i in range(20)], name="towns")


@dataclass(frozen=True)
class Half:
    """Right from the tenth text on, and the surer the larger the number."""

    schema: Schema = TOWNS

    def predict(self, texts: Sequence[str]) -> list[Annotation]:
        return [Annotation((Span(0, 2 if int(text) >= 10 else 1, "TOWN"),)) for text in texts]

    def score(self, texts: Sequence[str]) -> list[Scores]:
        found = zip(texts, self.predict(texts), strict=True)
        return [Scores(tuple(replace(s, score=0.4 + int(text) / 50) for s in each.spans or ())) for text, each in found]


@dataclass(frozen=True)
class Silent:
    """Right where it finds anything."""

    silent: int
    schema: Schema = TOWNS

    def predict(self, texts: Sequence[str]) -> list[Annotation]:
        return [Annotation((Span(0, 2, "TOWN"),) if int(text) >= self.silent else ()) for text in texts]


@pytest.fixture(scope="module")
def found() -> TradeOff:
    return trade_off(Half(), Silent(0), DATA, names=("half", "all"))


def test_the_least_sure_texts_go_on(found: TradeOff) -> None:
    exact = {point.share: point.exact for point in found.points["whole_text"]}
    assert (exact[0.0], exact[0.1], exact[0.5], exact[1.0]) == (0.5, 0.6, 1.0, 1.0)
    below = {point.share: point.below for point in found.points["whole_text"]}
    assert below[0.5] == pytest.approx(0.6)


def test_the_words_name_the_least_share_that_is_best(found: TradeOff) -> None:
    assert found.lines()[0] == "half, then all, on 20 texts of towns:"
    assert "half alone 50.0 of 100, all alone 100.0; best 100.0, with the least sure 50% passed on." in found.lines()[1]


def test_of_a_model_without_probabilities_the_empty_answers_go_on() -> None:
    found = trade_off(Silent(5), Silent(0), DATA)
    assert [(point.share, point.exact) for point in found.points["whole_text"]] == [(0, 0.75), (0.25, 1.0), (1, 1.0)]


def test_it_is_drawn_and_is_plain_data(found: TradeOff) -> None:
    assert found.to_html().count("<svg") == 2
    assert json.loads(json.dumps(found.to_data()))["points"]["exact:TOWN"][0]["exact"] == 0.5
