"""The table: who stands first, how far the others are behind, and what is refused."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest

from tests.evaluate.fakes import SCHEMA, TONES, Known, dataset, tones
from tests.experiment.table.made import GOLD, TEXTS, experiment_of, judged, run_of, wrong_in
from textwright.dataset import Dataset
from textwright.errors import DataError
from textwright.evaluate import evaluate
from textwright.evaluate.paired import paired
from textwright.evaluate.statistics import holm
from textwright.experiment.table import ExperimentTable, table_of
from textwright.runs import Judgement, Run
from textwright.types import Annotation, Example

RIGHT, CLOSE, FAR = wrong_in([]), wrong_in([3]), wrong_in(range(20))


def small() -> ExperimentTable:
    runs = [run_of("far", judged(FAR)), run_of("right", judged(RIGHT)), run_of("close", judged(CLOSE))]
    return table_of(experiment_of("far", "right", "close"), runs)


def test_the_best_by_the_measure_stands_first() -> None:
    assert [row.method for row in small().rows] == ["right", "close", "far"]


def test_what_is_printed_can_be_read() -> None:
    table = small()
    assert str(table) == table.to_markdown()


def test_of_equals_the_first_in_the_file_stands_first() -> None:
    runs = [run_of("b", judged(RIGHT)), run_of("a", judged(RIGHT))]
    assert [row.method for row in table_of(experiment_of("a", "b"), runs).rows] == ["a", "b"]


def test_differences_are_paired_and_corrected_for_all_methods() -> None:
    table = small()
    alone = [paired(_right(answers), _right(RIGHT)) for answers in (CLOSE, FAR)]
    found = [table.differences[name] for name in ("close", "far")]
    assert [each.found for each in found] == alone
    assert [each.p_holm for each in found] == holm([each.p_value for each in alone])
    assert [each.told_apart for each in found] == [False, True]


def _right(answers: Mapping[str, Annotation]) -> list[bool | None]:
    return [answers[text] == GOLD[text] for text in TEXTS]


def test_words_say_what_cannot_be_told_apart_and_how_many_texts_would_tell() -> None:
    first, second, how = small().verdicts()
    assert first == "right is the best by JOB exact on these texts; cannot be told apart from it: close."
    assert "close cannot be told apart from right (2.5 percentage points between them" in second
    assert second.endswith("texts would tell, here are 40.")
    assert "McNemar" in how


def test_sources_are_drawn_where_they_are_known() -> None:
    sources = tuple(f"s{i // 2}" for i in range(40))
    runs = [run_of(name, judged(answers, sources=sources)) for name, answers in (("a", RIGHT), ("b", FAR))]
    found = table_of(experiment_of("a", "b"), runs).differences["b"].found
    assert found == paired(_right(FAR), _right(RIGHT), sources=sources)
    assert "20 whole sources" in found.how
    assert not table_of(experiment_of("a", "b"), runs).warnings


def test_few_sources_are_told_before_the_figures_and_once() -> None:
    sources = tuple(f"s{i % 4}" for i in range(40))
    runs = [run_of(name, judged(answers, sources=sources)) for name, answers in (("a", RIGHT), ("b", FAR))]
    made = table_of(experiment_of("a", "b"), runs)
    [warning] = made.warnings
    assert warning.startswith("4 sources are too few to draw (20 are needed), so intervals are too narrow where")
    assert made.to_markdown().count("too few to draw") == 1
    assert made.verdicts()[-1] == "Compared text by text (McNemar's exact test, Tango's interval)."


def test_seeds_give_a_mean_and_a_range() -> None:
    runs = [run_of("a", judged(wrong_in(places)), seed=seed) for seed, places in enumerate(([], [0, 1, 2, 3]))]
    row = table_of(experiment_of("a"), runs).rows[0]
    found = row.figures["exact:JOB"]
    assert (row.seeds, found.value, found.least, found.most) == ((0, 1), 0.95, 0.9, 1.0)
    assert found.low is not None
    assert found.low < 0.95


def test_each_runtime_has_its_own_speed() -> None:
    node = judged(RIGHT, runtime="node", speed={"latency_ms_p50": 7.0}, other_answers=2)
    python = judged(RIGHT, speed={"latency_ms_p50": 3.0})
    runs = [run_of("a", python, node)]
    table = table_of(experiment_of("a", runtimes=("python", "node")), runs)
    row = table.rows[0]
    assert (row.value("latency_ms_p50"), row.value("latency_ms_p50:node")) == (3.0, 7.0)
    assert row.value("other_answers:node") == 2
    assert "In Node" not in small().to_markdown()
    assert "How fast, in Node" in table.to_markdown()


def test_tokens_and_money_are_for_a_thousand_texts() -> None:
    usage = {"prompt_tokens": 400, "completion_tokens": 80, "cost": 0.2, "calls": 40, "seconds": 1.0}
    row = table_of(experiment_of("a"), [run_of("a", judged(RIGHT, usage=usage))]).rows[0]
    keys = ("prompt_tokens_per_1000", "completion_tokens_per_1000", "cost_per_1000")
    assert [row.value(key) for key in keys] == [10_000, 2_000, 5.0]


def test_one_text_is_no_texts() -> None:
    data = Dataset([Example("t0", TEXTS[0], GOLD[TEXTS[0]], {"town": "Hove"})], schema=SCHEMA, name="one.jsonl")
    made = table_of(experiment_of("a"), [run_of("a", judged(RIGHT, data))])
    assert "Small on test: 1 text, 1 method, the best" in made.to_markdown()


def test_columns_without_any_figure_are_left_out() -> None:
    keys = {column.key for column in small().columns}
    assert "calibration:spans" not in keys
    assert "cost_per_1000" not in keys
    assert {"exact:JOB", "whole_text", "span_f1", "failed", "size_bytes", "latency_ms_p95"} <= keys


def test_every_share_has_an_interval() -> None:
    exact = [column.key for column in small().columns if column.group == "exactness"]
    for row in small().rows:
        for key in exact:
            found = row.figures[key]
            assert found.low is not None
            assert found.high is not None
            assert found.low <= found.value <= found.high


def test_tasks_have_their_share_and_both_averages() -> None:
    golds = {f"text {i}": tones("calm") if i % 2 else tones("warm", "cross") for i in range(20)}
    report = evaluate(Known({**golds, "text 3": tones("warm")}, TONES), dataset(golds, TONES)).to_data()
    judgement = Judgement(test="test", runtime="python", key="k", report=report, sources=(None,) * 20)
    table = table_of(experiment_of("a", measure="category:tone"), [run_of("a", judgement)])
    keys = [column.key for column in table.columns if column.group == "exactness"]
    assert keys == ["category:tone", "whole_text", "micro_f1:tone", "macro_f1:tone"]
    assert table.rows[0].value("category:tone") == 0.95
    assert table.rows[0].figures["macro_f1:tone"].low is not None
    assert "there is no other to compare it with" in table.verdicts()[0]


def _refused(runs: list[Run], measure: str = "exact:JOB", test: str | None = None) -> str:
    with pytest.raises(DataError) as caught:
        table_of(experiment_of("a", "b", measure=measure), runs, test=test)
    return str(caught.value)


def test_what_cannot_stand_in_one_table_is_refused() -> None:
    one, other = run_of("a", judged(RIGHT)), judged(RIGHT)
    fewer = replace(other, report={**other.report, "ids": other.report["ids"][:-1]})
    assert "b was judged on other texts of test than a" in _refused([one, run_of("b", fewer)])
    assert "by which no method was judged. Measures: exact:JOB, exact:LEVEL, whole_text" in _refused(
        [one], measure="exact:TOWN"
    )
    assert "no method was judged on 'later'. Judged so far: test" in _refused([one], test="later")
    assert "textwright experiment run experiment.toml" in _refused([])


def test_several_tests_stand_side_by_side() -> None:
    runs = [
        run_of("a", judged(RIGHT), judged(FAR, test="other")),
        run_of("b", judged(CLOSE), judged(RIGHT, test="other")),
    ]
    across = table_of(experiment_of("a", "b", tests=("test", "other")), runs).across
    assert across is not None
    assert across.texts == {"test": 40, "other": 40}
    values = {method: [found[test].value for test in across.texts] for method, found in across.figures.items()}
    assert values == {"a": [1.0, 0.5], "b": [0.975, 1.0]}
    assert small().across is None


def test_data_and_markdown_hold_the_figures() -> None:
    data, written = small().to_data(), small().to_markdown()
    assert [each["method"] for each in data["methods"]] == ["right", "close", "far"]
    assert data["methods"][0]["difference"] is None
    assert data["methods"][1]["difference"]["texts_needed"] > 40
    assert "| close | 0.975 0.871–0.996 |" in written
    assert "Before you trust" not in written
