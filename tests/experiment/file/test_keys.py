"""A run is known by all that can change what it learns, and by nothing else."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tests.experiment.file.plans import FILE, changed, edit, keys, made, plan
from tests.experiment.file.texts import titles, write_lines
from textwright.errors import DataError
from textwright.runs import Run

RUN = Run(
    id="net-0", experiment="e", method="net", kind="recipe", seed=0, key="abc", settings={}, data={}, needs={},
    model="model", size_bytes=1, began="2026", seconds=1.0, cpu_seconds=1.0, environment={},
).to_data()  # fmt: skip


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return made(tmp_path)


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


SCHEMA = """
[labels.LOCATION]
meaning = "Where it is."
colour = "#1f5fbf"
[labels.JOBTITLE]
"""
TURNED = '[labels.JOBTITLE]\n[labels.LOCATION]\nmeaning = "Where it is."\ncolour = "#1f5fbf"\n'


@pytest.mark.parametrize(
    ("schema", "methods"),
    [
        (SCHEMA.replace("1f5fbf", "000000"), set()),
        (SCHEMA.replace("Where it is.", "The town."), {"prompt", "tuned"}),
        (TURNED, {*LEARNING, "prompt", "function"}),
        (SCHEMA + 'parent = "LOCATION"', {*LEARNING, "prompt", "function"}),
    ],
    ids=["colour", "meaning", "order", "parent"],
)
def test_of_a_schema_counts_what_a_method_is_told(place: Path, schema: str, methods: set[str]) -> None:
    edit(place, "experiment.toml", 'name = "titles"', 'schema = "schema.toml"')
    (place / "schema.toml").write_text(SCHEMA, encoding="utf-8")
    assert changed(place, lambda: (place / "schema.toml").write_text(schema, encoding="utf-8")) == methods


def test_seed_changes_the_key(place: Path) -> None:
    runs = plan(place)
    assert runs["big", 0].key != runs["big", 1].key
    assert runs["distilled", 0].key != runs["distilled", 1].key
