from __future__ import annotations

from collections.abc import Sequence

import pytest

from tests.annotate.acting import numbers
from tests.annotate.conftest import NewDesk
from tests.annotate.test_suggesting import FirstWord, eventually
from textwright.annotate.diversity import diverse_first
from textwright.annotate.doubts import difference, doubt
from textwright.annotate.settings import chance
from textwright.schema import Schema
from textwright.types import Annotation, Category, Example, Scores, Span


class Unsure(FirstWord):
    """Is the less sure the higher the number at the end of a text is."""

    def score(self, texts: Sequence[str]) -> list[Scores]:
        return [Scores((Span(0, 6, "RANK", 1 - int(text.split()[-1]) / 20),)) for text in texts]


class OddOnes(FirstWord):
    """Says otherwise for text 4."""

    def predict(self, texts: Sequence[str]) -> list[Annotation]:
        return [
            Annotation(()) if text.endswith("4") else said
            for text, said in zip(texts, super().predict(texts), strict=True)
        ]


def test_random_order_depends_on_the_seed_alone(new_desk: NewDesk) -> None:
    expected = {seed: sorted(range(1, 21), key=lambda n: chance("order", seed, f"t{n - 1}")) for seed in (1, 2)}
    assert expected[1] != expected[2]
    for seed in (1, 2):
        desk = new_desk(texts=20, order="random", seed=seed, alone=True)
        eventually(lambda: numbers(desk, "ann") == expected[seed])  # noqa: B023 - called at once
        desk.close()


def test_given_order_comes_back_after_another(new_desk: NewDesk) -> None:
    mixed = new_desk(texts=20, order="random", alone=True)
    eventually(lambda: numbers(mixed, "ann") != list(range(1, 21)))
    mixed.close()
    desk = new_desk(texts=20, alone=True)
    eventually(lambda: numbers(desk, "ann") == list(range(1, 21)))


def test_uncertain_texts_come_first(new_desk: NewDesk) -> None:
    desk = new_desk(order="uncertain", suggesters=("u",))
    desk.suggest_with({"u": Unsure()})
    eventually(lambda: numbers(desk, "ann") == [6, 5, 4, 3, 2, 1])


def test_texts_on_which_methods_disagree_come_first(new_desk: NewDesk) -> None:
    desk = new_desk(order="disagree", suggesters=("one", "two"))
    desk.suggest_with({"one": FirstWord(), "two": OddOnes()})
    eventually(lambda: numbers(desk, "ann")[0] == 5)


def test_diverse_texts_come_first(new_desk: NewDesk) -> None:
    desk = new_desk(texts=0, order="diverse")
    same = [Example(f"s{i}", "Senior Chef") for i in range(5)]
    desk.add([*same, Example("n", "Nurse"), *[Example(f"r{i}", "Senior Chef") for i in range(5)]])
    eventually(lambda: 6 in numbers(desk, "ann")[:2])


def test_diverse_choice_keeps_away_from_what_is_known() -> None:
    assert next(iter(diverse_first(["chef", "nurse", "chefs"], known=["chef de partie"]))) == 1
    assert sorted(diverse_first(["a", "b", ""])) == [0, 1, 2]


@pytest.mark.parametrize(
    ("scores", "expected"),
    [
        (Scores(), 0.0),
        (Scores((Span(0, 1, "A", 1.0), Span(0, 2, "B", 0.0))), 0.0),
        (Scores((Span(0, 1, "A", 0.5), Span(0, 2, "B", 0.5))), 0.75),
        (Scores((), (Category("one", "a", 0.7), Category("one", "b", 0.3))), 0.3),
        (Scores((), (Category("many", "a", 0.5), Category("many", "b", 0.5))), 0.75),
    ],
)
def test_doubt_is_what_the_best_answer_lacks(scores: Scores, expected: float) -> None:
    tasks = {"one": {"labels": ["a", "b"]}, "many": {"labels": ["a", "b"], "multiple": True}}
    assert doubt(scores, Schema.from_data({"tasks": tasks})) == expected


def test_difference_of_three_is_the_mean_of_their_pairs() -> None:
    a, b = Annotation((Span(0, 1, "A"),)), Annotation((Span(0, 1, "B"),))
    assert difference([a, a, b]) == pytest.approx(2 / 3)
    assert (
        difference([a])
        == difference(
            [
                Annotation(
                    (),
                ),
                Annotation(
                    (),
                ),
            ]
        )
        == 0.0
    )
