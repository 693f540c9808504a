"""A process of its own that lets a page answer the texts of a job in Chromium.

    python -m textwright.experiment.measure.browser FOLDER RUNTIME EXECUTABLE SECONDS

It leaves `found.json` in the job's folder. The browser is one that nothing else uses, driven through Playwright. Who
starts this process ends it when it takes longer; it gives up by itself, too.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from textwright.child import end_with_parent
from textwright.experiment.measure.memory import peak_bytes
from textwright.experiment.measure.serving import Site, as_sent, serving

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

HERE = Path(__file__).parent
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
BLANK = b'<!doctype html><meta charset="utf-8"><title>Nothing</title><link rel="icon" href="data:,">'
MEASURING = BLANK + b'<script type="module" src="/measure/page.mjs"></script>'
# Milliseconds between two looks at whether the page is done.
LOOK = 200


def main(arguments: Sequence[str]) -> None:
    """Measure the job that the arguments name, and leave what was found in its folder."""
    from playwright.sync_api import Error, sync_playwright

    folder, runtime, executable = map(Path, arguments[:3])
    end_with_parent(remove=folder)
    site = Site(
        {"/runtime/": runtime, "/job/": folder, "/measure/": HERE},
        {"/": MEASURING, "/blank": BLANK},
        ("/runtime/", "/job/model/"),
    )
    _pack(runtime, folder / "model")
    with sync_playwright() as playwright, serving(site) as address:
        try:
            browser = playwright.chromium.launch(executable_path=executable, args=ARGUMENTS)
            found = _measured(browser, address, seconds=float(arguments[3]))
        except Error as error:
            found = {"error": _in_words(str(error))}
    (folder / "found.json").write_text(json.dumps({**found, "download_bytes": site.download_bytes}), encoding="ascii")


def _in_words(error: str) -> str:
    """Say what Playwright says in its first line; of a crash, what is likely.

    >>> _in_words("Page.evaluate: Target crashed")
    'the page crashed; perhaps memory ran out'
    """
    return "the page crashed; perhaps memory ran out" if "crashed" in error else error.splitlines()[0]


def _pack(*folders: Path) -> None:
    """Pack all files before anybody waits for them."""
    for folder in folders:
        for path in folder.rglob("*"):
            if path.is_file():
                as_sent(path.resolve())


def _measured(browser: Browser, address: str, *, seconds: float) -> dict[str, Any]:
    """Let a page measure; tell the peak memory of its process before the runtime was loaded, and after all."""
    page = browser.new_page()
    page.goto(f"{address}/blank")
    empty = _peak(browser)
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.goto(f"{address}/")
    found = _found(page, seconds)
    version = f"Chromium {browser.version}"
    return {**found, "said": said, "empty_bytes": empty, "memory_bytes": _peak(browser), "version": version}


def _found(page: Page, seconds: float) -> dict[str, Any]:
    """Wait for what the page found, or for its end."""
    page.wait_for_function("() => window.found !== undefined", polling=LOOK, timeout=1000 * seconds)
    found: dict[str, Any] = page.evaluate("() => window.found")
    return found


def _peak(browser: Browser) -> int | None:
    """Return the peak memory of the page's process: the largest of those that draw pages."""
    session = browser.new_browser_cdp_session()
    processes = session.send("SystemInfo.getProcessInfo")["processInfo"]
    session.detach()
    peaks = [peak_bytes(each["id"]) for each in processes if each["type"] == "renderer"]
    return max((peak for peak in peaks if peak is not None), default=None)


if __name__ == "__main__":
    main(sys.argv[1:])
