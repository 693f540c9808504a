from __future__ import annotations

import json
import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.evaluate.fakes import SCHEMA, TONES, Known, Paid, dataset, spans, tones
from textwright.dataset import Dataset
from textwright.errors import DataError, ModelError
from textwright.evaluate import Report, evaluate
from textwright.evaluate.tables import report_lines
from textwright.predictors.cascade import CascadePredictor, Step
from textwright.schema import Schema, schema_of
from textwright.types import Annotation, Answer, Category, Example, Span

GOLD = {
    "Senior Nurse": spans((0, 12, "JOB"), (0, 6, "LEVEL")),
    "Nurse": spans((0, 5, "JOB")),
    "Hello": spans(),
    "Lead Cook": spans((0, 9, "JOB"), (0, 4, "LEVEL")),
}


def report_on(answers: dict[str, Annotation], **options: object) -> Report:
    return evaluate(Known(answers), dataset(GOLD), **options)  # type: ignore[arg-type]


def exact(report: Report, label: str) -> float | None:
    return report.score.exact[label].all.accuracy


def test_a_perfect_model_is_right_everywhere() -> None:
    data = report_on(GOLD).to_data()
    assert [data["exact"][label]["accuracy"] for label in ("JOB", "LEVEL")] == [1.0, 1.0]
    assert (data["whole_text"]["accuracy"], data["spans"]["micro"]["f1"], data["mistakes"]) == (1.0, 1.0, [])


def test_exact_match_compares_sets_and_counts_empty_ones() -> None:
    data = report_on({**GOLD, "Hello": spans((0, 5, "JOB")), "Lead Cook": spans((5, 9, "JOB"), (0, 4, "LEVEL"))})
    job, level = data.to_data()["exact"]["JOB"], data.to_data()["exact"]["LEVEL"]
    assert (job["accuracy"], job["support"], job["positives_accuracy"], job["empty_baseline"]) == (0.5, 3, 2 / 3, 0.25)
    assert (level["accuracy"], level["support"], level["empty_baseline"]) == (1.0, 2, 0.5)


def test_span_figures_are_strict_on_edges_and_label() -> None:
    wrong_edge = spans((0, 5, "JOB"), (0, 4, "LEVEL"))
    rows = report_on({**GOLD, "Lead Cook": wrong_edge}).to_data()["spans"]
    assert (rows["JOB"]["precision"], rows["JOB"]["recall"], rows["JOB"]["f1"]) == pytest.approx((2 / 3,) * 3)
    assert rows["micro"]["f1"] == pytest.approx(4 / 5)
    assert rows["macro"]["f1"] == pytest.approx((2 / 3 + 1) / 2)


def test_a_text_without_an_answer_is_wrong_even_where_nothing_is_there() -> None:
    report = report_on({text: gold for text, gold in GOLD.items() if text != "Hello"})
    assert report.failed == 1
    assert exact(report, "JOB") == exact(report, "LEVEL") == 0.75
    assert [mistake.to_data()["kinds"] for mistake in report.mistakes] == [["failed"]]
    assert report.mistakes[0].to_data()["predicted"] is None


def test_an_answer_without_the_layer_is_wrong_not_empty() -> None:
    report = report_on({**GOLD, "Hello": Annotation(categories=())})
    assert exact(report, "JOB") == 0.75
    assert [(mistake.text, mistake.kinds) for mistake in report.mistakes] == [("Hello", ("failed",))]


def test_texts_without_gold_spans_are_not_scored_for_spans() -> None:
    report = evaluate(Known({**GOLD, "new": spans()}), dataset({**GOLD, "new": Annotation(categories=())}))
    assert report.score.whole_text.total == 4
    assert report.to_data()["dataset"]["not_annotated"]["spans"] == 1
    assert report.rights["whole_text"][-1] is None


