"""Runs are planned in an order that can be made, and known by all that can change what they learn, by nothing else."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from tests.experiment.file.texts import titles, write_lines
from textwright.errors import DataError
from textwright.experiment.file import Planned, judgement_key, open_data, planned, read_experiment
from textwright.runs import Run

FILE = """
name = "titles"
seeds = [0, 1]
slice_by = ["domain"]

[data]
train = "train.jsonl"
dev = "dev.jsonl"
test = "test.jsonl"
pool = "pool.txt"

[[method]]
name = "distilled"
recipe = "distil"
teachers = ["big", "./folder/"]
unlabelled = "pool"

[[method]]
name = "small"
quantise = "big"
precision = "int8"

[[method]]
name = "big"
recipe = "network"
epochs = 2

[[method]]
name = "both"
cascade = ["folder", "big"]
pass_on = "empty"

[[method]]
name = "folder"
model = "./folder/"

[[method]]
name = "pack"
model = "job_titles.split"

[[method]]
name = "prompt"
train = "train"
[method.prompt]
template = "./ask.md"
labels = ["LOCATION"]
replay = "answers.jsonl"
examples = {count = 2}
concurrency = 2

[[method]]
name = "prompt file"
model = "prompt:ask.toml"

[[method]]
name = "cascade file"
model = "cascade:steps.toml"

[[method]]
name = "peer"
fit = "python:peers.one:fit"
options = {seconds = 3}

[[method]]
name = "function"
function = "python:plain:titles"

[[method]]
name = "tuned"
tune = {epochs = 1, template = "./ask.md"}

[[method]]
name = "served"
model = "http://models.example.org/v1/models/titles"
"""
TEMPLATE = """+++
description = "Places."
task = "spans"
+++
{% block system %}Find places.{% endblock %}
{% block user %}{{ text }}{% endblock %}
"""
STEPS = '[[step]]\nmodel = "./folder/"\npass_on = "empty"\n[[step]]\nmodel = "prompt:ask.toml"\n'

RUN = Run(
    id="net-0", experiment="e", method="net", kind="recipe", seed=0, key="abc", settings={}, data={}, needs={},
    model="model", size_bytes=1, began="2026", seconds=1.0, cpu_seconds=1.0, environment={},
).to_data()  # fmt: skip


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """Make a folder with an experiment and all that its file names."""
    here = tmp_path / "here"
    (here / "folder/onnx").mkdir(parents=True)
    (here / "peers").mkdir()
    write_lines(here / "train.jsonl", titles(12))
    write_lines(here / "dev.jsonl", titles(5, begin=100))
    write_lines(here / "test.jsonl", titles(5, begin=200))
    files = {
        "experiment.toml": FILE,
        "pool.txt": "one\ntwo\n",
        "folder/config.json": '{"kind": "rules"}',
        "folder/onnx/model.onnx": "weights",
        "ask.md": TEMPLATE,
        "answers.jsonl": "",
        "ask.toml": 'template = "./ask.md"\nlabels = ["LOCATION"]\n',
        "steps.toml": STEPS,
        "peers/__init__.py": "",
        "peers/one.py": "from .two import how\nimport json\n",
        "peers/two.py": "from textwright import Dataset\nhow = 1\n",
        "plain.py": "def titles(text):\n    return []\n",
        "unused.py": "",
    }
    for name, content in files.items():
        (here / name).write_text(content, encoding="utf-8")
    return here


def plan(place: Path) -> dict[tuple[str, int], Planned]:
    experiment = read_experiment(place)
    return {(run.method.name, run.seed): run for run in planned(experiment, open_data(experiment))}


def keys(place: Path) -> dict[str, str]:
    """Return the key of each method's run with seed 0."""
    return {name: run.key for (name, seed), run in plan(place).items() if seed == 0}


def edit(place: Path, name: str, old: str, new: str) -> None:
    content = (place / name).read_text(encoding="utf-8")
    assert old in content
    (place / name).write_text(content.replace(old, new), encoding="utf-8")


def changed(place: Path, change: Callable[[], object]) -> set[str]:
    """Name the methods whose keys are other after a change."""
    before = keys(place)
    change()
    after = keys(place)
    return {name for name in before if before[name] != after.get(name)}


def test_runs_stand_after_those_they_need_and_else_in_the_files_order(place: Path) -> None:
    names = list(dict.fromkeys(name for name, _ in plan(place)))
    assert names[:5] == ["big", "distilled", "small", "folder", "both"]
    assert names[5:] == ["pack", "prompt", "prompt file", "cascade file", "peer", "function", "tuned", "served"]


def test_what_learns_has_a_run_for_each_seed(place: Path) -> None:
    seeds: dict[str, list[int]] = {}
    for name, seed in plan(place):
        seeds.setdefault(name, []).append(seed)
    assert {name for name, each in seeds.items() if each == [0, 1]} == {"distilled", "big", "peer", "tuned"}
    assert all(each == [0] for name, each in seeds.items() if name in ("small", "both", "pack", "prompt"))


