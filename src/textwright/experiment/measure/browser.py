"""A process of its own that lets a page answer the texts of a job in Chromium.

    python -m textwright.experiment.measure.browser FOLDER RUNTIME EXECUTABLE

It leaves `found.json` in the job's folder. The browser is one that nothing else uses, driven through Playwright.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

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

    folder, runtime, executable = map(Path, arguments)
    site = Site(
        {"/runtime/": runtime, "/job/": folder, "/measure/": HERE},
        {"/": MEASURING, "/blank": BLANK},
        ("/runtime/", "/job/model/"),
    )
    _pack(runtime, folder / "model")
    with sync_playwright() as playwright, serving(site) as address:
        try:
            browser = playwright.chromium.launch(executable_path=executable, args=ARGUMENTS)
            found = _measured(browser, address)
        except Error as error:
            found = {"error": str(error).splitlines()[0]}
    (folder / "found.json").write_text(json.dumps({**found, "download_bytes": site.download_bytes}), encoding="ascii")


def _pack(*folders: Path) -> None:
    """Pack all files before anybody waits for them."""
    for folder in folders:
        for path in folder.rglob("*"):
            if path.is_file():
                as_sent(path.resolve())


def _measured(browser: Browser, address: str) -> dict[str, Any]:
    """Let a page measure; tell the peak memory of its process before the runtime was loaded, and after all."""
    page = browser.new_page()
    page.goto(f"{address}/blank")
    empty = _peak(browser)
    page.goto(f"{address}/")
    found = _found(page)
    version = f"Chromium {browser.version}"
    return {**found, "empty_bytes": empty, "memory_bytes": _peak(browser), "version": version}


def _found(page: Page) -> dict[str, Any]:
    """Wait for what the page found. Who started this process ends it when that takes too long."""
    page.wait_for_function("() => window.found !== undefined", polling=LOOK, timeout=0)
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
