from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from tests.evaluate.fakes import SCHEMA, Known, spans
from textwright.dataset import Dataset
from textwright.errors import DataError
from textwright.experiment import curves
from textwright.experiment.curves import curve_file, curves_of, missing_trainings, run_curves
from textwright.experiment.file.experiment import CurveSpec, Experiment, Method
from textwright.predictor import Predictor
from textwright.types import Example

LINEAR = Method("linear", "recipe", {"recipe": "linear"})


def texts(kind: str, number: int) -> Dataset:
    examples = [Example(f"{kind}{i}", f"{kind} nurse {i}", spans((0, 5, "JOB"))) for i in range(number)]
    return Dataset(examples, schema=SCHEMA, name=kind)


DATA = {"train": texts("train", 200), "dev": texts("dev", 5), "test": texts("testing", 40)}


@dataclass
class Learner:
    """Learns to be right on as many test texts as it saw texts, up to all; counts what it was given."""

    fits: list[tuple[int, str]]
    breaks_at: int = 0

    def fit(self, train: Sequence[Example], dev: Sequence[Example]) -> Predictor:
        self.fits.append((len(train), dev[0].id))
        if len(self.fits) == self.breaks_at:
            raise KeyboardInterrupt
        right = len(train) // 5
        answers = {each.text: each.gold if place < right else spans() for place, each in enumerate(DATA["test"])}
        return Known(answers)


@pytest.fixture
def learner(monkeypatch: pytest.MonkeyPatch) -> Learner:
    made = Learner([])
    monkeypatch.setattr(curves, "_trainer", lambda *_: made)
    return made


def experiment(folder: Path, **facts: Any) -> Experiment:
    spec = CurveSpec("linear", (0.25, 0.5, 1.0), 2)
    known: dict[str, Any] = {"methods": (LINEAR,), "curves": (spec,), "measure": "exact:JOB", "runs": folder / "runs"}
    return Experiment(name="Small", path=folder / "experiment.toml", data={}, **{**known, **facts})


def quietly(line: str) -> None:
    pass


def test_each_training_is_made_once_stopped_by_dev_and_judged_on_the_test(tmp_path: Path, learner: Learner) -> None:
    small = experiment(tmp_path)
    assert missing_trainings(small, DATA) == 6
    assert run_curves(small, DATA, tell=quietly) == {}
    assert learner.fits == [(size, "dev0") for size in (50, 50, 100, 100, 200, 200)]
    assert missing_trainings(small, DATA) == 0
    run_curves(small, DATA, tell=quietly)
    assert len(learner.fits) == 6
    [found] = curves_of(small, DATA)
    assert found.done
    assert found.test == "test"
    assert found.name_of("exact:JOB") == "exact:JOB"
    assert [run.scores["exact:JOB"] for run in found.curve.runs] == [0.25, 0.25, 0.5, 0.5, 1.0, 1.0]


def test_a_curve_of_what_learns_from_dev_too_grows_to_both(tmp_path: Path, learner: Learner) -> None:
    chosen: list[object] = []

    def refit(model: object, train: Sequence[Example], dev: Sequence[Example]) -> Predictor:
        chosen.append(model)
        assert dev == ()
        return Known({each.text: each.gold for each in DATA["test"][: len(train) // 10]})

    learner.refit = refit  # type: ignore[attr-defined]
    refits = replace(LINEAR, settings={"recipe": "linear", "refit": True}, seeds=(0,))
    small = experiment(tmp_path, methods=(refits,))
    assert run_curves(small, DATA, tell=quietly) == {}
    [found] = curves_of(small, DATA)
    assert sorted({run.texts for run in found.curve.runs}) == [51, 102, 205]
    assert learner.fits == [(200, "dev0")]
    assert len(set(map(id, chosen))) == 1


def test_a_curve_that_was_stopped_goes_on(tmp_path: Path, learner: Learner) -> None:
    small = experiment(tmp_path)
    learner.breaks_at = 4
    with pytest.raises(KeyboardInterrupt):
        run_curves(small, DATA, tell=quietly)
    assert missing_trainings(small, DATA) == 3
    [found] = curves_of(small, DATA)
    assert not found.done
    run_curves(small, DATA, tell=quietly)
    assert [size for size, _ in learner.fits] == [50, 50, 100, 100, 100, 200, 200]


@pytest.mark.parametrize(
    ("change", "made"),
    [
        ({"curves": (CurveSpec("linear", (0.25, 0.5, 1.0), 3),)}, 3),
        ({"curves": (CurveSpec("linear", (0.5, 1.0), 2),)}, 0),
        ({"methods": (replace(LINEAR, settings={"recipe": "linear", "epochs": 3}),)}, 6),
        ({"measure": "whole_text"}, 6),
        ({"labels": ("JOB",)}, 6),
    ],
    ids=["one more seed", "fewer shares", "settings", "measure", "labels"],
)
def test_what_can_change_a_score_is_trained_anew_and_no_more(
    tmp_path: Path, learner: Learner, change: dict[str, Any], made: int
) -> None:
    run_curves(experiment(tmp_path), DATA, tell=quietly)
    changed = experiment(tmp_path, **change)
    assert missing_trainings(changed, DATA) == made
    run_curves(changed, DATA, tell=quietly)
    assert len(learner.fits) == 6 + made


@pytest.mark.parametrize("name", ["train", "dev", "test"])
def test_other_data_make_another_curve(tmp_path: Path, learner: Learner, name: str) -> None:
    small = experiment(tmp_path)
    run_curves(small, DATA, tell=quietly)
    assert len(learner.fits) == 6
    other = {**DATA, name: DATA[name].with_examples(list(DATA[name])[:-1])}
    assert curves_of(small, other) == []
    assert missing_trainings(small, other) == 6


def test_a_curve_that_cannot_be_made_costs_only_itself(tmp_path: Path, learner: Learner) -> None:
    student = Method("student", "recipe", {"recipe": "distil"})
    both = experiment(
        tmp_path,
        methods=(student, LINEAR),
        curves=(CurveSpec("student", (0.5, 1.0), 1), CurveSpec("linear", (0.5, 1.0), 1)),
    )
    failed = run_curves(both, DATA, tell=quietly)
    assert "distil learns from texts that nobody annotated" in failed["student"]
    assert len(learner.fits) == 2


@pytest.mark.parametrize("content", ["", "{", "[]", '{"key": 1, "runs": [{"texts": 3}]}'])
def test_a_damaged_file_is_named(tmp_path: Path, content: str) -> None:
    small = experiment(tmp_path)
    file = curve_file(small, LINEAR)
    file.parent.mkdir(parents=True)
    file.write_text(content)
    if content.startswith('{"key": 1, '):
        file.write_text(json.dumps({"key": curves.curve_key(small, LINEAR, DATA), "runs": [{"texts": 3}]}))
    with pytest.raises(DataError, match="holds no curve; take it away"):
        curves_of(small, DATA)
