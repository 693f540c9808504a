"""What is not known, or cannot be said of so few texts: a dash or a sentence, never a figure."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from tests.experiment.table.made import GOLD, TEXTS, experiment_of, judged, run_of, texts_with, wrong_in
from textwright.experiment.table import ExperimentTable, table_of
from textwright.runs import Judgement, Run

USED = {"prompt_tokens": 400, "completion_tokens": 40, "cost": 0.0, "calls": 40, "seconds": 4.0}


def table(*runs: Run) -> ExperimentTable:
    return table_of(experiment_of(*(run.method for run in runs)), runs)


def with_usage(*, priced: bool, cost: float = 0.0) -> Judgement:
    found = judged(GOLD, usage={**USED, "cost": cost})
    return replace(found, report={**found.report, "priced": priced})


def front(made: ExperimentTable, key: str) -> dict[str, Any]:
    return next(each.to_data() for each in made.fronts if each.axis.key == key)


def test_an_unknown_price_is_a_dash_and_on_no_front() -> None:
    runs = [
        run_of("asked", with_usage(priced=False)),
        run_of("paid", with_usage(priced=True, cost=2.0)),
        run_of("at home", with_usage(priced=True)),
        run_of("rules", judged(wrong_in([1]))),
    ]
    made = table(*runs)
    costs = {row.method: row.value("cost_per_1000") for row in made.rows}
    assert costs == {"asked": None, "paid": 50.0, "at home": 0.0, "rules": None}
    assert made.rows[0].value("prompt_tokens_per_1000") == 10_000
    found = front(made, "cost_per_1000")
    assert {each["method"]: each["price"] for each in found["points"]} == {"rules": 0.0, "at home": 0.0, "paid": 50.0}
    assert found["without"] == ["asked"]
    assert made.warnings == ("No table of prices has the models of asked, so what they cost is not known",)


def test_what_answered_nothing_is_told_has_no_speed_and_is_on_no_front() -> None:
    fast = {"latency_ms_p50": 0.01, "latency_ms_p95": 0.02, "texts_per_second": 99_999.0}
    runs = [
        run_of("silent", judged({}, speed=fast), size_bytes=1),
        run_of("a", judged(GOLD), size_bytes=300),
        run_of("b", judged(wrong_in([1])), size_bytes=200),
    ]
    made = table(*runs)
    silent = next(row for row in made.rows if row.method == "silent")
    assert [silent.value(key) for key in fast] == [None, None, None]
    assert silent.value("failed") == 40
    for found in made.fronts:
        assert {point.method for point in found.points} == {"a", "b"}
    assert made.warnings == ("silent: 40 of 40 texts without an answer; the first: never heard of it",)


def test_the_first_reason_for_no_answer_is_told_with_the_count() -> None:
    some = {text: answer for text, answer in GOLD.items() if text not in TEXTS[3:5]}
    made = table(run_of("some", judged(some)), run_of("all", judged(GOLD)))
    assert made.warnings == ("some: 2 of 40 texts without an answer; the first: never heard of it",)
    assert "Before you trust the figures" in made.to_markdown()
    assert made.rows[1].value("latency_ms_p50") is not None


def test_parts_that_are_all_small_are_one_sentence() -> None:
    data = texts_with()
    few = replace_towns(data, ["Leith", "Hove", "Deal"])
    made = table(run_of("a", judged(wrong_in([1]), few)))
    [sentence] = [line for line in made.verdicts() if "town" in line]
    assert sentence == "No value of town has 20 texts, so its 3 parts are not shown."
    assert "by town" not in made.to_markdown()
    assert "by town" not in made.to_html()
    assert [part["texts"] for part in made.to_data()["slices"][0]["parts"]] == [40]


def replace_towns(data: Any, towns: list[str]) -> Any:
    from textwright.dataset import Dataset

    examples = [replace(each, meta={"town": towns[i % len(towns)]}) for i, each in enumerate(data)]
    return Dataset(examples, schema=data.schema, name=data.name)


def test_training_is_given_by_the_clock_and_of_the_processor() -> None:
    waited = run_of("waited", judged(GOLD), kind="recipe", seconds=420.0, cpu_seconds=16.0)
    made = table(waited, run_of("rules", judged(GOLD)))
    assert [made.rows[0].value(key) for key in ("training_seconds", "training_cpu_seconds")] == [420.0, 16.0]
    assert made.rows[1].value("training_cpu_seconds") is None
    written = made.to_markdown()
    assert "training time | training, processor" in written
    assert "7 min | 16 s" in written
