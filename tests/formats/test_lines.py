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


def test_a_broken_line_of_a_file_in_utf8_is_rejected(tmp_path: Path) -> None:
    rejected, told = list[Rejected](), list[str]()
    path = tmp_path / "titles.txt"
    path.write_bytes(b"Nurse\nCaf\xe9\nCr\xc3\xaape\n")
    found = formats.read(path, options=Options(on_reject=rejected.append, on_warning=told.append))
    assert [each.text for each in found] == ["Nurse", "Crêpe"]
    reason = r"not UTF-8 at byte 3 of the line (b'\xe9'). Save the file as UTF-8"
    assert ([(each.line, each.reason) for each in rejected], told) == ([(2, reason)], [])


def test_a_file_in_windows_1252_is_read_as_a_whole_and_said_to_be(tmp_path: Path) -> None:
    told: list[str] = []
    path = tmp_path / "titles.txt"
    path.write_bytes("Nurse\r\nUX – £500, Zürich\r\n\r\nCafé\r\nKöln".encode("cp1252"))
    found = formats.read(path, options=Options(on_warning=told.append))
    assert [each.text for each in found] == ["Nurse", "UX – £500, Zürich", "", "Café", "Köln"]
    assert told == [f"{path}: not UTF-8 near byte 10: read as Windows-1252; save it as UTF-8 if letters are wrong"]


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"Caf\xe9\n" * 3 + b"Cr\xc3\xaape\n", id="a line in UTF-8"),
        pytest.param(b"\xef\xbb\xbfCaf\xe9\n" + b"Caf\xe9\n" * 3, id="the mark of UTF-8"),
        pytest.param(b"Caf\xe9\n" * 3 + b"Nurse\x81\n", id="a byte that Windows-1252 lacks"),
        pytest.param(b"Caf\xe9\n" * 3 + b"Nur\x00se\n", id="a zero byte"),
        pytest.param(b"Caf\xe9\nNurse\nK\xf6ln\n", id="two lines"),
    ],
)
def test_what_is_no_windows_1252_is_told_line_by_line(tmp_path: Path, content: bytes) -> None:
    rejected: list[Rejected] = []
    path = tmp_path / "titles.txt"
    path.write_bytes(content)
    list(formats.read(path, options=Options(on_reject=rejected.append)))
    assert rejected[0].line == 1


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf16_is_not_taken_for_windows_1252(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "titles.txt"
    path.write_bytes("\ufeff看護師".encode(encoding))
    with pytest.raises(DataError, match="the file is UTF-16"):
        list(formats.read(path))


def test_what_lines_cannot_hold_is_counted_and_written_as_near_as_can_be(tmp_path: Path) -> None:
    path = tmp_path / "titles.txt"
    lost = formats.write(path, [Example("1", "\ufeffa\r\nb\nc\rd", meta={"n": 1})], lossy=True)
    assert lost == {"line breaks": 3, "byte order marks": 1, "meta": 1}
    assert path.read_bytes() == b"a b c d\n"


@pytest.mark.parametrize("content", [b"a\x00b", b"Nurse\n"])
def test_a_file_without_an_ending_is_not_taken_for_lines(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "data"
    path.write_bytes(content)
    with pytest.raises(DataError, match="no format is known for ''"):
        formats.find_format(path)
