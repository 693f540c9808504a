"""What is wrong with a rule set: raised one at a time, or collected to be shown together."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from textwright.errors import ModelError

Report = Callable[[str], None]


def raise_fault(message: str) -> None:
    """Raise `ModelError`: the way to report when the first fault ends the work."""
    raise ModelError(message)


def within(place: str, report: Report) -> Report:
    """Make a report that puts a place before each message."""
    return lambda message: report(f"{place}, {message}")


@contextmanager
def at(place: str, report: Report) -> Iterator[None]:
    """Report a fault that is raised inside with the place where it is, and go on.

    >>> found = []
    >>> with at("rule 'x'", found.append):
    ...     raise ModelError("unknown kind <y>")
    >>> found
    ["rule 'x': unknown kind <y>"]
    """
    try:
        yield
    except ModelError as error:
        report(f"{place}: {error}")
