"""Texts to judge on that somebody learned from are found before any score, and refused, left out or told."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

import pytest

from tests.experiment.file.leaking import DISTILS, LEARNS, RULES, SHOWS, add, look, made, words
from tests.experiment.file.texts import titles, write_lines
from textwright.errors import DataError
from textwright.experiment.file import Checks
from textwright.leakage import Leak, leaks
from textwright.types import Example


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return made(tmp_path)


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


def test_dev_that_is_learned_from_in_the_end_is_as_the_train_set(place: Path) -> None:
    add(place, "dev", "Head Chef")
    add(place, "test", "Head Chef")
    with pytest.raises(DataError, match=r"in dev \(train of learns\)"):
        look(place, LEARNS + "refit = true\n")


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
