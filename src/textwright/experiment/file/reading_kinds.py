"""What each kind of method is made of: its settings, paths made whole, and the methods that it needs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from textwright.errors import DataError
from textwright.experiment.file.checks import checked_table, refuse_unknown
from textwright.experiment.file.experiment import Kind
from textwright.experiment.file.places import beside_or_name, is_reference, whole_path, whole_reference
from textwright.experiment.file.reading_prompt import checked_prompt
from textwright.experiment.file.shapes import TUNE

NOT_SETTINGS = ("name", "train", "dev", "unlabelled", "seeds")
# The recipes that take a key; the others would pass over it.
TAKEN_BY: Mapping[str, tuple[str, ...]] = {
    "teachers": ("distil",),
    "unlabelled": ("distil",),
    "encoder": ("transformer",),
    "precision": ("network", "transformer", "distil"),
    "quick": ("network",),
    "refit": ("linear", "network", "transformer"),
}
Settled = tuple[dict[str, Any], tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Said:
    """What the file says of a method, checked key by key, and what it stands among."""

    kind: Kind
    body: Mapping[str, Any]
    names: tuple[str, ...]
    folder: Path
    where: str

    @property
    def settings(self) -> dict[str, Any]:
        """Return what is the method's own."""
        return {key: value for key, value in self.body.items() if key not in NOT_SETTINGS}


def _model(said: Said) -> Settled:
    name = said.body["model"]
    if name in said.names and name != said.body["name"] and not is_reference(name, said.folder):
        raise DataError(f"{said.where}: {name!r} is a method of this file and stands in the table; name a model")
    return {"model": whole_reference(name, said.folder, said.where)}, ()


def _recipe(said: Said) -> Settled:
    recipe, settings = said.body["recipe"], said.settings
    for key, recipes in TAKEN_BY.items():
        if key in said.body and recipe not in recipes:
            raise DataError(f"{said.where}: {recipe} takes no {key}; it is for {', '.join(recipes)}")
    if "encoder" in settings:
        settings["encoder"] = str(whole_path(settings["encoder"], said.folder, said.where))
    return settings if recipe != "distil" else _with_teachers(said, settings), _teachers_here(said)


def _with_teachers(said: Said, settings: dict[str, Any]) -> dict[str, Any]:
    if "unlabelled" not in said.body or "teachers" not in said.body:
        raise DataError(f"{said.where}: distil needs teachers, a list of methods or models, and unlabelled, a data set")
    here = _teachers_here(said)
    whole = [name if name in here else whole_reference(name, said.folder, said.where) for name in settings["teachers"]]
    return {**settings, "teachers": whole}


def _teachers_here(said: Said) -> tuple[str, ...]:
    return tuple(name for name in said.body.get("teachers", ()) if name in said.names)


def _quantise(said: Said) -> Settled:
    refuse_unknown(said.body["quantise"], said.names, said.where, "method")
    return said.settings, (said.body["quantise"],)


def _prompt(said: Said) -> Settled:
    return {"prompt": checked_prompt(said.body["prompt"], said.folder, said.where)}, ()


def _tune(said: Said) -> Settled:
    tune = checked_table(said.body["tune"], TUNE, f"{said.where}, tune")
    if "gguf" in tune:
        tune["gguf"] = str(whole_path(tune["gguf"], said.folder, said.where))
    if "template" in tune:
        tune["template"] = beside_or_name(tune["template"], said.folder, said.where)
    return {"tune": tune}, ()


def _cascade(said: Said) -> Settled:
    if ("below" in said.body) == ("pass_on" in said.body):
        has = "has both" if "below" in said.body else "has neither"
        raise DataError(
            f"{said.where}: {has} of below and pass_on. A text goes on to the next step when the step is less sure "
            'than below = 0.8 (or "dev": chosen on the dev set), or when it finds nothing: pass_on = "empty"'
        )
    for name in said.body["cascade"]:
        refuse_unknown(name, said.names, said.where, "method")
    return said.settings, tuple(said.body["cascade"])


def _as_it_is(said: Said) -> Settled:
    return said.settings, ()


SETTLED: Mapping[Kind, Callable[[Said], Settled]] = {
    "model": _model,
    "recipe": _recipe,
    "quantise": _quantise,
    "prompt": _prompt,
    "tune": _tune,
    "cascade": _cascade,
    "fit": _as_it_is,
    "function": _as_it_is,
}
