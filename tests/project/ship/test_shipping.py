from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from tests.project.ship.making import RULES, judge_as, method, rules_project, write_rules
from textwright.errors import DataError, ModelError
from textwright.project.judge.judged import Score
from textwright.project.ship import ship
from textwright.project.ship.again import evaluate_line
from textwright.project.ship.choices import choices
from textwright.project.ship.shipping import is_shipped, shipped
from textwright.references import open_model
from textwright.types import Span


def test_the_best_model_is_written_with_its_name_and_card(tmp_path: Path) -> None:
    project = rules_project(tmp_path)
    assert ship(project) == project.model
    model = open_model(f"{project.model}/")
    assert model.predict(["Sony, 20 cm"])[0].spans == (Span(0, 4, "BRAND"), Span(6, 11, "SIZE"))
    card = (project.model / "README.md").read_text(encoding="utf-8")
    assert "# goods & more" in card
    assert "Every mark is right in 36 of 40 texts that it never saw." in card
    assert json.loads((project.model / "config.json").read_bytes())["name"] == "goods & more"
    assert shipped(project) is not None
    assert project.state.shipped is None


def test_the_card_says_what_is_not_in_its_figure(tmp_path: Path) -> None:
    project = rules_project(tmp_path)
    rules = replace(method("rules", f"{project.rules}/"), scores={"tone": Score(0.5, 0.4, 0.6)})
    judge_as(project, rules, questions=("tone", "kind"), seen={"rules": 3})
    ship(project)
    card = (project.model / "README.md").read_text(encoding="utf-8")
    assert "Every mark is right in 36 of 40 texts of the test." in card
    assert "The answer to tone is right in 20 of 40. It does not answer kind." in card
    assert "Whoever wrote it had seen mistakes in 3 texts of this test before it was changed." in card


def test_the_line_that_judges_again_names_what_was_scored(tmp_path: Path) -> None:
    project = rules_project(tmp_path)
    project.held_out_file.touch()
    ship(project)
    scored = {"labels": ("BRAND", "SIZE", "COLOUR", "TOWN"), "questions": ("tone",), "absent": ("SIZE", "TOWN")}
    judge_as(project, method("rules", f"{project.rules}/"), **scored)
    [line] = evaluate_line(project)
    assert line.endswith(" --labels BRAND,SIZE,COLOUR,tone")
    (project.folder / "judged.json").unlink()
    [line] = evaluate_line(project)
    assert "--labels" not in line


def test_no_text_of_the_project_is_in_what_is_shipped(tmp_path: Path) -> None:
    project = rules_project(tmp_path)
    project.texts_file.write_text('{"id": "1", "text": "a secret kettle"}\n', encoding="utf-8")
    ship(project)
    assert not [path for path in project.model.rglob("*") if path.is_file() and b"secret" in path.read_bytes()]


def test_what_stands_there_is_not_written_again(tmp_path: Path) -> None:
    project = rules_project(tmp_path)
    ship(project)
    before = (project.model / "config.json").stat().st_ino
    ship(project)
    assert (project.model / "config.json").stat().st_ino == before


@pytest.mark.parametrize("what", ["rules", "score", "by hand"])
def test_what_changed_is_shipped_anew(tmp_path: Path, what: str) -> None:
    project = rules_project(tmp_path)
    ship(project)
    if what == "rules":
        write_rules(project, RULES.replace('"Sony"', '"Sony", "Makita"'))
    elif what == "score":
        judge_as(project, method("rules", f"{project.rules}/", 0.8))
    else:
        (project.model / "config.json").write_text("{}")
    [choice] = choices(project)
    assert not is_shipped(project, choice)
    ship(project)
    assert is_shipped(project, choice)


def test_a_moved_project_is_still_shipped(tmp_path: Path) -> None:
    from textwright.project import open_project

    project = rules_project(tmp_path)
    ship(project)
    project.folder.rename(tmp_path / "other.textwright")
    moved = open_project(tmp_path / "other.textwright")
    [choice] = choices(moved)
    assert is_shipped(moved, choice)


def test_a_named_method_is_remembered(tmp_path: Path) -> None:
    project = rules_project(tmp_path)
    judge_as(project, method("job_titles.rules", "job_titles.rules"), method("rules", f"{project.rules}/", 0.5))
    ship(project, "rules")
    assert project.state.shipped == "rules"
    with pytest.raises(DataError, match="no method 'other'"):
        ship(project, "other")
    assert project.state.shipped == "rules"


def test_a_model_that_went_away_is_told_and_what_was_shipped_stays(tmp_path: Path) -> None:
    project = rules_project(tmp_path)
    ship(project)
    judge_as(project, method("network", f"{project.folder}/runs/gone/model/", 0.95))
    with pytest.raises(ModelError, match="no such folder"):
        ship(project)
    assert open_model(f"{project.model}/").predict(["Bosch"])[0].spans


@pytest.mark.parametrize("shipped_before", [False, True])
@pytest.mark.parametrize("name", ["notes.txt", "weights/pytorch_model.bin"])
def test_what_somebody_put_into_the_folder_is_not_lost(tmp_path: Path, shipped_before: bool, name: str) -> None:
    project = rules_project(tmp_path)
    if shipped_before:
        ship(project)
        write_rules(project, RULES.replace('"Sony"', '"Sony", "Makita"'))
    (mine := project.model / name).parent.mkdir(parents=True, exist_ok=True)
    mine.write_text("mine")
    (project.model / ".DS_Store").write_text("of the file manager")
    with pytest.raises(DataError, match=f"did not write: {name}. Move it elsewhere, then try again"):
        ship(project)
    assert mine.read_text() == "mine"
    mine.rename(tmp_path / "moved")
    ship(project)
    assert open_model(f"{project.model}/").predict(["Bosch"])[0].spans


def test_a_folder_of_another_program_is_left_alone(tmp_path: Path) -> None:
    project = rules_project(tmp_path)
    project.model.mkdir()
    (project.model / "config.json").write_text('{"architectures": ["Bert"]}')
    with pytest.raises(DataError, match=r"did not write: config\.json"):
        ship(project)
