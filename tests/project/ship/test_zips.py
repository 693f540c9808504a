from __future__ import annotations

import os
import random
import subprocess
import sys
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest

from textwright.errors import DataError
from textwright.project.ship.zips import PIECE, zip_of


def test_files_come_back_as_they_were(tmp_path: Path) -> None:
    (tmp_path / "large").write_bytes(large := bytes(range(256)) * (PIECE // 100))
    whole = b"".join(zip_of({"b/empty": b"", "a.txt": "ä".encode(), "large": tmp_path / "large"}, "form"))
    with ZipFile(BytesIO(whole)) as archive:
        assert archive.testzip() is None
        assert archive.namelist() == ["form/a.txt", "form/b/empty", "form/large"]
        assert archive.read("form/large") == large
        assert archive.read("form/a.txt").decode() == "ä"


def test_the_same_files_give_the_same_bytes_whenever_they_were_written(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"x" * 1000)
    first = b"".join(zip_of({"a": tmp_path / "a", "b": b"1"}, "model"))
    os.utime(tmp_path / "a", (10, 10))
    assert b"".join(zip_of({"b": b"1", "a": tmp_path / "a"}, "model")) == first


def test_a_zip_comes_in_pieces(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(random.Random(0).randbytes(5 * PIECE))
    sizes = [len(piece) for piece in zip_of({"a": tmp_path / "a"}, "m")]
    assert max(sizes) < 2 * PIECE
    assert sum(sizes) > 5 * PIECE


def test_a_file_that_is_replaced_meanwhile_is_packed_as_it_was(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"old")
    pieces = zip_of({"a": tmp_path / "a"}, "m")
    (tmp_path / "b").write_bytes(b"new")
    (tmp_path / "b").replace(tmp_path / "a")
    with ZipFile(BytesIO(b"".join(pieces))) as archive:
        assert archive.read("m/a") == b"old"


def test_a_missing_file_is_told_before_anything_is_sent(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="gone: cannot be read: No such file"):
        zip_of({"a": tmp_path / "gone"}, "m")


def test_other_programs_unpack_it(tmp_path: Path) -> None:
    (tmp_path / "form.zip").write_bytes(b"".join(zip_of({"a/b.txt": b"hello" * 100}, "form")))
    subprocess.run([sys.executable, "-m", "zipfile", "-e", tmp_path / "form.zip", tmp_path], check=True)
    assert (tmp_path / "form/a/b.txt").read_bytes() == b"hello" * 100
