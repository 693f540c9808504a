"""From the texts as they were brought to those that are worked on: repaired, with a part set aside.

`texts.jsonl` follows from `brought.jsonl` and `repairs.json`, as a program follows from its source: when it is older
than either, or is not there, it is made again.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from textwright.dataset import Dataset
from textwright.errors import DataError
from textwright.project.bring.gathering import gathered, without_source
from textwright.project.bring.held_out import set_aside
from textwright.project.bring.repairs import BY_NAME, Offer, offers, repaired
from textwright.project.files import Project, write_json
from textwright.store.held_out import is_held_out
from textwright.types import Annotation, Example


@dataclass(frozen=True, slots=True)
class Choices:
    """The repairs that are chosen, and what there was to say of the texts when they came in."""

    repairs: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def read_choices(project: Project) -> Choices:
    """Return what was chosen. Raise `DataError` at a damaged file."""
    path = project.repairs_file
    if not path.exists():
        return Choices()
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        return Choices(_known(data["repairs"]), tuple(map(str, data["notes"])))
    except (OSError, UnicodeDecodeError, ValueError, KeyError, TypeError) as error:
        raise DataError(f"{path}: {error}. Take the file away: the texts are then made without repairs") from error


def _known(names: Iterable[Any]) -> tuple[str, ...]:
    chosen = set(names)
    return tuple(name for name in BY_NAME if name in chosen)


def choose_repairs(project: Project, names: Collection[str]) -> None:
    """Choose the repairs of these names and no others. Raise `DataError` at a name that none has."""
    for name in names:
        if name not in BY_NAME:
            raise DataError(f"no repair is called {name!r}. Repairs: {', '.join(BY_NAME)}")
    write_choices(project, replace(read_choices(project), repairs=_known(names)))


def write_choices(project: Project, choices: Choices) -> None:
    """Write what was chosen. Raise `DataError` when the disk does not allow it."""
    write_json(project.repairs_file, {name: list(each) for name, each in asdict(choices).items()})


def is_made(project: Project) -> bool:
    """Say whether the texts follow from what was brought and chosen last."""
    sources = [path.stat().st_mtime_ns for path in (project.brought_file, project.repairs_file) if path.exists()]
    if not sources:
        return True
    return project.texts_file.exists() and project.texts_file.stat().st_mtime_ns >= max(sources)


def make_texts(project: Project, kept: Sequence[Example] = ()) -> None:
    """Write the texts that are worked on.

    `kept` are texts that somebody has annotated: they stay as they are, whatever becomes of what was brought. Raise
    `DataError` when a file is damaged or cannot be written.
    """
    texts = _made(project, kept)
    fixed = {example.id: is_held_out(example) for example in (*filter(is_held_out, texts), *kept)}
    Dataset(set_aside(texts, fixed, seed=project.state.seed)).write(project.texts_file)


def catch_up(project: Project, kept: Sequence[Example]) -> None:
    """Make the texts again where the work of making them was cut off. Raise `DataError` at a damaged file."""
    if not is_made(project):
        make_texts(project, kept)


def _made(project: Project, kept: Sequence[Example]) -> list[Example]:
    """Return the texts that are worked on, not yet set aside."""
    stays = {example.id: example for example in kept}
    left = repaired(_brought(project), read_choices(project).repairs, prefer=stays.keys())
    here = {example.id for example in left}
    return [*(_as_annotated(each, stays) for each in left), *(each for each in kept if each.id not in here)]


def _brought(project: Project) -> list[Example]:
    return [without_source(example) for example in gathered(project)]


def offers_for(project: Project, kept: Sequence[Example]) -> list[Offer]:
    """Return the repairs as they stand. Raise `DataError` at a damaged file."""
    return offers(_brought(project), read_choices(project).repairs, prefer={example.id for example in kept})


def _as_annotated(example: Example, stays: Mapping[str, Example]) -> Example:
    """Keep the text that somebody annotated; marks that came with the file stay where the text is the same."""
    mine = stays.get(example.id)
    if mine is None or mine.text == example.text:
        return example
    return replace(example, text=mine.text, gold=Annotation(), annotator=None)
