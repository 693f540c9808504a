"""What one does in this step: bring texts, repair them, choose a column, begin anew. Each call leaves all on disk.

Each takes `kept`, what stays of the texts that are there: `at_bench` gives it from a workbench, and lets its desk
follow.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from textwright.project.bring.gathering import gathered, with_brought, with_column, write_gathered
from textwright.project.bring.making import Choices, choose_repairs, make_texts, note_made, write_choices, write_labels
from textwright.project.bring.marks import owned, with_labels_of
from textwright.project.bring.reading import Brought, read_brought, read_pasted
from textwright.project.examples import sample
from textwright.project.files import Project
from textwright.store.renewal import Stays, what_stays
from textwright.wrangle.counted import counted

if TYPE_CHECKING:
    from textwright.project.workbench import Workbench

NOBODY = Stays()


def bring_file(project: Project, path: Path, *, name: str, column: str | None = None, kept: Stays = NOBODY) -> Brought:
    """Bring the texts of a file, which its sender calls `name`; `column` is that of a table's texts.

    Return what was read. Raise `DataError` when nothing can be read, or not be written.
    """
    brought = read_brought(path, name=name, column=column, seed=project.state.seed)
    return bring(project, brought, kept=kept)


def bring_pasted(project: Project, text: str, *, kept: Stays = NOBODY) -> Brought:
    """Bring pasted lines. Raise `DataError` when there is no text in them."""
    return bring(project, read_pasted(text, seed=project.state.seed), kept=kept)


def bring_example(project: Project, name: str, *, kept: Stays = NOBODY) -> Brought:
    """Bring the texts of an example, without its marks. Raise `DataError` where none is called so."""
    chosen = sample(name)
    brought = bring(project, Brought(chosen.title, tuple(chosen.texts())), kept=kept)
    project.change(example=name)
    return brought


def bring(project: Project, brought: Brought, *, kept: Stays = NOBODY) -> Brought:
    """Add texts to a project, with the labels of those that are marked; return them with what there is to say."""
    brought = replace(brought, examples=tuple(owned(brought.examples)))
    before = gathered(project)
    after = with_brought(before, brought)
    notes = (*brought.notes, *_known(len(before) + len(brought.examples) - len(after)))
    with_labels_of(project.schema, brought.examples)  # labels that cannot be are refused before anything is written
    write_gathered(project, after)
    make_texts(project, kept)
    write_labels(project, brought.examples)
    note_made(project, notes)
    project.change(source=brought.name, read={**project.state.read, brought.name: brought.fingerprint})
    return replace(brought, notes=notes)


def _known(count: int) -> tuple[str, ...]:
    return (f"{counted(count, 'text')} {'was' if count == 1 else 'were'} here already.",) if count else ()


def repair(project: Project, names: Collection[str], *, kept: Stays = NOBODY) -> None:
    """Do the repairs of these names and no others: what was repaired before and is not named is as it came.

    Raise `DataError` at a name that no repair has.
    """
    choose_repairs(project, names)
    make_texts(project, kept)
    note_made(project)


def use_column(project: Project, source: str, column: str, *, kept: Stays = NOBODY) -> None:
    """Take the texts that came from a table from another of its columns. Raise `DataError` where it has none so."""
    write_gathered(project, with_column(gathered(project), source, column))
    make_texts(project, Stays(kept.annotated))  # with other words a text is another one, which nothing learned from
    note_made(project)


def clear(project: Project, *, kept: Stays = NOBODY) -> None:
    """Take all texts out, but for those that somebody has annotated."""
    write_choices(project, Choices())
    write_gathered(project, ())
    make_texts(project, kept)
    note_made(project)
    project.change(source="", example=None, read={})


def at_bench(bench: Workbench, work: Callable[[Stays], object]) -> None:
    """Do something to the texts of a project that is at work. Raise `DataError` when it cannot be."""
    with bench.lock:
        try:
            work(what_stays(bench.database, bench.desk.project))
        finally:
            bench.take_schema()
            bench.take_texts()