def test_needed_run_is_that_of_the_same_seed_else_the_first(place: Path) -> None:
    runs = plan(place)
    assert runs["distilled", 1].needs == {"big": runs["big", 1].run_id}
    assert runs["small", 0].needs == {"big": runs["big", 0].run_id}
    edit(place, "experiment.toml", "epochs = 2", "epochs = 2\nseeds = [5, 1]")
    runs = plan(place)
    assert runs["small", 0].needs == {"big": runs["big", 5].run_id}
    assert runs["distilled", 1].needs == {"big": runs["big", 1].run_id}


def test_run_is_called_by_name_seed_and_key(place: Path) -> None:
    run = plan(place)["prompt file", 0]
    assert run.run_id == f"prompt-file-0-{run.key[:8]}"


BIG = {"big", "distilled", "small", "both"}
LEARNING = {*BIG, "peer", "tuned"}
OF_FOLDER = {"folder", "distilled", "both", "cascade file"}
OF_PROMPT = {"prompt", "prompt file", "cascade file", "tuned"}
MATTERS: dict[str, tuple[str, str, str, set[str]]] = {
    "text of train": ("train.jsonl", "amber0", "amber9", {*LEARNING, "prompt"}),
    "text of dev": ("dev.jsonl", "in Leeds", "in  Leeds", LEARNING),
    "text of the pool": ("pool.txt", "one", "three", {"distilled"}),
    "setting": ("experiment.toml", "epochs = 2", "epochs = 3", BIG),
    "recipe": ("experiment.toml", 'recipe = "network"\nepochs', 'recipe = "linear"\nepochs', BIG),
    "precision": ("experiment.toml", '"int8"', '"int4"', {"small"}),
    "steps": ("experiment.toml", '["folder", "big"]', '["big", "folder"]', {"both"}),
    "teacher": ("experiment.toml", '["big", "./folder/"]', '["big"]', {"distilled"}),
    "model": ("experiment.toml", "job_titles.split", "job_titles.rules", {"pack"}),
    "option": ("experiment.toml", "seconds = 3", "seconds = 4", {"peer"}),
    "prompt's setting": ("experiment.toml", "count = 2", "count = 3", {"prompt"}),
    "address": ("experiment.toml", "models/titles", "models/others", {"served"}),
    "schema": ("experiment.toml", 'name = "titles"', 'schema = "job_titles"', {*LEARNING, "prompt", "function"}),
    "model folder": ("folder/config.json", "rules", "ruler", OF_FOLDER),
    "weights": ("folder/onnx/model.onnx", "weights", "wights", OF_FOLDER),
    "template": ("ask.md", "{{ text }}", "Text: {{ text }}", OF_PROMPT),
    "answers": ("answers.jsonl", "", "\n", {"prompt"}),
    "prompt file": ("ask.toml", "LOCATION", "TOWN", {"prompt file", "cascade file"}),
    "cascade file": ("steps.toml", '"empty"', '"unsure"\nbelow = 0.5', {"cascade file"}),
    "module": ("peers/one.py", "json", "math", {"peer"}),
    "module's module": ("peers/two.py", "how = 1", "how = 2", {"peer"}),
    "package's first file": ("peers/__init__.py", "", "a = 1", {"peer"}),
    "function": ("plain.py", "return []", "return ()", {"function"}),
}


@pytest.mark.parametrize(("name", "old", "new", "methods"), MATTERS.values(), ids=MATTERS)
def test_what_can_change_what_is_learned_changes_the_key(
    place: Path, name: str, old: str, new: str, methods: set[str]
) -> None:
    def change() -> None:
        edit(place, name, old, new) if old else (place / name).write_text(new, encoding="utf-8")

    assert changed(place, change) == methods


NO_MATTER: dict[str, tuple[str, str, str]] = {
    "comment": ("experiment.toml", "seeds = [0, 1]", "# two seeds\nseeds  =  [ 0, 1, ]"),
    "experiment's name": ("experiment.toml", 'name = "titles"', 'name = "other"'),
    "another seed": ("experiment.toml", "seeds = [0, 1]", "seeds = [1, 0, 2]"),
    "order of keys": (
        "experiment.toml",
        'recipe = "distil"\nteachers = ["big", "./folder/"]',
        'teachers = ["big", "./folder/"]\nrecipe = "distil"',
    ),
    "name of a data set": ("experiment.toml", 'pool = "pool', 'other = "other.jsonl"\npool = "pool'),
    "how long and where": ("experiment.toml", "concurrency = 2", 'cache = "kept.sqlite"'),
    "what is judged": ("experiment.toml", 'slice_by = ["domain"]', 'labels = ["LOCATION"]\nruntimes = ["node"]'),
    "usual value": ("experiment.toml", "epochs = 2", "epochs = 2\nquick = false"),
    "way to a folder": ("experiment.toml", 'model = "./folder/"', 'model = "../here/folder"'),
    "text of test": ("test.jsonl", "in Leeds", "in  Leeds"),
    "module beside that nobody imports": ("unused.py", "", "a = 1"),
}


