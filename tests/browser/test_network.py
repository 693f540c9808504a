"""The network of job_titles says in Chromium what it says in Python, and asks its own server alone."""

from __future__ import annotations

import gzip
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests import parity, spec
from tests.browser.test_spec import sendable, titles_in_chromium
from textwright.predictors.onnx import OnnxPredictor

pytestmark = pytest.mark.browser

SCORES = """async ({ folder, texts }) => {
  const { load, offsetsOf, scores } = await import("/runtime/textwright.js");
  const model = await load(folder);
  if (!scores(model)) throw new Error("a network knows probabilities");
  return (await model.score(texts)).map(({ spans }, i) => {
    const { toPoints } = offsetsOf(texts[i]);
    return { spans: spans.map((span) => ({ ...span, start: toPoints(span.start), end: toPoints(span.end) })) };
  });
}"""
TOGETHER = """async (texts) => {
  const { load } = await import("/runtime/textwright.js");
  const open = (name) => load(`/models/${name}/`);
  const [network, rules, again] = await Promise.all([open("job_titles"), open("job_titles.rules"), open("job_titles")]);
  const found = await Promise.all([network, rules, again, network].map((model) => model.predict(texts)));
  return [0, 2, 3].map((place) => JSON.stringify(found[place]) === JSON.stringify(found[0]));
}"""
FAILS = """async (options) => {
  const { load } = await import("/runtime/textwright.js");
  return load("/models/job_titles/", options).then(() => "loaded", (error) => `${error.name}: ${error.message}`);
}"""


@pytest.fixture(scope="module")
def model() -> OnnxPredictor:
    return OnnxPredictor.open(spec.NETWORK)


def test_the_folder_s_promises_are_kept(page: Page) -> None:
    promised = [text for text in parity.promised(spec.NETWORK) if sendable(text["text"])]
    assert len(promised) >= 700
    found = titles_in_chromium(page, [text["text"] for text in promised], model="job_titles")
    assert found == [[[s["start"], s["end"], s["label"]] for s in text["spans"]] for text in promised]


def test_hostile_texts_are_marked_alike(page: Page, model: OnnxPredictor) -> None:
    texts = [text for text in parity.hostile_texts() if sendable(text)]
    assert titles_in_chromium(page, texts, model="job_titles") == spec.python_spans(model, texts)


def test_probabilities_are_close(page: Page, model: OnnxPredictor) -> None:
    texts = [text for text in parity.hostile_texts() if sendable(text)]
    found = page.evaluate(SCORES, {"folder": "/models/job_titles/", "texts": texts})
    assert parity.far_apart(found, model.score(texts)) == []


def test_models_can_be_used_together(page: Page) -> None:
    assert page.evaluate(TOGETHER, ["Senior Nurse, Leeds", "Head of Design"]) == [True, True, True]


def test_only_the_own_server_is_asked_and_rules_ask_for_no_graph(browser: Browser, url: str) -> None:
    page = browser.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(url)
    page.wait_for_selector("#results li")
    assert not [each for each in asked if "onnx" in each]
    page.select_option("#model", "job_titles")
    page.wait_for_function("() => document.querySelector('#summary').textContent.includes('a title, in this page')")
    assert [each for each in asked if not each.startswith((url, "data:"))] == []
    names = sorted({each.partition("?")[0].rpartition("/")[2] for each in asked if "onnx" in each})
    assert names == ["model.onnx", "onnxruntime.glue.js", "onnxruntime.js", "onnxruntime.wasm.gz"]
    page.close()


def unpacked(route: Any) -> None:
    """Answer as a server that unpacks on the way."""
    route.fulfill(body=gzip.decompress(route.fetch().body()), content_type="application/wasm")


def test_a_server_may_unpack_the_webassembly(browser: Browser, url: str) -> None:
    page = browser.new_page(service_workers="block")
    page.route("**/onnxruntime.wasm.gz", unpacked)
    page.goto(url)
    assert page.evaluate(FAILS, {}) == "loaded"
    page.close()


@pytest.mark.parametrize(
    ("pattern", "body", "message"),
    [
        ("**/model.onnx?sha256=*", "x", "onnx/model.onnx is not the file that config.json names"),
        ("**/onnxruntime.wasm.gz", "<html>", "is no WebAssembly. It lies beside the runtime"),
        ("**/config.json", '{"kind": "network", "version": 2}', "version 2, this textwright reads version 1"),
    ],
)
def test_a_damaged_folder_is_refused(browser: Browser, url: str, pattern: str, body: str, message: str) -> None:
    page = browser.new_page(service_workers="block")
    page.goto(url)
    page.route(pattern, lambda route: route.fulfill(body=body))
    found = page.evaluate(FAILS, {})
    assert found.startswith("ModelError: ")
    assert message in found
    page.unroute(pattern)
    assert page.evaluate(FAILS, {}) == "loaded"
    page.close()
