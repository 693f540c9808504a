from __future__ import annotations

import json
import random
from collections.abc import Sequence
from dataclasses import dataclass, replace

import pytest

from tests.train.tiny import EXAMPLES, SCHEMA, trainer
from textwright.dataset import Dataset
from textwright.errors import DataError
from textwright.predictor import Predictor
from textwright.schema import Label, Schema, Task
from textwright.train.doubt import Doubt, doubtful, doubts_of, folds_of, near_groups
from textwright.types import Annotation, Category, Example, Scores, Span


def wrong(example: Example, dice: random.Random) -> Example:
    """Leave the town out, call it a title, or cut a word of the title off."""
    title, core, town = example.gold.spans or ()
    spans = dice.choice(
        [(title, core), (title, core, replace(town, label="TITLE")), (replace(title, end=title.end - 2), core, town)]
    )
    return replace(example, gold=Annotation(spans=spans))


def test_planted_mistakes_come_first() -> None:
    dice = random.Random(0)
    places = set(dice.sample(range(len(EXAMPLES)), k=6))  # 5 of 100
    data = Dataset([wrong(each, dice) if i in places else each for i, each in enumerate(EXAMPLES)], schema=SCHEMA)
    found = doubts_of(data, lambda train: trainer(), folds=3)
    first = {each.example.id for each in found[: len(places)]}
    planted = {EXAMPLES[i].id for i in places}
    assert len(first & planted) >= 5


def test_what_is_doubted_is_named_with_its_kind() -> None:
    lost = replace(EXAMPLES[7], gold=Annotation(spans=(EXAMPLES[7].gold.spans or ())[:2]))
    data = Dataset([*EXAMPLES[:7], lost, *EXAMPLES[8:]], schema=SCHEMA)
    [worst, *_] = doubts_of(data, lambda train: trainer(), folds=3)
    assert worst.example.id == lost.id
    town = (EXAMPLES[7].gold.spans or ())[2]
    doubt = worst.doubts[0]
    assert (doubt.kind, doubt.start, doubt.end, doubt.label) == ("missing", town.start, town.end, "TOWN")
    assert doubt.probability > 0.5


SPANNED = Schema(labels=(Label("A"), Label("B")))


def said(*spans: Span) -> Scores:
    return Scores(spans=spans)


def test_unlikely_and_missing_spans_are_doubted_nested_ones_too() -> None:
    sure = [Example(str(i), "Ann Bo", Annotation((Span(0, 6, "A"), Span(0, 3, "B")))) for i in range(9)]
    odd = Example("odd", "Ann Bo", Annotation((Span(0, 6, "A"), Span(4, 6, "B"))))
    usual = said(Span(0, 6, "A", 0.9), Span(0, 3, "B", 0.92), Span(4, 6, "B", 0.02))
    [found] = doubtful([*sure, odd], [usual] * 10, SPANNED)
    assert found.example is odd
    kinds = {(each.kind, each.start, each.end, each.label) for each in found.doubts}
    assert kinds == {("unlikely", 4, 6, "B"), ("missing", 0, 3, "B")}


def test_what_is_hard_for_the_models_is_doubted_less() -> None:
    """The annotations of B are never likely: that one of them is unlikely says little."""
    examples = [Example(str(i), "Ann Bo", Annotation((Span(0, 6, "A"), Span(0, 3, "B")))) for i in range(10)]
    scores = [said(Span(0, 6, "A", 0.95), Span(0, 3, "B", 0.3)) for _ in range(8)]
    scores += [said(Span(0, 6, "A", 0.05), Span(0, 3, "B", 0.3)), said(Span(0, 6, "A", 0.95), Span(0, 3, "B", 0.05))]
    found = doubtful(examples, scores, SPANNED)
    assert [each.example.id for each in found] == ["8", "9"]
    assert found[0].doubts[0].weight > found[1].doubts[0].weight


def test_a_layer_that_was_not_annotated_is_not_doubted() -> None:
    blank = Example("a", "Ann", Annotation(categories=()))
    assert doubtful([blank], [said(Span(0, 3, "A", 0.99))], SPANNED) == []


