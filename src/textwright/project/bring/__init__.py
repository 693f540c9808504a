"""The first step: texts come in, are looked through, repaired, and a part of them is set aside."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from textwright.project.files import Project
from textwright.project.standing import Standing, command

if TYPE_CHECKING:
    from textwright.project.bring.reading import Brought
    from textwright.project.workbench import Workbench


def bring_file(project: Project, path: Path, *, name: str, column: str | None = None) -> Brought:
    """Bring the texts of a file, which its sender calls `name`; `column` is that of a table's texts.

    Return what was read, with what there is to say of it. Raise `DataError` when nothing can be read.
    """
    from textwright.project.bring.work import bring_file

    return bring_file(project, path, name=name, column=column)


def standing(bench: Workbench) -> Standing:
    """Say where the step stands."""
    from textwright.project.bring.making import read_choices
    from textwright.wrangle.counted import counted

    project = bench.project
    count = len(project.texts)
    if not count:
        return Standing()
    commands = [command("profile", project.texts_file)]
    chosen = read_choices(project).repairs
    if "near" in chosen or "same" in chosen:
        near = ("--near", "0.8" if "near" in chosen else "1")
        commands.append(command("dedupe", project.brought_file, "-o", "distinct.jsonl", *near))
    return Standing(True, counted(count, "text"), tuple(commands))
