"""From which texts each method learns, as far as this can be known here."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from textwright.dataset import Dataset
from textwright.errors import DataError, TextwrightError
from textwright.experiment.file.contents.models import models_in
from textwright.experiment.file.experiment import Experiment, Method
from textwright.experiment.file.leaks.found import Role
from textwright.runs.folder import find_run


@dataclass(frozen=True, slots=True)
class Learned:
    """Texts that a method learned from, and what they are called."""

    method: str
    name: str
    role: Role
    texts: Dataset


@dataclass(frozen=True, slots=True)
class Trained:
    """What a model that is there says it learned from: a part (`train`, `dev`, `pool`), and the data's facts."""

    model: str
    part: str
    name: str
    examples: int
    fingerprint: str


def learned_by(experiment: Experiment, data: Mapping[str, Dataset]) -> Iterator[Learned]:
    """Yield what each method takes from the experiment's data sets, and its few examples of other files."""
    for method in experiment.methods:
        for role, name in method.uses.items():
            shown = method.kind == "prompt" and role == "train"
            yield Learned(method.name, name, "examples" if shown else _role(role), data[name])
        where = f"{experiment.path}: method {method.name!r}"
        for file in _example_files(method, where):
            yield Learned(method.name, file.name, "examples", _read(file, where))


def _read(file: Path, where: str) -> Dataset:
    try:
        return Dataset.read(file)
    except DataError as error:
        raise DataError(f"{where}: {error}") from error


def _role(role: str) -> Role:
    return "unlabelled" if role == "unlabelled" else "dev" if role == "dev" else "train"


def _example_files(method: Method, where: str) -> list[Path]:
    """Return the files of examples that a prompt shows."""
    from textwright.predictors.prompt_file import read_prompt_file

    prompts = [method.settings["prompt"]] if method.kind == "prompt" else []
    try:
        prompts += [
            read_prompt_file(Path(reference.removeprefix("prompt:")))
            for reference in _references(method, where)
            if reference.startswith("prompt:")
        ]
    except TextwrightError as error:
        raise DataError(f"{where}: {error}") from error
    named = [each.get("examples", {}).get("file") for each in prompts]
    return [Path(each) for each in named if each is not None]


# --- models that learned before -------------------------------------------------------------


def trained_models(method: Method, where: str) -> list[Trained]:
    """Say what the models that a method takes as they are learned from; those that do not say give nothing."""
    return [fact for reference in _references(method, where) for fact in _trained(reference)]


def _references(method: Method, where: str) -> list[str]:
    """Return the models that a method takes as they are, those of cascade files one by one."""
    named = [method.settings["model"]] if method.kind == "model" else []
    named += [each for each in method.settings.get("teachers", ()) if each not in method.needs]
    return [found for each in named for found in models_in(each, where)]


def _trained(reference: str) -> list[Trained]:
    return [
        Trained(_short(reference), part, str(facts.get("name", "")), facts["examples"], facts["fingerprint"])
        for trained in _facts_in(_config(reference))
        for part, facts in trained.items()
        if isinstance(facts, dict) and isinstance(facts.get("fingerprint"), str) and "examples" in facts
    ]


def _short(reference: str) -> str:
    return Path(reference).name if "/" in reference else reference


def _config(reference: str) -> Any:
    """Return the configuration of a folder with those of its parts, of a run's or a pack's model; else nothing."""
    kind, _, rest = reference.partition(":")
    if kind == "run":
        return _configs_in(_run_folder(rest))
    if rest:
        return {}
    return _configs_in(Path(reference)) if "/" in reference else _config_in_pack(reference)


def _configs_in(folder: Path | None) -> list[Any]:
    return [] if folder is None else [_json(path) for path in sorted(folder.rglob("config.json"))]


def _run_folder(name: str) -> Path | None:
    """Find the folder of a run; when there is none, who opens its model says so."""
    try:
        return Path(name) if "/" in name else find_run(name, Path.cwd())
    except TextwrightError:
        return None


@cache
def _config_in_pack(reference: str) -> Any:
    from textwright.references import open_model

    try:
        return getattr(open_model(reference), "config", {})
    except TextwrightError:
        return {}


def _json(path: Path) -> Any:
    """Read a file that may be damaged; who opens the model says so."""
    try:
        return json.loads(path.read_bytes())
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
