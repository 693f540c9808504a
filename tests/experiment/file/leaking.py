"""Data sets that share nothing, texts to add to them, and the look at an experiment with them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from tests.experiment.file.texts import titles, write_lines
from textwright.dataset import Dataset
from textwright.experiment.file import Checks, checked, open_data, read_experiment

DATA = '[data]\ntrain = "train.jsonl"\ndev = "dev.jsonl"\ntest = "test.jsonl"\npool = "pool.jsonl"\n'
LEARNS = '[[method]]\nname = "learns"\nrecipe = "linear"\n'
RULES = '[[method]]\nname = "rules"\nmodel = "job_titles.split"\n'
DISTILS = '[[method]]\nname = "distils"\nrecipe = "distil"\nteachers = ["learns"]\nunlabelled = "pool"\n'
SHOWS = '[[method]]\nname = "shows"\nprompt = {template = "ner", labels = ["LOCATION"], examples = {count = 2}}\n'
FOLDER = '[[method]]\nname = "folder"\nmodel = "./folder/"\n'


def made(tmp_path: Path) -> Path:
    """Make a folder with data sets that share nothing."""
    for number, name in enumerate(("train", "dev", "test", "pool")):
        write_lines(tmp_path / f"{name}.jsonl", titles(8, begin=100 * number))
    return tmp_path


def look(place: Path, *methods: str, leaks: str = "refuse", data: str = DATA) -> tuple[Mapping[str, Dataset], Checks]:
    (place / "experiment.toml").write_text(f'leaks = "{leaks}"\n{data}{"".join(methods)}', encoding="utf-8")
    experiment = read_experiment(place)
    return checked(experiment, open_data(experiment))


def add(place: Path, name: str, *texts: str) -> None:
    """Add texts to a data set, their ids after the others'."""
    lines = [{"id": f"x{number}", "text": text, "spans": []} for number, text in enumerate(texts)]
    path = place / f"{name}.jsonl"
    old = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    write_lines(path, [*old, *lines])


def words(checks: Checks) -> list[str]:
    return list(checks.lines())
