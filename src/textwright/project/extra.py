"""What a project needs beside the package itself comes with one line, and whoever lacks it is told which."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from textwright.errors import MissingExtraError


@contextmanager
def start_extra() -> Iterator[None]:
    """Raise `MissingExtraError` at a package that is missing; what of ours is missing is a fault of ours."""
    try:
        yield
    except ModuleNotFoundError as error:
        package = (error.name or "").partition(".")[0]
        if package in ("", "textwright"):
            raise
        raise MissingExtraError(package, "start") from error
