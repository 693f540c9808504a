"""What models cost and when they are shut down: a table in the package, with the user's own over it.

A figure is only given for a model that the table names. Everything else is unknown, which is not nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from textwright.addresses import host_of, is_this_machine
from textwright.errors import ModelError
from textwright.private import config_folder
from textwright.trust import parsed_toml

FILE = "prices.toml"
# What follows a model's name when only a date or "latest" tells it from another: gpt-4o-2024-08-06, gpt-4-0613.
DATED = re.compile(r"(.+?)[-@:](?:\d{4}-\d{2}-\d{2}|\d{8}|\d{4}|latest)")
TUNED = re.compile(r"ft:([^:]+)(?::.*)?")


@dataclass(frozen=True, slots=True)
class Price:
    """Dollars for a million tokens of the prompt, of the answer and, where known, of training; on which day."""

    prompt: float
    completion: float
    as_of: date
    training: float | None = None
    source: str = ""


FREE = Price(0.0, 0.0, date.min, source="this machine")


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the table: a model, where it is served, what it costs and when it ends."""

    name: str
    host: str = ""
    prompt: float | None = None
    completion: float | None = None
    training: float | None = None
    as_of: date | None = None
    source: str = ""
    shutdown: date | None = None

    @property
    def price(self) -> Price | None:
        """Return the price; None when only the end is known."""
        if self.prompt is None or self.completion is None or self.as_of is None:
            return None
        return Price(self.prompt, self.completion, self.as_of, self.training, self.source)


@dataclass(frozen=True, slots=True)
class Prices:
    """The table; of two entries for one model the later holds."""

    entries: tuple[Entry, ...] = ()

    def price_of(self, model: str, address: str | None = None) -> Price | None:
        """Return the price of a model, or None when it is unknown; what runs on this machine is free.

        A host's price holds for that host alone. Without an address, the model's name decides.
        """
        if address is not None and _is_here(address):
            return FREE
        host = None if address is None else host_of(address)
        found = (each.price for name in _names(model) for each in self._named(name, host))
        return next((price for price in found if price is not None), None)

    def shutdown_of(self, model: str) -> date | None:
        """Return the day on which a model, or the model that it was tuned from, is shut down, if it is known."""
        names = [*_names(model), *(name for base in _bases(model) for name in _names(base))]
        found = (each.shutdown for name in names for each in self._named(name, None))
        return next((day for day in found if day is not None), None)

    def _named(self, name: str, host: str | None) -> Iterator[Entry]:
        return (
            each for each in reversed(self.entries) if each.name == name and (host is None or each.host in ("", host))
        )


def _is_here(address: str) -> bool:
    return address.startswith("local:") or is_this_machine(host_of(address))


def _names(model: str) -> Iterator[str]:
    """Name what to look for: the model itself, and the same without its date.

    >>> list(_names("gpt-4o-2024-08-06")), list(_names("gpt-4o-mini")), list(_names("ft:gpt-4o-2024-08-06:me::a1"))
    (['gpt-4o-2024-08-06', 'gpt-4o'], ['gpt-4o-mini'], ['ft:gpt-4o-2024-08-06', 'ft:gpt-4o'])
    """
    base = TUNED.fullmatch(model)
    name = f"ft:{base[1]}" if base else model
    yield name
    dated = DATED.fullmatch(name)
    if dated:
        yield dated[1]


def _bases(model: str) -> list[str]:
    base = TUNED.fullmatch(model)
    return [base[1]] if base else []


# --- the files ------------------------------------------------------------------------------


def prices(path: Path | None = None) -> Prices:
    """Read the package's table and over it the user's own, or the one at `path`. Raise `ModelError` at a fault."""
    own = user_prices() if path is None else path
    if path is None and not own.is_file():
        return Prices(_package_entries())
    return Prices((*_package_entries(), *_read(own)))


def user_prices() -> Path:
    """Return where the user's own table stands, if there is one."""
    return config_folder() / FILE


def price_of(model: str, address: str | None = None) -> Price | None:
    """Return the price of a model from the package's and the user's table, or None when it is unknown."""
    return prices().price_of(model, address)


def shutdown_of(model: str) -> date | None:
    """Return the day on which a model is shut down, from both tables, or None when it is unknown."""
    return prices().shutdown_of(model)


@cache
def _package_entries() -> tuple[Entry, ...]:
    return _read(Path(__file__).with_name(FILE))


def _read(path: Path) -> tuple[Entry, ...]:
    try:
        data = parsed_toml(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise ModelError(f"{path}: {error.strerror or error}") from error
    except ValueError as error:  # of UTF-8 and of TOML alike
        raise ModelError(f"{path}: {error}") from error
    models = data.get("model", [])
    if set(data) - {"model"} or not isinstance(models, list):
        raise ModelError(f"{path}: holds {', '.join(data)}. Expected only [[model]] entries")
    return tuple(_entry(model, f"{path}: [[model]] number {number}") for number, model in enumerate(models, start=1))


_NUMBER, _DAY, _TEXT = "a number that is not below 0", "a day such as 2026-11-26", "a text"
EXPECTED: Mapping[str, str] = {
    **dict.fromkeys(("name", "host", "source"), _TEXT),
    **dict.fromkeys(("prompt", "completion", "training"), _NUMBER),
    **dict.fromkeys(("as_of", "shutdown"), _DAY),
}


def _entry(data: Any, where: str) -> Entry:
    if not isinstance(data, dict) or not data.get("name"):
        raise ModelError(f"{where}: has no name")
    where = f"{where} ({data['name']})"
    _check_keys(data, where)
    for key, value in data.items():
        if not _is(EXPECTED[key], value):
            raise ModelError(f"{where}: {key} is {value!r}, expected {EXPECTED[key]}")
    told = {key for key in ("prompt", "completion", "as_of") if key in data}
    if told and len(told) < 3:
        raise ModelError(f"{where}: a price needs prompt, completion and as_of; found {', '.join(sorted(told))}")
    return Entry(**data)


def _check_keys(keys: Iterable[str], where: str) -> None:
    unknown = [key for key in keys if key not in EXPECTED]
    if unknown:
        known = ", ".join(each.name for each in fields(Entry))
        raise ModelError(f"{where}: unknown key {unknown[0]!r}. Known keys: {known}")


def _is(expected: str, value: Any) -> bool:
    if expected == _TEXT:
        return isinstance(value, str)
    if expected == _DAY:
        return type(value) is date
    return isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value < float("inf")
