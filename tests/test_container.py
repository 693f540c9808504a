"""The Dockerfile names what exists: files, extras, and options of the command."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tomllib
from pathlib import Path

from tests.test_install import packages_for

ROOT = Path(__file__).parents[1]
DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8")


def test_what_is_copied_exists_and_is_let_in() -> None:
    copied = [
        name for line in re.findall(r"^COPY (?!--from)(.*)$", DOCKERFILE, re.MULTILINE) for name in line.split()[:-1]
    ]
    let_in = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    assert "src" in copied
    assert [name for name in copied if not (ROOT / name).exists() or f"!{name}" not in let_in] == []


def test_its_extras_exist_and_bring_no_torch() -> None:
    extras = re.findall(r"tools/install\.py ([\w ]+)$", DOCKERFILE, re.MULTILINE)[0].split()
    known = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["optional-dependencies"]
    assert set(extras) <= set(known)
    assert "torch" not in packages_for(*extras)


def test_its_command_has_the_options_that_it_uses() -> None:
    [command] = re.findall(r"^CMD (\[.*\])$", DOCKERFILE, re.MULTILINE)
    name, *rest = json.loads(command)
    told = subprocess.run([sys.executable, "-m", "textwright", name, "--help"], capture_output=True, text=True).stdout
    assert [option for option in rest if option.startswith("--") and option not in told] == []


def test_it_runs_without_rights() -> None:
    assert re.search(r"^USER (?!root)\w+$", DOCKERFILE.split("FROM")[-1], re.MULTILINE)
