"""The page around the steps, in a real browser."""

from __future__ import annotations

import pytest

from tests.browser.start.conftest import OpenStart, StartProject

pytestmark = pytest.mark.browser


def test_opens_where_somebody_was(start_project: StartProject, open_start: OpenStart) -> None:
    served = start_project(["Sony WH-1000 headphones", "Bosch drill 18 V"])
    page = open_start(served.url, "suggest")
    page.get_by_role("link", name="Correct").first.click()
    page.get_by_role("heading", level=1, name="Correct").wait_for()
    again = open_start(served.url)
    again.get_by_role("heading", level=1, name="Correct").wait_for()
