"""Judging in Python: the report, sources, parts, calibration, memory, cost, and what is said when a process fails."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.experiment.measure import fakes
from textwright.dataset import Dataset
from textwright.errors import DataError, ModelError
from textwright.evaluate import evaluate
from textwright.experiment.measure import Judged, judge, judging, per_thousand
from textwright.experiment.measure.alone import empty_bytes, is_elsewhere, measured_alone
from textwright.predictors.cascade import CascadePredictor, Step
from textwright.predictors.prompt import PromptPredictor
from textwright.predictors.remote import RemotePredictor
from textwright.runs import Judgement
from textwright.types import Annotation, Category, Example, Span

FAKES = "python:tests.experiment.measure.fakes"
GOOD, BAD = (Category("mood", "good"),), (Category("mood", "bad"),)
EXAMPLES = [
    Example("a", "Nurse here", Annotation((Span(0, 5, "WORD"),), GOOD), {"source": "board", "domain": "health"}),
    Example("b", "Chef 👩‍🍳 there?", Annotation((Span(0, 4, "WORD"),), BAD), {"source": 7, "domain": "food"}),
    Example("c", "x" * 40, Annotation((), GOOD), {"domain": "food"}),
]
TEST = Dataset(EXAMPLES, name="small")


def judged(
    model: str, test: Dataset = TEST, *, labels: tuple[str, ...] = (), slice_by: tuple[str, ...] = ("domain", "length")
) -> Judged:
    return judge(
        f"{FAKES}:{model}",
        test,
        test_name="test",
        runtime="python",
        labels=labels,
        slice_by=slice_by,
        key="k1",
        name="a model",
    )


@pytest.fixture(scope="module")
def scoring() -> Judged:
    return judged("Scoring")


@pytest.fixture
def no_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """Judge without a process of its own, which is not what is tested then."""
    monkeypatch.setattr(judging, "measured_alone", lambda *_, **__: {})


def test_the_report_is_that_of_evaluate(scoring: Judged) -> None:
    wanted = evaluate(fakes.Scoring(), TEST, slice_by=["domain"], name="a model").to_data()
    found = dict(scoring.judgement.report)
    measured = {"speed", "slices"}
    assert {key: found[key] for key in found.keys() - measured} == {
        key: wanted[key] for key in wanted.keys() - measured
    }
    assert found["slices"]["domain"] == wanted["slices"]["domain"]


def test_a_judgement_is_written_and_read_as_json(scoring: Judged) -> None:
    judgement = scoring.judgement
    written = json.loads(json.dumps(judgement.to_data()))
    assert Judgement.from_data(written, where="here").to_data() == json.loads(json.dumps(judgement.to_data()))
    assert (judgement.test, judgement.runtime, judgement.key, judgement.unable) == ("test", "python", "k1", None)


def test_each_text_has_a_source_where_one_is_known(scoring: Judged) -> None:
    assert scoring.judgement.sources == ("board", "7", None)


def test_texts_are_parted_by_meta_and_by_length(scoring: Judged) -> None:
    assert scoring.judgement.parts == {"domain": ["health", "food", "food"], "length": ["0-30", "0-30", "31-60"]}
    by_length = {part["value"]: part for part in scoring.judgement.report["slices"]["length"]}
    assert {value: part["examples"] for value, part in by_length.items()} == {"0-30": 2, "31-60": 1}
    assert by_length["31-60"]["exact"]["WORD"]["accuracy"] == 0.0
    assert by_length["0-30"]["exact"]["WORD"]["accuracy"] == 1.0


def test_lines_are_answers_in_the_file_format(scoring: Judged) -> None:
    assert [line["id"] for line in scoring.lines] == ["a", "b", "c"] == scoring.judgement.report["ids"]
    assert scoring.lines[1] == {
        "id": "b",
        "text": "Chef 👩‍🍳 there?",
        "spans": [{"start": 0, "end": 4, "label": "WORD", "score": 0.8}],
        "categories": [{"task": "mood", "label": "good", "score": 0.6}],
    }


@pytest.mark.usefixtures("no_process")
def test_a_text_without_an_answer_has_an_error_and_the_others_their_answers() -> None:
    found = judged("Failing")
    assert [line.get("error") for line in found.lines] == [None, "no questions", None]
    assert "spans" not in found.lines[1]
    assert found.judgement.report["failed"] == 1


@pytest.mark.usefixtures("no_process")
def test_two_annotators_of_a_text_are_asked_once() -> None:
    spans, mood = EXAMPLES[0], Example("a", EXAMPLES[0].text, Annotation(None, GOOD), annotator="other")
    found = judged("Fake", Dataset([spans, mood]), slice_by=())
    assert (len(found.lines), found.judgement.sources, found.judgement.report["ids"]) == (1, ("board",), ["a"])


@pytest.mark.usefixtures("no_process")
def test_a_key_that_no_text_has_is_refused() -> None:
    with pytest.raises(DataError, match=r"no example has meta.town"):
        judged("Fake", slice_by=("town",))


# --- calibration ----------------------------------------------------------------------------


def test_calibration_is_that_of_the_scored_layers(scoring: Judged) -> None:
    found = scoring.judgement.calibration
    assert found is not None
    # Three claims of WORD with 0.8, of which two are true; OTHER is in no gold and not scored.
    assert found["spans"]["claims"] == 3
    assert found["spans"]["error"] == pytest.approx(0.8 - 2 / 3)
    assert found["spans"]["brier"] == pytest.approx((2 * 0.2**2 + 0.8**2) / 3)
    # Of each text good with 0.6, which two of three are, and bad with 0.4, which one is.
    assert found["mood"]["claims"] == 6
    assert found["mood"]["error"] == pytest.approx((0.2 + 0.2) / 6)


@pytest.mark.usefixtures("no_process")
def test_a_label_alone_is_calibrated_alone() -> None:
    found = judged("Scoring", labels=("WORD",), slice_by=()).judgement.calibration
    assert found is not None
    assert list(found) == ["spans"]


@pytest.mark.usefixtures("no_process")
def test_what_knows_no_probabilities_has_no_calibration() -> None:
    assert judged("Fake").judgement.calibration is None


# --- what it costs --------------------------------------------------------------------------


@pytest.mark.usefixtures("no_process")
def test_a_thousand_texts_cost_what_these_cost_in_proportion() -> None:
    cost = per_thousand(judged("Paid").judgement)
    assert cost is not None
    assert (cost.prompt_tokens, cost.completion_tokens, cost.tokens) == (30_000, 6_000, 36_000)
    assert cost.dollars == pytest.approx(2.0)


@pytest.mark.usefixtures("no_process")
def test_kept_answers_are_as_fast_as_the_model_was_and_cost_as_much() -> None:
    judgement = judged("kept").judgement
    assert judgement.report["speed"]["texts_per_second"] == pytest.approx(2.0)
    assert per_thousand(judgement) == per_thousand(judged("Paid").judgement)


def test_what_runs_here_costs_nothing_that_is_counted(scoring: Judged) -> None:
    assert per_thousand(scoring.judgement) is None
    assert per_thousand(Judgement("test", "node", "k", {}, (), unable="no folder")) is None


def test_what_costs_money_is_not_asked_again_for_its_memory() -> None:
    judgement = judged("Paid").judgement
    assert (judgement.memory_bytes, judgement.opening_seconds, judgement.empty_bytes) == (None, None, None)


# --- a process of its own -------------------------------------------------------------------


def alone(model: str, seconds: float = 60.0) -> dict[str, Any]:
    return measured_alone(f"{FAKES}:{model}", TEST.texts, name="the giant", model=fakes.Fake(), seconds=seconds)


def test_memory_is_that_of_a_new_process() -> None:
    ours = bytearray(b"x" * 150_000_000)
    small, big = alone("talking"), alone("large")
    assert small["empty_bytes"] == empty_bytes() < small["memory_bytes"] < 100_000_000 < len(ours)
    assert 60_000_000 < big["memory_bytes"] - small["memory_bytes"] < 140_000_000
    assert 0 < small["opening_seconds"] < 60


def test_a_file_of_the_working_directory_is_not_taken_for_a_module_of_python(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "json.py").write_text("raise SystemExit('this is somebody else')")
    monkeypatch.chdir(tmp_path)
    found = measured_alone("job_titles.split", ["Nurse"], name="split", model=fakes.Fake())
    assert found["memory_bytes"] > 0


def test_a_prompt_and_a_served_model_are_elsewhere_and_so_is_a_cascade_with_one() -> None:
    asking = object.__new__(PromptPredictor)
    there, here = object.__new__(RemotePredictor), fakes.Fake()
    assert is_elsewhere(asking)
    assert is_elsewhere(there)
    assert is_elsewhere(CascadePredictor("both", (Step(here, "here"), Step(there, "there"))))
    assert not is_elsewhere(CascadePredictor("both", (Step(here, "here"), Step(here, "again"))))
    assert measured_alone("http://nowhere.test/v1/models/m", ["a"], name="m", model=there) == {}


@pytest.mark.parametrize(
    ("model", "seconds", "said"),
    [
        ("killed", 60, r"the giant in a process of its own: .*killed \(SIGKILL\); perhaps memory ran out"),
        ("crashing", 60, r"the giant in a process of its own: the process crashed \(SIGABRT\)"),
        ("hanging", 0.6, r"the giant in a process of its own: no answers after 0\.6 s; it hangs"),
        ("hungry", 60, r"the giant in a process of its own: .*MemoryError"),
        ("missing", 60, r"the giant in a process of its own: .*the module has no 'missing'"),
    ],
)
def test_a_process_that_fails_names_the_model(model: str, seconds: float, said: str) -> None:
    with pytest.raises(ModelError, match=said):
        alone(model, seconds)
