"""The data sets of an experiment file, and which is left over from which."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from textwright.errors import DataError
from textwright.experiment.file.checks import checked_table, is_text, refuse_unknown, shown
from textwright.experiment.file.experiment import DataSpec
from textwright.experiment.file.places import whole_path
from textwright.experiment.file.shapes import DATA, NAME
from textwright.formats import FORMATS


def data_specs(data: Mapping[str, Any], folder: Path, where: str) -> dict[str, DataSpec]:
    """Read the table of data sets."""
    if not data:
        raise DataError(f'{where}: [data] names no data set, such as train = "train.jsonl"')
    specs = {name: _spec(name, body, folder, f"{where}: data.{name}") for name, body in data.items()}
    for spec in specs.values():
        _check_rest(spec, specs, f"{where}: data.{spec.name}")
    return specs


def _spec(name: str, body: Any, folder: Path, where: str) -> DataSpec:
    if not NAME.fullmatch(name):
        raise DataError(f"{where}: {shown(name)} is no name of a data set: letters, digits, - and _, at most 64")
    if isinstance(body, str) and not is_text(body):
        raise DataError(f"{where}: found a blank text, expected the name of a file")
    said = checked_table({"file": body} if isinstance(body, str) else body, DATA, where)
    _refuse_contradictions(said, where)
    if "file" in said:
        said["file"] = whole_path(said["file"], folder, where)
    return DataSpec(name, **said)


def _refuse_contradictions(said: Mapping[str, Any], where: str) -> None:
    if ("file" in said) == ("rest_of" in said):
        both = "both file and rest_of" if "file" in said else "neither file nor rest_of"
        raise DataError(f"{where}: has {both}; it comes from one of them")
    for key in ("format", "column"):
        if key in said and "rest_of" in said:
            raise DataError(f"{where}: {key} says how a file is read, but this is the rest of {said['rest_of']!r}")
    if "format" in said:
        refuse_unknown(said["format"], FORMATS, where, "format")
    for key in ("by", "near"):
        if key in said and "share" not in said:
            raise DataError(f"{where}: {key} says how a share is taken, but there is no share")
    if "seed" in said and "share" not in said and "sample" not in said:
        raise DataError(f"{where}: seed draws a share or a sample, but there is neither")


def _check_rest(spec: DataSpec, specs: Mapping[str, DataSpec], where: str) -> None:
    """Raise `DataError` when what a data set is the rest of does not exist, takes all, or is its own rest."""
    seen, at = [spec.name], spec
    while at.rest_of is not None:
        refuse_unknown(at.rest_of, specs, where, "data set")
        if at.rest_of in seen:
            raise DataError(f"{where}: is the rest of itself: {' -> '.join([*seen, at.rest_of])}")
        at = specs[at.rest_of]
        seen.append(at.name)
    if spec.rest_of is not None and specs[spec.rest_of].share is None:
        raise DataError(f"{where}: {spec.rest_of!r} takes no share, so that nothing is left over from it")
