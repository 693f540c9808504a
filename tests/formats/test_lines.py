"""Plain lines."""

from __future__ import annotations

from pathlib import Path

import pytest

from textwright import formats
from textwright.errors import DataError
from textwright.formats import Options, Rejected
from textwright.types import Example


def test_every_line_is_a_text_blank_ones_too(tmp_path: Path) -> None:
    path = tmp_path / "titles.txt"
    path.write_bytes("\ufeffNurse \r\n\n Porter\u2028x\nlast".encode())
    assert [each.text for each in formats.read(path)] == ["Nurse ", "", " Porter\u2028x", "last"]


def test_a_line_that_is_not_utf8_is_rejected(tmp_path: Path) -> None:
    rejected: list[Rejected] = []
    path = tmp_path / "titles.txt"
    path.write_bytes(b"Nurse\nCaf\xe9\nPorter\n")
    found = formats.read(path, options=Options(on_reject=rejected.append))
    assert [each.text for each in found] == ["Nurse", "Porter"]
    assert (rejected[0].line, rejected[0].reason) == (2, r"not UTF-8 at byte 3 of the line (b'\xe9')")


def test_what_lines_cannot_hold_is_counted_and_written_as_near_as_can_be(tmp_path: Path) -> None:
    path = tmp_path / "titles.txt"
    lost = formats.write(path, [Example("1", "\ufeffa\r\nb\nc\rd", meta={"n": 1})], lossy=True)
    assert lost == {"line breaks": 3, "byte order marks": 1, "meta": 1}
    assert path.read_bytes() == b"a b c d\n"


@pytest.mark.parametrize("content", [b"\x1f\x8b\x08gzip", b"a\x00b", b"Nurse\n"])
def test_a_file_without_an_ending_is_not_taken_for_lines(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "data"
    path.write_bytes(content)
    with pytest.raises(DataError, match="no format is known for ''"):
        formats.find_format(path)
