"""Fingerprints of Python modules: the source, and that of what it imports from beside it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from importlib.util import find_spec
from itertools import accumulate
from pathlib import Path

from textwright.errors import DataError
from textwright.experiment.file.contents.files import digest_of, file_digest


def module_digest(reference: str, folder: Path, where: str) -> str:
    """Return a fingerprint of what `python:module:name` names.

    A module is looked for in `folder`, then in the working directory: there the modules beside it that it
    imports count too. Else it is one that is installed. Raise `DataError` when there is none.
    """
    name = reference.split(":")[1]
    for root in (folder, Path.cwd()):
        if _file(name, root) is not None:
            return digest_of({each: file_digest(path, where) for each, path in sources(name, root).items()})
    return file_digest(_installed(name, reference, where), where)


def sources(name: str, root: Path) -> dict[str, Path]:
    """Return the files in `root` that are read when a module of it is imported, by the modules' names."""
    found: dict[str, Path] = {}
    waiting = [name]
    while waiting:
        for each in accumulate(waiting.pop().split("."), "{}.{}".format):
            file = _file(each, root)
            if file is not None and each not in found:
                found[each] = file
                waiting += imported(file, each)
    return found


def _file(name: str, root: Path) -> Path | None:
    base = root.joinpath(*name.split("."))
    places = (base / "__init__.py", base.with_name(f"{base.name}.py"))
    return next((each for each in places if each.is_file()), None)


def imported(file: Path, name: str) -> Iterator[str]:
    """Yield what a module may import, by name; of one that is no Python nothing, its import says why."""
    try:
        tree = ast.parse(file.read_bytes())
    except (OSError, SyntaxError, ValueError, RecursionError):
        return
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = _absolute(node, name, is_package=file.name == "__init__.py")
            yield from (f"{base}.{alias.name}" if base else alias.name for alias in node.names)


def _absolute(node: ast.ImportFrom, name: str, *, is_package: bool) -> str:
    """Return the module that is imported from, without leading dots."""
    if not node.level:
        return node.module or ""
    parts = name.split(".")
    above = parts[: len(parts) - node.level + is_package]
    return ".".join([*above, *([node.module] if node.module else [])])


def _installed(name: str, reference: str, where: str) -> Path:
    try:
        found = find_spec(name)
    except (ImportError, ValueError, AttributeError):
        found = None
    if found is None or found.origin is None:
        raise DataError(
            f"{where}: {reference}: no module {name} beside the experiment file, in the working directory or installed"
        )
    return Path(found.origin)
