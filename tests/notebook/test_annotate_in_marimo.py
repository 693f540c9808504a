"""The widget in real marimo, which puts it into a shadow root: a cell below shows what came back. And a lesson."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from textwright.notebook.frame.lesson import copy_lesson, find_lesson

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

NOTEBOOK = """
# /// script
# [tool.marimo.display]
# theme = "THEME"
# ///
import marimo

app = marimo.App()


@app.cell
def _():
    import marimo as mo

    import textwright as tw
    from textwright.packs.job_titles import SCHEMA

    return SCHEMA, mo, tw


@app.cell
def _(SCHEMA, mo, tw):
    rules = tw.open_model("job_titles.rules")
    widget = mo.ui.anywidget(tw.annotate(["Head of Design, Leeds", "Chief Pilot"], schema=SCHEMA, suggest=rules))
    widget
    return (widget,)


@app.cell
def _(mo, widget):
    found = [
        (each.text[span.start : span.end], span.label, each.extra["status"])
        for each in widget.dataset
        for span in each.gold.spans
    ]
    mo.plain_text(f"{len(found)} spans came back: {found}")
    return


if __name__ == "__main__":
    app.run()
"""


@contextmanager
def marimo(folder: Path) -> Iterator[str]:
    """Run the notebooks of a folder on a free port; give the address, but for a notebook's name, once it answers."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command: list[str | Path] = [Path(sys.executable).with_name("marimo"), "run", folder, "--headless", "--no-token"]
    options = ["--host", "127.0.0.1", "--port", str(port)]
    with (folder / "log").open("w") as log:
        server = subprocess.Popen([*command, *options], cwd=folder, stdout=log, stderr=subprocess.STDOUT)
    try:
        wait_for(url := f"http://127.0.0.1:{port}", server)
        yield f"{url}/?file="
    finally:
        server.terminate()
        server.wait(timeout=60)


def wait_for(url: str, server: subprocess.Popen[bytes]) -> None:
    ends = time.monotonic() + 60
    while time.monotonic() < ends:
        assert server.poll() is None, "marimo ended at once"
        try:
            urllib.request.urlopen(f"{url}/health", timeout=2).close()
        except OSError:
            time.sleep(0.2)
        else:
            return
    pytest.fail("marimo did not answer for a minute")


DARK = pytest.param("dark", "rgb(28, 32, 37)", marks=pytest.mark.verify)  # another session, for a colour


@pytest.fixture(scope="module")
def notebooks(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Run one marimo for all notebooks of this file."""
    folder = tmp_path_factory.mktemp("notebooks")
    for theme in ("light", "dark"):
        (folder / f"{theme}.py").write_text(NOTEBOOK.strip().replace("THEME", theme) + "\n")
    copy_lesson(find_lesson("annotate"), folder)
    with marimo(folder) as address:
        yield address


@contextmanager
def opened(browser: Browser, address: str) -> Iterator[Page]:
    """Open a notebook; a fault in the page fails the test."""
    context = browser.new_context(viewport={"width": 1000, "height": 1000})
    context.set_default_timeout(60_000)
    page, faults = context.new_page(), list[str]()
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.goto(address)
    yield page
    context.close()
    assert faults == []


@pytest.mark.parametrize(("theme", "ground"), [("light", "rgb(255, 255, 255)"), DARK])
def test_what_is_annotated_comes_back_to_the_cell_below(
    browser: Browser, notebooks: str, theme: str, ground: str
) -> None:
    with opened(browser, f"{notebooks}{theme}.py") as page:
        text = page.get_by_role("group", name="Text")
        text.wait_for()
        assert page.evaluate("document.querySelector('span-annotator')") is None, "it is not in a shadow root"
        assert text.evaluate("element => getComputedStyle(element).backgroundColor") == ground
        page.locator("[data-start][data-suggested]").first.wait_for(state="attached")
        text.focus()
        page.keyboard.press("Enter")
        page.get_by_text("('Head of Design', 'JOBTITLE', 'done')").wait_for()
        page.get_by_text("Text 2 of 2").wait_for()
        box = text.bounding_box()
        assert box is not None
        page.mouse.click(box["x"] + 95, box["y"] + 30)
        page.keyboard.press("o")
        page.get_by_text("('Pilot', 'COMPANY', 'begun')").wait_for()


def test_a_lesson_opens_with_its_widget_and_its_chart(browser: Browser, notebooks: str) -> None:
    with opened(browser, f"{notebooks}annotate.py") as page:
        text = page.get_by_role("group", name="Text").first
        text.wait_for()
        text.focus()
        page.keyboard.press("s")
        page.get_by_text("begun").first.wait_for()
        page.locator("marimo-vega canvas, marimo-vega svg, .vega-embed canvas, .vega-embed svg").first.wait_for()
