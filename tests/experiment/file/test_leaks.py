"""Texts to judge on that somebody learned from are found before any score, and refused, left out or told."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path

import pytest

from tests.experiment.file.texts import titles, write_lines
from textwright.dataset import Dataset
from textwright.errors import DataError
from textwright.experiment.file import Checks, checked, open_data, read_experiment
from textwright.leakage import Leak, leaks
from textwright.types import Example

DATA = '[data]\ntrain = "train.jsonl"\ndev = "dev.jsonl"\ntest = "test.jsonl"\npool = "pool.jsonl"\n'
LEARNS = '[[method]]\nname = "learns"\nrecipe = "linear"\n'
RULES = '[[method]]\nname = "rules"\nmodel = "job_titles.split"\n'
DISTILS = '[[method]]\nname = "distils"\nrecipe = "distil"\nteachers = ["learns"]\nunlabelled = "pool"\n'
SHOWS = '[[method]]\nname = "shows"\nprompt = {template = "ner", labels = ["LOCATION"], examples = {count = 2}}\n'
FOLDER = '[[method]]\nname = "folder"\nmodel = "./folder/"\n'


@pytest.fixture
def place(tmp_path: Path) -> Path:
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


def test_nothing_shared_is_nothing_found(place: Path) -> None:
    data, checks = look(place, LEARNS, DISTILS, SHOWS)
    assert {(each.learned, each.role): each.same + each.near for each in checks.found} == {
        ("train", "train"): (),
        ("dev", "dev"): (),
        ("pool", "unlabelled"): (),
        ("train", "examples"): (),
    }
    assert (words(checks), len(data["test"])) == ([], 8)


@pytest.mark.parametrize(
    ("method", "where", "role"),
    [(LEARNS, "train", "train"), (LEARNS + DISTILS, "pool", "unlabelled"), (SHOWS, "train", "examples")],
    ids=["train", "unlabelled", "examples"],
)
def test_learned_text_is_refused_whatever_its_case_and_signs(place: Path, method: str, where: str, role: str) -> None:
    add(place, where, "Head Chef (Leeds)")
    add(place, "test", "HEAD CHEF - Leeds!")
    with pytest.raises(DataError) as raised:
        look(place, method)
    said = str(raised.value)
    assert f"test: 1 the same of 9 texts in {where} ({role} of " in said
    assert "'HEAD CHEF - Leeds!'" in said
    assert 'say leaks = "drop"' in said


def test_refusal_shows_three_and_names_each_pair(place: Path) -> None:
    texts = [f"Post number {number}" for number in range(5)]
    for name in ("train", "test", "pool"):
        add(place, name, *texts)
    with pytest.raises(DataError) as raised:
        look(place, LEARNS, DISTILS)
    said = str(raised.value)
    assert said.count("'Post number 2' and 2 more. ") + said.count("'Post number 2' and 2 more; ") == 2
    assert "number 3" not in said
    assert "in train (train of learns, distils)" in said
    assert "in pool (unlabelled of distils)" in said


def test_to_be_chosen_on_is_told_not_refused(place: Path) -> None:
    add(place, "dev", "Head Chef")
    add(place, "test", "Head Chef")
    data, checks = look(place, LEARNS)
    assert words(checks) == ["test: 1 the same of 9 texts in dev (dev of learns)"]
    assert (len(data["test"]), checks.same("test")) == (9, ())


def test_near_text_of_a_dev_set_counts_for_nothing_else(place: Path) -> None:
    add(place, "dev", "Senior Product Designer, Financial Services")
    add(place, "test", "Senior Product Designers, Financial Services")
    checks = look(place, LEARNS)[1]
    assert (checks.near("test"), words(checks)) == ((), ["test: 1 near-same of 9 texts in dev (dev of learns)"])


def test_near_text_is_told_with_its_id(place: Path) -> None:
    add(place, "train", "Senior Product Designer, Financial Services")
    add(place, "test", "Senior Product Designers, Financial Services")
    data, checks = look(place, LEARNS)
    assert words(checks) == ["test: 1 near-same of 9 texts in train (train of learns)"]
    assert (checks.near("test"), checks.same("test"), len(data["test"])) == (("x0",), (), 9)


def test_dropped_is_what_any_method_learned_for_all_alike(place: Path) -> None:
    add(place, "train", "Head Chef")
    add(place, "pool", "Tree Surgeon")
    add(place, "dev", "Actor")
    add(place, "test", "Tree Surgeon", "Head Chef", "Actor", "Tailor")
    data, checks = look(place, LEARNS, DISTILS, RULES, leaks="drop")
    assert checks.dropped == {"test": ("x1", "x0")}
    assert data["test"].texts[-2:] == ["Actor", "Tailor"]
    assert len(data["train"]) == 9
    assert "test: 2 texts that were learned are left out, for all methods" in words(checks)


def test_dropping_all_is_refused(place: Path) -> None:
    write_lines(place / "test.jsonl", titles(8))
    with pytest.raises(DataError, match=r"no text is left to judge on .* test: 8 the same of 8 texts in train"):
        look(place, LEARNS, leaks="drop")


def test_told_leaks_leave_all_texts(place: Path) -> None:
    write_lines(place / "test.jsonl", titles(8))
    data, checks = look(place, LEARNS, leaks="tell")
    assert (len(data["test"]), len(checks.same("test")), checks.dropped) == (8, 8, {})


def test_what_is_made_of_a_method_has_learned_too(place: Path) -> None:
    small = '[[method]]\nname = "small"\nquantise = "learns"\nprecision = "int8"\n'
    both = '[[method]]\nname = "both"\ncascade = ["rules", "small"]\npass_on = "empty"\n'
    _, checks = look(place, LEARNS, small, both, RULES)
    assert [each.methods for each in checks.found] == [("learns", "small", "both")] * 2


def test_examples_of_a_file_are_looked_at(place: Path) -> None:
    write_lines(place / "shots.jsonl", titles(2, begin=200))
    (place / "ask.toml").write_text('template = "ner"\nexamples = {file = "shots.jsonl"}\n', encoding="utf-8")
    shown = '[[method]]\nname = "asked"\nmodel = "prompt:ask.toml"\n'
    with pytest.raises(DataError, match=r"2 the same of 8 texts in shots\.jsonl \(examples of asked\)"):
        look(place, shown)
    (place / "shots.jsonl").unlink()
    with pytest.raises(DataError, match=r"method 'asked': .*shots\.jsonl: no such file"):
        look(place, shown)


def model(place: Path, **parts: Dataset) -> None:
    """Write a model folder that says from which data it learned."""
    (place / "folder").mkdir(exist_ok=True)
    facts = {
        part: {"name": each.name, "examples": len(each), "fingerprint": each.fingerprint}
        for part, each in parts.items()
    }
    config = {"kind": "joint", "parts": [{"trained": facts}]}
    (place / "folder/config.json").write_text(json.dumps(config), encoding="utf-8")


def test_model_that_learned_from_the_test_is_refused(place: Path) -> None:
    model(place, train=Dataset.read(place / "test.jsonl"))
    with pytest.raises(DataError, match=r"8 the same of 8 texts in test, the train set of folder \(model of folder\)"):
        look(place, FOLDER)


@pytest.mark.parametrize("reference", ["run:net-0-12345678", "run:./other/runs/net-0-12345678"])
def test_run_that_learned_from_the_test_is_refused(
    place: Path, reference: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    model(place, train=Dataset.read(place / "test.jsonl"))
    run = place / "other/runs/net-0-12345678"
    run.mkdir(parents=True)
    (place / "folder").rename(run / "model")
    (run / "run.json").write_text("{}", encoding="utf-8")
    monkeypatch.chdir(place)
    with pytest.raises(DataError, match=r"8 the same of 8 texts in test, the train set of .*net-0-12345678"):
        look(place, f'[[method]]\nname = "again"\nmodel = "{reference}"\n')


def test_steps_of_a_cascade_file_are_looked_at(place: Path) -> None:
    model(place, train=Dataset.read(place / "test.jsonl"))
    write_lines(place / "shots.jsonl", titles(2, begin=200))
    (place / "ask.toml").write_text('template = "ner"\nexamples = {file = "shots.jsonl"}\n', encoding="utf-8")
    (place / "inner.toml").write_text('[[step]]\nmodel = "prompt:ask.toml"\n', encoding="utf-8")
    steps = '[[step]]\nmodel = "./folder/"\n[[step]]\nmodel = "cascade:inner.toml"\n'
    (place / "steps.toml").write_text(steps, encoding="utf-8")
    _, checks = look(place, '[[method]]\nname = "steps"\nmodel = "cascade:steps.toml"\n', leaks="tell")
    assert {(each.learned, len(each.same)) for each in checks.found} == {
        ("shots.jsonl", 2),
        ("test, the train set of folder", 8),
    }


def test_model_that_learned_from_the_file_that_was_divided_is_refused(place: Path) -> None:
    data = '[data]\ntest = {file = "train.jsonl", share = 0.5}\n'
    model(place, pool=Dataset.read(place / "train.jsonl"))
    with pytest.raises(DataError, match=r"4 the same of 4 texts in train\.jsonl, the pool set of folder"):
        look(place, FOLDER, data=data)


def test_model_that_learned_from_the_train_set_is_compared(place: Path) -> None:
    add(place, "test", titles(1)[0]["text"])
    model(place, train=Dataset.read(place / "train.jsonl"), dev=Dataset.read(place / "dev.jsonl"))
    _, checks = look(place, FOLDER, leaks="tell")
    found = {each.learned: (each.role, each.same) for each in checks.found}
    assert found == {
        "train, the train set of folder": ("model", ("x0",)),
        "dev, the dev set of folder": ("dev", ()),
    }


def test_teacher_that_learned_from_the_test_is_found(place: Path) -> None:
    model(place, train=Dataset.read(place / "test.jsonl"))
    with pytest.raises(DataError, match=r"the train set of folder \(model of distils\)"):
        look(place, LEARNS, DISTILS.replace('["learns"]', '["./folder/"]'))


def test_model_that_learned_elsewhere_is_named(place: Path) -> None:
    _, checks = look(place, '[[method]]\nname = "shipped"\nmodel = "job_titles"\n')
    [line] = words(checks)
    assert line.startswith("shipped: job_titles learned from 10,080 texts (train.jsonl) that are not here")


@pytest.mark.parametrize("config", ["{", "[]", '{"trained": 3}', '{"trained": {"train": {"examples": "x"}}}'])
def test_folder_that_says_nothing_is_no_fault(place: Path, config: str) -> None:
    (place / "folder").mkdir()
    (place / "folder/config.json").write_text(config, encoding="utf-8")
    assert look(place, FOLDER)[1].found == ()


def test_what_was_found_is_not_looked_for_again(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    add(place, "train", "Head Chef", "Senior Product Designer, Financial Services")
    add(place, "test", "Head Chef", "Senior Product Designers, Financial Services")
    first = look(place, LEARNS, leaks="tell")[1]
    (place / "runs").mkdir()
    (place / "runs/checks.json").write_text(json.dumps(first.to_data()), encoding="utf-8")
    asked: list[Iterable[Example]] = []

    def counted(a: Iterable[Example], b: Iterable[Example], *, near: float) -> list[Leak]:
        asked.append(a)
        return leaks(a, b, near=near)

    monkeypatch.setattr("textwright.experiment.file.leaks.looking.leaks", counted)
    assert look(place, LEARNS, leaks="tell")[1] == first
    assert asked == []
    add(place, "train", "Actor")
    assert look(place, LEARNS, leaks="tell")[1].same("test") == first.same("test")
    assert len(asked) == 1


@pytest.mark.parametrize("kept", [b"", b"{}", b'{"found": [{"key": 3}]}', b"\xff", b"[]"])
def test_damaged_record_is_as_none(place: Path, kept: bytes) -> None:
    (place / "runs").mkdir()
    (place / "runs/checks.json").write_bytes(kept)
    assert len(look(place, LEARNS)[1].found) == 2


def test_checks_come_back_from_json(place: Path) -> None:
    add(place, "train", "Head Chef")
    add(place, "test", "Head Chef")
    checks = look(place, LEARNS, '[[method]]\nname = "shipped"\nmodel = "job_titles"\n', leaks="drop")[1]
    assert Checks.from_data(json.loads(json.dumps(checks.to_data())), where="checks.json") == checks
    with pytest.raises(DataError, match=r"checks\.json"):
        Checks.from_data({"found": 3}, where="checks.json")
