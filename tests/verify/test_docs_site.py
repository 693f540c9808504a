"""The documentation site builds without a warning, and its pages need nothing from elsewhere."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import Browser

ROOT = Path(__file__).parents[2]
OUTSIDE = re.compile(r"""<(?:script|link|img|iframe|source)\b[^>]*\b(?:src|href)=["']?(?:https?:)?//[^"' >]+""")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(folder)],
        cwd=ROOT,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "WARNING" not in done.stderr
    return folder


@pytest.mark.verify
def test_nothing_is_fetched_from_elsewhere(site: Path) -> None:
    ours = [path for path in site.rglob("*.html") if path.parent.name != "lessons"]
    assert len(ours) > 40
    assert {path.name: found for path in ours if (found := OUTSIDE.findall(path.read_text("utf-8")))} == {}


@pytest.mark.verify
def test_programs_find_the_map_and_each_page(site: Path) -> None:
    named = re.findall(r"\]\(([^)]+)\)", (site / "llms.txt").read_text(encoding="utf-8"))
    assert [name for name in named if not (site / name).is_file()] == []
    assert (site / "llms-full.txt").stat().st_size > 100_000


@pytest.mark.verify
def test_public_names_are_in_the_reference(site: Path) -> None:
    import textwright
    from textwright import wrangle

    page = "".join((site / f"reference-{name}.html").read_text("utf-8") for name in ("textwright", "wrangle"))
    names = {*textwright.__all__, *wrangle.__all__}
    assert {name for name in names if not re.search(rf'<h2 id="textwright\.[\w.]*\b{name}"', page)} == set()


@pytest.mark.verify
@pytest.mark.browser
@pytest.mark.parametrize("width", [390, 1280])
def test_a_page_opened_as_a_file_says_that_search_needs_a_server(browser: Browser, site: Path, width: int) -> None:
    page = browser.new_page(viewport={"width": width, "height": 800})
    page.goto((site / "index.html").as_uri())
    assert page.get_by_text("Search needs a server").is_visible()
    assert page.locator("label.md-header__button[for=__search]").count() == 0
    page.close()
