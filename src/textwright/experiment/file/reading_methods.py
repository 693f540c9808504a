"""The methods of an experiment file: a table each, with one key that says what kind it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from typing import Any

from textwright.errors import DataError
from textwright.experiment.file.checks import checked_table, guess, refuse_unknown, shown
from textwright.experiment.file.experiment import KINDS, LEARNING, DataSpec, Kind, Method
from textwright.experiment.file.names import refuse_same_slugs
from textwright.experiment.file.reading_kinds import NOT_SETTINGS, SETTLED, Said
from textwright.experiment.file.shapes import METHODS


def methods_of(
    bodies: Sequence[Any], sets: Mapping[str, DataSpec], seeds: tuple[int, ...], folder: Path, where: str
) -> tuple[Method, ...]:
    """Read the methods, in the order of the file."""
    if not bodies:
        raise DataError(f'{where}: there is no [[method]]; one has a name and, for example, model = "job_titles"')
    named = [(_name(body, f"{where}: [[method]] {place}"), body) for place, body in enumerate(bodies, start=1)]
    names = tuple(name for name, _ in named)
    refuse_same_slugs(names, where)
    said = (_said(name, body, names, folder, where) for name, body in named)
    methods = tuple(_method(each, sets, seeds) for each in said)
    _refuse_circles(methods, where)
    _refuse_learned_dev(methods, where)
    return methods


def _name(body: Any, where: str) -> str:
    if not isinstance(body, Mapping):
        raise DataError(f"{where} is {shown(body)}, expected a table")
    name = body.get("name")
    if not isinstance(name, str) or not name.strip():
        found = "has no name" if name is None else f"has the name {shown(name)}"
        raise DataError(f"{where} {found}; expected a text, which stands in the table")
    return name


def _said(name: str, body: Mapping[str, Any], names: Sequence[str], folder: Path, where: str) -> Said:
    here = f"{where}: method {name!r}"
    kind = _kind(body, here)
    return Said(kind, checked_table(body, METHODS[kind], here), tuple(names), folder, here)


def _kind(body: Mapping[str, Any], where: str) -> Kind:
    """Say of which kind a method is. Raise `DataError` when it is of none, or of two."""
    found = [kind for kind in KINDS if kind in body]
    if len(found) == 1:
        return found[0]
    if found:
        raise DataError(f"{where}: has {' and '.join(found)}; a method is of one kind")
    near = [said for key in body if key not in NOT_SETTINGS for said in [guess(key, KINDS)] if said]
    raise DataError(f"{where}: says not what it is.{''.join(near[:1])} It needs one of the keys {', '.join(KINDS)}")


def _method(said: Said, sets: Mapping[str, DataSpec], seeds: tuple[int, ...]) -> Method:
    settings, needs = SETTLED[said.kind](said)
    body = said.body
    if body["name"] in needs:
        raise DataError(f"{said.where}: is made of itself; name another method")
    method = Method(
        name=body["name"],
        kind=said.kind,
        settings=settings,
        train=body.get("train", "train"),
        dev=body.get("dev", "dev"),
        unlabelled=body.get("unlabelled"),
        needs=needs,
        seeds=tuple(body.get("seeds", seeds if said.kind in LEARNING else ())),
    )
    for role, name in method.uses.items():
        refuse_unknown(name, sets, f"{said.where}: its {role} set", "data set")
    return method


def _refuse_learned_dev(methods: Sequence[Method], where: str) -> None:
    """Raise `DataError` when dev is to choose between methods that have learned from it."""
    named = {method.name: method for method in methods}

    def learned(method: Method) -> str | None:
        found = (learned(named[name]) for name in method.needs)
        return method.name if method.refits else next((name for name in found if name), None)

    for method in methods:
        if method.settings.get("below") == "dev" and (name := learned(method)):
            raise DataError(
                f'{where}: method {method.name!r}: below = "dev" cannot be chosen on texts that {name!r} has learned '
                f"(refit = true); give a number, or take refit out of {name!r}"
            )


def _refuse_circles(methods: Sequence[Method], where: str) -> None:
    """Raise `DataError` when a method is made of others that are made of it."""
    try:
        TopologicalSorter({method.name: method.needs for method in methods}).prepare()
    except CycleError as error:
        circle = " -> ".join(reversed(error.args[1]))
        raise DataError(f"{where}: these methods are made of each other: {circle}") from None