def test_labels_restrict_the_score_and_the_rest_is_listed() -> None:
    report = report_on({**GOLD, "Hello": spans((0, 5, "COLOUR"))}, labels=["LEVEL"])
    assert report.scope.labels == ("LEVEL",)
    assert set(report.to_data()["dataset"]["not_scored"]) == {"JOB", "COLOUR"}
    assert report.score.whole_text.accuracy == 1.0


def test_without_a_schema_the_labels_that_occur_are_scored() -> None:
    report = evaluate(Known({**GOLD, "Nurse": spans((0, 5, "COLOUR"))}), dataset(GOLD, schema=None))
    assert (report.scope.labels, report.scope.not_scored) == (("JOB", "LEVEL"), ("COLOUR",))


def test_without_a_schema_labels_come_in_the_order_of_the_model() -> None:
    model = Known(GOLD, schema=schema_of(["LEVEL", "JOB"]))
    assert evaluate(model, dataset(GOLD, schema=None)).scope.labels == ("LEVEL", "JOB")


def test_a_declared_label_that_never_occurs_is_scored() -> None:
    report = evaluate(Known(GOLD), dataset(GOLD, schema=schema_of(["JOB", "LEVEL", "PAY"])))
    data = report.to_data()
    assert data["exact"]["PAY"] | {"low": 0, "high": 0} == {
        "accuracy": 1.0,
        "low": 0,
        "high": 0,
        "right": 4,
        "texts": 4,
        "support": 0,
        "positives_accuracy": None,
        "empty_baseline": 1.0,
    }
    assert data["spans"]["PAY"]["f1"] is None
    assert data["spans"]["macro"]["f1"] == 1.0


@pytest.mark.parametrize(
    ("data", "options", "message"),
    [
        (dataset({}), {}, "has no examples"),
        (dataset({"a": Annotation()}), {}, "none of the 1 examples is annotated"),
        (dataset(GOLD), {"labels": ["JBO"]}, "unknown label 'JBO'. Known labels and tasks: JOB, LEVEL"),
        (dataset(GOLD, domain="ux"), {"slice_by": ["year"]}, "no example has meta.year.*Known keys: domain"),
        (dataset({"a": tones("calm")}, schema=TONES), {}, "nothing to score"),
    ],
)
def test_what_cannot_be_judged_is_refused(data: Dataset, options: dict[str, list[str]], message: str) -> None:
    with pytest.raises(DataError, match=message):
        evaluate(Known(GOLD, schema=SCHEMA), data, **options)  # type: ignore[arg-type]


def test_bad_labels_are_refused_before_any_text_is_paid_for() -> None:
    paid = Paid(GOLD)
    with pytest.raises(DataError):
        evaluate(paid, dataset(GOLD), labels=["NO"])
    assert paid.asked == 0


def test_a_model_that_costs_is_asked_once_and_its_costs_are_added_up() -> None:
    paid = Paid(GOLD)
    report = evaluate(paid, dataset(GOLD))
    assert paid.asked == len(GOLD)
    assert report.to_data()["usage"] == {
        "prompt_tokens": 40,
        "completion_tokens": 8,
        "cost": 2.0,
        "calls": 4,
        "seconds": 1.0,
    }
    assert report.speed.latency_ms_p50 == 250


def test_an_unknown_price_is_told_and_is_not_0() -> None:
    class Unpriced(Paid):
        def _answer(self, text: str) -> Answer:
            answer = super()._answer(text)
            assert answer.usage is not None
            return replace(answer, usage=replace(answer.usage, cost=0.0, unpriced=1))

    report = evaluate(Unpriced(GOLD), dataset(GOLD))
    assert report.to_data()["priced"] is False
    assert "40 + 8 tokens and price unknown." in report.to_markdown()
    assert evaluate(Paid(GOLD), dataset(GOLD)).to_data()["priced"] is True
    assert report_on(GOLD).to_data()["priced"] is None


