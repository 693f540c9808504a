"""From the texts as they were brought to those that are worked on: repaired, with a part set aside.

`texts.jsonl` follows from `brought.jsonl` and `repairs.json`, as a program follows from its source: `repairs.json`
says of what it was made last, whatever the times of the files, and when that is another, it is made again. Which
texts stay, and on which side, the database says.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from hashlib import file_digest
from typing import Any

from textwright.dataset import Dataset
from textwright.errors import DataError
from textwright.project.bring.gathering import gathered, without_source
from textwright.project.bring.held_out import set_aside
from textwright.project.bring.marks import with_labels_of
from textwright.project.bring.repairs import BY_NAME, Offer, offers, repaired
from textwright.project.files import Project, write_json
from textwright.project.look_for.file import write_schema
from textwright.store.held_out import is_held_out
from textwright.store.renewal import Stays
from textwright.trust import parsed_json
from textwright.types import Annotation, Example

NOBODY = Stays()


@dataclass(frozen=True, slots=True)
class Choices:
    """The repairs that are chosen, and what there was to say of the texts when they came in.

    `made` is of what the texts were made last: the hash of those that were brought, and the repairs.
    """

    repairs: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    made: tuple[str, ...] = ()


def read_choices(project: Project) -> Choices:
    """Return what was chosen. Raise `DataError` at a damaged file."""
    path = project.repairs_file
    if not path.exists():
        return Choices()
    try:
        data = parsed_json(path.read_text(encoding="utf-8"))
        return Choices(_known(data["repairs"]), tuple(map(str, data["notes"])), tuple(map(str, data.get("made", ()))))
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
    """Say whether the texts follow from what was brought and chosen last. Raise `DataError` at a damaged file."""
    if not project.brought_file.exists():
        return True
    choices = read_choices(project)
    return project.texts_file.exists() and choices.made == (_brought_hash(project), *choices.repairs)


def _brought_hash(project: Project) -> str:
    with project.brought_file.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()


def note_made(project: Project, notes: Sequence[str] | None = None) -> None:
    """Note of what the texts were made, once all is done that follows from it, and what there is to say of them."""
    choices = read_choices(project)
    made = (_brought_hash(project), *choices.repairs)
    write_choices(project, Choices(choices.repairs, choices.notes if notes is None else tuple(notes), made))


def make_texts(project: Project, kept: Stays = NOBODY) -> None:
    """Write the texts that are worked on; `note_made` says later that they are.

    What somebody annotated stays as it is, whatever becomes of what was brought. Raise `DataError` when a file is
    damaged or cannot be written.
    """
    brought = _brought(project)
    prefer = {example.id for example in kept.annotated}
    _write(project, repaired(brought, read_choices(project).repairs, prefer=prefer), kept, brought)


def settle(project: Project, kept: Stays) -> None:
    """Let the texts follow the database where somebody annotated one while they were made."""
    _write(project, project.texts, kept, _brought(project))


def _write(project: Project, texts: Iterable[Example], kept: Stays, brought: Iterable[Example]) -> None:
    """Write texts with those that stay, each on its side; what came as set aside is, if nothing learned from it."""
    fixed = {
        **dict.fromkeys((each.id for each in brought if is_held_out(each)), True),
        **dict.fromkeys(kept.learned, False),
        **{each.id: is_held_out(each) for each in kept.annotated},
    }
    Dataset(set_aside(_with_annotated(texts, kept), fixed, seed=project.state.seed)).write(project.texts_file)


def catch_up(project: Project, kept: Stays) -> None:
    """Make the texts again, with all that follows from them. Raise `DataError` at a damaged file."""
    make_texts(project, kept)
    if read_choices(project).made[:1] != (_brought_hash(project),):
        write_labels(project, gathered(project))
    note_made(project)


def write_labels(project: Project, examples: Sequence[Example]) -> None:
    """Add the labels of texts that are marked to what is looked for."""
    before = project.schema
    schema = with_labels_of(before, examples)
    if schema != before:
        write_schema(project, schema)


def _with_annotated(texts: Iterable[Example], kept: Stays) -> list[Example]:
    stays = {example.id: example for example in kept.annotated}
    found = [_as_annotated(each, stays) for each in texts]
    here = {example.id for example in found}
    return [*found, *(each for each in kept.annotated if each.id not in here)]


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
