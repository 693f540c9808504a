"""What can change the answers of a model that is named by reference."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from textwright import packs
from textwright.errors import DataError, TextwrightError
from textwright.experiment.file.contents.files import file_digest, files_digest, folder_digest
from textwright.experiment.file.contents.modules import module_digest
from textwright.experiment.file.contents.prompts import prompt_file_facts
from textwright.predictors.cascade import beside
from textwright.runs.folder import read_record
from textwright.trust import parsed_toml

DEEPEST = 8


def model_facts(reference: str, folder: Path, where: str, *, depth: int = 0) -> Any:
    """Say what can change the answers of the model that a reference names, as plain data without paths.

    What a server holds is known by its address alone, a run that is named by its id by the id. Raise `DataError`
    when something is not there.
    """
    if depth > DEEPEST:
        raise DataError(f"{where}: {reference}: cascades in cascades, more than {DEEPEST} deep")
    kind, _, rest = reference.partition(":")
    if kind == "python":
        return [reference, module_digest(reference, folder, where)]
    if kind == "prompt":
        return prompt_file_facts(Path(rest), where)
    if kind == "cascade":
        return _cascade_facts(Path(rest), where, depth)
    if kind == "run" and "/" in rest:
        return ["run", _run_key(Path(rest), where)]
    if rest:
        return reference
    if "/" in reference:
        return folder_digest(Path(reference), where)
    return [reference, _pack_digest(reference.partition(".")[0], where)]


def _run_key(folder: Path, where: str) -> str:
    try:
        return read_record(folder).key
    except TextwrightError as error:
        raise DataError(f"{where}: {error}") from error


def _pack_digest(name: str, where: str) -> str:
    """Return a fingerprint of all of a pack but its sample: which files a model reads is the pack's own affair."""
    try:
        module = packs.installed()[name].load()
        place = Path(module.__file__)
        sample = packs.open_pack(name).sample
    except (ImportError, AttributeError, TypeError, TextwrightError) as error:
        raise DataError(f"{where}: the pack {name} cannot be loaded: {error}") from error
    if place.name != "__init__.py":
        return file_digest(place, where)
    files = sorted(each for each in place.parent.rglob("*") if each != sample)
    return files_digest(place.parent, files, where)


def _cascade_facts(path: Path, where: str, depth: int) -> Any:
    return [_step_facts(step, path.parent, where, depth) for step in _steps(path, where)]


def _steps(path: Path, where: str) -> list[dict[str, Any]]:
    """Return the steps of a cascade file; who opens it says what is wrong with others."""
    steps = _toml(path, where).get("step", [])
    return [each for each in steps if isinstance(each, dict)] if isinstance(steps, list) else []


def models_in(reference: str, where: str, *, depth: int = 0) -> list[str]:
    """Return a model's reference, or those of the steps of a cascade file, at any depth."""
    if not reference.startswith("cascade:") or depth > DEEPEST:
        return [reference]
    path = Path(reference.removeprefix("cascade:"))
    named = [step["model"] for step in _steps(path, where) if isinstance(step.get("model"), str)]
    return [found for name in named for found in models_in(beside(name, path.parent), where, depth=depth + 1)]


def _step_facts(step: Mapping[str, Any], folder: Path, where: str, depth: int) -> dict[str, Any]:
    facts = {key: value for key, value in step.items() if key != "name"}
    if isinstance(model := step.get("model"), str):
        facts["model"] = model_facts(beside(model, folder), folder, where, depth=depth + 1)
    if isinstance(texts := step.get("texts"), str):
        facts["texts"] = file_digest(folder / texts, where)
    return facts


def _toml(path: Path, where: str) -> dict[str, Any]:
    file_digest(path, where)
    try:
        return parsed_toml(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        raise DataError(f"{where}: {path}: {error}") from error