def test_a_model_that_skips_texts_is_refused() -> None:
    class Skips(Paid):
        def stream(self, texts: Iterable[str]) -> Iterator[Answer]:
            return iter(super().answer(list(texts))[1:])

    with pytest.raises(ModelError, match="Skips gave 3 answers to 4 texts, expected one each"):
        evaluate(Skips(GOLD), dataset(GOLD))


def test_speed_is_measured() -> None:
    speed = report_on(GOLD).to_data()["speed"]
    assert 0 < speed["latency_ms_p50"] <= speed["latency_ms_p95"]
    assert speed["texts_per_second"] > 0


def test_of_a_cascade_only_what_costs_nothing_is_warmed_up() -> None:
    @dataclass
    class Counting(Known):
        batches: list[int] = field(default_factory=list)

        def predict(self, texts: Sequence[str]) -> list[Annotation]:
            self.batches.append(len(texts))
            return super().predict(texts)

    free, paid = Counting(GOLD), Paid(GOLD)
    cascade = CascadePredictor("both", (Step(free, "free", "empty"), Step(paid, "paid")))
    evaluate(cascade, dataset(GOLD))
    assert free.batches[:2] == [4, 4]
    assert paid.asked == 1


# --- categories -----------------------------------------------------------------------------

TONE_GOLD = {"a": tones("calm"), "b": tones("warm", "calm"), "c": tones(), "d": tones("cross")}


def test_categories_are_right_when_the_sets_are_equal() -> None:
    answers = {"a": tones("calm"), "b": tones("calm"), "c": tones("warm"), "d": tones("cross")}
    data = evaluate(Known(answers, schema=TONES), dataset(TONE_GOLD, schema=TONES)).to_data()
    tone = data["categories"]["tone"]
    assert tone["accuracy"] == data["whole_text"]["accuracy"] == 0.5
    assert tone["micro_f1"] == pytest.approx(2 * 3 / (4 + 4))
    assert tone["macro_f1"] == pytest.approx((1 + 0 + 1) / 3)
    assert tone["labels"]["warm"]["support"] == 1
    assert data["spans"] == data["exact"] == {}


def test_category_figures_agree_with_counting_by_hand() -> None:
    random.seed(3)
    labels = ["calm", "warm", "cross"]
    gold = {str(i): tones(*(x for x in labels if random.random() < 0.4)) for i in range(60)}
    told = {str(i): tones(*(x for x in labels if random.random() < 0.4)) for i in range(60)}
    tone = evaluate(Known(told, schema=TONES), dataset(gold, schema=TONES)).to_data()["categories"]["tone"]

    def has(annotation: Annotation, label: str) -> bool:
        return Category("tone", label) in (annotation.categories or ())

    f1 = []
    for label in labels:
        pairs = [(has(gold[text], label), has(told[text], label)) for text in gold]
        f1.append(2 * pairs.count((True, True)) / sum(a + b for a, b in pairs))
    assert tone["macro_f1"] == pytest.approx(sum(f1) / 3)
    assert tone["accuracy"] == sum(set(gold[t].categories or ()) == set(told[t].categories or ()) for t in gold) / 60


def test_a_task_the_model_knows_nothing_of_is_left_out_and_listed() -> None:
    both = {text: Annotation(gold.spans, (Category("tone", "calm"),)) for text, gold in GOLD.items()}
    schema = Schema(labels=SCHEMA.labels, tasks=TONES.tasks)
    report = evaluate(Known(GOLD), dataset(both, schema=schema))
    assert (report.scope.tasks, report.scope.not_scored) == ((), ("tone",))


# --- several lines for one text -------------------------------------------------------------


def test_annotators_who_agree_count_once() -> None:
    lines = [Example("t", "Nurse", spans((0, 5, "JOB")), annotator=name) for name in ("a", "b")]
    assert evaluate(Known(GOLD), Dataset(lines, schema=SCHEMA)).score.whole_text.total == 1


