"""`compare --gate` from the outside: its status, what it prints, what it writes."""

from __future__ import annotations

import json
import sys
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from tests.evaluate.fakes import Known, dataset, spans
from textwright.cli import main

GOLD = {f"Nurse {place}": spans((0, 5, "JOB")) for place in range(120)}
TEXTS = list(GOLD)
NOTHING = spans()


def wrong_at(*places: int) -> Known:
    return Known({**GOLD, **{TEXTS[place]: NOTHING for place in places}})


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    module = ModuleType("gated_models")
    failing = Known({text: gold for text, gold in GOLD.items() if text != TEXTS[0]})
    module.__dict__.update(good=wrong_at(1), near=wrong_at(2, 3), bad=wrong_at(*range(60)), failing=failing)
    sys.modules["gated_models"] = module
    dataset(GOLD, domain="care").write(tmp_path / "gold.jsonl")
    monkeypatch.chdir(tmp_path)
    for name in ("GITHUB_ACTIONS", "GITHUB_STEP_SUMMARY", "GITHUB_WORKSPACE"):
        monkeypatch.delenv(name, raising=False)
    yield tmp_path
    del sys.modules["gated_models"]


def compare(gate: str, *models: str, more: tuple[str, ...] = ()) -> int:
    Path("gate.toml").write_text(gate, encoding="utf-8")
    names = [f"python:gated_models:{name}" for name in models]
    return main(["compare", *names, "--data", "gold.jsonl", "--gate", "gate.toml", *more])


AT_LEAST = '[[threshold]]\nmeasure = "exact:JOB"\nat_least = '
MARGIN = '[[not_worse]]\nthan = "python:gated_models:near"\nmeasure = "exact:JOB"\nmargin = '
SILENT = "[[budget]]\nfailed = 0\n"


@pytest.mark.parametrize(
    ("gate", "models", "status"),
    [
        (AT_LEAST + "0.9", ["good", "near"], 0),
        (AT_LEAST + "0.9", ["good"], 0),
        (AT_LEAST + "0.9", ["bad", "near"], 3),
        (MARGIN + "0.1", ["good", "near"], 0),
        (MARGIN + "0.01", ["good", "near"], 2),
        (MARGIN + "0.01", ["bad", "near"], 3),
        (f"{MARGIN}0.01\n{AT_LEAST}0.995", ["good", "near"], 3),  # missed is certain, so it goes first
        (AT_LEAST + "0.9", ["failing", "near"], 4),
        (SILENT, ["failing", "near"], 3),
        (MARGIN + "0.01", ["failing", "near"], 2),
    ],
    ids=lambda value: str(value).splitlines()[0][:40],
)
def test_the_status_says_what_became_of_the_gate(gate: str, models: list[str], status: int) -> None:
    assert compare(gate, *models) == status


def test_the_verdicts_stand_after_the_comparison_and_in_the_files(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    more = ("--json", "c.json", "--junit", "gate.xml")
    assert compare(f"{AT_LEAST}0.9\n{MARGIN}0.01", "good", "near", more=more) == 2
    out = " ".join(capsys.readouterr().out.split())
    assert out.index("Side by side") < out.index("takes about") < out.index("passed: python:gated_models:good")
    assert out.endswith("gate.toml: undecidable (1 undecidable, 1 passed).")
    written = json.loads((folder / "c.json").read_text())["gate"]
    assert [each["outcome"] for each in written["verdicts"]] == ["passed", "undecidable"]
    assert written["verdicts"][1]["texts_needed"] > written["verdicts"][1]["texts"] == 120
    assert ET.parse(folder / "gate.xml").getroot()[0].attrib["errors"] == "1"


def test_in_github_actions_each_rule_that_was_not_passed_is_annotated(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    summary = folder / "summary.md"
    summary.write_text("# Before\n", encoding="utf-8")
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(summary))
    assert compare(f"{AT_LEAST}0.9", "bad", "near") == 3
    [line] = [line for line in capsys.readouterr().out.splitlines() if line.startswith("::")]
    assert line.startswith("::error title=gate.toml%3A missed%3A exact%3AJOB at least 0.9,file=gate.toml,line=1::")
    assert summary.read_text(encoding="utf-8").startswith("# Before\n**gate.toml: missed (1 missed).**\n")


def test_a_summary_that_cannot_be_written_changes_no_verdict(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(folder))
    assert compare(f"{AT_LEAST}0.9", "bad", "near") == 3
    assert "the step's summary cannot be written" in capsys.readouterr().err


def test_slices_and_sources_are_taken_from_meta(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert compare(AT_LEAST.replace("JOB", "JOB@domain=care") + "0.9", "good", "near") == 0
    assert compare(AT_LEAST.replace("JOB", "JOB@domain=ux") + "0.9", "good", "near") == 2
    assert "gate.toml:1: no text has domain = ux. Known: care" in capsys.readouterr().err
    lines = (folder / "gold.jsonl").read_text(encoding="utf-8").splitlines()
    sourced = [line.replace('"care"', f'"care", "source": "board {place // 4}"') for place, line in enumerate(lines)]
    (folder / "gold.jsonl").write_text("\n".join(sourced) + "\n", encoding="utf-8")
    assert compare(MARGIN + "0.1", "good", "near") == 0
    assert "by 30 whole sources" in " ".join(capsys.readouterr().out.split())


def test_what_was_judged_is_kept_when_the_gate_is_wrong(folder: Path) -> None:
    assert compare(AT_LEAST.replace("JOB", "JBO") + "0.9", "good", "near", more=("--json", "c.json")) == 2
    written = json.loads((folder / "c.json").read_text())
    assert len(written["reports"]) == 2
    assert "gate" not in written


@pytest.mark.parametrize(
    ("gate", "message"),
    [
        (AT_LEAST + "90", "gate.toml:1: threshold: at_least is 90, expected a share"),
        (MARGIN.replace("near", "neer") + "0.1", "Did you mean python:gated_models:near?"),
        (f'model = "x"\n{SILENT}', "gate.toml: the key 'model' is unknown"),
        (MARGIN.replace("than", "baseline") + "0.1", "the baseline cannot be read: No such file"),
    ],
)
def test_a_wrong_gate_is_told_before_any_model_is_asked(
    gate: str, message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert compare(gate, "good", "near") == 2
    printed = capsys.readouterr()
    assert message in printed.err
    assert printed.out == ""


def test_junit_wants_a_gate(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["compare", "a", "b", "--data", "gold.jsonl", "--junit", "x.xml"]) == 2
    assert "name one with --gate" in capsys.readouterr().err
