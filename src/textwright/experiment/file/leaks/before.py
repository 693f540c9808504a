"""What models that are there learned from: as their configuration says it, the runs that made them, and their examples.

A run is followed through all that it is made of: the runs that it needs, its cascade, its teachers.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from textwright.errors import DataError, TextwrightError
from textwright.experiment.file.contents.models import models_in
from textwright.runs.folder import MODEL, find_run, read_record
from textwright.runs.record import Run
from textwright.runs.reference import reference_of
from textwright.trust import SERVED, parsed_json


@dataclass(frozen=True, slots=True)
class Trained:
    """What a model that is there says it learned from: a part (`train`, `dev`, `pool`), and the data's facts."""

    model: str
    part: str
    name: str
    examples: int
    fingerprint: str


@dataclass(frozen=True, slots=True)
class Shown:
    """A file of examples that a prompt shows, and what it is called."""

    name: str
    file: Path


@dataclass(frozen=True, slots=True)
class Unseen:
    """A model of which nobody here can see what it learned from."""

    model: str


Fact = Trained | Shown | Unseen
Within = tuple[Path, ...]
DESCRIBED = {"fingerprint": str, "examples": int}


def facts_of(reference: str, where: str, within: Within = ()) -> Iterator[Fact]:
    """Yield what the models that a reference names learned from; `within` are the runs that are being followed."""
    for each in models_in(reference, where):
        yield from _facts_of_one(each, where, within)


def _facts_of_one(reference: str, where: str, within: Within) -> Iterator[Fact]:
    kind, _, rest = reference.partition(":")
    if kind == "python" or reference.lower().startswith(SERVED):
        yield Unseen(reference)
    elif kind == "prompt":
        yield from (Shown(_called(file, within), file) for file in example_files(Path(rest), where))
    elif kind == "run":
        yield from _facts_of_run(_run_folder(rest), where, within)
    elif not rest:
        configs = _configs_in(Path(reference)) if "/" in reference else _config_in_pack(reference)
        yield from _trained(_short(reference), configs)


def _short(reference: str) -> str:
    return Path(reference).name if "/" in reference else reference


def _called(file: Path, within: Within) -> str:
    """Name a file of examples; all runs' are called alike, so that the run is named too."""
    return f"{file.name} of {within[-1].name}" if within else file.name


# --- prompts --------------------------------------------------------------------------------


def example_files(path: Path, where: str) -> list[Path]:
    """Return the file of examples that a prompt file names, if any. Raise `DataError` when it cannot be read."""
    from textwright.predictors.prompt_file import read_prompt_file

    try:
        return examples_in(read_prompt_file(path))
    except TextwrightError as error:
        raise DataError(f"{where}: {error}") from error


def examples_in(prompt: Mapping[str, Any]) -> list[Path]:
    """Return the file of examples of a prompt that was read, if it names one."""
    named = prompt.get("examples", {}).get("file")
    return [] if named is None else [Path(named)]


# --- runs -----------------------------------------------------------------------------------


def _run_folder(name: str) -> Path | None:
    """Find the folder of a run; when there is none, who opens its model says so."""
    try:
        return Path(name).resolve() if "/" in name else find_run(name, Path.cwd())
    except TextwrightError:
        return None


def _facts_of_run(folder: Path | None, where: str, within: Within) -> Iterator[Fact]:
    """Yield what a run learned from, and what it is made of did; a run that is being followed is not followed again."""
    if folder is None or folder in within:
        return
    yield from _trained(folder.name, _configs_in(folder))
    try:
        run = read_record(folder)
    except TextwrightError:  # who opens its model says so
        return
    if run.kind != "prompt":  # its texts stand in the file of examples
        yield from _trained(folder.name, [{"trained": run.data}])
    for reference in _made_of(run):
        yield from facts_of(reference, where, (*within, folder))
    yield from (_missing(folder, run_id) for run_id in run.needs.values() if not _sibling(folder, run_id).is_dir())


def _made_of(run: Run) -> Iterator[str]:
    """Yield the models that a run is made of: its prompt, its cascade, its teachers, what it only names."""
    if run.model and not run.model.startswith((f"{MODEL}/", "fitted:", "function:")):
        yield run.model if run.model.startswith("python:") else reference_of(run)
    yield from (f"run:{place}" for each in run.needs.values() if (place := _sibling(run.folder, each)).is_dir())
    yield from (each for each in run.settings.get("teachers", ()) if each not in run.needs)


def _sibling(folder: Path, run_id: str) -> Path:
    return folder.parent / run_id


def _missing(folder: Path, run_id: str) -> Unseen:
    return Unseen(f"{run_id}, of which {folder.name} is made,")


# --- configurations -------------------------------------------------------------------------


def _trained(model: str, configs: Any) -> Iterator[Trained]:
    for trained in _facts_in(configs):
        for part, facts in trained.items():
            if _is_described(facts):
                yield Trained(model, part, str(facts.get("name", "")), facts["examples"], facts["fingerprint"])


def _is_described(facts: Any) -> bool:
    return isinstance(facts, dict) and all(isinstance(facts.get(key), kind) for key, kind in DESCRIBED.items())


def _configs_in(folder: Path) -> list[Any]:
    """Return the configuration of a folder with those of its parts."""
    return [_json(path) for path in sorted(folder.rglob("config.json"))]


@cache
def _config_in_pack(reference: str) -> Any:
    from textwright.references import open_reference

    try:
        return getattr(open_reference(reference), "config", {})
    except TextwrightError:
        return {}


def _json(path: Path) -> Any:
    """Read a file that may be damaged; who opens the model says so."""
    try:
        return parsed_json(path.read_bytes())
    except (OSError, ValueError):
        return {}


def _facts_in(config: Any) -> Iterator[Mapping[str, Any]]:
    """Yield what stands under `trained`, at any depth."""
    if isinstance(config, list):
        for each in config:
            yield from _facts_in(each)
    elif isinstance(config, Mapping):
        for key, value in config.items():
            if key == "trained" and isinstance(value, Mapping):
                yield value
            else:
                yield from _facts_in(value)
