"""Packages that fetch each public name from its module when it is first used."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from importlib import import_module
from types import ModuleType
from typing import Any


class LazyPackage(ModuleType):
    """Keeps a name the function where Python would put the module or folder of the same name in its place."""

    home_of: Mapping[str, str] = {}

    def __getattr__(self, name: str) -> Any:
        """Fetch a public name from its module, once."""
        if name not in self.home_of:
            raise AttributeError(f"module {self.__name__!r} has no attribute {name!r}")
        value = getattr(import_module(f"{self.__name__}.{self.home_of[name]}"), name)
        vars(self)[name] = value
        return value

    def __setattr__(self, name: str, value: object) -> None:
        if not (isinstance(value, ModuleType) and name in self.home_of):
            super().__setattr__(name, value)

    def __dir__(self) -> list[str]:
        """List the public names before they are fetched."""
        return sorted({*vars(self), *self.home_of})


def fetch_names(package: str, homes: Mapping[str, Sequence[str]]) -> None:
    """Make an imported package lazy: `homes` names the modules in it and what each holds."""
    module = sys.modules[package]
    module.__class__ = LazyPackage
    vars(module)["home_of"] = {name: home for home, names in homes.items() for name in names}
