from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from textwright import formats
from textwright.cli import main
from textwright.errors import DataError
from textwright.formats.other_kinds import BEGINNINGS

PACKED = gzip.compress(b'{"id": "a", "text": "Nurse", "spans": []}\n')


@pytest.mark.parametrize("beginning", BEGINNINGS)
@pytest.mark.parametrize("ending", ["jsonl", "csv", "txt", "xlsx"])
def test_what_holds_no_plain_text_is_named_with_what_would_help(beginning: bytes, ending: str, tmp_path: Path) -> None:
    path = tmp_path / f"titles.{ending}"
    path.write_bytes(beginning + b"\n\x00 more")
    with pytest.raises(DataError) as raised:
        formats.find_format(path)
    assert str(raised.value) == f"{path}: this is {BEGINNINGS[beginning]}"


@pytest.mark.parametrize("ending", ["jsonl", "jsonl.gz", "xlsx", "csv"])
@pytest.mark.parametrize("command", ["predict", "evaluate"])
def test_commands_refuse_it_and_read_nothing(
    command: str, ending: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / f"titles.{ending}"
    path.write_bytes(PACKED)
    assert main([command, "job_titles.split", str(path)]) == 2
    written = capsys.readouterr()
    assert (written.out, written.err) == ("", f"textwright: {path}: this is compressed. Unpack it first\n")


def test_a_text_may_begin_as_a_file_is_named() -> None:
    assert not any(f"{word} designer".encode().startswith(tuple(BEGINNINGS)) for word in ("PDF", "PK", "GIF", "SQLite"))
