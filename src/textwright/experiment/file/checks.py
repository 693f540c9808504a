"""What a table of the file may say: which keys, and what each holds."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from math import isfinite
from typing import Any, NoReturn

from textwright.errors import DataError


@dataclass(frozen=True, slots=True)
class Key:
    """What a key holds: in words, and as a test."""

    says: str
    holds: Callable[[Any], bool]


@dataclass(frozen=True, slots=True)
class Shape:
    """The keys of a table; `required` must be there."""

    what: str
    keys: Mapping[str, Key]
    required: tuple[str, ...] = ()


def checked_table(data: Any, shape: Shape, where: str) -> dict[str, Any]:
    """Return a table that has the shape. Raise `DataError` at the first key that is unknown, missing or wrong."""
    if not isinstance(data, Mapping):
        raise DataError(f"{where} is {shown(data)}, expected a table")
    for key in data:
        if key not in shape.keys:
            known = f"Known keys of {shape.what}: {', '.join(shape.keys)}"
            raise DataError(f"{where}: unknown key {shown(key)}.{guess(key, shape.keys)} {known}")
    for key in shape.required:
        if key not in data:
            raise DataError(f"{where}: {shape.what} needs the key {key}, {shape.keys[key].says}")
    for key, value in data.items():
        if not shape.keys[key].holds(value):
            raise DataError(f"{where}: {key} is {shown(value)}, expected {shape.keys[key].says}")
    return dict(data)


def refuse_unknown(name: str, known: Iterable[str], where: str, what: str) -> None:
    """Raise `DataError` when a name is none of the known ones."""
    names = list(known)
    if name not in names:
        unknown(name, names, where, what)


def unknown(name: str, known: Iterable[str], where: str, what: str) -> NoReturn:
    """Raise `DataError` that says what comes near, and what there is."""
    names = list(known)
    choice = ", ".join(names) or "none"
    raise DataError(f"{where}: no {what} is called {shown(name)}.{guess(name, names)} There is: {choice}")


def guess(name: str, known: Iterable[str]) -> str:
    """Ask after the known name that comes nearest, where one does."""
    near = get_close_matches(name, list(known), n=1)
    return f" Did you mean {near[0]}?" if near else ""


def shown(value: Any) -> str:
    """Show what was found, shortened."""
    said = repr(value)
    return said if len(said) <= 80 else f"{said[:77]}..."


# --- what a key may hold --------------------------------------------------------------------


def is_text(value: Any) -> bool:
    """Say whether a value is a text that is not blank."""
    return isinstance(value, str) and bool(value.strip())


def is_whole(value: Any, least: int, most: int) -> bool:
    """Say whether a value is a whole number of a range."""
    return isinstance(value, int) and not isinstance(value, bool) and least <= value <= most


def is_number(value: Any) -> bool:
    """Say whether a value is a number with an end."""
    return isinstance(value, int | float) and not isinstance(value, bool) and isfinite(value)


def is_plain(value: Any) -> bool:
    """Say whether a value can be written as JSON: no date, no endless number."""
    if isinstance(value, Mapping):
        return all(map(is_plain, value.values()))
    if isinstance(value, list):
        return all(map(is_plain, value))
    return isinstance(value, str | bool) or is_number(value)


def text(says: str) -> Key:
    """Hold a text."""
    return Key(says, is_text)


def whole(least: int, most: int) -> Key:
    """Hold a whole number of a range."""
    return Key(f"a whole number from {least:,} to {most:,}", lambda value: is_whole(value, least, most))


def share(*, all_too: bool = False) -> Key:
    """Hold a share of a whole; of none, and of all unless `all_too`, there is nothing to say."""
    says = "a number above 0 and at most 1" if all_too else "a number above 0 and below 1"
    return Key(says, lambda value: is_number(value) and 0 < value <= 1 and (all_too or value < 1))


def choice(*names: str) -> Key:
    """Hold one of these words."""
    return Key(f"one of {', '.join(names)}", lambda value: isinstance(value, str) and value in names)


def yes() -> Key:
    """Hold true or false."""
    return Key("true or false", lambda value: isinstance(value, bool))


def table(says: str) -> Key:
    """Hold a table of plain values."""
    return Key(says, lambda value: isinstance(value, Mapping) and is_plain(value))


def several(says: str, holds: Callable[[Any], bool] = is_text, *, least: int = 1) -> Key:
    """Hold a list of different values."""

    def test(value: Any) -> bool:
        good = isinstance(value, list) and len(value) >= least and all(map(holds, value))
        return good and len(set(value)) == len(value)

    return Key(says, test)
