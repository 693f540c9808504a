"""The documents name what exists: files, commands, make targets, dependencies."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from textwright.cli import COMMANDS

ROOT = Path(__file__).parents[1]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("**/*.md")])
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
BUILDS = {"all", "dev"}


def name_of(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_links_lead_to_files(page: Path) -> None:
    targets = re.findall(r"\]\(([^)#\s]+)[^)]*\)", page.read_text(encoding="utf-8"))
    files = [target for target in targets if "://" not in target]
    assert [target for target in files if not (page.parent / target).exists()] == []


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


def requirements() -> list[str]:
    extras = [each for name, found in PROJECT["optional-dependencies"].items() for each in found]
    named = [re.match(r"[\w.-]+", each) for each in [*PROJECT["dependencies"], *extras]]
    return sorted({match[0] for match in named if match} - {"textwright"}, key=str.lower)


def test_each_dependency_has_its_reason_and_no_other() -> None:
    page = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8")
    assert sorted(re.findall(r"^\| `([\w.-]+)` \|", page, re.MULTILINE), key=str.lower) == requirements()


def test_constraints_are_exact_versions_without_addresses() -> None:
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if not re.fullmatch(r"[\w.-]+==[\w.!+-]+", line)] == []
    known = {re.split("==", line)[0].lower().replace("_", "-") for line in lines}
    assert [name for name in requirements() if name.lower().replace("_", "-") not in known] == []


def test_version_has_an_entry_in_the_changelog() -> None:
    import textwright

    assert f"## {textwright.__version__}" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
