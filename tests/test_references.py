"""References to models: each kind opens, and each mistake says what would have worked."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from textwright import references
from textwright.errors import ModelError
from textwright.packs.job_titles import PACK
from textwright.packs.job_titles.split import SplitPredictor
from textwright.references import model_names, open_model

MODULE = """
from textwright.packs.job_titles import SCHEMA
from textwright.packs.job_titles.split import SplitPredictor

ready = SplitPredictor(SCHEMA)
number = 3

def make():
    return SplitPredictor(SCHEMA)

def fails():
    raise RuntimeError("no luck")

def of_a_text(text):
    return []

def makes_text():
    return "no model"
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.syspath_prepend(str(tmp_path))
    (tmp_path / "reference_models.py").write_text(MODULE, encoding="utf-8")
    (tmp_path / "reference_broken.py").write_text("1 / 0", encoding="utf-8")
    return tmp_path


def write_config(folder: Path, content: object) -> None:
    folder.mkdir(exist_ok=True)
    folder.joinpath("config.json").write_text(json.dumps(content), encoding="utf-8")


def test_a_packs_model_opens_by_its_name() -> None:
    assert isinstance(open_model("job_titles.split"), SplitPredictor)


def test_the_packs_own_name_stands_for_its_best_model(monkeypatch: pytest.MonkeyPatch) -> None:
    best = open_model("job_titles.split")
    monkeypatch.setattr("textwright.packs.job_titles.PACK", replace(PACK, models={"network": lambda: best}))
    assert open_model("job_titles") is best


def test_names_are_the_packs_and_their_models() -> None:
    names = model_names()
    assert [name for name in names if "." not in name] == ["emotion", "job_adverts", "job_titles"]
    assert names[-4:] == ["job_titles", "job_titles.network", "job_titles.rules", "job_titles.split"]


@pytest.mark.parametrize("name", ["ready", "make"])
def test_python_reference_opens_an_object_or_calls_what_makes_one(folder: Path, name: str) -> None:
    assert isinstance(open_model(f"python:reference_models:{name}"), SplitPredictor)


def test_folder_is_opened_by_the_class_of_its_kind(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_config(folder / "mine", {"kind": "kept"})
    (folder / "reference_kind.py").write_text("class Kept:\n    open = staticmethod(str)\n", encoding="utf-8")
    monkeypatch.setattr(references, "KINDS", {"kept": "reference_kind:Kept"})
    assert open_model("./mine") == open_model("mine") == "mine"


@pytest.mark.parametrize(
    ("reference", "expected"),
    [
        ("job_titles.splitt", "Did you mean job_titles.split?"),
        ("job_titels", "Did you mean job_titles?"),
        ("zebra", "job_titles, job_titles.network, job_titles.rules, job_titles.split"),
        ("", "no model is called ''"),
        ("./nowhere", "nowhere: no such folder"),
        ("./reference_models.py", "is a file, not a model folder"),
        (".", "For a folder write ./. instead. Known models"),
        ("./", "holds no config.json"),
        ("python:", "expected python:module:name"),
        ("python:reference_models", "expected python:module:name"),
        ("python:reference_nowhere:make", "No module named 'reference_nowhere'"),
        ("python:reference_broken:make", "ZeroDivisionError: division by zero"),
        ("python:reference_models:mak", "Did you mean make?"),
        ("python:reference_models:number", "int is neither a predictor nor makes one"),
        ("python:reference_models:fails", "RuntimeError: no luck"),
        (
            "python:reference_models:of_a_text",
            "missing a required argument: 'text'. It is called without arguments, and must give a predictor",
        ),
        ("python:reference_models:makes_text", "str is no predictor"),
        ("http://user:secret@localhost/v1/models/x", "holds a name or password"),
        ("prompt:titles.toml", "titles.toml: no such file, expected a TOML file that names a template"),
        ("cascade:titles.toml", "titles.toml: no such file, expected a TOML file with a [[step]]"),
        ("run:7", "no run has this id"),
    ],
)
def test_mistake_is_named_with_what_would_work(folder: Path, reference: str, expected: str) -> None:
    with pytest.raises(ModelError) as caught:
        open_model(reference)
    assert expected in str(caught.value)


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ([], "found list"),
        ({}, "the kind is None"),
        ({"kind": "rule"}, "Known kinds: joint, language_model, linear, network, rules"),
        ({"kind": 3}, "kind is 3"),
    ],
)
def test_bad_config_is_named(tmp_path: Path, content: object, expected: str) -> None:
    write_config(tmp_path, content)
    with pytest.raises(ModelError, match=r"config\.json") as caught:
        open_model(f"{tmp_path}/")
    assert expected in str(caught.value)


def test_config_that_is_no_json_is_named(tmp_path: Path) -> None:
    (tmp_path / "config.json").write_bytes(b"{")
    with pytest.raises(ModelError, match=r"config\.json: cannot be read"):
        open_model(f"{tmp_path}/")


def test_path_is_a_folder_whatever_its_name(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_config(folder / "job_titles", {"kind": "kept"})
    (folder / "reference_kind.py").write_text("class Kept:\n    open = staticmethod(str)\n", encoding="utf-8")
    monkeypatch.setattr(references, "KINDS", {"kept": "reference_kind:Kept"})
    opened: object = open_model(Path("job_titles"))
    assert opened == "job_titles"
    with pytest.raises(ModelError, match=r"^nowhere: no such folder\. A model is"):
        open_model(Path("nowhere"))


@pytest.mark.parametrize("given", [None, 7, ["job_titles"], open_model])
def test_what_names_no_model_is_refused(given: Any) -> None:
    with pytest.raises(ModelError, match=f"found {type(given).__name__}, expected the name of a model: a pack's model"):
        open_model(given)


def test_empty_name_is_no_folder() -> None:
    with pytest.raises(ModelError) as caught:
        open_model("")
    assert "folder write" not in str(caught.value)
