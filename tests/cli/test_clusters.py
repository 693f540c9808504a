from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.browser.quiet import accessibility_faults
from tests.cli.conftest import Run
from textwright.wrangle import clusters, points
from textwright.wrangle.numbers.page import map_page

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

LINES = [f"{when} Nurse on ward {i}" for i in range(6) for when in ("Night", "Day")]
LINES += [f"{what} Developer of games" for what in ("Java", "Python", "Web", "C++")]
LONG = "Verwaltung" * 30
HOSTILE = "</script><script>document.title='taken'</script> & <b>Chef</b>"


def test_a_line_for_each_cluster_the_largest_first(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "titles.txt"
    path.write_text("\n".join(LINES) + "\n", encoding="utf-8")
    ran = run("clusters", path, "-k", 2, "--words")
    first, second = (json.loads(line) for line in ran.out.splitlines())
    assert (ran.status, first["size"], second["size"]) == (0, 12, 4)
    assert first["words"][0] in ("nurse", "on", "ward")
    assert len({*first["ids"], *second["ids"]}) == 16
    assert "2 clusters of 16 texts" in ran.err


@pytest.mark.parametrize(
    ("lines", "options", "said"),
    [("", (), "no texts"), ("Chef\n", ("-k", 2), "k is 2, must be from 1 to 1"), ("Chef\n", ("--html", "."), "folder")],
)
def test_mistakes_are_told_in_a_line(run: Run, tmp_path: Path, lines: str, options: tuple[str, ...], said: str) -> None:
    path = tmp_path / "titles.txt"
    path.write_text(lines, encoding="utf-8")
    ran = run("clusters", path, "--words", *options)
    assert (ran.status, ran.out) == (2, "")
    assert said in ran.err


def test_what_is_not_installed_is_told_in_a_line(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "titles.txt"
    path.write_text("Night nurse\n", encoding="utf-8")
    monkeypatch.setitem(sys.modules, "sklearn.decomposition", None)
    ran = run("clusters", path, "--words")
    assert (ran.status, ran.out, ran.err.count("\n")) == (2, "", 1)
    assert "pip install 'textwright[wrangle]'" in ran.err


def test_one_is_said_as_one(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "titles.txt"
    path.write_text("Night nurse\n", encoding="utf-8")
    assert "1 cluster of 1 text\n" in run("clusters", path, "--words").err


def test_the_map_is_not_written_over_the_texts(run: Run, tmp_path: Path) -> None:
    path, link = tmp_path / "titles.txt", tmp_path / "link.txt"
    path.write_text("\n".join(LINES), encoding="utf-8")
    link.symlink_to(path)
    for name in (path, link):
        ran = run("clusters", path, "--words", "--html", name)
        assert (ran.status, path.read_text(encoding="utf-8")) == (2, "\n".join(LINES))
        assert "is the file that is read" in ran.err


# --- the map --------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    texts = [*LINES, HOSTILE]
    at = points(texts, by="words")
    path = tmp_path_factory.mktemp("map") / "map.html"
    path.write_text(map_page("titles.txt", texts, clusters(texts, k=3, at=at), at=at), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def page(browser: Browser, written: Path) -> Iterator[Page]:
    """Open the map without a network; a message on the console fails the test."""
    context = browser.new_context(viewport={"width": 1000, "height": 800}, offline=True)
    opened, messages = context.new_page(), list[str]()
    opened.on("console", lambda message: messages.append(message.text))
    opened.on("pageerror", lambda error: messages.append(str(error)))
    opened.goto(written.as_uri())
    opened.wait_for_selector("#list li")
    yield opened
    context.close()
    assert messages == []


def listed(page: Page) -> list[str]:
    return page.locator("#list li").all_inner_texts()


@pytest.mark.browser
def test_texts_are_listed_and_never_run(page: Page) -> None:
    assert sorted(listed(page)) == sorted([*LINES, HOSTILE])
    assert page.title() == "titles.txt"


@pytest.mark.browser
def test_the_search_and_the_choice_leave_some(page: Page) -> None:
    page.get_by_label("Search").fill("DEVELOPER")
    assert len(listed(page)) == 4
    page.get_by_label("Search").fill("")
    page.locator("#picked").select_option(index=1)
    assert len(listed(page)) == 12
    page.locator("#picked").select_option(index=0)
    assert len(listed(page)) == 17


@pytest.mark.browser
def test_a_rectangle_selects_points_and_the_button_takes_it_away(page: Page) -> None:
    box = page.locator("#map canvas").bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 20, box["y"] + 20)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.6, box["y"] + box["height"] - 30, steps=4)
    page.mouse.up()
    page.wait_for_function("document.querySelectorAll('#list li').length < 17")
    assert listed(page)
    page.get_by_role("button", name="Clear the rectangle").click()
    page.wait_for_function("document.querySelectorAll('#list li').length === 17")


@pytest.mark.browser
@pytest.mark.parametrize("width", [390, 1000])
def test_words_and_examples_fit(browser: Browser, tmp_path: Path, width: int) -> None:
    texts = [LONG, f"{LONG} {LONG[:20]}", *LINES]
    at = points(texts, by="words")
    path = tmp_path / "map.html"
    path.write_text(map_page("titles.txt", texts, clusters(texts, k=3, at=at), at=at), encoding="utf-8")
    page = browser.new_page(viewport={"width": width, "height": 844})
    page.goto(path.as_uri())
    page.wait_for_selector("#list li")
    assert (
        page.evaluate(
            "(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth)(document.querySelector('.scroll'))"
        )
        <= 0
    )
    assert page.get_by_role("row").count() == 4
    assert accessibility_faults(page) == []
    page.close()


def test_the_map_fetches_nothing(written: Path) -> None:
    head = written.read_text(encoding="utf-8").split("<script", 1)[0]
    assert "default-src 'none'" in head
    assert "http" not in head.replace("http-equiv", "")
