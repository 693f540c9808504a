"""What the lessons about models say is true: of prompts, networks, comparisons and forecasts."""

from __future__ import annotations

import http.server
import json
import threading
from collections.abc import Iterator
from contextlib import chdir, contextmanager
from functools import partial
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import textwright as tw
from tests.notebook.lessons import PHONE, alone, check_access, check_page, offline, page_of, run_of, words_of
from textwright.notebook.frame.lesson import copy_lesson, find_lesson
from textwright.notebook.frame.page import lesson_page
from textwright.notebook.frame.run import Run, run_notebook

if TYPE_CHECKING:
    from playwright.sync_api import Browser

LESSONS = ("prompts", "network", "comparison", "how_much_data")


def f1(report: tw.Report) -> float:
    assert report.score.spans is not None
    return report.score.spans.micro.f1 or 0.0


@pytest.mark.parametrize("name", LESSONS)
def test_a_lesson_runs_from_clean_to_end_and_its_page_stands_alone(name: str) -> None:
    run = run_of(name)
    assert len(run.outputs) == len(run.cells)
    assert "Try it." in words_of(run)
    check_page(page_of(name))


# --- prompts ---------------------------------------------------------------------------------


def test_all_that_the_lesson_on_prompts_asks_was_recorded() -> None:
    values = run_of("prompts").values
    asked = [*values["first_look"], values["on_all"]]
    problems = [each.answer.problem for report in asked for each in report.outcomes if each.failed]
    assert {problem.kind for problem in problems} <= {"answer"}
    assert values["missing"].problem.kind == "not_recorded"


def test_examples_help_the_small_model_and_the_trained_network_is_better_still() -> None:
    told, shown, network = (
        each.score.exact["JOBTITLE"].all.accuracy for each in run_of("prompts").values["first_look"]
    )
    assert told < shown < network


def test_no_span_of_the_small_model_stands_outside_of_its_text() -> None:
    values = run_of("prompts").values
    assert len(values["lost"]) > 0
    for outcome in values["on_all"].outcomes:
        assert all(words not in outcome.example.text for words in _lost(outcome))


def _lost(outcome: Any) -> list[str]:
    """List what was refused once; words said twice may stand in the text once."""
    details = outcome.answer.notes["details"]
    spans = (outcome.answer.annotation and outcome.answer.annotation.spans) or ()
    placed = {outcome.example.text[span.start : span.end] for span in spans}
    return [each["text"] for each in details["not_in_text"] if each["text"] not in placed]


def test_the_recording_is_of_the_small_model_and_holds_our_own_texts_alone() -> None:
    recording = files("textwright.notebook") / "lessons" / "prompts.jsonl"
    lines = [json.loads(line) for line in recording.read_text(encoding="utf-8").splitlines()]
    assert {line["request"]["model"] for line in lines} == {"SmolLM2-135M-Instruct.Q4_1"}
    from textwright.packs.job_titles import PACK

    own = set(tw.Dataset.read(PACK.sample).texts)
    first = [next(text for role, text in line["request"]["messages"] if role == "user") for line in lines]
    assert set(first) <= own


# --- a network from scratch ------------------------------------------------------------------


def test_the_network_learns_and_sees_as_far_as_it_has_layers() -> None:
    values = run_of("network").values
    epochs = values["epochs"]
    assert epochs[-1].loss < epochs[0].loss / 3
    assert f1(values["report"]) > 0.6
    rising = values["best"].epoch == values["epochs"][-1].epoch
    assert ("has not bent down yet" in words_of(run_of("network"))) == rising
    assert values["reach"] == values["trainer"].layers


def test_the_network_gives_the_same_answers_from_its_folder_and_in_node() -> None:
    values = run_of("network").values
    assert values["in_python"] == []
    assert values["in_node"] in (None, [])


# --- the comparison --------------------------------------------------------------------------


def test_everything_is_judged_on_the_same_texts() -> None:
    values = run_of("comparison").values
    reports = {report.name: report for report in values["reports"]}
    assert len({report.fingerprint for report in values["reports"]}) == 1
    assert len(values["comparison"].pairs) == 21 * 4
    assert f1(reports["network"]) < f1(reports["cascade"]) < f1(reports["shipped network"])


def test_what_is_on_the_line_is_beaten_by_nothing_quicker() -> None:
    front = run_of("comparison").values["front"]
    points = run_of("comparison").values["points"]
    for kept in front:
        assert all(each["right"] <= kept["right"] for each in points if each["ms"] < kept["ms"])
    beaten = [each for each in points if each not in front]
    assert all(any(k["right"] >= each["right"] and k["ms"] <= each["ms"] for k in front) for each in beaten)


