"""Values in real JupyterLab: a notebook is run from clean, and what it shows is looked at in Chromium."""

from __future__ import annotations

import json
import os
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
from playwright.sync_api import expect

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Route

pytestmark = [pytest.mark.browser, pytest.mark.timeout(180)]
nbformat = pytest.importorskip("nbformat")
pytest.importorskip("jupyterlab")

CELLS = [
    """
import textwright as tw
from textwright import wrangle
from textwright.types import Annotation, Category, Example, Span
from textwright.wrangle import tree

dataset = tw.Dataset.read("gold.jsonl")""",
    "Annotation((Span(0, 12, 'JOB', 0.9), Span(0, 6, 'LEVEL')), (Category('tone', 'calm'),))",
    "Example('nasty', '<script>document.title = 1</script> & <b>Nurse</b>', Annotation((Span(41, 46, 'JOB'),)))",
    "dataset",
    "tw.Schema.from_data({'labels': {'JOB': {'key': 'j', 'meaning': 'A title.'}, 'LEVEL': {'parent': 'JOB'}}})",
    "report = tw.evaluate(tw.open_model('job_titles.rules'), dataset)\nreport",
    "tw.compare([report, tw.evaluate(tw.open_model('job_titles.rules'), dataset, name='again')])",
    "tree.parse('Dr. Wood looks for a nurse. Call now!')",
    "wrangle.profile(dataset, name='gold.jsonl')",
]
GOLD = """\
{"id": "t-1", "text": "Senior Nurse, Leeds", "spans": [{"start": 0, "end": 12, "label": "JOBTITLE"}, \
{"start": 7, "end": 12, "label": "COREJOBTITLE"}, {"start": 0, "end": 6, "label": "SENIORITY"}, \
{"start": 14, "end": 19, "label": "LOCATION"}], "meta": {"source": "board"}}
{"id": "t-2", "text": "Cook", "spans": [{"start": 0, "end": 4, "label": "JOBTITLE"}]}
"""
# No news from elsewhere, no question about it, and every cell in the page.
SETTINGS = {
    "@jupyterlab/apputils-extension:notification": {"fetchNews": "false", "checkForUpdates": False},
    "@jupyterlab/notebook-extension:tracker": {"windowingMode": "none"},
}


def write_notebook(folder: Path, theme: str) -> None:
    cells = [nbformat.v4.new_code_cell(source.strip()) for source in CELLS]
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    nbformat.write(nbformat.v4.new_notebook(cells=cells, metadata=kernel), folder / "shown.ipynb")
    (folder / "gold.jsonl").write_text(GOLD)
    settings = {**SETTINGS, "@jupyterlab/apputils-extension:themes": {"theme": theme}}
    overrides = folder / "config" / "labconfig" / "default_setting_overrides.json"
    overrides.parent.mkdir(parents=True)
    overrides.write_text(json.dumps(settings))