@pytest.mark.parametrize(("name", "old", "new"), NO_MATTER.values(), ids=NO_MATTER)
def test_nothing_else_changes_the_key(place: Path, name: str, old: str, new: str) -> None:
    write_lines(place / "other.jsonl", titles(3))

    def change() -> None:
        edit(place, name, old, new) if old else (place / name).write_text(new, encoding="utf-8")

    assert changed(place, change) == set()


def test_order_of_the_methods_and_new_ones_do_not_matter(place: Path) -> None:
    def change() -> None:
        edit(place, "experiment.toml", FILE[FILE.index('[[method]]\nname = "served"') :], "")
        edit(
            place,
            "experiment.toml",
            '[[method]]\nname = "pack"',
            '[[method]]\nname = "new"\nmodel = "job_titles"\n\n[[method]]\nname = "pack"',
        )

    assert changed(place, change) == {"served"}


def test_name_of_a_method_does_not_matter_to_it_nor_to_what_it_is_part_of(place: Path) -> None:
    before = plan(place)
    text = (place / "experiment.toml").read_text(encoding="utf-8")
    (place / "experiment.toml").write_text(text.replace('"big"', '"large"'), encoding="utf-8")
    after = plan(place)
    assert after["large", 0].key == before["big", 0].key
    assert after["small", 0].key == before["small", 0].key
    assert after["distilled", 1].key == before["distilled", 1].key


def test_name_of_a_data_set_does_not_matter(place: Path) -> None:
    def change() -> None:
        edit(place, "experiment.toml", 'pool = "pool.txt"', 'texts = "pool.txt"')
        edit(place, "experiment.toml", 'unlabelled = "pool"', 'unlabelled = "texts"')

    assert changed(place, change) == set()


def test_folder_may_be_moved(place: Path, tmp_path: Path) -> None:
    before = keys(place)
    shutil.move(place, tmp_path / "there")
    assert keys(tmp_path / "there") == before


def test_run_in_a_folder_is_known_by_its_own_key(place: Path) -> None:
    edit(place, "experiment.toml", "job_titles.split", "run:./runs/net/")
    (place / "runs/net").mkdir(parents=True)
    with pytest.raises(DataError, match=r"method 'pack': .*run\.json"):
        plan(place)
    (place / "runs/net/run.json").write_text(json.dumps(RUN), encoding="utf-8")
    before = keys(place)["pack"]
    for changes, same in [({"began": "later", "id": "other"}, True), ({"key": "other"}, False)]:
        (place / "runs/net/run.json").write_text(json.dumps({**RUN, **changes}), encoding="utf-8")
        assert (keys(place)["pack"] == before) == same


def test_seed_changes_the_key(place: Path) -> None:
    runs = plan(place)
    assert runs["big", 0].key != runs["big", 1].key
    assert runs["distilled", 0].key != runs["distilled", 1].key


@pytest.mark.parametrize("name", ["folder", "peers", "plain.py", "ask.md", "answers.jsonl", "ask.toml", "steps.toml"])
def test_what_is_not_there_is_said_with_the_method(place: Path, name: str) -> None:
    gone = place / name
    shutil.rmtree(gone) if gone.is_dir() else gone.unlink()
    with pytest.raises(DataError, match=r"experiment\.toml: method '[a-z ]+'"):
        plan(place)


# --- judgements -----------------------------------------------------------------------------


def test_judgement_is_known_by_all_that_changes_it(place: Path) -> None:
    experiment = read_experiment(place)
    data = open_data(experiment)
    run, test = planned(experiment, data)[0], data["test"]
    schema = read_experiment(_with_schema(place)).schema
    others = [
        judgement_key(replace(run, key="other"), test, experiment, "python"),
        judgement_key(run, data["dev"], experiment, "python"),
        judgement_key(run, test, replace(experiment, labels=("LOCATION",)), "python"),
        judgement_key(run, test, replace(experiment, slice_by=()), "python"),
        judgement_key(run, test, replace(experiment, schema=schema), "python"),
        judgement_key(run, test, experiment, "node"),
    ]
    first = judgement_key(run, test, experiment, "python")
    assert len({first, *others}) == 7
    same = replace(experiment, name="other", measure="exact:LOCATION", runtimes=("node",), methods=())
    assert judgement_key(replace(run, run_id="other", seed=9), test, same, "python") == first


def _with_schema(place: Path) -> Path:
    edit(place, "experiment.toml", 'name = "titles"', 'schema = "job_titles"')
    return place