def test_annotators_of_different_layers_are_joined() -> None:
    lines = [Example("t", "Nurse", spans((0, 5, "JOB"))), Example("t", "Nurse", tones("calm"))]
    schema = Schema(labels=SCHEMA.labels, tasks=TONES.tasks)
    both = Annotation((Span(0, 5, "JOB"),), (Category("tone", "calm"),))
    report = evaluate(Known({"Nurse": both}, schema=schema), Dataset(lines, schema=schema))
    assert (report.scope.labels, report.scope.tasks, report.mistakes) == (SCHEMA.spans, ("tone",), ())


def test_annotators_who_disagree_are_refused() -> None:
    lines = [Example("t-9", "Nurse", spans((0, 5, "JOB"))), Example("t-9", "Nurse", spans())]
    with pytest.raises(DataError, match=r"1 texts contradict each other \(t-9\)"):
        evaluate(Known(GOLD), Dataset(lines, schema=SCHEMA))


def test_two_texts_with_one_id_are_refused() -> None:
    with pytest.raises(DataError, match="two texts have the id 't'"):
        evaluate(Known(GOLD), Dataset([Example("t", "Nurse", spans()), Example("t", "Cook", spans())], schema=SCHEMA))


# --- slices, intervals, invariants ----------------------------------------------------------


def test_slices_come_worst_first() -> None:
    examples = [
        Example(
            text, text, gold, {"domain": "hotel"} if "Cook" in text else {} if text == "Hello" else {"domain": "care"}
        )
        for text, gold in GOLD.items()
    ]
    report = evaluate(
        Known({**GOLD, "Lead Cook": spans()}), Dataset(examples, schema=SCHEMA, name="x"), slice_by=["domain"]
    )
    found = [
        (part["value"], part["examples"], part["whole_text"]["accuracy"])
        for part in report.to_data()["slices"]["domain"]
    ]
    assert found == [("hotel", 1, 0.0), ("care", 2, 1.0), ("(none)", 1, 1.0)]


def test_f1_intervals_resample_sources_and_hold_the_figure() -> None:
    examples = [Example(f"{i}", f"Nurse {i}", spans((0, 5, "JOB")), {"source": f"board {i % 20}"}) for i in range(80)]
    told = {each.text: spans((0, 5 - (int(each.id) % 20 < 5), "JOB")) for each in examples}
    data = evaluate(Known(told), Dataset(examples, schema=SCHEMA)).to_data()
    row = data["spans"]["JOB"]
    assert (data["bootstrap"]["by"], data["bootstrap"]["groups"]) == ("source", 20)
    assert row["f1_low"] < row["f1"] < row["f1_high"]
    assert row["f1_high"] - row["f1_low"] > 0.3, "whole sources fail, so the interval must be wide"


def test_few_sources_are_told_and_their_texts_drawn() -> None:
    examples = [Example(f"{i}", f"Nurse {i}", spans((0, 5, "JOB")), {"source": f"board {i % 8}"}) for i in range(80)]
    report = evaluate(Known({each.text: each.gold for each in examples}), Dataset(examples, schema=SCHEMA))
    assert report.to_data()["bootstrap"]["by"] == "text"
    assert (
        "For the intervals of F1 texts are drawn: 8 sources are too few to draw (20 are needed), so intervals are too "
        "narrow where texts of one source are alike."
    ) in report_lines(report)


@settings(max_examples=30)
@given(
    st.lists(
        st.sets(st.tuples(st.integers(0, 2), st.integers(3, 5), st.sampled_from(["JOB", "LEVEL"]))),
        min_size=2,
        max_size=8,
    )
)
def test_a_text_is_a_mistake_exactly_when_some_measure_is_wrong(found: list[set[tuple[int, int, str]]]) -> None:
    half = len(found) // 2
    gold = {f"text {i}": spans(*each) for i, each in enumerate(found[:half])}
    told = {f"text {i}": spans(*each) for i, each in enumerate(found[half : 2 * half])}
    report = evaluate(Known(told), dataset(gold))
    wrong = {each.id for each in report.mistakes}
    assert wrong == {f"t{i}" for i, right in enumerate(report.rights["whole_text"]) if not right}


