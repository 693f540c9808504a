"""What the tests of several folders share."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Playwright

ROOT = Path(__file__).parents[1]
# The longest files. They begin, so that at the end no worker is left alone with one of them.
LONG = (
    "tests/notebook/test_lessons_models.py",
    "tests/test_docs_snippets.py",
    "tests/notebook/test_lessons.py",
    "tests/train/test_transformer.py",
    "tests/cli/test_train_bad_input.py",
    "tests/browser/start/test_engines.py",
    "tests/browser/test_playground.py",
    "tests/browser/start/test_newcomer.py",
    "tests/browser/test_runtime.py",
    "tests/browser/test_completion_page.py",
    "tests/test_parity.py",
    "tests/server/annotation/test_fuzz.py",
    "tests/server/test_fuzz.py",
    "tests/notebook/test_annotate_in_marimo.py",
    "tests/notebook/test_displays_in_jupyterlab.py",
)
# What a person confirms here stays here: nothing of these tests stands among his own settings, or the other way round.
SETTINGS = os.environ["TEXTWRIGHT_CONFIG"] = tempfile.mkdtemp(prefix="textwright-settings-")
NUMBERS = count()
NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
# Milliseconds that a page may take on a busy machine; less than the 20 seconds after which pages ask their server by
# themselves, which would mend what went wrong.
PATIENCE = 18_000
# To optimise WebAssembly takes longer than what a test computes by it.
UNOPTIMISED = "--js-flags=--liftoff-only"
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", UNOPTIMISED]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Bring the long files to the front, in their order."""
    place = {str(ROOT / name): number for number, name in enumerate(LONG)}
    items.sort(key=lambda item: place.get(str(item.path), len(LONG)))


@pytest.fixture(autouse=True)
def nothing_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """Begin each test as a process for which nobody named code or an address, now or earlier."""
    monkeypatch.delenv("TEXTWRIGHT_NAMED", raising=False)
    monkeypatch.setenv("TEXTWRIGHT_CONFIG", f"{SETTINGS}/{next(NUMBERS)}")


def chromium() -> str:
    """Return the browser; skip without one, but fail where every test must run."""
    found = next((path for name in NAMES if (path := shutil.which(name))), None)
    if found is None and os.environ.get("CI"):
        pytest.fail("no Chromium: make setup")
    if found is None:
        pytest.skip("no Chromium: make setup")
    return found


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """Start Playwright, which runs one loop a process for all its browsers."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    """Start Chromium once."""
    from playwright.sync_api import expect

    expect.set_options(timeout=PATIENCE)
    started = playwright.chromium.launch(executable_path=chromium(), args=ARGUMENTS)
    yield started
    started.close()
