"""Which runs an experiment needs, in an order in which they can be made, and by which keys they are known."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from textwright.dataset import Dataset
from textwright.experiment.file.contents.files import digest_of, folder_digest
from textwright.experiment.file.contents.models import model_facts
from textwright.experiment.file.contents.modules import module_digest
from textwright.experiment.file.contents.prompts import prompt_facts, tune_facts
from textwright.experiment.file.contents.schemas import schema_facts
from textwright.experiment.file.experiment import Experiment, Method
from textwright.experiment.file.names import slug
from textwright.runs.record import Runtime

# Raised when what a run or a judgement keeps changes its meaning: then all is made anew.
VERSION = 1


@dataclass(frozen=True, slots=True)
class Planned:
    """A run that an experiment needs. `needs` names, by method, the runs that this one is made of.

    `key` is the SHA-256 of all that can change what is learned, `run_id` the name of the run's folder.
    """

    method: Method
    seed: int
    key: str
    run_id: str
    needs: Mapping[str, str]


def planned(experiment: Experiment, data: Mapping[str, Dataset]) -> tuple[Planned, ...]:
    """Plan the runs, each after those that it needs, else in the order of the file.

    What learns has a run for each seed, other methods one. Raise `DataError` when a file, folder or
    module that a method names is not there.
    """
    made: dict[str, tuple[Planned, ...]] = {}
    for method in _in_order(experiment.methods):
        made[method.name] = tuple(_planned(method, seed, made, experiment, data) for seed in method.seeds or (0,))
    return tuple(run for runs in made.values() for run in runs)


def judgement_key(run: Planned, test: Dataset, experiment: Experiment, runtime: Runtime) -> str:
    """Return the SHA-256 of all that can change what a judgement says."""
    return digest_of(
        {
            "version": VERSION,
            "run": run.key,
            "test": test.fingerprint,
            "schema": schema_facts(experiment.schema, words=False),
            "labels": list(experiment.labels),
            "slices": list(experiment.slice_by),
            "runtime": runtime,
        }
    )


def _in_order(methods: Sequence[Method]) -> list[Method]:
    """Put what is needed first; the reader has seen that nothing needs itself."""
    waiting, ordered = list(methods), list[Method]()
    while waiting:
        done = {method.name for method in ordered}
        ready = next(method for method in waiting if done.issuperset(method.needs))
        ordered.append(ready)
        waiting.remove(ready)
    return ordered


def _planned(
    method: Method,
    seed: int,
    made: Mapping[str, Sequence[Planned]],
    experiment: Experiment,
    data: Mapping[str, Dataset],
) -> Planned:
    needs = {name: _with_seed(made[name], seed) for name in method.needs}
    keys = {name: run.key for name, run in needs.items()}
    facts = {
        "version": VERSION,
        "kind": method.kind,
        "settings": settings_facts(method, keys, experiment),
        "seed": seed if method.seeds else None,
        "data": {role: data[name].fingerprint for role, name in method.uses.items()},
    }
    key = digest_of(facts)
    run_id = f"{slug(method.name)}-{seed}-{key[:8]}"
    return Planned(method, seed, key, run_id, {name: run.run_id for name, run in needs.items()})


def _with_seed(runs: Sequence[Planned], seed: int) -> Planned:
    """Take the run of the same seed, else the first."""
    return next((run for run in runs if run.seed == seed), runs[0])


# --- what a method's settings come to -------------------------------------------------------


def settings_facts(method: Method, needs: Mapping[str, str], experiment: Experiment) -> dict[str, Any]:
    """Say what of a method's settings can change the outcome: contents for paths, keys for other methods' names."""
    folder, where = experiment.path.parent, f"{experiment.path}: method {method.name!r}"
    said = {key: value for key, value in method.settings.items() if value is not False}
    facts = {key: _with_contents(key, value, folder, where) for key, value in said.items()}
    for key in ("teachers", "cascade"):
        if key in facts:
            facts[key] = [needs[each] if each in needs else model_facts(each, folder, where) for each in facts[key]]
    if method.kind == "quantise":
        facts["quantise"] = needs[facts["quantise"]]
    if method.learns or method.kind in ("prompt", "function"):
        facts["schema"] = schema_facts(experiment.schema, words=method.kind in ("prompt", "tune"))
    return facts


def _with_contents(key: str, value: Any, folder: Path, where: str) -> Any:
    """Put what stands behind a setting's names in their place."""
    match key:
        case "model":
            return model_facts(value, folder, where)
        case "fit" | "function":
            return [value, module_digest(value, folder, where)]
        case "encoder":
            return folder_digest(Path(value), where)
        case "prompt":
            return prompt_facts(value, where)
        case "tune":
            return tune_facts(value, where)
        case _:
            return value
