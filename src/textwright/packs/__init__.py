"""Packs: everything that one kind of text needs, from the schema to the models.

A pack is a module named by an entry point of the group `textwright.packs`; its attribute `PACK` is
a `Pack`. Any installed package can bring one.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path
from typing import TYPE_CHECKING, Any

from textwright.errors import ModelError
from textwright.predictor import Predictor
from textwright.schema import Schema
from textwright.types import Annotation

if TYPE_CHECKING:
    from textwright.wrangle.checks import Check

GROUP = "textwright.packs"


@dataclass(frozen=True, slots=True)
class Pack:
    """A schema, models for it by name, and a sample to try them on.

    `models` maps a name to a function that opens the model; the first line of its docstring says
    what the model is. `best` is the name of the one that the pack stands for. `checks` gives the
    checks of texts of this kind that stand beside the generic ones, where there are any. `normal` brings
    what is marked in a text to one form, as plain data, where this kind of text has one.
    """

    name: str
    summary: str
    schema: Schema
    models: Mapping[str, Callable[[], Predictor]]
    best: str
    sample: Path
    checks: Callable[[], Sequence[Check]] | None = None
    normal: Callable[[str, Annotation], Sequence[Mapping[str, Any]]] | None = None


def installed() -> dict[str, EntryPoint]:
    """Return the entry points of the installed packs by name, sorted, without loading them."""
    return dict(_installed(tuple(sys.path)))


@cache
def _installed(path: tuple[str, ...]) -> dict[str, EntryPoint]:  # noqa: ARG001 - the key of the cache
    """Look once for each search path: it takes a file of every package that is installed."""
    return {point.name: point for point in sorted(entry_points(group=GROUP), key=lambda point: point.name)}


def open_pack(name: str) -> Pack:
    """Load the pack called `name`. Raise `ModelError` when there is none or it cannot be loaded."""
    points = installed()
    if name not in points:
        raise ModelError(f"no pack is called {name!r}. Installed packs: {', '.join(points) or 'none'}")
    point = points[name]
    try:
        pack = point.load().PACK
    except (ImportError, AttributeError) as error:
        raise ModelError(f"pack {name}: {point.value} cannot be loaded: {error}") from error
    if not isinstance(pack, Pack):
        raise ModelError(f"pack {name}: {point.value}.PACK is {type(pack).__name__}, expected a Pack")
    return pack
