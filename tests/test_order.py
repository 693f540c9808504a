"""The files that begin are there: a name that leads nowhere would quietly bring its file to the end."""

from __future__ import annotations

from tests.conftest import LONG, ROOT


def test_the_files_that_begin_are_there() -> None:
    assert [name for name in LONG if not (ROOT / name).is_file()] == []
