"""What an application tells of a request for counters and log: never anything of its texts."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.types import Scope

KEY = "textwright"


@dataclass(slots=True)
class Told:
    """Its name, the model and how many texts it was asked for, and the problem that it ended with."""

    id: str = ""
    model: str | None = None
    texts: int | None = None
    problem: str | None = None


def told(scope: Scope) -> Told:
    """Return the note that goes along with a request, a lost one where nobody asked for any."""
    found: Told = scope.get(KEY) or Told()
    return found
