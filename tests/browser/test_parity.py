"""Each shipped model keeps the promises of its parity.json in Chromium, Firefox and WebKit, run as it is served."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from tests import parity
from tests.browser.conftest import served
from tests.browser.engines import Tab
from textwright.parity import differences, promised

pytestmark = pytest.mark.browser

ANSWERS = """async (folder, texts) => {
  const { load, offsetsOf } = await import("/runtime/textwright.js");
  const model = await load(folder);
  const found = await model.predict(texts);
  model.close();
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


def answers(tab: Tab, name: str, texts: Sequence[str]) -> list[dict[str, Any]]:
    """Ask a served model in a tab: annotations with offsets in code points."""
    found: list[dict[str, Any]] = tab.ask(ANSWERS, f"/models/{name}/", texts)
    return found


# Node keeps all of them with the same files; here every twelfth shows that a browser is no other place.
@pytest.mark.parametrize("step", [12, pytest.param(1, marks=pytest.mark.verify)])
@pytest.mark.parametrize("folder", NAMES, ids=NAMES.values())
def test_each_engine_keeps_the_promises(tab: Tab, folder: Path, step: int) -> None:
    taken = promised(folder)[::step]
    assert differences(taken, answers(tab, NAMES[folder], [each["text"] for each in taken])) == []
