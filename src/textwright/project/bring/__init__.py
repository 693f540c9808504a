"""The first step: texts come in, are looked through, repaired, and a part of them is set aside."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from textwright.dataset import Dataset
from textwright.project.files import Project
from textwright.project.standing import Standing, command

if TYPE_CHECKING:
    from textwright.project.workbench import Workbench


def bring_file(project: Project, path: Path, *, name: str) -> None:
    """Bring the texts of a file, which its sender calls `name`."""
    Dataset.read(path).write(project.texts_file)
    project.change(source=name)


def standing(bench: Workbench) -> Standing:
    """Say where the step stands."""
    count = len(bench.project.texts)
    return Standing(count > 0, f"{count} texts", (command("profile", bench.project.texts_file),))
