"""The documents name what exists: files, commands, make targets, dependencies."""

from __future__ import annotations

import re
import runpy
import tomllib
from pathlib import Path
from types import SimpleNamespace

import pytest

from textwright.cli import COMMANDS
from textwright.notebook.frame.lesson import LESSONS

ROOT = Path(__file__).parents[1]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("**/*.md")])
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
make_llms = SimpleNamespace(**runpy.run_path(str(ROOT / "tools/make_llms.py")))


def name_of(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_links_lead_to_files(page: Path) -> None:
    targets = re.findall(r"\]\(([^)#\s]+)[^)]*\)", prose(page))
    files = [target for target in targets if "://" not in target]
    assert [target for target in files if not (page.parent / target).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_links_lead_to_headings(page: Path) -> None:
    links = re.findall(r"\]\((?!https?:)([^)#\s]*)#([^)\s]+)\)", prose(page))
    lost = [f"{target}#{anchor}" for target, anchor in links if anchor not in anchors(page.parent / target, page)]
    assert lost == []


def anchors(target: Path, page: Path) -> set[str]:
    """Name the headings of a page as code hosts do: lower case, no punctuation, a dash for each space."""
    text = (target if target.is_file() else page).read_text(encoding="utf-8")
    headings = re.findall(r"^#+ (.*)$", text, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-") for heading in headings}


def prose(page: Path) -> str:
    """Return a page without its code."""
    text = re.sub(r"^ *```.*?^ *```$", "", page.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)
    return re.sub(r"`[^`\n]+`", "", text, flags=re.MULTILINE)


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_links_to_elsewhere_are_whole(page: Path) -> None:
    links = re.findall(r"\]\(([a-z]+:[^)]*)\)", prose(page))
    assert [link for link in links if not re.fullmatch(r"https?://[\w-]+(\.[\w-]+)+(:\d+)?(/[^\s<>]*)?", link)] == []


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_commands_exist(page: Path) -> None:
    known = {command.name for command in COMMANDS} | {"COMMAND"}
    named = set(re.findall(r"^(?:.*\| *)?(?:\.venv/bin/)?textwright ([a-z]+)", page.read_text("utf-8"), re.MULTILINE))
    named |= set(re.findall(r"`(?:\.venv/bin/)?textwright ([a-z]+)", page.read_text("utf-8")))
    assert named - known == set()


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_make_targets_exist(page: Path) -> None:
    known = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    named = re.findall(r"(?:`|^)make ([a-z]+)", page.read_text("utf-8"), re.MULTILINE)
    assert set(named) - known == set()


def test_each_page_is_in_the_nav_once() -> None:
    named = [file for _, file in make_llms.pages(make_llms.nav())]
    assert sorted(named) == sorted(path.name for path in (ROOT / "docs").glob("*.md"))


def test_each_page_says_what_it_is_for() -> None:
    pages = sorted((ROOT / "docs").glob("*.md"))
    assert [path.name for path in pages if len(make_llms.first_sentence(path.read_text("utf-8"))) < 25] == []


def test_each_lesson_is_on_the_page_of_lessons() -> None:
    page = (ROOT / "docs/lessons.md").read_text(encoding="utf-8")
    named = re.findall(r"lessons/(\w+)\.py\) \| (.*) \| `textwright notebook (\w+)` \|", page)
    assert named == [(lesson.name, lesson.summary, lesson.name) for lesson in LESSONS]


def test_the_map_for_programs_is_up_to_date() -> None:
    assert make_llms.FILE.read_text(encoding="utf-8") == make_llms.short(), "python tools/make_llms.py"


def requirements() -> list[str]:
    extras = [each for name, found in PROJECT["optional-dependencies"].items() for each in found]
    named = [re.match(r"[\w.-]+", each) for each in [*PROJECT["dependencies"], *extras]]
    return sorted({match[0] for match in named if match} - {"textwright"}, key=str.lower)


def test_each_dependency_has_its_reason_and_no_other() -> None:
    page = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8")
    named = set(re.findall(r"^\| `([\w.-]+)` \|", page, re.MULTILINE))  # two extras may share a package
    assert sorted(named, key=str.lower) == requirements()


def test_version_has_an_entry_in_the_changelog() -> None:
    import textwright

    assert f"## {textwright.__version__}" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
