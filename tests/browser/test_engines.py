"""The playground and the runtime's own loading in Chromium, Firefox and WebKit."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import pytest

from tests.browser.conftest import known_model, served
from tests.browser.engines import Tab, wait

pytestmark = pytest.mark.browser

TEXTS = (
    "Senior UX Designer, Leeds",
    "👩‍💻 Lead Developer – £60k – remote",
    "R&amp;D Manager",
    "nothing here 123",
    "Ꞛcook Ა",
)
DRAWN = """(texts) => {
  const rows = [...document.querySelectorAll("#results > li")];
  const isDone = document.querySelector("#results").ariaBusy === "false" && rows.length === texts.length;
  if (!isDone || !rows.every((row, i) => row.textContent.includes(texts[i].slice(0, 5)))) return null;
  const boxes = rows.map((row) => [...row.querySelectorAll("[data-label]")]);
  return boxes.map((row) => row.map(({ dataset: d }) => [Number(d.start), Number(d.end), d.label]));
}"""
WRITE = """(texts) => {
  const field = document.querySelector("#texts");
  field.value = texts.join("\\n");
  field.dispatchEvent(new Event("input", { bubbles: true }));
}"""
CHOOSE = """(selector, value) => {
  const field = document.querySelector(selector);
  field.value = value;
  field.dispatchEvent(new Event("change", { bubbles: true }));
}"""
LOADED = """async (name, options, texts) => {
  const { load } = await import("/runtime/textwright.js");
  const from = new Set();
  const onProgress = (told) => told.file.endsWith("model.onnx") && from.add(told.from);
  const model = await load(`/models/${name}/`, { ...options, onProgress });
  const found = await model.predict(texts);
  model.close();
  return [[...from], found.map(({ spans }) => spans.map(({ start, end, label }) => [start, end, label]))];
}"""


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    with served("job_titles.rules", "job_titles") as found:
        yield found


def expected(model: str, texts: Sequence[str] = TEXTS) -> list[list[list[Any]]]:
    """Say what Python finds, sorted as the page draws it."""
    spans = [annotation.spans or () for annotation in known_model(model).predict(texts)]
    return [sorted([span.start, span.end, span.label] for span in each) for each in spans]


def test_the_playground_draws_what_python_finds(new_tab: Tab, url: str) -> None:
    new_tab.open(url)
    wait(new_tab, "() => document.querySelectorAll('#results > li').length === 12")
    for model in ("job_titles", "job_titles.rules"):
        new_tab.ask(CHOOSE, "#model", model)
        wait(new_tab, "(name) => location.href.includes(name)", f"model={model}")
        new_tab.ask(WRITE, TEXTS)
        wait(new_tab, "() => / a text, in a worker/.test(document.querySelector('#summary').textContent)")
        drawn = wait(new_tab, DRAWN, TEXTS)
        assert [sorted(row) for row in drawn] == expected(model)
    new_tab.click("#explain")
    wait(new_tab, "() => document.querySelector('#results .rules li') !== null")
    new_tab.click("#clear")
    wait(new_tab, "() => document.querySelector('#texts').value === ''")


@pytest.mark.parametrize("options", [{"worker": True}, {"threads": 2}, {"worker": True, "threads": 2}])
def test_a_network_answers_alike_in_a_worker_and_in_threads(tab: Tab, options: dict[str, Any]) -> None:
    texts = [text for text in TEXTS if text.isascii()]
    _, found = tab.ask(LOADED, "job_titles", options, texts)
    assert [sorted(row) for row in found] == expected("job_titles", texts)


def test_a_second_visit_takes_the_model_from_what_was_kept(new_tab: Tab, url: str) -> None:
    new_tab.open(f"{url}runtime/textwright.worker.js")
    visits = [new_tab.ask(LOADED, "job_titles", {}, ["Nurse"])[0] for _ in range(2)]
    assert visits == [["network"], ["cache"]]
