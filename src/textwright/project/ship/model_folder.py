"""The folder of the shipped model: which files belong to it, and which of them a page needs."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from pathlib import Path, PurePosixPath
from typing import Any

from textwright.errors import DataError
from textwright.schema import Schema
from textwright.trust import parsed_json

CONFIG = "config.json"
# What people and checks read; no runtime loads it.
FOR_PEOPLE = ("README.md", "parity.json")
# What file managers leave behind.
LEFT = (".DS_Store", "Thumbs.db", "desktop.ini")
FEW = 3
MOVE = "Move it elsewhere, then try again"
# The kinds that the runtime of pages opens.
IN_PAGES = ("linear", "network", "rules", "text_network", "transformer")


def read_model(folder: Path) -> dict[str, Any]:
    """Read what a model folder says of itself. Raise `DataError` when there is none, or it is damaged."""
    path = folder / CONFIG
    try:
        config = parsed_json(path.read_bytes())
    except FileNotFoundError as error:
        raise DataError(f"{folder}: no model was shipped yet") from error
    except (OSError, ValueError) as error:
        raise DataError(f"{path}: cannot be read: {error}") from error
    if not isinstance(config, dict) or not isinstance(config.get("files"), dict):
        raise DataError(f"{path}: is of no model that textwright wrote. Ship it again")
    return config


def files_of(folder: Path) -> dict[str, Path]:
    """Return the files of a model folder by name: those that `config.json` names, and itself.

    Nothing outside the folder is ever among them. Raise `DataError` as `read_model` does.
    """
    names = [CONFIG, *read_model(folder)["files"]]
    return {name: folder / name for name in names if _is_inside(name)}


def refuse_foreign(folder: Path, written: Collection[str]) -> None:
    """Raise `DataError` when a model cannot be written to a folder without losing what somebody put there.

    `written` names the files that were written there last, whatever became of them.
    """
    if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
        raise DataError(f"{folder} is no folder. {MOVE}")
    foreign = sorted(_files_in(folder).difference(written, _named_in(folder)))
    if foreign:
        more = f" and {len(foreign) - FEW} more" if len(foreign) > FEW else ""
        raise DataError(f"{folder} holds what textwright did not write: {', '.join(foreign[:FEW])}{more}. {MOVE}")


def _files_in(folder: Path) -> set[str]:
    """Name the files in a folder, without what systems leave in any folder that somebody looks into."""
    files = (each.relative_to(folder).as_posix() for each in folder.rglob("*") if not each.is_dir())
    return {each for each in files if not each.startswith(".") and not each.endswith(LEFT)}


def _named_in(folder: Path) -> set[str]:
    try:
        return set(files_of(folder))
    except DataError:
        return set()


def _is_inside(name: str) -> bool:
    path = PurePosixPath(name)
    return not path.is_absolute() and ".." not in path.parts and "\\" not in name and ":" not in name


def page_files_of(folder: Path) -> dict[str, bytes | Path]:
    """Return the files of a model folder that a page loads; `config.json` names no others then."""
    config = read_model(folder)
    kept = {name: facts for name, facts in config["files"].items() if name not in FOR_PEOPLE}
    alone = json.dumps({**config, "files": kept}, ensure_ascii=False).encode()
    return {**{name: path for name, path in files_of(folder).items() if name in kept}, CONFIG: alone}


def schema_of_model(folder: Path) -> Schema:
    """Return the schema of the model in a folder. Raise `DataError` as `read_model` does."""
    return Schema.from_data(read_model(folder).get("schema", {}))


def why_no_page(config: Mapping[str, Any], folder: Path) -> str | None:
    """Say why no page can run a model; None: a page can."""
    kind = config.get("kind")
    kinds = [read_model(folder / part).get("kind") for part in _parts(config)] if kind == "joint" else [kind]
    strange = next((each for each in kinds if each not in IN_PAGES), None)
    return None if strange is None else f"no page can run a model of the kind {strange}"


def _parts(config: Mapping[str, Any]) -> list[str]:
    """Name the folders inside that hold models of their own."""
    return sorted({str(PurePosixPath(name).parent) for name in config["files"] if name.endswith(f"/{CONFIG}")})


def size_of(folder: Path) -> int:
    """Return the bytes of what a page loads of a model."""
    return sum(len(each) if isinstance(each, bytes) else each.stat().st_size for each in page_files_of(folder).values())
