"""Read an experiment file. docs/experiments.md describes it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from textwright.errors import DataError, TextwrightError
from textwright.experiment.file.checks import checked_table, refuse_unknown
from textwright.experiment.file.experiment import Change, CurveSpec, DataSpec, Experiment, Method
from textwright.experiment.file.places import beside_or_name, whole_path
from textwright.experiment.file.reading_data import data_specs
from textwright.experiment.file.reading_methods import methods_of
from textwright.experiment.file.shapes import CHANGE, CURVE, EXPERIMENT
from textwright.schema import Schema
from textwright.trust import parsed_toml

FILE = "experiment.toml"
LARGEST = 4_000_000
SHARES = (0.06, 0.12, 0.25, 0.5, 1.0)


def read_experiment(path: str | Path) -> Experiment:
    """Read an experiment file, or the `experiment.toml` of a folder.

    Raise `DataError` that says where, what was found and what would have worked. No data set is read
    and no model opened yet.
    """
    file = _file(Path(path).expanduser())
    return from_data(_decoded(file), file)


def from_data(said: Any, file: Path) -> Experiment:
    """Read what a file says, decoded. Raise `DataError` as `read_experiment` does."""
    data = checked_table(said, EXPERIMENT, str(file))
    folder = file.absolute().parent
    sets = data_specs(data["data"], folder, str(file))
    schema = _schema(data.get("schema"), folder, str(file))
    seeds = tuple(data.get("seeds", (0,)))
    methods = methods_of(data["method"], sets, seeds, folder, str(file))
    changes = _changes(data.get("change", []), sets, schema, str(file))
    tests = _tests(data.get("tests", ["test"]), changes, sets, str(file))
    if data.get("leaks") != "tell":
        _refuse_taught_tests(methods, tests, str(file))
    labels = _labels(data.get("labels", []), schema, str(file))
    return Experiment(
        name=data.get("name", folder.name),
        path=file.absolute(),
        data=sets,
        methods=methods,
        tests=tests,
        schema=schema,
        labels=labels,
        measure=_measure(data.get("measure"), labels, schema, str(file)),
        seeds=seeds,
        runtimes=tuple(data.get("runtimes", ("python",))),
        slice_by=tuple(data.get("slice_by", ())),
        leaks=data.get("leaks", "refuse"),
        curves=_curves(data.get("curve", []), methods, str(file)),
        changes=changes,
        patience=float(data.get("patience", 20)),
        runs=whole_path(data.get("runs", "runs"), folder, str(file)),
    )


def _file(path: Path) -> Path:
    found = path / FILE if path.is_dir() else path
    if not found.is_file():
        missing = f"{path}: the folder holds no {FILE}" if path.is_dir() else f"{path}: no such file"
        raise DataError(f"{missing}. An experiment is a TOML file, or a folder with an {FILE}")
    return found


def _decoded(file: Path) -> dict[str, Any]:
    try:
        size = file.stat().st_size
        if size > LARGEST:
            raise DataError(f"{file}: has {size:,} bytes; an experiment names the files of its data and is small")
        return parsed_toml(file.read_bytes().decode("utf-8-sig"))
    except OSError as error:
        raise DataError(f"{file}: cannot be read: {error.strerror or error}") from error
    except (ValueError, RecursionError) as error:
        raise DataError(f"{file}: is no TOML: {error}") from error


def _schema(name: str | None, folder: Path, where: str) -> Schema | None:
    if name is None:
        return None
    from textwright.references import find_schema

    try:
        return find_schema(beside_or_name(name, folder, where))
    except TextwrightError as error:
        raise DataError(f"{where}: {error}") from error


def _labels(names: Sequence[str], schema: Schema | None, where: str) -> tuple[str, ...]:
    if schema is not None and not schema.open:
        for name in names:
            refuse_unknown(name, _known(schema), f"{where}: labels", "label or task of the schema")
    return tuple(names)


def _known(schema: Schema) -> list[str]:
    return [*schema.spans, *(task.name for task in schema.tasks)]


def _measure(said: str | None, labels: Sequence[str], schema: Schema | None, where: str) -> str:
    """Take the measure that is named, else the only task where nothing else is scored, else the whole text."""
    scored = [*labels] or ([] if schema is None else _known(schema))
    if said is None:
        tasks = [] if schema is None else [task.name for task in schema.tasks]
        return f"category:{scored[0]}" if len(scored) == 1 and scored[0] in tasks else "whole_text"
    kind, _, name = said.partition(":")
    if name and scored:
        refuse_unknown(name, scored, f"{where}: measure {said}", "scored label or task")
    if name and schema is not None and not schema.open and (name in schema.spans) != (kind == "exact"):
        right = f"exact:{name}" if name in schema.spans else f"category:{name}"
        raise DataError(f"{where}: measure is {said!r}, but the measure of {name} is {right!r}")
    return said


def _tests(
    names: Sequence[str], changes: Sequence[Change], sets: Mapping[str, DataSpec], where: str
) -> tuple[str, ...]:
    """Name what is judged on; the data sets of a change are."""
    for name in names:
        refuse_unknown(name, sets, f"{where}: tests", "data set")
    more = [each for change in changes for each in (change.before, change.after)]
    return tuple(dict.fromkeys([*names, *more]))


def _refuse_taught_tests(methods: Sequence[Method], tests: Sequence[str], where: str) -> None:
    """Raise `DataError` when a method takes something from a data set that is judged on."""
    for method in methods:
        for role, name in method.uses.items():
            if name in tests:
                raise DataError(
                    f"{where}: method {method.name!r} has {name!r} as its {role} set, which is judged on too, and "
                    'nothing counts that was not held out. Give it another data set, or say leaks = "tell"'
                )


def _curves(bodies: Sequence[Any], methods: Sequence[Method], where: str) -> tuple[CurveSpec, ...]:
    return tuple(_curve(body, methods, f"{where}: [[curve]] {place}") for place, body in enumerate(bodies, start=1))


def _curve(body: Any, methods: Sequence[Method], where: str) -> CurveSpec:
    data = checked_table(body, CURVE, where)
    name = data["method"]
    refuse_unknown(name, [each.name for each in methods if each.kind == "recipe"], where, "method with a recipe")
    return CurveSpec(name, tuple(data.get("shares", SHARES)), data.get("seeds", 3))


def _changes(
    bodies: Sequence[Any], sets: Mapping[str, DataSpec], schema: Schema | None, where: str
) -> tuple[Change, ...]:
    return tuple(
        _change(body, sets, schema, f"{where}: [[change]] {place}") for place, body in enumerate(bodies, start=1)
    )


def _change(body: Any, sets: Mapping[str, DataSpec], schema: Schema | None, where: str) -> Change:
    change = Change(**checked_table(body, CHANGE, where))
    for name in (change.before, change.after):
        refuse_unknown(name, sets, where, "data set")
    if change.before == change.after:
        raise DataError(
            f"{where}: before and after are both {change.before!r}; they are two data sets of the same texts"
        )
    if schema is not None and not schema.open:
        refuse_unknown(change.label, _known(schema), where, "label or task of the schema")
    return change
