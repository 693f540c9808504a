"""Running the command as a user does."""

from __future__ import annotations

from tests.cli.conftest import run

__all__ = ["run"]
