"""Values that show themselves in a notebook, drawn by whoever knows how.

Plain data stand in the lowest layers, which know nothing of those that can draw them. So a value only asks to
be drawn; the root package says by name who draws it, and that is loaded when a notebook asks. `_repr_html_` is
what Jupyter, marimo and all others look for, so nothing needs to be registered with any of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module

_PLACES: dict[str, tuple[str, str]] = {}


def show_with(module: str, functions: Mapping[str, str]) -> None:
    """Say which function of a module draws the values of which class, by the class's name."""
    _PLACES.update({name: (module, function) for name, function in functions.items()})


class Shown:
    """Draws itself in a notebook; a class of which nobody said how has its `repr` there."""

    __slots__ = ()

    def _repr_html_(self) -> str | None:
        places = (_PLACES[each.__name__] for each in type(self).__mro__ if each.__name__ in _PLACES)
        place = next(places, None)
        if place is None:
            return None
        module, function = place
        drawn: str = getattr(import_module(module), function)(self)
        return drawn
