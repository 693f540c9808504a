"""The data sets of an experiment, opened: files read once, filtered, divided and drawn from, always in the same way."""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from textwright.dataset import Dataset
from textwright.errors import DataError, TextwrightError
from textwright.experiment.file.checks import guess, shown
from textwright.experiment.file.experiment import DataSpec, Experiment
from textwright.experiment.file.fitting_data import refuse_unfit
from textwright.types import Example

Files = dict[tuple[Path | None, str | None, str], Dataset]
SHOWN = 12


@dataclass(frozen=True, slots=True)
class Part:
    """A data set, and what its share left over; without a share nothing is."""

    taken: Dataset
    rest: Dataset | None = None


def open_data(experiment: Experiment) -> dict[str, Dataset]:
    """Open every data set of an experiment, by name.

    The order is: `where` and `without`, then the share, then the sample. Raise `DataError` that names the data
    set when a file cannot be read, nothing is left, or the data are not what the experiment asks of them.
    """
    parts: dict[str, Part] = {}
    files: Files = {}
    for spec in experiment.data.values():
        for each in _chain(spec, experiment.data):
            if each.name not in parts:
                parts[each.name] = _opened(each, parts, files, experiment)
    data = {name: parts[name].taken for name in experiment.data}
    refuse_unfit(experiment, data)
    return data


def _chain(spec: DataSpec, specs: Mapping[str, DataSpec]) -> list[DataSpec]:
    """Return what a data set is the rest of, the first first, and itself."""
    chain = [spec]
    while chain[-1].rest_of is not None:
        chain.append(specs[chain[-1].rest_of])
    return chain[::-1]


def _opened(spec: DataSpec, parts: Mapping[str, Part], files: Files, experiment: Experiment) -> Part:
    where = f"{experiment.path}: data.{spec.name}"
    try:
        return _part(spec, _source(spec, parts, files, experiment), where)
    except TextwrightError as error:
        raise DataError(str(error) if str(error).startswith(where) else f"{where}: {error}") from error


def _source(spec: DataSpec, parts: Mapping[str, Part], files: Files, experiment: Experiment) -> Dataset:
    if spec.rest_of is not None:
        rest = parts[spec.rest_of].rest
        assert rest is not None
        return rest
    key = (spec.file, spec.format, spec.column)
    if key not in files:
        assert spec.file is not None
        files[key] = Dataset.read(spec.file, format=spec.format, column=spec.column, schema=experiment.schema)
    return files[key]


def _part(spec: DataSpec, source: Dataset, where: str) -> Part:
    kept = _filtered(spec, source, where)
    if spec.share is None:
        return Part(_named(_sampled(kept, spec), spec.name))
    _refuse_no_key(spec.by, kept, f"{where}: by")
    rest, taken = kept.split(spec.share, seed=spec.seed, by=spec.by, near=spec.near)
    return Part(_named(_sampled(taken, spec), spec.name), rest)


def _named(data: Dataset, name: str) -> Dataset:
    return Dataset(data, schema=data.schema if data.declared else None, name=name)


def _sampled(data: Dataset, spec: DataSpec) -> Dataset:
    """Draw so many texts at most, in their order."""
    if spec.sample is None or spec.sample >= len(data):
        return data
    drawn = sorted(random.Random(spec.seed).sample(range(len(data)), spec.sample))
    return data.with_examples(data[place] for place in drawn)


# --- filters --------------------------------------------------------------------------------


def _filtered(spec: DataSpec, data: Dataset, where: str) -> Dataset:
    """Keep what `where` and `without` leave. Raise `DataError` when that is nothing."""
    if not len(data):
        raise DataError(f"{where}: there are no texts in {spec.file or f'the rest of {spec.rest_of!r}'}")
    for key in (*spec.where, *spec.without):
        _refuse_no_key(key, data, where)
    kept = [each for each in data if _has_all(each, spec.where) and not _has_any(each, spec.without)]
    if not kept:
        raise DataError(f"{where}: none of {len(data)} texts is left. {_what_there_is(spec, data)}")
    return data if len(kept) == len(data) else data.with_examples(kept)


def _refuse_no_key(key: str | None, data: Dataset, where: str) -> None:
    if key is not None and not any(key in example.meta for example in data):
        known = sorted({each for example in data for each in example.meta})
        choice = ", ".join(known) or "none"
        raise DataError(f"{where}: no text has meta.{key}.{guess(key, known)} There is: {choice}")


def _has_all(example: Example, wanted: Mapping[str, Any]) -> bool:
    return all(_has(example, key, value) for key, value in wanted.items())


def _has_any(example: Example, unwanted: Mapping[str, Any]) -> bool:
    return any(_has(example, key, value) for key, value in unwanted.items())


def _has(example: Example, key: str, wanted: Any) -> bool:
    """Say whether an example has one of the values; true is not 1."""
    if key not in example.meta:
        return False
    found = example.meta[key]
    values = wanted if isinstance(wanted, list) else [wanted]
    return any(found == each and isinstance(found, bool) == isinstance(each, bool) for each in values)


def _what_there_is(spec: DataSpec, data: Dataset) -> str:
    """Name the values of the keys that were asked for."""
    keys = dict.fromkeys((*spec.where, *spec.without))
    return " ".join(f"meta.{key} is {_values(key, data)}." for key in keys)


def _values(key: str, data: Iterable[Example]) -> str:
    found = sorted({shown(each.meta[key]) for each in data if key in each.meta})
    more = f" and {len(found) - SHOWN} more" if len(found) > SHOWN else ""
    return ", ".join(found[:SHOWN]) + more
