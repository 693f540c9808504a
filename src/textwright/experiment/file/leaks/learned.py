"""From which texts each method learns, as far as this can be known here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from textwright.dataset import Dataset
from textwright.errors import DataError
from textwright.experiment.file.experiment import Experiment, Method
from textwright.experiment.file.leaks.before import Shown, Trained, Unseen, examples_in, facts_of
from textwright.experiment.file.leaks.found import Role


@dataclass(frozen=True, slots=True)
class Learned:
    """Texts that a method learned from, and what they are called."""

    method: str
    name: str
    role: Role
    texts: Dataset


def learned_by(experiment: Experiment, data: Mapping[str, Dataset]) -> Iterator[Learned]:
    """Yield what each method takes from the experiment's data sets, and the examples of a prompt's own file."""
    for method in experiment.methods:
        for role, name in method.uses.items():
            shown = method.kind == "prompt" and role == "train"
            yield Learned(method.name, name, "examples" if shown else _role(role, method), data[name])
        for file in examples_in(method.settings["prompt"]) if method.kind == "prompt" else ():
            yield _examples(method, file.name, file, where_of(experiment, method))


def learned_before(experiment: Experiment) -> Iterator[Learned | tuple[str, Trained | Unseen]]:
    """Yield what the models that are there learned from: the texts where they are known, else a method and a fact."""
    for method in experiment.methods:
        where = where_of(experiment, method)
        for reference in _references(method):
            for fact in facts_of(reference, where):
                if isinstance(fact, Shown):
                    yield _examples(method, fact.name, fact.file, where)
                else:
                    yield method.name, fact


def where_of(experiment: Experiment, method: Method) -> str:
    """Say where a method stands."""
    return f"{experiment.path}: method {method.name!r}"


def _examples(method: Method, name: str, file: Path, where: str) -> Learned:
    try:
        return Learned(method.name, name, "examples", Dataset.read(file))
    except DataError as error:
        raise DataError(f"{where}: {error}") from error


def _role(role: str, method: Method) -> Role:
    if role == "unlabelled":
        return "unlabelled"
    return "dev" if role == "dev" and not method.refits else "train"


def _references(method: Method) -> list[str]:
    """Return the models that a method takes as they are."""
    named = [method.settings["model"]] if method.kind == "model" else []
    return named + [each for each in method.settings.get("teachers", ()) if each not in method.needs]
