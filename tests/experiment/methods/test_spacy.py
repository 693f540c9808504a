"""Which of spaCy's pipes learns what, and that its model can be opened again."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.train.tiny import DEV, SCHEMA, TRAIN
from textwright.dataset import Dataset
from textwright.errors import DataError
from textwright.experiment.peers.spacy import SpacyModel, chosen_labels, fit, part_for
from textwright.schema import Label, Task
from textwright.types import Annotation, Category, Example, Span

NESTED = Dataset(TRAIN, schema=SCHEMA)
FLAT = Dataset([replace(each, gold=Annotation(spans=each.gold.spans[2:])) for each in TRAIN if each.gold.spans])
MOODS = Dataset([Example("a", "Fine", Annotation(categories=(Category("mood", "good"),)))])
ONE, MANY = (Task("mood", (Label("good"), Label("bad")), multiple=several) for several in (False, True))


@pytest.mark.parametrize(
    ("train", "part"),
    [
        (NESTED, "spancat"),
        (FLAT, "ner"),
        (MOODS, "textcat"),
        (Dataset(MOODS, schema=replace(MOODS.schema, tasks=(MANY,))), "textcat_multilabel"),
    ],
    ids=["nested", "flat", "one label", "several labels"],
)
def test_the_pipe_is_chosen_by_what_is_annotated(train: Dataset, part: str) -> None:
    assert part_for(train) == part


def test_texts_without_anything_cannot_be_learned() -> None:
    with pytest.raises(DataError, match="the train set has no spans and 0 tasks"):
        part_for(Dataset([Example("a", "Fine", Annotation(spans=()))]))


def test_labels_are_chosen_as_the_task_allows() -> None:
    values = {"good": 0.6, "bad": 0.5}
    assert chosen_labels(ONE, values) == (Category("mood", "good"),)
    assert chosen_labels(MANY, values) == (Category("mood", "good"), Category("mood", "bad"))


@pytest.mark.verify
@pytest.mark.parametrize("train", [NESTED, FLAT], ids=["nested", "flat"])
def test_a_trained_pipeline_is_opened_again(train: Dataset, tmp_path: Path) -> None:
    pytest.importorskip("spacy")
    heard: list[str] = []
    dev = train.with_examples(each for each in train if each.id in {one.id for one in list(train)[::5]})
    model = fit(train, dev, seed=0, steps=40, tell=heard.append)
    texts = [each.text for each in DEV]
    model.save(tmp_path)
    opened = SpacyModel.open(tmp_path)
    assert opened.predict(texts) == model.predict(texts)
    assert (opened.part, opened.size_bytes > 0, opened.schema) == (model.part, True, model.schema)
    assert heard[0].startswith("step 0, dev ")
    found = [span for each in opened.predict(texts) for span in each.spans or ()]
    assert found
    assert all(isinstance(span, Span) for span in found)
