"""The rules give the same spans in Python, Node and Chromium on titles that nobody wrote for the test."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page
from tests import spec
from tests.browser.conftest import page, served
from tests.browser.test_spec import titles_in_chromium

from textwright.predictors.rules import RulesPredictor

__all__ = ["page"]  # a fixture

pytestmark = pytest.mark.verify

COUNT = 5_000
SHARED = Path(os.environ.get("TEXTWRIGHT_SHARED", spec.ROOT.parent / "shared"))


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    with served("job_titles.rules") as found:
        yield found


@pytest.fixture(scope="module")
def titles() -> list[str]:
    path = SHARED / "data/titles/unlabelled.jsonl"
    if not path.is_file():
        pytest.skip(f"{path} is not here")
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line)["text"] for line, _ in zip(lines, range(COUNT), strict=False)]


@pytest.fixture(scope="module")
def spans(titles: list[str]) -> list[list[spec.Mark]]:
    return spec.python_spans(RulesPredictor.open(spec.RULES), titles)


def test_there_is_something_to_compare(titles: list[str], spans: list[list[spec.Mark]]) -> None:
    assert len(titles) == COUNT
    assert sum(map(len, spans)) > COUNT


def test_node_agrees(titles: list[str], spans: list[list[spec.Mark]]) -> None:
    assert spec.node_spans(spec.RULES, titles) == spans


def test_chromium_agrees(page: Page, titles: list[str], spans: list[list[spec.Mark]]) -> None:
    assert titles_in_chromium(page, titles) == spans
