from __future__ import annotations

import json
from typing import Any

import pytest

from tests.evaluate.fakes import SCHEMA, Known, dataset, spans
from textwright.errors import DataError
from textwright.evaluate import Comparison, Report, compare, evaluate
from textwright.evaluate.statistics import texts_needed

TEXTS = [f"Nurse {i}" for i in range(40)]
GOLD = {text: spans((0, 5, "JOB")) for text in TEXTS}


def right_on(count: int, *, first: int = 0, name: str = "model") -> Report:
    """Judge a model that is right on `count` texts from `first` on, and finds nothing in the others."""
    told = {text: GOLD[text] if first <= i < first + count else spans() for i, text in enumerate(TEXTS)}
    return evaluate(Known(told, name=name), dataset(GOLD))


def pair_of(comparison: Comparison, measure: str) -> dict[str, object]:
    [pair] = [each.to_data() for each in comparison.pairs if each.measure == measure]
    return pair


def test_a_pair_counts_the_texts_that_one_alone_has_right() -> None:
    pair = pair_of(compare([right_on(30, name="a"), right_on(20, first=15, name="b")]), "exact:JOB")
    assert (pair["a"], pair["b"], pair["only_a"], pair["only_b"]) == ("a", "b", 15, 5)
    assert pair["difference"] == 0.25
    assert pair["p_value"] == pytest.approx(0.04138947)
    assert isinstance(pair["low"], float)
    assert pair["low"] < 0.25 < pair["high"]  # type: ignore[operator]


def test_holm_covers_all_measures_together() -> None:
    comparison = compare([right_on(30, name="a"), right_on(20, first=15, name="b")])
    assert [pair.measure for pair in comparison.pairs] == ["exact:JOB", "exact:LEVEL", "whole_text"]
    assert pair_of(comparison, "exact:JOB")["p_holm"] == pytest.approx(3 * 0.04138947)


def test_a_clear_difference_is_said_with_its_interval() -> None:
    [line] = [
        each for each in compare([right_on(38, name="a"), right_on(5, name="b")]).verdicts() if "exact:JOB" in each
    ]
    assert line.startswith("exact:JOB: a is 82.5 percentage points ahead of b (95 % interval ")
    assert "p < 0.0001" in line


def test_an_unclear_difference_says_how_many_more_texts_are_needed() -> None:
    comparison = compare([right_on(22, name="a"), right_on(20, first=3, name="b")])
    assert "cannot be told apart (5.0 percentage points between them" in comparison.verdicts()[0]
    needed = pair_of(comparison, "exact:JOB")["texts_needed"]
    assert needed == texts_needed(3, 1, len(TEXTS), alpha=0.05 / 3), "three questions were asked"


def test_level_models_promise_no_number_of_texts() -> None:
    comparison = compare([right_on(10, name="a"), right_on(10, first=10, name="b")])
    assert comparison.verdicts()[0] == "exact:JOB: a and b are right equally often, so no difference can be shown."
    assert pair_of(comparison, "exact:JOB")["texts_needed"] is None


def test_every_pair_of_three_models_is_compared() -> None:
    comparison = compare([right_on(n, name=str(n)) for n in (5, 10, 15)])
    assert {(pair.a, pair.b) for pair in comparison.pairs} == {("5", "10"), ("5", "15"), ("10", "15")}


def test_models_with_one_name_are_told_apart() -> None:
    names = [each.name for each in compare([right_on(5), right_on(6), right_on(7)]).reports]
    assert names == ["model", "model (2)", "model (3)"]


def test_reports_on_different_texts_are_refused() -> None:
    other = evaluate(Known({"x": spans()}), dataset({"x": spans()}))
    with pytest.raises(DataError, match="Only reports on the same texts and gold can be compared"):
        compare([right_on(5), other])


def test_one_report_is_refused() -> None:
    with pytest.raises(DataError, match="found 1 report, expected two or more"):
        compare([right_on(5)])


def test_measures_that_not_all_share_are_left_out_and_said() -> None:
    narrow = evaluate(Known(GOLD, name="narrow"), dataset(GOLD), labels=["JOB"])
    comparison = compare([right_on(5, name="wide"), narrow])
    assert comparison.measures == ("exact:JOB",)
    assert any(note.startswith("Only wide was scored for exact:LEVEL") for note in comparison.notes)


def test_texts_without_gold_are_not_compared() -> None:
    from textwright.types import Annotation

    data = dataset({**GOLD, "no gold": Annotation(categories=())})
    reports = [evaluate(Known({**GOLD, "no gold": spans()}, name=name), data) for name in "ab"]
    assert pair_of(compare(reports), "whole_text")["texts"] == len(TEXTS)


def test_the_comparison_is_json_with_the_promised_keys() -> None:
    data = json.loads(json.dumps(compare([right_on(5, name="a"), right_on(9, name="b")]).to_data(), allow_nan=False))
    promised = {"a", "b", "measure", "difference", "low", "high", "only_a", "only_b", "p_value", "p_holm"}
    assert set(data["pairs"][0]) >= promised
    assert [each["model"]["name"] for each in data["reports"]] == ["a", "b"]


def test_markdown_has_the_figures_side_by_side() -> None:
    text = compare([right_on(10, name="a"), right_on(20, name="b")]).to_markdown()
    assert "| share of right texts | a | b |" in text
    assert f"| exact:JOB | 0.250 ({0.142:.3f} to {0.402:.3f}) | 0.500" in text
    assert SCHEMA.spans[1] in text


@pytest.mark.parametrize("given", [[Known(GOLD), Known(GOLD)], [right_on(5), Known(GOLD)]])
def test_models_are_no_reports(given: Any) -> None:
    with pytest.raises(DataError, match=r"found Known, expected reports: those that evaluate\(model, dataset\) makes"):
        compare(given)


def test_one_report_alone_is_refused() -> None:
    alone: Any = right_on(5)
    with pytest.raises(DataError, match="found 1 report, expected two or more to compare"):
        compare(alone)


def test_printing_shows_the_tables_and_a_look_one_line() -> None:
    comparison = compare([right_on(38, name="a"), right_on(5, name="b")])
    assert str(comparison) == comparison.to_markdown()
    assert "| share of right texts | a | b |" in str(comparison)
    assert repr(comparison) == "<Comparison of a, b on 40 texts: 2 of 3 differences beyond chance>"
