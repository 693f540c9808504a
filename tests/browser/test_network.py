"""The network of job_titles in Chromium: beside other models, asking its own server alone, refusing what is damaged."""

from __future__ import annotations

import gzip
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.conftest import visiting

pytestmark = pytest.mark.browser

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


def test_models_can_be_used_together(page: Page) -> None:
    assert page.evaluate(TOGETHER, ["Senior Nurse, Leeds", "Head of Design"]) == [True, True, True]


def test_only_the_own_server_is_asked_and_rules_ask_for_no_graph(browser: Browser, url: str) -> None:
    page = browser.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(url)
    page.wait_for_selector("#results li")
    assert not [each for each in asked if "onnx" in each]
    with page.expect_request("**/model.onnx*"):
        page.select_option("#model", "job_titles")
    page.wait_for_function("() => document.querySelector('#summary').textContent.includes(' a text, in a worker')")
    assert [each for each in asked if not each.startswith((url, "data:"))] == []
    names = sorted({each.partition("?")[0].rpartition("/")[2] for each in asked if "onnx" in each})
    assert names == ["model.onnx", "onnxruntime.glue.js", "onnxruntime.js", "onnxruntime.wasm.gz"]
    page.close()


def unpacked(route: Any) -> None:
    """Answer as a server that unpacks on the way."""
    content = route.fetch().body()
    whole = gzip.decompress(content) if content.startswith(b"\x1f\x8b") else content
    route.fulfill(body=whole, content_type="application/wasm")


def test_a_server_may_unpack_the_webassembly(browser: Browser, url: str) -> None:
    with visiting(browser, url) as page:
        page.route("**/onnxruntime.wasm.gz", unpacked)
        assert page.evaluate(FAILS, {}) == "loaded"


@pytest.mark.parametrize(
    ("pattern", "body", "message"),
    [
        ("**/onnxruntime.wasm.gz", "<html>", "is no WebAssembly. It lies beside the runtime"),
        ("**/config.json", '{"kind": "network", "version": 2}', "version 2, this textwright reads version 1"),
    ],
)
def test_a_damaged_folder_is_refused(browser: Browser, url: str, pattern: str, body: str, message: str) -> None:
    with visiting(browser, url) as page:
        page.route(pattern, lambda route: route.fulfill(body=body))
        found = page.evaluate(FAILS, {})
        assert found.startswith("ModelError: ")
        assert message in found
        page.unroute(pattern)
        assert page.evaluate(FAILS, {}) == "loaded"
