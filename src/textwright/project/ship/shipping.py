"""Write the chosen model into the project's folder, with a card, and remember which one it is."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from textwright.bundle import Card, Renamed, export, exportable
from textwright.errors import ModelError
from textwright.parity import broken_promises
from textwright.project.files import Project, write_json
from textwright.project.judge.words import likely, of, seen_by_writer
from textwright.project.ship.choices import CONFIG, Choice, choices, chosen
from textwright.project.ship.model_folder import files_of, refuse_foreign
from textwright.references import open_reference
from textwright.schema import Schema
from textwright.trust import parsed_json
from textwright.variants import varied

NOTE = "shipped.json"
# Texts of parity.json. None is of the project: who downloads a model shall not read what it was made from.
PROMISES = 100


@dataclass(frozen=True, slots=True)
class Shipped:
    """What stands in `model/`: the method, and the SHA-256 of what it was made of and of what was made.

    `files` are the names of what was written.
    """

    method: str
    source: str
    made: str
    files: Sequence[str] = ()


def ship(project: Project, method: str | None = None) -> Path:
    """Write the model of a method (None: the best that can be shipped) into `model/` of the project; return the folder.

    The folder appears whole or not at all, and only when its model gives the same answers as the one it is a copy
    of. Raise `DataError` when there is no such method or none can be shipped, `ModelError` when it cannot be written.
    """
    choice = chosen(choices(project), method)
    ship_choice(project, choice)
    project.change(shipped=method)
    return project.model


def ship_choice(project: Project, choice: Choice) -> None:
    """Write the model of a choice, unless it stands there."""
    if is_shipped(project, choice):
        return
    _make_room(project)
    for unfinished in project.folder.glob(".model-*"):  # of a process that was killed
        shutil.rmtree(unfinished, ignore_errors=True)
    model = Renamed(exportable(open_reference(choice.reference), choice.title), project.name)
    card = card_of_project(project, choice, model.schema)
    export(model, project.model, samples=varied((), least=PROMISES), card=card, check=_refuse_broken)
    written = Shipped(choice.method, _source_of(choice), _made_in(project.model), sorted(files_of(project.model)))
    write_json(project.folder / NOTE, asdict(written))


def _make_room(project: Project) -> None:
    """Take away what is left where no model stands; raise `DataError` where there is something of somebody's."""
    note = _note(project)
    refuse_foreign(project.model, () if note is None else note.files)
    if not (project.model / CONFIG).is_file():
        shutil.rmtree(project.model, ignore_errors=True)


def _refuse_broken(folder: Path) -> None:
    broken = broken_promises(open_reference(f"{folder}/"), folder)
    if broken:
        raise ModelError(f"the model was not written: its copy answers otherwise, such as {broken[0]}")


def shipped(project: Project) -> Shipped | None:
    """Return what was shipped last and stands in `model/`; None: nothing does."""
    note = _note(project)
    try:
        return note if note is not None and note.made == _made_in(project.model) else None
    except OSError:
        return None


def _note(project: Project) -> Shipped | None:
    try:
        return Shipped(**parsed_json((project.folder / NOTE).read_bytes()))
    except (OSError, ValueError, TypeError):
        return None


def is_shipped(project: Project, choice: Choice) -> bool:
    """Say whether the model of a choice stands in `model/`, as it is and as it was judged now."""
    note = shipped(project)
    return note is not None and note.source == _source_of(choice)


def _made_in(folder: Path) -> str:
    """Sum up a folder that was written: its `config.json` names the SHA-256 of all its files."""
    return hashlib.sha256((folder / CONFIG).read_bytes()).hexdigest()


def _source_of(choice: Choice) -> str:
    """Sum up what a model folder is made of: the method with its figures, and the files that it is a copy of."""
    folder = Path(choice.reference)
    named = "" if folder.is_dir() else choice.reference  # a project may be moved, with the folders in it
    summed = hashlib.sha256(
        json.dumps([choice.method, choice.title, named, choice.score and asdict(choice.score)]).encode()
    )
    for path in sorted(folder.rglob("*")) if folder.is_dir() else ():
        if path.is_file():
            summed.update(path.name.encode() + path.read_bytes())
    return summed.hexdigest()


# --- its card ---------------------------------------------------------------------------------


def card_of_project(project: Project, choice: Choice, schema: Schema) -> Card:
    """Write what a person must know of the model."""
    return Card(
        summary=f"{_finds(schema)} It was made for texts like those of the project {project.name}.",
        figures=_figures(choice),
        limits=_limits(choice),
        made_with=f"textwright experiment run {project.experiment_file.name}",
    )


def _finds(schema: Schema) -> str:
    parts = [f"Finds {', '.join(schema.spans)}."] if schema.labels else []
    return " ".join([*parts, *(f"Answers {task.name}." for task in schema.tasks)])


def _figures(choice: Choice) -> str:
    if choice.score is None:
        return "Nobody has judged it yet."
    score = choice.score
    low, high, unit = likely(score.low, score.high, score.texts)
    which = "of the test" if score.seen else "that it never saw"
    figure = f"{score.counts.capitalize()} is right in {of(score.right, score.texts)} texts {which}."
    range_ = f"With other texts of this kind anything between {low} and {high} of {unit} would be no surprise"
    return " ".join([figure, f"{range_} (95 % interval by Wilson).", *score.apart])


def _limits(choice: Choice) -> tuple[str, ...]:
    score, said = choice.score, "For texts of another kind nobody knows how often it is right."
    if score is None:
        return (said,)
    few = [f"It was judged on {score.texts} texts, which are few."] if score.texts < 100 else []
    seen = [f"{seen_by_writer(score.seen)} before it was changed. The figure may be too good."] if score.seen else []
    return (*few, *seen, said)
