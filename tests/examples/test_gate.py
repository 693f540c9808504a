"""The repository of examples/gate/ does what its README says, each line of its workflow run as GitHub would."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ET
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest
from mkdocs.utils.yaml import yaml_load

from tests.spec import ROOT
from textwright.cli import main
from textwright.dataset import Dataset
from textwright.evaluate.gate import read_gate

HERE = ROOT / "examples/gate"
WORKFLOW = HERE / ".github/workflows/gate.yml"
INSTALL = "python -m pip install -r requirements.txt"
GATE = ["compare", "./model", "--data", "test.jsonl", "--gate", "gate.toml"]


@pytest.fixture
def copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a copy of the repository, where a step of GitHub Actions stands."""
    folder = Path(shutil.copytree(HERE, tmp_path / "shop"))
    monkeypatch.chdir(folder)
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    monkeypatch.setenv("GITHUB_WORKSPACE", str(folder))
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(folder / "summary.md"))
    monkeypatch.setenv("PATH", f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}")
    return folder


def run_lines() -> list[str]:
    """Return the workflow's lines of shell, after a look at what GitHub would refuse."""
    with WORKFLOW.open(encoding="utf-8") as file:
        read: dict[Any, Any] = yaml_load(file)
    assert read[True] == ["push", "pull_request"]  # YAML 1.1 takes `on` for a truth; GitHub does not
    [job] = read["jobs"].values()
    assert all(("uses" in step) != ("run" in step) for step in job["steps"])
    return [step["run"] for step in job["steps"] if "run" in step]


def run(line: str) -> None:
    done = subprocess.run(["bash", "-e", "-c", line], capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, f"{line}\n{done.stdout}{done.stderr}"


def test_the_workflow_passes(copy: Path) -> None:
    install, *others = run_lines()
    assert install == INSTALL
    assert version((copy / "requirements.txt").read_text(encoding="utf-8").strip())
    for line in others:
        run(line)
    assert json.loads((copy / "compared.json").read_text())["gate"]["outcome"] == "passed"
    assert "gate.toml: passed (7 of 7 rules)." in (copy / "summary.md").read_text(encoding="utf-8")
    assert ET.parse(copy / "gate.xml").getroot()[0].attrib["failures"] == "0"


@pytest.mark.verify
def test_what_the_workflow_installs_is_found(copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is installed here satisfies it; pip takes seconds to say so."""
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    run(INSTALL)


def test_a_change_for_the_worse_is_missed_and_annotated(copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    things = copy / "model/things.txt"
    kept = [line for line in things.read_text(encoding="utf-8").splitlines() if line[:1] not in "bmp"]
    things.write_text("\n".join(kept) + "\n", encoding="utf-8")
    assert main(GATE) == 3
    annotated = [line for line in capsys.readouterr().out.splitlines() if line.startswith("::error ")]
    places = [line.split("::")[1].rpartition("file=")[2] for line in annotated]
    lines = (copy / "gate.toml").read_text(encoding="utf-8").splitlines()
    found = [(place.split(",")[0], lines[int(place.rpartition("=")[2]) - 1]) for place in places]
    assert found == [("gate.toml", "[[threshold]]"), ("gate.toml", "[[threshold]]"), ("gate.toml", "[[not_worse]]")]


def test_a_margin_that_the_headlines_cannot_decide_is_refused(copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    gate = copy / "gate.toml"
    asked = gate.read_text(encoding="utf-8").replace('"exact:PRODUCT"\nmargin = 0.1', '"exact:SIZE"\nmargin = 0.01')
    gate.write_text(asked, encoding="utf-8")
    assert main(GATE) == 2
    assert "the data cannot decide" in capsys.readouterr().out


def test_the_baseline_can_be_written_anew(copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (copy / "baseline.json").unlink()
    assert main(["evaluate", "./model", "test.jsonl", "--json", "baseline.json"]) == 0
    assert main(GATE) == 0
    assert "it is level" in " ".join(capsys.readouterr().out.split())


def test_the_readme_names_these_commands() -> None:
    readme = (HERE / "README.md").read_text(encoding="utf-8")
    assert f"textwright {' '.join(GATE)}\n" in readme
    assert "textwright evaluate ./model test.jsonl --json baseline.json\n" in readme


def test_the_headlines_are_annotated_as_the_schema_says() -> None:
    headlines = Dataset.read(HERE / "test.jsonl")
    labels = {span.label for each in headlines for span in each.gold.spans or ()}
    assert labels == {"PRODUCT", "COLOUR", "SIZE"}
    assert len(headlines) == len({each.text for each in headlines}) >= 60
    assert read_gate(HERE / "gate.toml").slice_keys == ("aisle",)
