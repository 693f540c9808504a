"""Each shipped model keeps the promises of its parity.json in Chromium, run from the folder as it is served."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests import parity
from tests.browser.conftest import served
from textwright.parity import differences, promised

pytestmark = pytest.mark.browser

# The texts come as JSON, since half a character cannot be handed to a page in any other way.
ANSWERS = """async ({ folder, promises }) => {
  const { load, offsetsOf } = await import("/runtime/textwright.js");
  const texts = JSON.parse(promises).texts.map(({ text }) => text);
  const model = await load(folder);
  const found = await model.predict(texts);
  return found.map(({ spans, categories }, i) => {
    const { toPoints } = offsetsOf(texts[i]);
    const places = spans?.map((span) => ({ ...span, start: toPoints(span.start), end: toPoints(span.end) }));
    return { ...(places && { spans: places }), ...(categories && { categories }) };
  });
}"""
# The names of the folders' models among those of the packs.
NAMES = {folder: f"{folder.parent.name}.{folder.name}".removesuffix(".model") for folder in parity.shipped()}


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    with served(*NAMES.values()) as found:
        yield found


@pytest.fixture(scope="module")
def page(browser: Browser, url: str) -> Iterator[Page]:
    """Open a page without a model of its own; a message on the console fails the tests, but for the missing icon's."""
    page = browser.new_page()
    page.set_default_timeout(120_000)
    messages: list[str] = []
    page.on("console", lambda each: each.location["url"].endswith("favicon.ico") or messages.append(each.text))
    page.goto(f"{url}healthz")
    yield page
    page.close()
    assert messages == []


# Node keeps all of them with the same files; here every twelfth shows that a browser is no other place.
@pytest.mark.parametrize("step", [12, pytest.param(1, marks=pytest.mark.verify)])
@pytest.mark.parametrize("folder", NAMES, ids=NAMES.values())
def test_chromium_keeps_the_promises(page: Page, folder: Path, step: int) -> None:
    taken = promised(folder)[::step]
    asked = {"folder": f"/models/{NAMES[folder]}/", "promises": json.dumps({"texts": taken})}
    assert differences(taken, page.evaluate(ANSWERS, asked)) == []
