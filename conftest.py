"""How tests are found. To look for eleven thousand of them takes as long as a hundred of them do."""

from __future__ import annotations

import gc
from collections.abc import Generator
from pathlib import Path

import pytest
from _pytest.doctest import DoctestModule

VERIFY = Path(__file__).parent / "tests/verify"
LESSONS = Path(__file__).parent / "src/textwright/notebook/lessons"


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """Look for no garbage while all is kept that is found, nor among it later: it lives as long as the process."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.enable()


@pytest.hookimpl(wrapper=True)
def pytest_collect_file(file_path: Path) -> Generator[None, list[pytest.Collector], list[pytest.Collector]]:
    """Look for examples only in a file that has the sign of one."""
    found = yield
    return [each for each in found if not isinstance(each, DoctestModule) or has_examples(file_path)]


def has_examples(path: Path) -> bool:
    """Say whether a file may have examples to run. Lessons are notebooks: their tests run them whole."""
    return path.parent != LESSONS and b">>> " in path.read_bytes()
