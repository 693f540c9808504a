"""What one would say to a shell to do the step there: the same texts, in the same database, under the same name."""

from __future__ import annotations

from importlib.util import find_spec

from textwright.project.files import Project
from textwright.project.standing import command
from textwright.project.suggest.choosing import suggester_of
from textwright.project.workbench import HELD_OUT_EVERY, ME, RETRAIN, Workbench


def commands_of(bench: Workbench) -> tuple[str, ...]:
    """Return the line that annotates the project's texts, with what suggests, a model trained meanwhile."""
    project = bench.project
    kept = ("--database", project.database_file, "--project", project.name, "--annotator", ME)
    shown = ("--held-out-every", str(HELD_OUT_EVERY), "--blind-share", "0", *_suggest(project), *_retrain())
    return (command("annotate", project.texts_file, "--schema", project.schema_file, *kept, *shown),)


def _suggest(project: Project) -> tuple[str, ...]:
    reference = suggester_of(project)
    return () if reference is None else ("--suggest", reference)


def _retrain() -> tuple[str, ...]:
    return ("--retrain", str(RETRAIN), "--order", "uncertain") if find_spec("torch") else ("--order", "random")