def test_the_end_says_of_the_cascade_what_the_points_say() -> None:
    points = {each["name"]: each for each in run_of("comparison").values["points"]}
    best = points["shipped network"]
    beaten = best["right"] >= points["cascade"]["right"] and best["ms"] < points["cascade"]["ms"]
    said = words_of(run_of("comparison"))
    assert ("here a cascade does not pay" in said) == beaten
    assert ("so it is worth a thought" in said) != beaten


@pytest.mark.browser
def test_a_page_with_a_wide_table_is_accessible_on_a_phone(browser: Browser, tmp_path: Path) -> None:
    page = page_of("comparison")
    assert '<div class="wide" tabindex="0" role="group" aria-label="Table"><table>' in page
    check_access(browser, page, tmp_path, within=".wide", viewport=PHONE)


@pytest.mark.browser
def test_a_share_and_its_interval_stand_on_one_line(browser: Browser, tmp_path: Path) -> None:
    file = tmp_path / "comparison.html"
    file.write_text(page_of("comparison"), encoding="utf-8")
    with offline(browser, file, viewport=PHONE) as opened:
        cells = opened.locator(".wide td", has_text="–")
        wraps = cells.evaluate_all("cells => cells.map(cell => getComputedStyle(cell).whiteSpace)")
    assert set(wraps) == {"nowrap"}


# --- how much data ---------------------------------------------------------------------------


def test_more_texts_bring_more_and_the_forecast_lies_in_its_band() -> None:
    values = run_of("how_much_data").values
    fit = values["fit"]
    assert fit.doubt is None
    assert values["now"] < values["expected"]
    assert values["least"] < values["expected"] < values["most"]
    assert f1(values["whole"]) > f1(values["half"])


def test_what_is_said_of_the_data_is_what_was_measured() -> None:
    values, said = run_of("how_much_data").values, words_of(run_of("how_much_data"))
    assert any(str(values["measured"]) in sentence for sentence in values["curve"].in_words())
    assert f"gave an F1 of {values['measured']} of 100" in said
    apart = sum(pair.told_apart for pair in values["asked"])
    counted = (
        f"{apart} of {len(values['asked'])} questions tell" if apart else f"None of {len(values['asked'])} questions"
    )
    assert counted in said


def test_least_sure_texts_are_those_of_which_the_model_is_least_sure() -> None:
    values = run_of("how_much_data").values
    sure, places, count = (values[name] for name in ("sure", "places", "count"))
    assert max(sure[place] for place in places[:count]) <= min(sure[place] for place in places[count:])
    assert len(set(values["drawn"])) == count


# --- the transformer -------------------------------------------------------------------------


@pytest.fixture(scope="module")
def transformer(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Run, Path]]:
    """Run the lesson in a folder that stays, for the page that it writes."""
    folder = tmp_path_factory.mktemp("lesson")
    with chdir(folder), alone():
        yield run_notebook(copy_lesson(find_lesson("transformer"), folder)), folder


def test_the_transformer_learns_from_few_texts_and_bears_rounding(transformer: tuple[Run, Path]) -> None:
    run, folder = transformer
    values = run.values
    forms = {form.name: form for form in values["prices"].forms}
    assert values["epochs"][-1].score > 0.5
    assert forms["int8"].size_bytes < 0.3 * forms["float32"].size_bytes
    assert forms["int8"].changed < 0.05
    assert values["agreed"].startswith(("No Node", "Node gives 40 of 40"))
    loaded = [folder / values["small"] / name for name in ("onnx/model.onnx", "tokenizer.json")]
    assert sum(path.stat().st_size for path in loaded) == forms[values["chosen"]].size_bytes
    check_page(lesson_page(run, name="transformer"))


@pytest.mark.browser
def test_the_page_that_the_lesson_writes_runs_the_transformer(transformer: tuple[Run, Path], browser: Browser) -> None:
    run, folder = transformer
    [expected] = tw.open_model(str(folder / run.values["small"])).predict(["Lead Nurse, Hull"])
    with sent(folder / run.values["site"]) as address:
        page = browser.new_page()
        said: list[str] = []
        page.on("console", lambda message: said.append(message.text))
        page.goto(f"{address}/mine.html")
        page.wait_for_function("document.querySelector('#found').textContent !== 'loading…'")
        page.fill("#title", "Lead Nurse, Hull")
        spans = [f"{span.label}: {'Lead Nurse, Hull'[span.start : span.end]}" for span in expected.spans or ()]
        page.wait_for_function("said => document.querySelector('#found').textContent === said", arg=" · ".join(spans))
        assert said == []
        page.close()


class Quiet(http.server.SimpleHTTPRequestHandler):
    """Sends files and says nothing."""

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002  # so it is called there
        pass


@contextmanager
def sent(folder: Path) -> Iterator[str]:
    """Send a folder's files as any web space would."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
