"""An experiment file is read whole."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.experiment.file.texts import SMALL, WHOLE, written
from textwright.errors import DataError
from textwright.experiment.file import read_experiment
from textwright.experiment.file.experiment import Change, CurveSpec, DataSpec, Experiment


@pytest.fixture
def whole(tmp_path: Path) -> Experiment:
    return read_experiment(written(tmp_path, WHOLE))


def test_whole_file_is_read(whole: Experiment, tmp_path: Path) -> None:
    assert (whole.name, whole.labels, whole.measure) == ("UX titles", ("JOBTITLE", "SENIORITY"), "exact:JOBTITLE")
    assert whole.schema is not None
    assert whole.schema.name == "job_titles"
    assert (whole.seeds, whole.runtimes, whole.slice_by) == ((0, 1, 2), ("python", "node"), ("domain", "length"))
    assert (whole.runs, whole.leaks) == (tmp_path / "kept", "tell")
    assert whole.curves == (CurveSpec("network", (0.25, 0.5, 1.0), 2),)
    assert whole.changes == (Change("SENIORITY", "old", "test"),)


def test_data_sets_are_read(whole: Experiment, tmp_path: Path) -> None:
    assert whole.data["titles"] == DataSpec("titles", file=tmp_path / "titles.jsonl")
    assert whole.data["dev"] == DataSpec("dev", rest_of="test", share=0.1)
    assert whole.data["pool"].sample == 5000
    test = whole.data["test"]
    assert (test.where, test.without) == ({"domain": "ux"}, {"source": ["x", "y"]})
    assert (test.share, test.by, test.near, test.seed) == (0.2, "source", 0.8, 3)


@pytest.mark.parametrize(
    ("name", "kind", "needs", "seeds"),
    [
        ("rules", "model", (), ()),
        ("distilled", "recipe", ("network",), (0, 1, 2)),
        ("network", "recipe", (), (7,)),
        ("small", "quantise", ("network",), ()),
        ("few shot", "prompt", (), ()),
        ("tuned", "tune", (), (0, 1, 2)),
        ("rules, then network", "cascade", ("rules", "network"), ()),
        ("peer", "fit", (), (0, 1, 2)),
        ("my function", "function", (), ()),
    ],
)
def test_method_of_each_kind_is_read(
    whole: Experiment, name: str, kind: str, needs: tuple[str, ...], seeds: tuple[int, ...]
) -> None:
    method = whole.method(name)
    assert (method.kind, method.needs, method.seeds) == (kind, needs, seeds)


def test_settings_are_the_files_with_paths_made_whole(whole: Experiment, tmp_path: Path) -> None:
    assert whole.method("network").settings == {"recipe": "network", "epochs": 3, "quick": True}
    assert whole.method("few shot").settings["prompt"]["replay"] == str(tmp_path / "answers.jsonl")


@pytest.mark.parametrize(
    ("name", "uses"),
    [
        ("rules", {}),
        ("distilled", {"train": "train", "dev": "dev", "unlabelled": "pool"}),
        ("few shot", {"train": "train"}),
        ("rules, then network", {"dev": "dev"}),
        ("my function", {}),
    ],
)
def test_method_names_the_data_that_it_takes(whole: Experiment, name: str, uses: dict[str, str]) -> None:
    assert whole.method(name).uses == uses


def test_data_sets_of_a_change_are_judged_on(whole: Experiment) -> None:
    assert whole.tests == ("test", "old")


def test_folder_stands_for_its_file(tmp_path: Path) -> None:
    written(tmp_path)
    assert read_experiment(tmp_path).name == tmp_path.name


def test_what_is_left_out_has_its_usual_value(tmp_path: Path) -> None:
    read = read_experiment(written(tmp_path))
    assert (read.seeds, read.tests, read.runtimes, read.leaks) == ((0,), ("test",), ("python",), "refuse")
    assert (read.measure, read.schema, read.runs) == ("whole_text", None, tmp_path / "runs")


@pytest.mark.parametrize(("schema", "measure"), [("emotion", "whole_text"), ("job_adverts", "category:advertiser")])
def test_only_task_is_the_measure(tmp_path: Path, schema: str, measure: str) -> None:
    assert read_experiment(written(tmp_path, f'schema = "{schema}"\n{SMALL}')).measure == measure


def test_path_may_begin_at_home_and_nothing_else_is_filled_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("DATA", "elsewhere")
    text = SMALL.replace('"train.jsonl"', '"~/train.jsonl"').replace('"dev.jsonl"', '"$DATA/dev.jsonl"')
    data = read_experiment(written(tmp_path, text)).data
    assert (data["train"].file, data["dev"].file) == (tmp_path / "home/train.jsonl", tmp_path / "$DATA/dev.jsonl")


def test_model_folder_and_files_are_looked_for_beside_the_file(tmp_path: Path) -> None:
    folders = SMALL + '[[method]]\nname = "mine"\nmodel = "./mine/"\n[[method]]\nname = "b"\nmodel = "prompt:p.toml"\n'
    read = read_experiment(written(tmp_path, folders))
    assert read.method("mine").settings == {"model": str(tmp_path / "mine")}
    assert read.method("b").settings == {"model": f"prompt:{tmp_path / 'p.toml'}"}


def test_who_tells_leaks_may_judge_on_the_dev_set(tmp_path: Path) -> None:
    text = SMALL + '[[method]]\nname = "b"\nrecipe = "linear"\n'
    with pytest.raises(DataError, match="'dev' as its dev set, which is judged on too"):
        read_experiment(written(tmp_path, f'tests = ["dev"]\n{text}'))
    assert read_experiment(written(tmp_path, f'tests = ["dev"]\nleaks = "tell"\n{text}')).tests == ("dev",)


@pytest.mark.parametrize(
    ("method", "key", "value"),
    [
        ('recipe = "transformer"\nencoder = "./encoder/"', ("encoder",), "encoder"),
        ('tune = {gguf = "small.gguf"}', ("tune", "gguf"), "small.gguf"),
        ('tune = {template = "./ask.md"}', ("tune", "template"), "ask.md"),
        ('model = "run:./runs/net/"', ("model",), "runs/net"),
        ('model = "cascade:steps.toml"', ("model",), "steps.toml"),
    ],
)
def test_path_of_a_setting_is_made_whole(tmp_path: Path, method: str, key: tuple[str, ...], value: str) -> None:
    (tmp_path / "ask.md").touch()
    found: Any = read_experiment(written(tmp_path, f'{SMALL}[[method]]\nname = "b"\n{method}\n')).method("b").settings
    for each in key:
        found = found[each]
    assert found.rpartition(":")[2] == str(tmp_path / value)


def test_name_of_a_template_stays(tmp_path: Path) -> None:
    text = f'{SMALL}[[method]]\nname = "b"\ntune = {{template = "ner"}}\n'
    assert read_experiment(written(tmp_path, text)).method("b").settings == {"tune": {"template": "ner"}}
