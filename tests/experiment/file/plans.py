"""An experiment whose file names something of every kind, and the keys of its runs."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from tests.experiment.file.texts import titles, write_lines
from textwright.experiment.file import Planned, open_data, planned, read_experiment

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


def made(tmp_path: Path) -> Path:
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
