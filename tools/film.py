"""Make the film of the README from the real pages: `python tools/film.py`.

Types into the pages in Debian's Chromium, takes a picture after each step, and writes them as one animated
WebP of at most 2 MB.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from pictures import CHROMIUM, FLAGS, FOLDER, server
from PIL import Image
from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

FILE = FOLDER / "film.webp"
MOST_BYTES = 2_000_000
SIZE: ViewportSize = {"width": 860, "height": 600}
# Milliseconds that a picture stays: while somebody types, after a step, at the end of a scene.
TYPING, STEP, REST = 90, 650, 2200
HEADLINE = "Lead UX Researcher - 6 month contract, Edinburgh"
FEELING = "I was terrified before the talk, and now I can't stop smiling!"
# Keys of the annotation page: the level, the core beside it, the title around both, the town, and on to the next text.
KEYS = (
    *("s", "ArrowRight", "Shift+ArrowRight", "c"),
    *("ArrowLeft", "Shift+ArrowRight", "Shift+ArrowRight", "j"),
    *("ArrowRight", "l", "Enter"),
)
TITLES = ("Senior UX Researcher - Hove", "Head Chef, Leeds", "Ward Manager - nights")
Frame = tuple[Image.Image, int]


def shot(page: Page, milliseconds: int) -> Frame:
    """Take a picture that stays so long."""
    return Image.open(io.BytesIO(page.screenshot())).convert("RGB"), milliseconds


def typed(page: Page, field: str, text: str, *, by: int = 2) -> Iterator[Frame]:
    """Type a text into a field, a picture for each few characters."""
    page.locator(field).focus()
    for start in range(0, len(text), by):
        page.keyboard.type(text[start : start + by])
        page.wait_for_timeout(120)
        yield shot(page, TYPING)
    page.wait_for_timeout(600)
    yield shot(page, REST)


def playground(browser: Browser, address: str) -> Iterator[Frame]:
    """Type a headline, and see its spans."""
    page = opened(browser, address, "[data-label]")
    page.fill("textarea", "")
    page.wait_for_timeout(500)
    page.locator("textarea").evaluate("field => { field.style.height = '3.5rem'; field.style.minHeight = '0' }")
    page.evaluate("window.scrollTo(0, 130)")
    yield from typed(page, "textarea", HEADLINE)
    page.close()


def emotion(browser: Browser, address: str) -> Iterator[Frame]:
    """Type what one feels, and see the bars move."""
    page = opened(browser, address, "#for li")
    page.fill("#text", "")
    yield from typed(page, "#text", FEELING, by=3)
    page.close()


def annotation(browser: Browser, address: str) -> Iterator[Frame]:
    """Mark nested spans by the keyboard alone."""
    page = opened(browser, address, "[role=group][aria-label=Text]")
    yield shot(page, STEP)
    for key in KEYS:
        page.keyboard.press(key)
        page.wait_for_timeout(150)
        yield shot(page, STEP)
    yield shot(page, REST)
    page.close()


def opened(browser: Browser, address: str, ready: str) -> Page:
    """Open a page and wait until its model has answered once, and then some: the browser is slow at first."""
    page = browser.new_page(viewport=SIZE)
    page.goto(address)
    page.locator(ready).first.wait_for(timeout=60_000)
    page.wait_for_timeout(2_500)
    return page


def frames(browser: Browser, folder: Path) -> Iterator[Frame]:
    """Play all scenes."""
    with server("serve") as address:
        yield from playground(browser, address.of(""))
        yield from emotion(browser, address.of("emotion/"))
    titles = folder / "titles.txt"
    titles.write_text("".join(f"{title}\n" for title in TITLES), encoding="utf-8")
    with server("annotate", str(titles), "--schema", "job_titles", "--no-browser") as address:
        yield from annotation(browser, address.of(""))


def write(shown: list[Frame], path: Path) -> None:
    """Write an animated WebP, as fine as fits into `MOST_BYTES`. Raise `ValueError` when none fits."""
    pictures, milliseconds = [frame[0] for frame in shown], [frame[1] for frame in shown]
    for quality in (70, 50, 35, 20):
        pictures[0].save(
            path, save_all=True, append_images=pictures[1:], duration=milliseconds, loop=0, quality=quality, method=4
        )
        if path.stat().st_size <= MOST_BYTES:
            return
    raise ValueError(f"{path} has {path.stat().st_size} bytes, at most {MOST_BYTES} are wanted: show less")


def main() -> None:
    """Make the film."""
    with sync_playwright() as playwright, TemporaryDirectory() as folder:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        shown = list(frames(browser, Path(folder)))
        browser.close()
    write(shown, FILE)
    print(f"{FILE.name}: {len(shown)} pictures, {FILE.stat().st_size / 1e6:.2f} MB")


if __name__ == "__main__":
    main()
