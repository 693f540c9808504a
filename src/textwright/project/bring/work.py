"""What one does in this step: bring texts, repair them, choose a column, begin anew. Each call leaves all on disk.

Each takes `kept`, the texts that somebody has annotated already: `at_bench` gives them from a workbench, and lets its
desk follow.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from textwright.project.bring.gathering import gathered, with_brought, with_column, write_gathered
from textwright.project.bring.making import Choices, choose_repairs, make_texts, read_choices, write_choices
from textwright.project.bring.marks import owned, with_labels_of
from textwright.project.bring.reading import Brought, read_brought, read_pasted
from textwright.project.examples import sample
from textwright.project.files import Project
from textwright.project.look_for.file import write_schema
from textwright.store.renewal import annotated_texts
from textwright.types import Example
from textwright.wrangle.counted import counted

if TYPE_CHECKING:
    from textwright.project.workbench import Workbench

Kept = Sequence[Example]


def bring_file(project: Project, path: Path, *, name: str, column: str | None = None, kept: Kept = ()) -> Brought:
    """Bring the texts of a file, which its sender calls `name`; `column` is that of a table's texts.

    Return what was read. Raise `DataError` when nothing can be read, or not be written.
    """
    brought = read_brought(path, name=name, column=column, seed=project.state.seed)
    return bring(project, brought, kept=kept)


def bring_pasted(project: Project, text: str, *, kept: Kept = ()) -> Brought:
    """Bring pasted lines. Raise `DataError` when there is no text in them."""
    return bring(project, read_pasted(text, seed=project.state.seed), kept=kept)


def bring_example(project: Project, name: str, *, kept: Kept = ()) -> Brought:
    """Bring the texts of an example, without its marks. Raise `DataError` where none is called so."""
    chosen = sample(name)
    brought = bring(project, Brought(chosen.title, tuple(chosen.texts())), kept=kept)
    project.change(example=name)
    return brought


def bring(project: Project, brought: Brought, *, kept: Kept = ()) -> Brought:
    """Add texts to a project, with the labels of those that are marked; return them with what there is to say."""
    brought = replace(brought, examples=tuple(owned(brought.examples)))
    before = gathered(project)
    after = with_brought(before, brought)
    notes = (*brought.notes, *_known(len(before) + len(brought.examples) - len(after)))
    _take_labels(project, after)
    write_choices(project, Choices(read_choices(project).repairs, notes))
    write_gathered(project, after)
    make_texts(project, kept)
    project.change(source=brought.name)
    return replace(brought, notes=notes)


def _known(count: int) -> tuple[str, ...]:
    return (f"{counted(count, 'text')} {'was' if count == 1 else 'were'} here already.",) if count else ()


def _take_labels(project: Project, examples: Sequence[Example]) -> None:
    before = project.schema
    schema = with_labels_of(before, examples)
    if schema != before:
        write_schema(project, schema)


def repair(project: Project, names: Collection[str], *, kept: Kept = ()) -> None:
    """Do the repairs of these names and no others: what was repaired before and is not named is as it came.

    Raise `DataError` at a name that no repair has.
    """
    choose_repairs(project, names)
    make_texts(project, kept)


def use_column(project: Project, source: str, column: str, *, kept: Kept = ()) -> None:
    """Take the texts that came from a table from another of its columns. Raise `DataError` where it has none so."""
    write_gathered(project, with_column(gathered(project), source, column))
    make_texts(project, kept)


def clear(project: Project, *, kept: Kept = ()) -> None:
    """Take all texts out, but for those that somebody has annotated."""
    write_choices(project, Choices())
    write_gathered(project, ())
    make_texts(project, kept)
    project.change(source="", example=None)


def at_bench(bench: Workbench, work: Callable[[Kept], object]) -> None:
    """Do something to the texts of a project that is at work. Raise `DataError` when it cannot be."""
    with bench.lock:
        try:
            work(annotated_texts(bench.database, bench.desk.project))
        finally:
            bench.take_schema()
            bench.take_texts()
