"""What is installed: few packages, and a wheel that holds everything."""

from __future__ import annotations

import json
import subprocess
import sys
import venv
import zipfile
from importlib.metadata import PackageNotFoundError, requires
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src" / "textwright"


def packages_for(*extras: str) -> set[str]:
    """Return the names of all that `pip install textwright[extras]` brings, itself included."""
    found: dict[str, set[str]] = {}
    waiting = [("textwright", frozenset(extras))]
    while waiting:
        name, wanted = waiting.pop()
        known = found.get(name)
        if known is not None and wanted <= known:
            continue
        found[name] = (known or set()) | wanted
        waiting += [(canonicalize_name(each.name), frozenset(each.extras)) for each in needs(name, wanted)]
    return set(found)


def needs(name: str, extras: frozenset[str]) -> list[Requirement]:
    """Return the requirements of an installed package that hold on this machine."""
    try:
        parsed = [Requirement(each) for each in requires(name) or ()]
    except PackageNotFoundError:  # what set-up takes away again
        return []
    return [
        each
        for each in parsed
        if each.marker is None or any(each.marker.evaluate({"extra": extra}) for extra in (*extras, ""))
    ]


def test_core_needs_few_packages() -> None:
    names = packages_for()
    assert {"typer", "rich", "daachorse"} <= names
    assert len(names) <= 20, sorted(names)


def test_server_needs_few_more() -> None:
    names = packages_for("serve")
    assert "fastapi" in names
    assert len(names) <= 40, sorted(names)


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True, timeout=120)
    [built] = folder.glob("*.whl")
    return built


def test_wheel_holds_every_file_of_the_package(wheel: Path) -> None:
    held = set(zipfile.ZipFile(wheel).namelist())
    files = [path for path in SOURCE.rglob("*") if path.is_file() and path.suffix not in {".pyc", ".so"}]
    missing = {path.relative_to(SOURCE.parent).as_posix() for path in files} - held
    assert missing == set()
    assert "textwright/packs/job_titles/sample.jsonl" in held
    assert "textwright/schema.schema.json" in held


def test_wheel_declares_the_command_and_the_pack(wheel: Path) -> None:
    archive = zipfile.ZipFile(wheel)
    [name] = [each for each in archive.namelist() if each.endswith("entry_points.txt")]
    declared = archive.read(name).decode()
    assert "textwright = textwright.cli:main" in declared
    assert "job_titles = textwright.packs.job_titles" in declared


@pytest.mark.verify
def test_wheel_works_in_a_clean_environment(wheel: Path, tmp_path: Path) -> None:
    venv.create(tmp_path / "clean", with_pip=True)
    binaries = tmp_path / "clean" / ("Scripts" if sys.platform == "win32" else "bin")
    subprocess.run([binaries / "python", ROOT / "tools" / "install.py"], check=True, timeout=600)
    subprocess.run([binaries / "python", "-m", "pip", "install", "-q", "--no-deps", wheel], check=True, timeout=60)
    (tmp_path / "titles.txt").write_text("Senior Nurse - Leeds\n", encoding="utf-8")
    command = [binaries / "textwright", "predict", "job_titles.rules", "titles.txt"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    assert {"start": 0, "end": 12, "label": "JOBTITLE"} in json.loads(done.stdout)["spans"]
