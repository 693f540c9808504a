"""Runs on disk: a folder each, written whole or not at all.

`RUNS/ID/run.json`, `RUNS/ID/model/` where a model was made, and for each test set and runtime
`RUNS/ID/judged/TEST.RUNTIME.json` with the answers beside it, `TEST.RUNTIME.jsonl`; where there is no
judgement, `TEST.RUNTIME.failed` says why.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from textwright.errors import DataError, ModelError
from textwright.formats.base import Identify
from textwright.formats.files import atomically, writable
from textwright.formats.jsonl import parse_example
from textwright.runs.record import Judgement, Run
from textwright.trust import parsed_json
from textwright.types import Annotation

RUN, JUDGED, MODEL = "run.json", "judged", "model"
FAILED = ".failed"
# Folders that hold no runs and thousands of files.
NOT_OURS = ("node_modules", "__pycache__", "site-packages")
# Models are large and can be made again; what begins with a dot is not finished.
IGNORED = ".*\n!.gitignore\n*/model/\n*/exact/\n*/log.txt\n"


def make_runs_folder(runs: Path) -> None:
    """Make the folder that runs are kept in, with a `.gitignore` that keeps models out of git.

    Raise `DataError` when the disk does not allow it.
    """
    make_folder(runs)
    if not (runs / ".gitignore").exists():
        atomically(runs / ".gitignore", lambda path: _write(path, IGNORED))


def make_folder(folder: Path) -> None:
    """Make a folder, and those above it. Raise `DataError` when the disk does not allow it."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise DataError(f"{folder}: cannot be made: {error.strerror or error}") from error


def write_run(run: Run, folder: Path) -> None:
    """Write `run.json` into a run's folder, which is made."""
    make_folder(folder)
    _write_json(folder / RUN, run.to_data())


def write_judgement(judgement: Judgement, lines: Iterable[Mapping[str, Any]], folder: Path) -> None:
    """Write a judgement into a run's folder, with the answers as lines of the file format; what has none has an error.

    The answers are written first: where the judgement stands, they do. An older one goes before.
    """
    place = forget_judgement(judgement.test, judgement.runtime, folder)
    written = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
    atomically(place.with_name(f"{place.name}.jsonl"), lambda path: _write(path, written))
    _write_json(place.with_name(f"{place.name}.json"), judgement.to_data())


def forget_judgement(test: str, runtime: str, folder: Path) -> Path:
    """Take away a judgement that does not hold any more; return the place of the next, without an ending."""
    place = folder / JUDGED / f"{test}.{runtime}"
    make_folder(place.parent)
    for ending in (".json", ".jsonl", FAILED):
        place.with_name(f"{place.name}{ending}").unlink(missing_ok=True)
    return place


def write_not_judged(test: str, runtime: str, reason: str, folder: Path) -> None:
    """Say why there is no judgement."""
    place = forget_judgement(test, runtime, folder)
    atomically(place.with_name(f"{place.name}{FAILED}"), lambda path: _write(path, f"{writable(reason)}\n"))


def read_record(folder: Path) -> Run:
    """Read what is known of a run without its judgements, which are large."""
    return replace(Run.from_data(_read_json(folder / RUN), where=str(folder / RUN)), folder=folder)


def read_run(folder: Path) -> Run:
    """Read a run with its judgements. Raise `DataError` that says which file is damaged."""
    run = read_record(folder)
    files = sorted((folder / JUDGED).glob("*.json")) if (folder / JUDGED).is_dir() else []
    judgements = tuple(Judgement.from_data(_read_json(file), where=str(file)) for file in files)
    return replace(run, judgements=judgements, not_judged=_not_judged(folder))


def _not_judged(folder: Path) -> dict[str, str]:
    """Read why judgements could not be made, by `TEST.RUNTIME`."""
    files = sorted((folder / JUDGED).glob(f"*{FAILED}"))
    return {file.name.removesuffix(FAILED): file.read_text(encoding="utf-8").strip() for file in files}


def read_runs(runs: Path) -> list[Run]:
    """Read all runs of a folder, the oldest first. What begins with a dot is not finished and is passed over."""
    if not runs.is_dir():
        return []
    folders = [each for each in runs.iterdir() if not each.name.startswith(".") and (each / RUN).is_file()]
    return sorted(map(read_run, folders), key=lambda run: (run.began, run.id))


def answers_of(run: Run, test: str, runtime: str = "python") -> list[Annotation | None]:
    """Read what a run answered to a test set, in order; None: no answer."""
    path = run.folder / JUDGED / f"{test}.{runtime}.jsonl"
    try:
        lines = path.read_text(encoding="utf-8").split("\n")[:-1]
    except OSError as error:
        raise DataError(f"{path}: cannot be read: {error.strerror or error}") from error
    identify = Identify()
    return [None if "error" in parsed_json(line) else parse_example(line, identify).gold for line in lines]


def find_run(name: str, start: Path) -> Path:
    """Find the folder of a run by its id, in the folders `runs` above `start`, in `start` and below it.

    What begins with a dot and what other tools fill is not looked into. Raise `ModelError` when there is
    none, or two with this id.
    """
    above = [place for folder in (start, *start.parents) for place in (folder / name, folder / "runs" / name)]
    found = {place.resolve() for place in above if (place / RUN).is_file()}
    found = found or {place.resolve() for place in _below(start) if place.name == name and (place / RUN).is_file()}
    if len(found) == 1:
        return found.pop()
    if found:
        raise ModelError(
            f"run:{name}: {len(found)} runs have this id: {', '.join(map(str, sorted(found)[:3]))}. Name the folder"
        )
    raise ModelError(f"run:{name}: no run has this id in {start} or below. textwright experiment list shows them")


def _below(start: Path) -> Iterator[Path]:
    """Go through the folders below one."""
    for folder, names, _ in os.walk(start):
        names[:] = sorted(each for each in names if not each.startswith(".") and each not in NOT_OURS)
        yield from (Path(folder, each) for each in names)


def _write_json(path: Path, data: Mapping[str, Any]) -> None:
    written = json.dumps(data, ensure_ascii=False, indent=1) + "\n"
    atomically(path, lambda new: _write(new, written))


def _write(path: Path, content: str) -> None:
    path.write_text(content, encoding="utf-8")


def _read_json(path: Path) -> Any:
    try:
        return parsed_json(path.read_bytes())
    except OSError as error:
        raise DataError(f"{path}: cannot be read: {error.strerror or error}") from error
    except ValueError as error:
        raise DataError(f"{path}: is no JSON: {error}") from error