CHOICES = Schema(
    tasks=(
        Task("mood", (Label("good"), Label("bad"))),
        Task("topics", (Label("food"), Label("work")), multiple=True),
    )
)


def categories(*given: tuple[str, str, float]) -> Scores:
    return Scores(categories=tuple(Category(*each) for each in given))


def marked(name: str, *given: tuple[str, str]) -> Example:
    return Example(name, name, Annotation(categories=tuple(Category(*each) for each in given)))


def test_categories_are_doubted() -> None:
    good = categories(("mood", "good", 0.9), ("mood", "bad", 0.1), ("topics", "food", 0.9), ("topics", "work", 0.02))
    examples = [marked(str(i), ("mood", "good"), ("topics", "food")) for i in range(9)]
    examples += [
        marked("sad", ("mood", "bad"), ("topics", "food")),
        marked("job", ("mood", "good"), ("topics", "work")),
    ]
    found = {each.example.id: each.doubts for each in doubtful(examples, [good] * 11, CHOICES)}
    named = {name: {(each.kind, each.task, each.label) for each in doubts} for name, doubts in found.items()}
    assert named == {
        "sad": {("unlikely", "mood", "bad"), ("missing", "mood", "good")},
        "job": {("unlikely", "topics", "work"), ("missing", "topics", "food")},
    }


def test_doubts_are_written_beside_what_the_file_holds() -> None:
    example = Example("a", "York", Annotation((Span(0, 4, "A"),)), extra={"mine": 1})
    [found] = doubtful([example] * 1, [said(Span(0, 4, "B", 0.99))], SPANNED) or [None]
    assert found is not None
    written = found.to_example()
    assert written.extra["mine"] == 1
    assert json.loads(json.dumps(written.extra["doubts"])) == [
        {"start": 0, "end": 4, "label": "A", "probability": 0.0, "kind": "unlikely"},
        {"start": 0, "end": 4, "label": "B", "probability": 0.99, "kind": "missing"},
    ]


def test_near_same_texts_are_never_divided() -> None:
    near = "Staff Nurse for a busy clinic, London"
    texts = [near, near.upper(), near.replace("Nurse", "Nurses"), "Chef de Partie", "Van Driver"]
    data = [Example(str(i), text) for i, text in enumerate(texts)]
    assert sorted(map(sorted, near_groups(data))) == [[0, 1, 2], [3], [4]]


def test_folds_are_equal_and_cover_all() -> None:
    data = Dataset([Example(str(i), f"{word} {i * 7919}") for i, word in enumerate(["cat", "owl", "bee", "fox"] * 5)])
    parts = folds_of(data, 4)
    assert [len(part) for part in parts] == [5, 5, 5, 5]
    assert sorted(place for part in parts for place in part) == list(range(20))


@pytest.mark.parametrize(
    ("texts", "folds", "message"),
    [(["a", "b", "c"], 1, "folds is 1"), (["same"] * 9, 2, r"1 different texts \(of 9\) are too few for 2 folds")],
)
def test_data_that_cannot_be_divided_are_refused(texts: list[str], folds: int, message: str) -> None:
    data = Dataset([Example(str(i), text, Annotation(())) for i, text in enumerate(texts)])
    with pytest.raises(DataError, match=message):
        folds_of(data, folds)


@dataclass(frozen=True)
class Silent:
    schema: Schema = SCHEMA

    def fit(self, train: Sequence[Example], dev: Sequence[Example]) -> Predictor:
        return self

    def predict(self, texts: Sequence[str]) -> list[Annotation]:
        return [Annotation(()) for _ in texts]


def test_judges_must_know_probabilities() -> None:
    with pytest.raises(DataError, match="a Silent gives no probabilities"):
        doubts_of(Dataset(EXAMPLES, schema=SCHEMA), lambda train: Silent(), folds=2)


def test_a_doubt_of_a_category_names_its_task() -> None:
    data = Doubt("missing", "good", 0.91239, 0.5, task="mood").to_data()
    assert data == {"task": "mood", "label": "good", "probability": 0.9124, "kind": "missing"}
