"""Methods that speak of fewer layers stand beside the others, and are compared where both are judged."""

from __future__ import annotations

import pytest

from tests.evaluate.fakes import SCHEMA, TONES, Known
from tests.experiment.table.made import GOLD, experiment_of, run_of, texts_with
from textwright.dataset import Dataset
from textwright.errors import DataError
from textwright.evaluate import evaluate
from textwright.experiment.table.table import ExperimentTable, table_of
from textwright.runs import Judgement
from textwright.schema import Schema
from textwright.types import Annotation, Category

BOTH = {text: Annotation(gold.spans, (Category("tone", "calm"),)) for text, gold in GOLD.items()}
TONE = {text: Annotation(categories=gold.categories) for text, gold in BOTH.items()}
LAYERS = Schema(labels=SCHEMA.labels, tasks=TONES.tasks)
DATA = Dataset(list(texts_with(BOTH)), schema=LAYERS)


def judged(answers: dict[str, Annotation]) -> Judgement:
    report = evaluate(Known(answers, schema=LAYERS), DATA, slice_by=["town"]).to_data()
    return Judgement(test="test", runtime="python", key="k", report=report, sources=(None,) * len(DATA))


def table(measure: str, **answers: dict[str, Annotation]) -> ExperimentTable:
    runs = [run_of(method, judged(each)) for method, each in answers.items()]
    return table_of(experiment_of(*answers, measure=measure), runs)


@pytest.mark.parametrize("measure", ["whole_text", "category:tone"])
def test_what_says_nothing_of_a_layer_has_a_dash_and_is_not_compared(measure: str) -> None:
    found = table(measure, spans=GOLD, both=BOTH)
    assert [row.method for row in found.rows] == ["both", "spans"]
    assert [row.value(measure) for row in found.rows] == [1.0, None]
    assert [row.value("exact:JOB") for row in found.rows] == [1.0, 1.0]
    assert found.differences == {}
    assert "No figures for tone, nor for the whole text, of what says nothing of it: spans" in found.warnings
    assert "| spans |" in found.to_markdown()
    assert found.to_html()


def test_layers_that_all_speak_of_are_compared() -> None:
    found = table("exact:JOB", spans=GOLD, both=BOTH)
    assert list(found.differences) == ["both"]
    assert set(found.measures) == {"exact:JOB", "exact:LEVEL"}


def test_whole_texts_of_other_layers_are_never_compared() -> None:
    with pytest.raises(DataError, match=r"by which no method was judged\. Measures: exact:JOB"):
        table("whole_text", spans=GOLD, tone=TONE)
