from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from tests.project.judge.working import SCHEMA, examples, project_in
from textwright.experiment.file import open_data, read_experiment
from textwright.project.files import Project, make_project
from textwright.project.judge import asking
from textwright.project.judge.asking import curve_toml, experiment_toml, key_of, methods_of, title_of, write_files
from textwright.project.judge.parts import parted
from textwright.project.judge.work import LEAST_CURVED, MOST_CURVED
from textwright.train.curve import FEWEST
from textwright.train.power_law import RANGE

PARTS = parted(examples(24))


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return project_in(tmp_path, 24)


def test_the_file_is_an_experiment_on_what_was_set_aside(project: Project) -> None:
    write_files(project, PARTS)
    experiment = read_experiment(project.folder)
    data = open_data(experiment)
    assert experiment.tests == ("held_out",)
    assert experiment.labels == ("TOWN", "DAY")
    assert {name: len(each) for name, each in data.items()} == {"held_out": 6, "dev": 4, "train": 14}
    assert [method.name for method in experiment.methods] == ["rules", "linear", "network"]
    assert experiment.method("network").settings == {"recipe": "network", "quick": True, "refit": True}
    assert experiment.method("rules").settings["model"] == str(project.rules)


def test_a_curve_is_asked_for_behind_it(project: Project) -> None:
    write_files(project, PARTS)
    with project.experiment_file.open("a", encoding="utf-8") as file:
        file.write(curve_toml("linear"))
    [curve] = read_experiment(project.folder).curves
    assert (curve.method, len(curve.shares), curve.seeds) == ("linear", 4, 3)


def test_the_smallest_size_of_a_curve_is_a_quarter_of_all_at_most() -> None:
    sizes = {texts: round(asking.SHARES[0] * texts) for texts in range(LEAST_CURVED, MOST_CURVED + 1)}
    assert all(texts >= RANGE * size and size >= FEWEST for texts, size in sizes.items())


@pytest.mark.parametrize("name", ['a "b" \\ c', "d\x7f\n e", "ö 文 🎈"])
def test_any_name_can_be_written(tmp_path: Path, name: str) -> None:
    project = make_project(tmp_path / "p.textwright", name)
    assert tomllib.loads(experiment_toml(project, PARTS))["name"] == name


def test_what_suggests_is_judged_once(project: Project) -> None:
    assert methods_of(project) == ["rules", "linear", "network"]
    project.change(suggesting="rules")
    assert methods_of(project) == ["rules", "linear", "network"]
    project.change(suggesting="model", model="job_titles.split", large=True)
    assert methods_of(project) == ["job_titles.split", "rules", "linear", "network", "transformer"]
    project.change(suggesting="prompt", large=False)
    assert methods_of(project) == ["prompt", "rules", "linear", "network"]
    assert 'model = "prompt:prompt.toml"' in experiment_toml(project, PARTS)


def test_without_what_learns_the_rules_are_left(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asking, "find_spec", lambda _: None)
    project.change(large=True)
    assert methods_of(project) == ["rules"]
    assert not asking.can_be_large()


def test_what_can_change_a_score_changes_the_key(project: Project) -> None:
    keys = [key_of(project, PARTS)]
    assert key_of(project, PARTS) == keys[0]
    keys.append(key_of(project, parted(examples(28))))
    project.schema_file.write_text(SCHEMA.replace("A town.", "Any town."), encoding="utf-8")
    keys.append(key_of(project, PARTS))
    (project.rules / "rules.toml").write_text("# edited\n", encoding="utf-8")
    keys.append(key_of(project, PARTS))
    project.change(large=True)
    keys.append(key_of(project, PARTS))
    assert len(set(keys)) == 5


def test_titles_are_in_plain_words() -> None:
    assert [title_of(name) for name in ("rules", "job_titles.rules")] == ["Your rules", "The model job_titles.rules"]
