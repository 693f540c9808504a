"""How long the pages take from a key to what it changes, while somebody types fast, in Chromium.

    python bench/keystrokes.py [KEYS_A_SECOND] [emotion|emotion.linear|agency...]

Fifteen keys a second unless said: faster than people type. A key counts from its event's own time stamp until the frame
in which the bars (on the agency page, the needle) have the values of the text with that key. `late` are keys whose text
was outdated before it was answered; they count until a later one was. One thread, from the pages as they are built; the
machine should have nothing else to do.
"""

from __future__ import annotations

import statistics
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import uvicorn
from playwright.sync_api import Browser, Page, sync_playwright

from textwright.experiment.measure.chromium import chromium as found_chromium
from textwright.server.app import create_app
from textwright.server.hosted import open_hosted
from textwright.server.run import address, bind

CHROMIUM = found_chromium()
TEXT = (
    "I was so nervous before the talk, but everybody was kind. Thank you all, I loved every minute of it! "
    "The train home was late again and that made me cross, but what a day."
)
# Each page with its field, what must be there before it can be typed into, and what an answer changes.
PAGES = {
    "emotion": ("emotion/", "#text", "#words:not([hidden])", "#cost"),
    "emotion.linear": ("emotion/?model=../models/emotion.linear/", "#text", "#words:not([hidden])", "#cost"),
    "agency": ("agency/", "#advert", "#answer:not([hidden])", "#cost"),
}
# An answer writes its time, a text node of its own each time, in the same step in which it moves the bars.
LISTEN = """([field, answer]) => {
  window.waiting = [];
  window.times = [];
  window.late = 0;
  const typed = document.querySelector(field);
  let pressed = 0;
  typed.addEventListener("keydown", (event) => (pressed = event.timeStamp), true);
  typed.addEventListener("input", () => waiting.push(pressed), true);
  new MutationObserver(() => {
    const answered = waiting.splice(0);
    late += Math.max(0, answered.length - 1);
    requestAnimationFrame((frame) => setTimeout(() => {
      for (const began of answered) times.push(performance.now() - began);
    }));
  }).observe(document.querySelector(answer), { childList: true });
}"""


def main() -> None:
    numbers = [each for each in sys.argv[1:] if each.isdigit()]
    rate = int(numbers[0]) if numbers else 15
    names = [each for each in sys.argv[1:] if not each.isdigit()] or list(PAGES)
    with served("emotion", "emotion.linear", "job_adverts") as url, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        print(f"{rate} keys a second, ms from a key to the frame that shows its text, {browser.version}")
        print(f"{'':16} {'keys':>5} {'p50':>6} {'p95':>6} {'most':>6} {'late':>5}  {'in the model, p50':>17}")
        for name in names:
            show(name, browser, url, rate)
        browser.close()


def show(name: str, browser: Browser, url: str, rate: int) -> None:
    path, field, ready, answer = PAGES[name]
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    page.set_default_timeout(120_000)
    page.goto(f"{url}{path}")
    page.wait_for_selector(ready)
    page.fill(field, "")
    page.evaluate(LISTEN, [field, answer])
    took = type_evenly(page, field, answer, rate)
    page.wait_for_function("() => waiting.length === 0")
    page.wait_for_timeout(100)
    found, late = page.evaluate("[times, late]")
    p50, p95 = statistics.median(found), statistics.quantiles(found, n=20)[-1]
    model = statistics.median(took)
    print(f"{name:16} {len(found):5} {p50:6.1f} {p95:6.1f} {max(found):6.1f} {late:5}  {model:17.0f}", flush=True)
    page.close()


def type_evenly(page: Page, field: str, answer: str, rate: int) -> list[float]:
    """Type the text at an even rate, whatever a key takes; give the times that the page says the model took."""
    page.focus(field)
    began, took = time.perf_counter(), list[float]()
    for i, key in enumerate(TEXT):
        time.sleep(max(0.0, began + i / rate - time.perf_counter()))
        page.keyboard.press("Space" if key == " " else key)
        if i % 10 == 9:
            took += milliseconds(page.text_content(answer) or "")
    return took or [0.0]


def milliseconds(cost: str) -> list[float]:
    first = cost.partition(" ms")[0]
    return [float(first)] if first.isdigit() else [0.5] if first.startswith("under") else []


@contextmanager
def served(*references: str) -> Iterator[str]:
    """Serve the models and pages from a thread; give the address."""
    with bind("127.0.0.1", 0) as listening:
        config: Any = uvicorn.Config(create_app(open_hosted(references)), log_level="warning")
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        while not server.started:
            time.sleep(0.01)
        yield address(listening)
        server.should_exit = True
        thread.join()


if __name__ == "__main__":
    main()