@contextmanager
def jupyterlab(folder: Path) -> Iterator[str]:
    """Run JupyterLab on a free port, with its settings and traces in `folder`; give its address once it answers."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    own = {"JUPYTER_CONFIG_DIR": "config", "JUPYTER_RUNTIME_DIR": "run", "IPYTHONDIR": "ipython", "HOME": "home"}
    environment = {**os.environ, **{name: str(folder / place) for name, place in own.items()}}
    options = ["--no-browser", "--ip=127.0.0.1", f"--port={port}", "--allow-root", "--IdentityProvider.token="]
    options += ["--LabApp.extension_manager=readonly", "--expose-app-in-browser", f"--ServerApp.root_dir={folder}"]
    with (folder / "log").open("w") as log:
        command = [sys.executable, "-m", "jupyterlab", *options]
        server = subprocess.Popen(command, cwd=folder, env=environment, stdout=log, stderr=subprocess.STDOUT)
    try:
        wait_for(url := f"http://127.0.0.1:{port}", server)
        yield url
    finally:
        server.terminate()
        server.wait(timeout=30)


def wait_for(url: str, server: subprocess.Popen[bytes]) -> None:
    ends = time.monotonic() + 90
    while time.monotonic() < ends:
        assert server.poll() is None, "JupyterLab ended at once"
        try:
            urllib.request.urlopen(f"{url}/api", timeout=2).close()
        except OSError:
            time.sleep(0.2)
        else:
            return
    pytest.fail("JupyterLab did not answer for a minute and a half")


def run_all(page: Page) -> None:
    """Wait for the notebook and its kernel, and run the cells as the menu does."""
    page.wait_for_function("window.jupyterapp?.shell.currentWidget?.sessionContext?.session?.kernel?.status === 'idle'")
    page.evaluate("jupyterapp.commands.execute('notebook:run-all-cells')")


@contextmanager
def opened(browser: Browser, url: str) -> Iterator[tuple[Page, list[str]]]:
    """Open the notebook without any way to another host; give the page and what was asked of others."""
    context = browser.new_context(viewport={"width": 1280, "height": 1000})
    context.set_default_timeout(60_000)
    page, asked = context.new_page(), list[str]()

    def pass_or_refuse(route: Route) -> None:
        if route.request.url.startswith((url, "data:", "blob:")):
            route.continue_()
        else:
            asked.append(route.request.url)
            route.abort()

    page.route("**/*", pass_or_refuse)
    page.goto(f"{url}/lab/tree/shown.ipynb")
    yield page, asked
    context.close()


def outputs(page: Page) -> list[str]:
    """Return what each cell after the first shows, as text."""
    return [each.inner_text() for each in page.locator(".jp-OutputArea-output").all()]


def test_values_show_themselves_in_jupyterlab(browser: Browser, tmp_path: Path) -> None:
    write_notebook(tmp_path, os.environ.get("TEXTWRIGHT_THEME", "JupyterLab Light"))
    with jupyterlab(tmp_path) as url, opened(browser, url) as (page, asked):
        faults, ours = list[str](), list[str]()
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("console", lambda message: ours.append(message.text) if message.type == "error" else None)
        run_all(page)
        page.locator(".tw-tiles").wait_for()
        if folder := os.environ.get("TEXTWRIGHT_PICTURES"):
            for place, output in enumerate(page.locator(".jp-OutputArea-output").all()):
                output.screenshot(path=Path(folder) / f"jupyterlab-{place}.png")
        expect(page.locator(".jp-OutputArea-output")).to_have_count(8)
        annotation, nasty, dataset, schema, report, comparison, parsed, profile = outputs(page)
        assert "JOB\t0\t12\t0.900" in annotation
        assert "tone\tcalm" in annotation
        assert "<script>document.title = 1</script> & <b>Nurse</b>" in nasty.replace("\n", "")
        assert "1 span: JOB" in nasty
        assert "2 examples, 2 with spans" in dataset
        assert "JOBTITLE, SENIORITY, COREJOBTITLE, LOCATION" in dataset
        assert "LEVEL\t\tJOB" in schema
        assert "Exact match" in report
        assert "Side by side" in comparison
        assert "SentenceNode" in parsed
        assert "2\ntexts" in profile
        drawn = page.locator(".jp-OutputArea-output").nth(2).locator(".tw-span[data-label=JOBTITLE]")
        assert [(each.get_attribute("data-start"), each.text_content()) for each in drawn.all()] == [
            ("0", "Senior Nurse"),
            ("0", "Cook"),
        ]
        marked = page.locator(".jp-OutputArea-output").nth(1).locator(".tw-span")
        assert marked.text_content() == "Nurse"
        assert page.title() != "1"
        assert len({tile["y"] for each in page.locator(".tw-tiles div").all() if (tile := each.bounding_box())}) < 3
        assert page.locator(".jp-OutputArea-output[data-mime-type*=stderr]").count() == 0
        cell = page.locator(".tw-shown tbody td").first
        assert cell.evaluate("element => getComputedStyle(element).textAlign") == "left"
        assert (faults, ours, asked) == ([], [], [])
