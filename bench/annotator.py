"""How long `<span-annotator>` takes from a key to the drawn span, and to bring up the next text, in Chromium.

    python bench/annotator.py [SPANS] [CHARACTERS]

A key counts from the event's own time stamp until the second animation frame after it, when what changed has been
painted. Each label goes on another word or comes off; the text holds 200 spans before. A text counts from setting the
properties until the same.
"""

from __future__ import annotations

import random
import re
import statistics
import sys
from collections.abc import Sequence
from pathlib import Path

from playwright.sync_api import Page, Route, sync_playwright

from textwright.experiment.measure.chromium import chromium as found_chromium
from textwright.packs.job_titles import PACK

ROOT = Path(__file__).parents[1]
MODULE = ROOT / "src/textwright/server/web/annotate/span-annotator.js"
CHROMIUM = found_chromium()
ADDRESS = "http://localhost/"
WORDS = (
    "Senior Lead nurse teacher London remote £50k permanent the of and with experience team we are looking for a person"
)
OPEN = """async (schema) => {
  const annotator = await import("/span-annotator.js");
  window.element = document.querySelector("span-annotator");
  const frame = () => new Promise(requestAnimationFrame);
  window.painted = () => frame().then(frame).then(() => performance.now());
  window.times = [];
  element.schema = annotator.schemaFromData(schema);
  window.bringUp = async (text, spans) => {
    const began = performance.now();
    Object.assign(element, { text, textId: text.slice(0, 9), initial: annotator.stateFromData(text, { spans }) });
    const took = (await painted()) - began;
    element.focusText();
    return took;
  };
  const time = ({ timeStamp }) => void painted().then((ended) => times.push(ended - timeStamp));
  document.addEventListener("keydown", time, true);
}"""


def main() -> None:
    spans, characters = [int(each) for each in [*sys.argv[1:], "200", "5000"][:2]]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page(viewport={"width": 1100, "height": 900})
        page.route(f"{ADDRESS}**", answer)
        page.goto(ADDRESS)
        page.evaluate(OPEN, PACK.schema.to_data())
        texts = [advert(characters, spans, seed=seed) for seed in range(20)]
        print(f"{characters} characters, {spans} spans, ms, {browser.version}")
        print(f"{'':12} {'p50':>6} {'p95':>6} {'most':>6}")
        show("next text", [page.evaluate("([text, spans]) => bringUp(text, spans)", text) for text in texts])
        for name, keys in (("label", "sjcl"), ("next word", ["ArrowRight"]), ("undo", ["Control+z"])):
            show(name, times(page, [keys[i % len(keys)] for i in range(60)], then=name == "label"))
        browser.close()


def answer(route: Route) -> None:
    if route.request.url.endswith(".js"):
        route.fulfill(path=MODULE, content_type="text/javascript")
    else:
        route.fulfill(body="<!doctype html><span-annotator></span-annotator>", content_type="text/html")


def advert(characters: int, count: int, *, seed: int) -> tuple[str, list[dict[str, object]]]:
    """Make up a text with spans of one to five words all over it."""
    chance = random.Random(seed)
    text = " ".join(chance.choices(WORDS.split(), k=characters))[:characters]
    places = [match.span() for match in re.finditer(r"\S+", text)]
    found: dict[tuple[int, int, str], None] = {}
    while len(found) < count:
        first = chance.randrange(len(places) - 5)
        last = first + chance.choice((0, 0, 0, 1, 2, 4))
        found[places[first][0], places[last][1], chance.choice(PACK.schema.spans)] = None
    return text, [{"start": start, "end": end, "label": label} for start, end, label in found]


def times(page: Page, keys: Sequence[str], *, then: bool) -> list[float]:
    """Press keys one after another, each when the one before is painted; `then` moves on between them."""
    found = []
    for key in keys:
        page.evaluate("times.length = 0")
        page.keyboard.press(key)
        page.wait_for_function("() => times.length > 0")
        found.append(page.evaluate("times.at(-1)"))
        if then:
            page.keyboard.press("ArrowRight")
            page.evaluate("painted()")
    return found


def show(name: str, found: Sequence[float]) -> None:
    late = statistics.quantiles(found, n=20)[-1]
    print(f"{name:12} {statistics.median(found):6.1f} {late:6.1f} {max(found):6.1f}", flush=True)


if __name__ == "__main__":
    main()
