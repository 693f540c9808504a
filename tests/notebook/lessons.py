"""Lessons run for tests: from clean, in a folder of their own, without network and without data from elsewhere."""

from __future__ import annotations

import os
import re
import socket
from collections.abc import Iterator
from contextlib import chdir, contextmanager
from functools import cache
from html import unescape
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from unittest.mock import patch

from textwright.notebook.frame.lesson import copy_lesson, find_lesson
from textwright.notebook.frame.page import lesson_page
from textwright.notebook.frame.run import Run, run_notebook

DATA = "TEXTWRIGHT_LESSON_DATA"


@cache
def run_of(name: str) -> Run:
    """Run a copy of a lesson with the texts that are installed, once for all tests of a file."""
    with TemporaryDirectory() as folder, chdir(folder), alone():
        return run_notebook(copy_lesson(find_lesson(name), Path(folder)))


@cache
def page_of(name: str) -> str:
    return lesson_page(run_of(name), name=name)


@contextmanager
def alone() -> Iterator[None]:
    """Let nothing but this machine be reached, and hide data that lies beside the checkout."""
    without_data = {name: value for name, value in os.environ.items() if name != DATA}
    with patch.dict(os.environ, without_data, clear=True), patch.object(socket.socket, "connect", _connect):
        yield


_connected = socket.socket.connect


def _connect(self: socket.socket, address: Any) -> None:
    if self.family in {socket.AF_INET, socket.AF_INET6} and address[0] not in {"127.0.0.1", "::1", "localhost"}:
        raise AssertionError(f"a lesson asked for {address}")
    _connected(self, address)


def words_of(run: Run) -> str:
    """Join what a run shows, without tags, so that a test can look for a sentence."""
    from textwright.notebook.frame.show import show

    return " ".join(unescape(re.sub(r"<[^>]+>", "", "\n".join(map(show, run.outputs)))).split())


def check_page(page: str) -> None:
    """Check that a page stands alone: nothing of marimo's, no script, nothing to fetch, and small."""
    assert "<marimo-" not in page
    assert "<script" not in page
    assert re.findall(r"<(?:link|iframe|img)[^>]+(?:href|src)=\"(?!data:)", page) == []
    assert "@import" not in page
    assert len(page.encode()) < 1_000_000
