"""Film a newcomer from pasted lines to a form that fills itself: `python tools/film_start.py`.

Runs `textwright start`, goes through its page in Debian's Chromium as the tests' newcomer does, and writes
`start.webp`, an animated picture of at most 2 MB.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from film import REST, STEP, TYPING, Frame, shot, write
from pictures import CHROMIUM, FLAGS, FOLDER, ROOT
from playwright.sync_api import Page, ViewportSize, sync_playwright

# The newcomer is the tests': here it is only watched.
sys.path.insert(0, str(ROOT))

from tests.browser.start import journey
from tests.browser.start.newcomer import Newcomer
from tests.browser.start.process import started

from textwright.project.examples import sample
from textwright.types import Annotation, Example, Span

FILE = FOLDER / "start.webp"
SIZE: ViewportSize = {"width": 1000, "height": 680}
LABELS = ("BRAND", "PRODUCT", "SIZE")
MEANINGS = ("Who makes it", "What it is", "How large or heavy it is")
PASTED, CORRECTED, SLOWLY, EACH = 200, 100, 3, 6
# After so many texts one waits for so many trainings behind: whoever reads each text is slower than they are.
LEARNED = {30: 1, 55: 2, 80: 3}
PATIENCE = 240_000
BRANDS = (
    "Rab, Petzl, Osprey, Garmin, Regatta, Salomon, Deuter, Keen, Vango, Columbia, Hydro Flask, Altura, MSR, Quechua"
)
TRIED = "Petzl Aria head torch, 175 lm, waterproof"
# Milliseconds that a picture stays while texts fly past.
FLYING = 160


def gold() -> dict[str, Example]:
    """Return the lines that are pasted, with what is right for each."""
    found = list(sample("products").gold())[:PASTED]
    return {each.text: Example(each.id, each.text, Annotation(tuple(_wanted(each)))) for each in found}


def _wanted(example: Example) -> Iterator[Span]:
    yield from (span for span in example.gold.spans or () if span.label in LABELS)


def frames(me: Newcomer) -> Iterator[Frame]:
    """Play the whole journey, step by step."""
    yield from bring(me)
    yield from look_for(me)
    yield from suggest(me)
    yield from correct(me)
    yield from judge(me)
    yield from ship(me)


def bring(me: Newcomer) -> Iterator[Frame]:
    """Paste the lines."""
    field = me.page.get_by_label("Your texts")
    yield shot(me.page, REST)
    field.fill("\n".join(me.gold))
    yield shot(me.page, REST)
    me.click(me.button("Bring these texts"))
    me.page.locator("#brought").wait_for()
    yield from settled(me.page, REST)


def look_for(me: Newcomer) -> Iterator[Frame]:
    """Name the labels, one after the other."""
    me.go_on()
    yield from settled(me.page, STEP)
    for name, meaning in zip(LABELS, MEANINGS, strict=True):
        me.type(me.page.get_by_role("textbox", name="Name", exact=True), name)
        yield shot(me.page, STEP)
        me.press("Tab")
        me.type(me.page.get_by_label("What it marks", exact=True), meaning)
        yield shot(me.page, STEP)
        me.press("Enter")
        me.button(f"Change {name}").wait_for()
    yield from settled(me.page, REST)


def suggest(me: Newcomer) -> Iterator[Frame]:
    """Write a list of words, and see it work."""
    me.go_on()
    yield from settled(me.page, STEP)
    journey.write_rules(me, {"BRAND": BRANDS})
    yield from settled(me.page, REST)


def correct(me: Newcomer) -> Iterator[Frame]:
    """Correct the first texts key by key; the others fly past."""
    me.go_on()
    for _ in range(SLOWLY):
        for key in me.keys_of_this():
            yield shot(me.page, STEP)
            me.page.keyboard.press(key)
            me.page.wait_for_timeout(120)
    for done in range(SLOWLY, CORRECTED):
        if done in LEARNED:
            wait_for_trainings(me.page, LEARNED[done])
            yield from settled(me.page, REST)
        if done % EACH == 0:
            yield shot(me.page, FLYING)
        me.correct_one()
    me.saved()
    yield from settled(me.page, REST)


def wait_for_trainings(page: Page, number: int) -> None:
    """Wait until so many trainings have ended, and the page shows it."""
    dots = page.locator("correct-step svg.curve circle")
    dots.nth(number - 1).wait_for(timeout=PATIENCE)


def judge(me: Newcomer) -> Iterator[Frame]:
    """Wait until all methods are judged."""
    me.go_on()
    yield from settled(me.page, STEP)
    journey.judge(me)
    yield from settled(me.page, REST)
    yield from settled(me.page, REST)


def ship(me: Newcomer) -> Iterator[Frame]:
    """Type a text that nobody corrected into the form."""
    me.go_on()
    field = me.page.locator("#form-text")
    field.wait_for(timeout=60_000)
    me.page.get_by_text("Type a text.").wait_for()
    yield from settled(me.page, STEP)
    for end in range(3, len(TRIED) + 3, 3):
        field.fill(TRIED[:end])
        me.page.wait_for_timeout(150)
        yield shot(me.page, TYPING)
    yield from settled(me.page, REST)
    yield from settled(me.page, REST)


def settled(page: Page, milliseconds: int) -> Iterator[Frame]:
    """Take a picture once nothing moves."""
    page.wait_for_timeout(900)
    yield shot(page, milliseconds)


def main() -> None:
    """Make the film."""
    with sync_playwright() as playwright, TemporaryDirectory() as folder, started(Path(folder)) as command:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        page = browser.new_page(viewport=SIZE)
        page.goto(command.url)
        page.get_by_label("Your texts").wait_for()
        shown = list(frames(Newcomer(page, gold())))
        browser.close()
    write(shown, FILE)
    print(f"{FILE.name}: {len(shown)} pictures, {FILE.stat().st_size / 1e6:.2f} MB")


if __name__ == "__main__":
    main()
