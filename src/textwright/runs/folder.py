"""Runs on disk: a folder each, written whole or not at all.

`RUNS/ID/run.json`, `RUNS/ID/model/` where a model was made, and for each test set and runtime
`RUNS/ID/judged/TEST.RUNTIME.json` with the answers beside it, `TEST.RUNTIME.jsonl`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from textwright.errors import DataError, ModelError
from textwright.formats.base import Identify
from textwright.formats.files import atomically
from textwright.formats.jsonl import parse_example
from textwright.runs.record import Judgement, Run
from textwright.types import Annotation

RUN, JUDGED, MODEL = "run.json", "judged", "model"


def write_run(run: Run, folder: Path) -> None:
    """Write `run.json` into a run's folder, which is made."""
    folder.mkdir(parents=True, exist_ok=True)
    _write_json(folder / RUN, run.to_data())


def write_judgement(judgement: Judgement, lines: Iterable[Mapping[str, Any]], folder: Path) -> None:
    """Write a judgement into a run's folder, with the answers as lines of the file format; what has none has an error.

    The answers are written first: where the judgement stands, they do.
    """
    place = folder / JUDGED / f"{judgement.test}.{judgement.runtime}"
    place.parent.mkdir(parents=True, exist_ok=True)
    written = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
    atomically(place.with_name(f"{place.name}.jsonl"), lambda path: _write(path, written))
    _write_json(place.with_name(f"{place.name}.json"), judgement.to_data())


def read_run(folder: Path) -> Run:
    """Read a run with its judgements. Raise `DataError` that says which file is damaged."""
    run = Run.from_data(_read_json(folder / RUN), where=str(folder / RUN))
    files = sorted((folder / JUDGED).glob("*.json")) if (folder / JUDGED).is_dir() else []
    judgements = tuple(Judgement.from_data(_read_json(file), where=str(file)) for file in files)
    return replace(run, judgements=judgements, folder=folder)


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
        lines = path.read_text(encoding="utf-8").splitlines()
    except OSError as error:
        raise DataError(f"{path}: cannot be read: {error.strerror or error}") from error
    identify = Identify()
    return [None if "error" in json.loads(line) else parse_example(line, identify).gold for line in lines]


def find_run(name: str, start: Path) -> Path:
    """Find the folder of a run by its id, in `start` and the folders below it.

    Raise `ModelError` when there is none, or two with this id.
    """
    found = sorted({file.parent for file in start.glob(f"**/{name}/{RUN}")})
    if len(found) == 1:
        return found[0]
    if found:
        raise ModelError(
            f"run:{name}: {len(found)} runs have this id: {', '.join(map(str, found[:3]))}. Name the folder"
        )
    raise ModelError(f"run:{name}: no run has this id in {start}. textwright experiment list shows them")


def _write_json(path: Path, data: Mapping[str, Any]) -> None:
    written = json.dumps(data, ensure_ascii=False, indent=1) + "\n"
    atomically(path, lambda new: _write(new, written))


def _write(path: Path, content: str) -> None:
    path.write_text(content, encoding="utf-8")


def _read_json(path: Path) -> Any:
    try:
        return json.loads(path.read_bytes())
    except OSError as error:
        raise DataError(f"{path}: cannot be read: {error.strerror or error}") from error
    except ValueError as error:
        raise DataError(f"{path}: is no JSON: {error}") from error
