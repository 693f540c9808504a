"""How soon the ready form of a model fills itself, from a bare static server in Chromium.

    python bench/ready_form.py [MODEL]... [--text TEXT]

Of each model: what all files of the form have, the milliseconds from following the link to the first filled field, at a
first visit and at a second one, and those of a key press until the fields are filled anew (the median of as many
presses as the text has characters). Without a model: job_titles.rules and job_titles.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median

from playwright.sync_api import Browser, BrowserContext, sync_playwright

from textwright.bundle import export, exportable
from textwright.experiment.measure.chromium import chromium as found_chromium
from textwright.project.ship.form_files import form_files
from textwright.project.ship.model_folder import schema_of_model
from textwright.references import open_model
from textwright.variants import varied

MODELS = ("job_titles.rules", "job_titles")
TEXT = "Senior UX Researcher - 6 month contract, Edinburgh"
# Notes when fields were filled; the text is there before the model is.
WATCH = """
  addEventListener("filled", () => ((window.first ??= performance.now()), window.heard?.()));
  addEventListener("DOMContentLoaded", () => (document.querySelector("[data-text]").value = %r));
"""
TYPE = """async (text) => {
  const field = document.querySelector("[data-text]"), times = [];
  for (let end = 1; end <= text.length; end++) {
    const began = performance.now();
    const filled = new Promise((heard) => (window.heard = heard));
    field.value = text.slice(0, end);
    field.dispatchEvent(new Event("input", { bubbles: true }));
    await filled;
    times.push(performance.now() - began);
  }
  return times;
}"""


def main() -> None:
    """Measure and print the table."""
    given = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    given.add_argument("models", nargs="*", default=MODELS)
    given.add_argument("--text", default=TEXT)
    asked = given.parse_args()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox", "--disable-gpu"])
        rows = tuple(row_of(model, asked.text, browser) for model in asked.models)
        browser.close()
    print("| form of | files | first visit | second visit | a key press |", "| --- | --- | --- | --- | --- |", sep="\n")
    print("\n".join(f"| {' | '.join(row)} |" for row in rows))


def chromium() -> str:
    """Return the browser."""
    found = found_chromium()
    if found is None:
        raise SystemExit("there is no Chromium: make setup")
    return found


def row_of(model: str, text: str, browser: Browser) -> tuple[str, ...]:
    """Write the form of a model into a folder, and use it."""
    with tempfile.TemporaryDirectory() as made:
        size = write_form(model, Path(made))
        with served(Path(made)) as url:
            context = browser.new_context()
            context.add_init_script(WATCH % text)
            first, _ = visit(context, url, text)
            second, presses = visit(context, url, text)
    return (model, f"{size / 1e6:.1f} MB", f"{first:.0f} ms", f"{second:.0f} ms", f"{median(presses):.1f} ms")


def write_form(model: str, folder: Path) -> int:
    """Write a form and return its bytes."""
    with tempfile.TemporaryDirectory() as made:
        export(exportable(open_model(model), model), kept := Path(made) / "model", samples=varied((), least=1))
        files = form_files(kept, schema_of_model(kept), model)
        for name, content in files.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(content if isinstance(content, bytes) else content.read_bytes())
    return sum(each.stat().st_size for each in folder.rglob("*") if each.is_file())


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Serve a folder by `python -m http.server`."""
    command = [sys.executable, "-u", "-m", "http.server", "0", "--bind", "127.0.0.1"]
    with subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        assert process.stdout is not None
        port = process.stdout.readline().split("port ")[1].split()[0]
        try:
            yield f"http://127.0.0.1:{port}/"
        finally:
            process.kill()


def visit(context: BrowserContext, url: str, text: str) -> tuple[float, list[float]]:
    """Open the form; return when it was first filled, in ms, and how long each key press took."""
    page = context.new_page()
    page.goto(url)
    end = time.monotonic() + 60
    while (first := page.evaluate("window.first ?? null")) is None:
        if time.monotonic() > end:
            raise SystemExit(f"{url}: nothing was filled: {page.locator('[data-status]').inner_text()}")
        page.wait_for_timeout(20)
    presses: list[float] = page.evaluate(TYPE, text)
    page.close()
    return first, presses


if __name__ == "__main__":
    main()
