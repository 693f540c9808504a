"""Take the pictures of the documents from the real pages: `python tools/pictures.py`.

Starts the server on a free port of this machine and photographs its pages in Debian's Chromium.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).parent.parent
FOLDER = ROOT / "docs/pictures"
SAMPLE = ROOT / "src/textwright/packs/job_titles/sample.jsonl"
CHROMIUM = "/usr/bin/chromium"
# What each page shows once its model has answered.
PAGES = {
    "emotion": "#for li",
    "agency": "#agency li",
    "headline": "#findings button",
    "completion": ".ghost",
}
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]


PRINTED = re.compile(r"(http://[\w.]+:\d+)/\?token=([\w-]+)")


@dataclass(frozen=True)
class Address:
    """Where a command serves its pages, and the token of its run."""

    url: str
    token: str

    def of(self, path: str) -> str:
        """Write the address of a page for somebody who comes for the first time."""
        page, mark, place = path.partition("#")
        return f"{self.url}/{page}{'&' if '?' in page else '?'}token={self.token}{mark}{place}"


@contextmanager
def server(*arguments: str) -> Iterator[Address]:
    """Run a command of textwright that serves, and give its address; stop when done."""
    command = [sys.executable, "-m", "textwright", *arguments, "--port", "0"]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    assert process.stderr is not None
    try:
        found = next(filter(None, (PRINTED.search(line) for line in process.stderr)))
        threading.Thread(target=process.stderr.read, daemon=True).start()
        yield Address(found[1], found[2])
    finally:
        process.terminate()
        process.wait()


def photograph_playground(browser: Browser, address: str) -> None:
    """Save a picture of two models side by side that have marked the examples twice: the browser is slow at first."""
    page = browser.new_page(viewport={"width": 1000, "height": 760})
    page.goto(address)
    page.wait_for_selector("[data-label]")
    page.wait_for_timeout(3_000)
    page.click("#examples")
    page.wait_for_timeout(1_000)
    page.mouse.move(0, 0)
    page.evaluate("document.activeElement.blur()")
    page.screenshot(path=FOLDER / "playground.png")
    page.close()


def photograph_annotation(browser: Browser, address: str) -> None:
    """Save a picture of the annotation page: two labels kept, the rest proposed."""
    page = browser.new_page(viewport={"width": 1100, "height": 640})
    page.goto(address)
    page.wait_for_selector("[data-suggested]")
    page.keyboard.press("s")
    for key in ("ArrowRight", "Shift+ArrowRight", "c"):
        page.keyboard.press(key)
    page.get_by_text("Saved").wait_for()
    page.screenshot(path=FOLDER / "annotate.png")
    page.close()


def main() -> None:
    """Take every picture."""
    FOLDER.mkdir(exist_ok=True)
    with sync_playwright() as playwright, TemporaryDirectory() as folder:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        titles = Path(folder) / "titles.txt"
        titles.write_text("".join(json.loads(line)["text"] + "\n" for line in SAMPLE.open(encoding="utf-8")))
        options = ("--schema", "job_titles", "--suggest", "job_titles", "--blind-share", "0", "--no-browser")
        with server("annotate", str(titles), *options) as address:
            photograph_annotation(browser, address.of(""))
        photograph_pages(browser)
        photograph_profile(browser)
        browser.close()


def photograph_pages(browser: Browser) -> None:
    """Save the pictures of the pages that `textwright serve` shows."""
    with server("serve") as address:
        photograph_playground(browser, address.of("?other=job_titles.rules"))
        for name, ready in PAGES.items():
            photograph_page(browser, address.of(f"{name}/"), name, ready)


def photograph_page(browser: Browser, address: str, name: str, ready: str) -> None:
    """Save a picture of a page with its first text, once its model has answered."""
    page = browser.new_page(viewport={"width": 1000, "height": 640})
    page.goto(address)
    page.locator(ready).first.wait_for(timeout=60_000)
    page.wait_for_timeout(3_000)
    page.screenshot(path=FOLDER / f"{name}.png")
    page.close()


def photograph_profile(browser: Browser) -> None:
    """Save a picture of the report that `textwright profile` writes of the pack's sample."""
    from textwright import Dataset, wrangle

    page = browser.new_page(viewport={"width": 1000, "height": 1120})
    page.set_content(wrangle.profile(Dataset.read(SAMPLE), name=SAMPLE.name).to_html())
    page.screenshot(path=FOLDER / "profile.png")
    page.close()


if __name__ == "__main__":
    main()
