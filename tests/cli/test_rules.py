"""`textwright rules new`, `check` and `test`."""

from __future__ import annotations

from pathlib import Path

import pytest

from textwright.cli import main
from textwright.dataset import Dataset
from textwright.predictors.rules import RulesPredictor
from textwright.types import Annotation, Example, Span


@pytest.fixture
def recipes(tmp_path: Path) -> Path:
    folder = tmp_path / "recipes"
    assert main(["rules", "new", str(folder)]) == 0
    return folder


def change(folder: Path, old: str, new: str) -> None:
    path = folder / "rules.toml"
    toml = path.read_text(encoding="utf-8")
    assert old in toml
    path.write_text(toml.replace(old, new), encoding="utf-8")


def test_new_writes_rules_that_work(recipes: Path) -> None:
    (annotation,) = RulesPredictor.open(recipes).predict(["200g plain flour"])
    assert [span.label for span in annotation.spans or ()] == ["QUANTITY", "INGREDIENT"]


def test_new_refuses_what_exists_and_leaves_it_alone(recipes: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (recipes / "rules.toml").write_text("mine", encoding="utf-8")
    assert main(["rules", "new", str(recipes)]) == 2
    assert "exists already" in capsys.readouterr().err
    assert (recipes / "rules.toml").read_text(encoding="utf-8") == "mine"


def test_new_takes_an_empty_folder(tmp_path: Path) -> None:
    assert main(["rules", "new", str(tmp_path)]) == 0
    assert (tmp_path / "rules.toml").exists()


def test_check_of_rules_without_fault_says_so(recipes: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rules", "check", str(recipes)]) == 0
    assert capsys.readouterr().err.endswith("0 errors, 0 warnings\n")


def test_check_lists_every_error_and_ends_with_2(recipes: Path, capsys: pytest.CaptureFixture[str]) -> None:
    change(recipes, "{size}", "{sise}")
    change(recipes, "{manner}?", "{manner}? (")
    assert main(["rules", "check", str(recipes)]) == 2
    lines = capsys.readouterr().out.splitlines()
    assert [line.split(", ")[1].split(":")[0] for line in lines] == [
        "rule 'preparation'",
        "rule 'amount without a unit'",
    ]


def test_check_that_only_warns_ends_with_0(recipes: Path, capsys: pytest.CaptureFixture[str]) -> None:
    change(recipes, "[lists]", '[lists]\nunused = ["x"]')
    assert main(["rules", "check", str(recipes)]) == 0
    printed = capsys.readouterr()
    assert "warning: " in printed.out
    assert printed.err.endswith("0 errors, 1 warning\n")


def test_test_counts_the_examples_that_pass(recipes: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rules", "test", str(recipes)]) == 0
    assert capsys.readouterr().out == "9 of 9 examples pass\n"


def test_test_shows_what_was_expected_and_found_and_ends_with_3(
    recipes: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    change(recipes, "[QUANTITY: 2 large] [INGREDIENT: eggs]", "[QUANTITY: 2] [INGREDIENT: large eggs]")
    assert main(["rules", "test", str(recipes)]) == 3
    assert capsys.readouterr().out.splitlines() == [
        "example 2:",
        "  expected  [QUANTITY: 2] [INGREDIENT: large eggs]",
        "  found     [QUANTITY: 2 large] [INGREDIENT: eggs]",
        "    missing   QUANTITY '2' [0, 1)",
        "    missing   INGREDIENT 'large eggs' [2, 12)",
        "    too much  QUANTITY '2 large' [0, 7)",
        "    too much  INGREDIENT 'eggs' [8, 12)",
        "8 of 9 examples pass",
    ]


def test_test_of_rules_that_cannot_be_read_ends_with_2(recipes: Path, capsys: pytest.CaptureFixture[str]) -> None:
    change(recipes, "{size}", "{sise}")
    assert main(["rules", "test", str(recipes)]) == 2
    assert "rule 'amount without a unit': unknown list {sise}" in capsys.readouterr().err


def test_test_with_data_scores_labels_and_rules(
    recipes: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = tmp_path / "marked.jsonl"
    gold = [("2 eggs", [(0, 1, "QUANTITY"), (2, 6, "INGREDIENT")]), ("1 ripe lemon", [(2, 12, "INGREDIENT")])]
    examples = [Example(str(i), text, Annotation(tuple(Span(*each) for each in s))) for i, (text, s) in enumerate(gold)]
    Dataset(examples).write(data)
    assert main(["rules", "test", str(recipes), str(data)]) == 0
    lines = [line.split() for line in capsys.readouterr().out.splitlines()]
    assert ["food", "2", "1", "50.0", "%"] in lines
    assert ["amount", "with", "a", "unit", "0", "0", "-"] in lines
    assert next(line for line in lines if line[:1] == ["INGREDIENT"])[1:3] == ["50.0", "%"]


def test_test_with_data_of_other_labels_says_so_and_ends_with_2(
    recipes: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = tmp_path / "marked.jsonl"
    Dataset([Example("1", "Nurse", Annotation((Span(0, 5, "JOB"),))), Example("2", "", Annotation(()))]).write(data)
    assert main(["rules", "test", str(recipes), str(data)]) == 2
    printed = capsys.readouterr()
    assert f"{data}: annotated with JOB, of which the rules mark none. They mark: QUANTITY, INGREDIENT" in printed.err
    assert "0.0 %" not in printed.out
