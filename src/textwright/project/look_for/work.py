"""Change what a project looks for: the file, the desk with all that is annotated, and where labels are shown."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from textwright.errors import TextwrightError
from textwright.project.look_for.changes import Change
from textwright.project.look_for.keeping import keep_schema, settled_schema
from textwright.project.look_for.shown import Place, read_places, write_places
from textwright.project.suggest import follow_schema
from textwright.schema import Schema
from textwright.store.relabelling import Relabelling
from textwright.store.used import Use, Uses, uses

if TYPE_CHECKING:
    from textwright.project.workbench import Workbench


class UsedError(TextwrightError):
    """Marks would be lost, and nobody said that they may be."""

    def __init__(self, what: str, lost: Use) -> None:
        """Say how many there are."""
        super().__init__(what, lost)
        self.what, self.lost = what, lost

    def __str__(self) -> str:
        """Say what would be lost."""
        marks = "1 mark" if self.lost.marks == 1 else f"{self.lost.marks} marks"
        texts = "1 text" if self.lost.texts == 1 else f"{self.lost.texts} texts"
        return f"{self.what} has {marks} in {texts}, which would be lost"


class SeveralError(UsedError):
    """A question gets one answer where some texts have several, and nobody said that these may be lost."""

    def __str__(self) -> str:
        """Say how many texts there are."""
        has = "1 text has" if self.lost.texts == 1 else f"{self.lost.texts} texts have"
        return f"{has} several answers to {self.what}, which would be lost"


def change(bench: Workbench, what: Callable[[Schema], Change], *, lose: bool = False) -> Schema:
    """Change what a project looks for, and return the schema as it is then.

    Raise `SchemaError` when it cannot be, `UsedError` when marks would be lost and `lose` does not allow it.
    """
    with bench.lock:
        take_schema(bench)
        made = what(bench.desk.project.schema)
        if not lose:
            _refuse_loss(made.relabelling, uses(bench.database, bench.desk.project))
        bench.desk.use_schema(made.schema, made.relabelling)
        _follow(bench, made.relabelling)
        return made.schema


def _refuse_loss(relabelling: Relabelling, used: Uses) -> None:
    lost = {each: used.spans[each] for each, now in relabelling.spans.items() if now is None and each in used.spans}
    gone = {
        f"{task}: {label}": used.categories[task, label]
        for (task, label), now in relabelling.categories.items()
        if now is None and (task, label) in used.categories
    }
    for what, use in (lost | gone).items():
        raise UsedError(what, use)
    for task in relabelling.single & used.several.keys():
        texts = used.several[task]
        raise SeveralError(task, Use(texts, texts))


def take_schema(bench: Workbench) -> None:
    """Bring the desk up to date with the schema file, which somebody may have edited.

    A label that annotations keep is put back where the file lacks it. Raise `SchemaError` at a wrong file.
    """
    with bench.lock:
        before = bench.desk.project.schema
        schema = settled_schema(bench.project, before, uses(bench.database, bench.desk.project))
        if schema != before:
            bench.desk.use_schema(schema)
            _follow(bench, Relabelling())
        elif schema != bench.project.schema:
            keep_schema(bench.project, schema)


def _follow(bench: Workbench, relabelling: Relabelling) -> None:
    """Let the rest of the project follow: where labels are shown, and what suggests."""
    names = {old: new for old, new in relabelling.spans.items() if old != new}
    if names:
        write_places(bench.project, _renamed(read_places(bench.project), names))
    follow_schema(bench, renamed={old: new for old, new in names.items() if new is not None})
    bench.take_suggester()


def _renamed(places: Mapping[str, Place], names: Mapping[str, str | None]) -> dict[str, Place]:
    moved = {names.get(label, label): place for label, place in places.items()}
    return {label: place for label, place in moved.items() if label is not None}


def show_on(bench: Workbench, label: str, place: Place | None) -> None:
    """Show a label on a part of a text; None: on none that was chosen."""
    with bench.lock:
        places = {name: each for name, each in read_places(bench.project).items() if name != label}
        write_places(bench.project, places if place is None else {**places, label: place})
