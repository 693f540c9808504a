"""A lesson run from its first cell to its last: the code of each cell, what it showed, and the values it left."""

from __future__ import annotations

import ast
import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

from textwright.errors import DataError, MissingExtraError


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell as it stands in the file; `hidden` when the page shows what it gives, but not its code."""

    code: str
    hidden: bool


@dataclass(frozen=True, slots=True)
class Run:
    """What a run gave: an output for each cell (`None` where it shows nothing), and all values by their names."""

    title: str
    cells: tuple[Cell, ...]
    outputs: tuple[Any, ...]
    values: Mapping[str, Any]


def run_notebook(path: Path, *, values: Mapping[str, Any] | None = None) -> Run:
    """Run a notebook from clean, each cell once. `values` replace what the cells that define them would make.

    Raise `MissingExtraError` without marimo, `DataError` when the file is no notebook. What a cell raises
    is raised as it is.
    """
    cells = read_cells(path)
    app = _app_of(path)
    outputs, defined = app.run(defs=dict(values)) if values else app.run()
    return Run(_title_of(path), cells, tuple(outputs), defined)


def read_cells(path: Path) -> tuple[Cell, ...]:
    """Return the cells of a marimo file in order, without running anything. Raise `DataError` when it has none."""
    source = path.read_text(encoding="utf-8")
    try:
        tree = ast.parse(source)
    except SyntaxError as error:
        raise DataError(f"{path}:{error.lineno}: {error.msg}, expected a marimo notebook") from error
    lines = source.splitlines()
    found = tuple(_cell(each, lines) for each in tree.body if isinstance(each, ast.FunctionDef) and _is_cell(each))
    if not found:
        raise DataError(f"{path}: there is no @app.cell, expected a marimo notebook")
    return found


def _is_cell(function: ast.FunctionDef) -> bool:
    return any("app.cell" in ast.unparse(each) for each in function.decorator_list)


def _cell(function: ast.FunctionDef, lines: Sequence[str]) -> Cell:
    """Take the body as it is written, without the line that hands its names to other cells."""
    body = function.body
    last = body[-1].lineno - 1 if isinstance(body[-1], ast.Return) else body[-1].end_lineno
    first = _line_after_head(function, lines)
    hidden = any("hide_code=True" in ast.unparse(each) for each in function.decorator_list)
    return Cell(textwrap.dedent("\n".join(lines[first:last])).strip("\n").rstrip(), hidden)


def _line_after_head(function: ast.FunctionDef, lines: Sequence[str]) -> int:
    """Count the lines up to the head's end, so that a comment before the first statement belongs to the body."""
    place = function.lineno - 1
    while not lines[place].rstrip().endswith(":"):
        place += 1
    return place + 1


def _app_of(path: Path) -> Any:
    """Load the file as a fresh module, whatever was loaded from it before."""
    spec = spec_from_file_location(f"lesson_{path.stem}", path)
    if spec is None or spec.loader is None:
        raise DataError(f"{path}: expected a file that ends in .py")
    module = module_from_spec(spec)
    try:
        spec.loader.exec_module(module)
    except ModuleNotFoundError as error:
        if error.name != "marimo":
            raise
        raise MissingExtraError("marimo", "notebook") from error
    if not hasattr(module, "app"):
        raise DataError(f"{path}: there is no app = marimo.App(), expected a marimo notebook")
    return module.app


def _title_of(path: Path) -> str:
    """Return the title that the file gives its app, else its name in words."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.keyword) and node.arg == "app_title" and isinstance(node.value, ast.Constant):
            return str(node.value.value)
    return path.stem.replace("_", " ").capitalize()
