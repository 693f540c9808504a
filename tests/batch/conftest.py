"""Running the command as a user does; tasks are done in this process."""

from __future__ import annotations

import pytest

from tests.batch.tables import in_this_process
from tests.cli.conftest import run

__all__ = ["run"]


@pytest.fixture(autouse=True)
def no_processes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("textwright.batch.run.hand_out", in_this_process)
    monkeypatch.setattr("textwright.batch.table.use_this_machine", lambda: None)
