"""The widget in real marimo, which puts it into a shadow root: a cell below shows what came back."""

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

if TYPE_CHECKING:
    from playwright.sync_api import Browser

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
def marimo(notebook: Path) -> Iterator[str]:
    """Run a notebook on a free port; give its address once it answers."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [Path(sys.executable).with_name("marimo"), "run", notebook, "--headless", "--no-token"]
    options = ["--host", "127.0.0.1", "--port", str(port)]
    with (notebook.parent / "log").open("w") as log:
        server = subprocess.Popen([*command, *options], cwd=notebook.parent, stdout=log, stderr=subprocess.STDOUT)
    try:
        wait_for(url := f"http://127.0.0.1:{port}", server)
        yield url
    finally:
        server.terminate()
        server.wait(timeout=20)


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


DARK = pytest.param("dark", "rgb(28, 32, 37)", marks=pytest.mark.verify)  # a second server, for a colour


@pytest.mark.parametrize(("theme", "ground"), [("light", "rgb(255, 255, 255)"), DARK])
def test_what_is_annotated_comes_back_to_the_cell_below(
    browser: Browser, tmp_path: Path, theme: str, ground: str
) -> None:
    notebook = tmp_path / "titles.py"
    notebook.write_text(NOTEBOOK.strip().replace("THEME", theme) + "\n")
    with marimo(notebook) as url:
        context = browser.new_context(viewport={"width": 1000, "height": 1000})
        context.set_default_timeout(30_000)
        page = context.new_page()
        faults: list[str] = []
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.goto(url)
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
        context.close()
        assert faults == []
