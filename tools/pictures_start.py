"""Take the pictures of docs/start.md: `python tools/pictures_start.py`. It takes some minutes.

A project with the product headlines is led through all steps by the library, a hundred texts corrected from what
is known of them; then the real page is photographed at each step.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator, Mapping
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

from pictures import CHROMIUM, FLAGS, FOLDER, server
from playwright.sync_api import Browser, Page, sync_playwright

from textwright import Example, open_project
from textwright.annotate.tasks import Task
from textwright.project.correct.progress import progress_of
from textwright.project.examples import sample
from textwright.project.files import Project
from textwright.project.look_for.file import write_schema
from textwright.project.suggest.choosing import choose
from textwright.project.suggest.folder import save_rules
from textwright.project.suggest.forms import PageRule
from textwright.project.workbench import ME, Workbench
from textwright.store.acts import Act

TEXTS = 100
WIDTH, HEIGHT = 1280, 800
PATIENCE = 900
RULES = (
    PageRule("SIZE", "number", "ml, l, cm, mm, inch, kg, g, m, W, litre"),
    PageRule("COLOUR", "words", "black, white, grey, blue, navy, red, green, silver, pink, oak"),
)
TYPED = "Osprey Talon rucksack 33L black"
# What each step shows when it is ready to be photographed.
READY = {
    "bring": "#brought",
    "look_for": "main [data-label]",
    "suggest": "main [data-label]",
    "correct": "main svg",
    "judge": "main table",
    "ship": "#form-text",
}


def main() -> None:
    """Make the project, or take that of a folder that is named, and photograph it."""
    with TemporaryDirectory() as folder:
        made = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(folder) / "products.textwright"
        if not made.exists():
            make(made)
        with sync_playwright() as playwright, server("start", str(made), "--no-browser") as address:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
            for step, ready in READY.items():
                photograph(browser, address.of(f"#/{step}"), step, ready)
            browser.close()


def make(folder: Path) -> None:
    """Lead a project through all steps."""
    lines = folder.with_suffix(".txt")
    lines.write_text("".join(f"{each.text}\n" for each in sample("products").texts()), encoding="utf-8")
    project = open_project(lines)
    write_schema(project, sample("products").schema)
    save_rules(project, RULES)
    choose(project, "rules")
    correct(project, {each.text: each for each in sample("products").gold()})
    project.judge()
    project.ship()


def correct(project: Project, gold: Mapping[str, Example]) -> None:
    """Correct texts as the page would, so that models are trained meanwhile."""
    bench = Workbench(project)
    bench.start()
    for number, task in zip(range(1, TEXTS + 1), tasks(bench), strict=False):
        state = state_of(gold[task.text.text])
        bench.desk.record(ME, [Act(f"k{number}", task.text.number, task.version, "accept", state, seconds=6.0)])
        if number % 20 == 0:
            wait_trained(bench)
    bench.close()


def tasks(bench: Workbench) -> Iterator[Task]:
    """Yield text after text, each when it is its turn."""
    for _ in count():
        yield from bench.desk.queue(ME, limit=1)


def state_of(example: Example) -> dict[str, object]:
    """Return a corrected text as the page sends it."""
    spans = [{"start": span.start, "end": span.end, "label": span.label} for span in example.gold.spans or ()]
    none: dict[str, list[object]] = {"spans": [], "categories": []}
    return {"spans": spans, "categories": [], "proposed": none, "note": "", "flagged": False}


def wait_trained(bench: Workbench) -> None:
    """Wait until the model of the texts so far is there."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        time.sleep(1)
        if not progress_of(bench).running:
            return
    raise TimeoutError(f"no model within {PATIENCE} s")


def photograph(browser: Browser, address: str, step: str, ready: str) -> None:
    """Save one picture of a step, when it shows what it has."""
    page: Page = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT})
    page.goto(address)
    page.locator(ready).first.wait_for(timeout=60_000)
    if step == "ship":
        page.fill("#form-text", TYPED)
        page.locator("[data-by=model]").first.wait_for(timeout=60_000)
        page.evaluate("scrollTo(0, 140)")
    page.wait_for_timeout(2_000)
    page.screenshot(path=FOLDER / f"start-{step.replace('_', '-')}.png")
    page.close()


if __name__ == "__main__":
    main()