def test_the_report_is_json_and_has_the_promised_keys() -> None:
    data = json.loads(json.dumps(report_on(GOLD, name="mine").to_data(), allow_nan=False))
    assert {"model", "dataset", "failed", "exact", "whole_text", "spans", "categories", "speed", "mistakes"} <= set(
        data
    )
    assert data["model"] == {"name": "mine", "size_bytes": None}
    assert set(data["dataset"]) >= {"name", "fingerprint", "examples", "labels", "not_scored"}
    assert set(data["exact"]["JOB"]) >= {"accuracy", "low", "high", "support", "positives_accuracy", "empty_baseline"}
    assert set(data["speed"]) >= {"latency_ms_p50", "latency_ms_p95", "texts_per_second"}
    assert data["right"]["exact:JOB"] == [True] * 4


def test_markdown_keeps_names_from_being_read_as_markup() -> None:
    schema = schema_of(["A|B", "<i>"])
    report = evaluate(Known({"x": spans()}, schema=schema), dataset({"x": spans((0, 1, "A|B"))}, schema=schema))
    assert "| A\\|B |" in report.to_markdown()
    assert "<i>" not in report.to_markdown()


def test_someone_can_watch_the_progress() -> None:
    seen: list[int] = []
    report_on(GOLD, on_answer=lambda: seen.append(1))
    assert len(seen) == len(GOLD)


def test_a_label_that_only_gold_or_only_the_model_has_gets_nothing_for_it() -> None:
    told = {text: spans() for text in GOLD} | {"Hello": spans((0, 5, "LEVEL"))}
    rows = evaluate(Known(told), dataset({text: spans((0, 5, "JOB")) for text in GOLD})).to_data()["spans"]
    figures = ("precision", "recall", "f1")
    assert [rows["JOB"][each] for each in figures] == [rows["LEVEL"][each] for each in figures] == [0.0] * 3


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("job_titles", r"^found str, expected a predictor: open_model\('job_titles'\), or an object with predict"),
        (dataset(GOLD), r"^found Dataset, expected a predictor: open_model\(name\)"),
        (Known, "^found the class Known, expected a predictor"),
        (None, "^found NoneType, expected a predictor"),
    ],
)
def test_what_cannot_be_asked_is_refused(given: Any, expected: str) -> None:
    with pytest.raises(ModelError, match=expected):
        evaluate(given, dataset(GOLD))


def test_examples_are_judged_as_their_data_set_is() -> None:
    known, data = Known(GOLD), dataset(GOLD, schema=None)
    from_list, from_stream = evaluate(known, list(data)), evaluate(known, iter(data))
    assert from_list.score == from_stream.score == evaluate(known, data).score
    assert from_list.fingerprint == data.fingerprint


@pytest.mark.parametrize("given", ["dev.jsonl", Path("dev.jsonl"), ["Nurse"]])
def test_what_is_no_example_is_refused(given: Any) -> None:
    with pytest.raises(DataError, match=r"found .*(str|Path) '(dev\.jsonl|Nurse)'.*expected"):
        evaluate(Known(GOLD), given)


def test_printing_shows_the_tables_and_a_look_one_line() -> None:
    report = report_on({**GOLD, "Hello": spans((0, 5, "JOB"))}, name="mine")
    assert str(report) == report.to_markdown()
    assert "| JOB | 0.750 |" in str(report)
    assert repr(report) == "<Report on mine: 4 texts of fake.jsonl, whole text 0.750>"


def test_one_text_is_counted_as_one() -> None:
    report = evaluate(Known(GOLD), dataset({"Nurse": GOLD["Nurse"]}))
    assert repr(report) == "<Report on known: 1 text of fake.jsonl, whole text 1.000>"
    assert "known on fake.jsonl: 1 text, all answered." in str(report)
