from __future__ import annotations

from pathlib import Path

import pytest

from tests.project.ship.making import judge_as, method, rules_project, write_rules
from textwright.errors import DataError
from textwright.project.files import make_project
from textwright.project.ship.choices import choices, chosen, why_not


def test_judged_methods_may_be_shipped_with_their_figures(tmp_path: Path) -> None:
    project = rules_project(tmp_path)
    [choice] = choices(project)
    assert (choice.method, choice.why_not, choice.size_bytes) == ("rules", None, 2_000)
    assert choice.score is not None
    assert (choice.score.right, choice.score.texts) == (0.9, 40)


def test_without_a_name_the_best_that_can_be_shipped_is_chosen(tmp_path: Path) -> None:
    project = rules_project(tmp_path)
    prompt = method("prompt", f"prompt:{project.prompt_file}", 0.95, shippable=False)
    judge_as(project, prompt, method("rules", f"{project.rules}/", 0.7))
    found = choices(project)
    assert [each.method for each in found] == ["prompt", "rules"]
    assert "language model" in str(found[0].why_not)
    assert chosen(found).method == "rules"


@pytest.mark.parametrize(
    ("name", "said"),
    [("prompt", "prompt cannot be shipped: it asks a language model.*These can: rules"), ("nix", "no method 'nix'")],
)
def test_a_method_that_cannot_be_shipped_is_refused_with_what_can(tmp_path: Path, name: str, said: str) -> None:
    project = rules_project(tmp_path)
    judge_as(project, method("prompt", "prompt:p.toml", shippable=False), method("rules", f"{project.rules}/", 0.7))
    with pytest.raises(DataError, match=said):
        chosen(choices(project), name)


def test_before_judging_there_are_the_trained_network_and_the_rules(tmp_path: Path) -> None:
    project = make_project(tmp_path / "new.textwright", "new")
    assert choices(project) == ()
    write_rules(project)
    for number, whole in ((1, True), (2, True), (3, False)):  # the third is being trained
        folder = project.models / "project-1" / f"round-000{number}"
        (folder / "model").mkdir(parents=True)
        (folder / "model" / "config.json").write_text("{}")
        if whole:
            (folder / "result.json").write_text("{}")
    found = choices(project)
    assert [each.method for each in found] == ["network", "rules"]
    assert Path(found[0].reference).parent.name == "round-0002"
    assert all(each.score is None for each in found)


def test_what_there_is_nothing_of_is_said(tmp_path: Path) -> None:
    project = make_project(tmp_path / "new.textwright", "new")
    with pytest.raises(DataError, match="nothing to ship yet"):
        chosen(choices(project))


@pytest.mark.parametrize("reference", ["prompt:a.toml", "cascade:a.toml", "run:x", "python:a:b", "https://a/b"])
def test_what_is_no_folder_cannot_be_shipped(reference: str) -> None:
    assert why_not(reference)


@pytest.mark.parametrize("reference", ["a/model/", "job_titles", "/x/rules/"])
def test_folders_and_packs_can_be_shipped(reference: str) -> None:
    assert why_not(reference) is None
