"""The commands of an experiment: what they say, and their exit status."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from textwright.cli import main
from textwright.runs import Run

from .world import TWO, experiment_in, ran

THREE = TWO + '[[method]]\nname = "seeds"\nfit = "python:words_of_{key}:fit"\nseeds = [0, 1]\n'
Out = pytest.CaptureFixture[str]


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[Run]]:
    """Run an experiment once, for all that only look at it."""
    folder = tmp_path_factory.mktemp("experiment")
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("textwright.experiment.measure.judging.measured_alone", lambda *_, **__: {})
        file = experiment_in(folder, THREE)
        return file, ran(file)[0]


def said(out: Out) -> str:
    """Return what was printed, white space folded."""
    return " ".join(out.readouterr().out.split())


def test_run_shows_the_table_of_what_stands(world: tuple[Path, list[Run]], out: Out, tmp_path: Path) -> None:
    table = tmp_path / "table.json"
    assert main(["experiment", "run", str(world[0].parent), "--json", str(table)]) == 0
    printed = out.readouterr()
    assert "nothing has changed, nothing to run: 4 runs" in printed.err
    assert "function" in printed.out
    assert {each["method"] for each in json.loads(table.read_text())["methods"]} >= {"two words", "function", "seeds"}


def test_a_failed_method_gives_status_4(out: Out, tmp_path: Path) -> None:
    file = experiment_in(tmp_path, '[[method]]\nname = "gone"\nfunction = "python:words_of_{key}:one"\n')
    module = next(tmp_path.glob("words_of_*.py"))
    module.write_text(module.read_text().replace("def one(", "def another("))
    assert main(["experiment", "run", str(file)]) == 4
    printed = out.readouterr().err
    assert "1 run to fit, 1 judgement to make" in printed
    assert "failed  gone: python:words_of_" in printed
    assert "the module has no 'one'" in printed
    assert main(["experiment", "list", str(file)]) == 0
    assert "failed: python:words_of_" in said(out)


@pytest.mark.parametrize("option", ["--only", "--again"])
def test_an_unknown_method_is_told(world: tuple[Path, list[Run]], out: Out, option: str) -> None:
    assert main(["experiment", "run", str(world[0]), option, "nobody"]) == 2
    assert f"{option} nobody: no method has this name. The methods: two words, function" in out.readouterr().err


def test_list_names_each_run(world: tuple[Path, list[Run]], out: Out, tmp_path: Path) -> None:
    listed = tmp_path / "list.json"
    assert main(["experiment", "list", str(world[0]), "--json", str(listed)]) == 0
    printed = said(out)
    assert all(run.id in printed for run in world[1])
    assert [row["state"] for row in json.loads(listed.read_text())] == ["stands"] * 4


def test_list_knows_what_is_missing_half_made_and_not_needed(
    world: tuple[Path, list[Run]], out: Out, tmp_path: Path
) -> None:
    import shutil

    file = Path(shutil.copytree(world[0].parent, tmp_path / "copy")) / world[0].name
    runs = file.parent / "runs"
    first, second, *_ = (run.id for run in world[1])
    (runs / first).rename(runs / f".{first}.part")
    shutil.rmtree(runs / second)
    file.write_text(file.read_text().replace("seeds = [0, 1]", "seeds = [0]"))
    listed = tmp_path / "list.json"
    assert main(["experiment", "list", str(file), "--json", str(listed)]) == 0
    states = [row["state"] for row in json.loads(listed.read_text())]
    assert states == ["half made", "missing", "stands", "not needed"]


def test_show_says_all_of_a_run(world: tuple[Path, list[Run]], out: Out) -> None:
    run = world[1][0]
    assert main(["experiment", "show", str(run.folder)]) == 0
    printed = said(out)
    assert f"To use it: textwright predict run:{run.id} FILE" in printed
    assert "train train 20" in printed
    assert "exact:TITLE" in printed


def test_diff_says_what_differs_and_whether_figures_do(world: tuple[Path, list[Run]], out: Out, tmp_path: Path) -> None:
    one, other = (str(run.folder) for run in world[1] if run.method == "seeds")
    found = tmp_path / "diff.json"
    assert main(["experiment", "diff", one, other, "--json", str(found)]) == 0
    printed = said(out)
    assert "seed 0 1" in printed
    [figure] = [each for each in json.loads(found.read_text())["figures"] if each["measure"] == "exact:TITLE"]
    assert (figure["a"], figure["paired"]["p_value"]) == (figure["b"], 1.0)
    assert main(["experiment", "diff", one, one]) == 0
    assert "They were made of the same, in the same way." in said(out)


def test_clean_takes_away_what_is_not_needed_and_only_when_told(
    world: tuple[Path, list[Run]], out: Out, tmp_path: Path
) -> None:
    import shutil

    file = Path(shutil.copytree(world[0].parent, tmp_path / "copy")) / world[0].name
    file.write_text(file.read_text().replace("seeds = [0, 1]", "seeds = [0]"))
    gone = file.parent / "runs" / world[1][-1].id
    assert main(["experiment", "clean", str(file)]) == 0
    assert gone.name in said(out)
    assert gone.is_dir()
    assert main(["experiment", "clean", str(file), "--yes"]) == 0
    assert not gone.exists()
    assert main(["experiment", "list", str(file)]) == 0
    assert "not needed" not in said(out)


def test_what_is_no_run_is_told(out: Out, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["experiment", "show", "network-0-1a2b3c4d"]) == 2
    assert "no run has this id" in out.readouterr().err
    assert main(["experiment", "show", "."]) == 2
    assert "the folder holds no run.json, so it is no run" in out.readouterr().err


def test_the_shape_of_the_file_is_printed(out: Out) -> None:
    assert main(["experiment", "schema"]) == 0
    assert json.loads(out.readouterr().out)["title"] == "textwright experiment"


@pytest.fixture
def out(capsys: Out) -> Out:
    """Take what is printed."""
    return capsys
