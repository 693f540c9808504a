"""What is wrong in an experiment file is said with its place and what would do."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.experiment.file.faults import FAULTS
from tests.experiment.file.texts import SMALL, written
from textwright.errors import DataError
from textwright.experiment.file import read_experiment


@pytest.mark.parametrize(("text", "said"), FAULTS.values(), ids=FAULTS)
def test_fault_is_said_with_its_place(tmp_path: Path, text: str, said: str) -> None:
    path = written(tmp_path, text.replace("]\n[data]", "]\n[data]"))
    with pytest.raises(DataError) as raised:
        read_experiment(path)
    assert str(raised.value).startswith(str(path))
    assert said in str(raised.value)
    assert "\n" not in str(raised.value)


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\xff\xfe",
        b"a = ",
        b"[[[[",
        b"\x00",
        b"a = " + b"[" * 5000,
        b"data = 3\nmethod = 4",
        "ü".encode("latin-1"),
    ],
    ids=["empty", "utf-16", "half", "brackets", "nul", "deep", "numbers", "latin-1"],
)
def test_bytes_that_are_no_experiment_are_refused(tmp_path: Path, raw: bytes) -> None:
    path = tmp_path / "experiment.toml"
    path.write_bytes(raw)
    with pytest.raises(DataError, match=r"experiment\.toml"):
        read_experiment(path)


def test_huge_file_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "experiment.toml"
    path.write_bytes(b"#" * 5_000_000)
    with pytest.raises(DataError, match="5,000,000 bytes"):
        read_experiment(path)


def test_missing_file_and_folder_without_one_say_what_would_do(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="no such file"):
        read_experiment(tmp_path / "none.toml")
    with pytest.raises(DataError, match=r"holds no experiment\.toml"):
        read_experiment(tmp_path)


def test_byte_order_mark_is_no_fault(tmp_path: Path) -> None:
    path = tmp_path / "experiment.toml"
    path.write_bytes(b"\xef\xbb\xbf" + SMALL.encode())
    assert read_experiment(path).tests == ("test",)


def test_long_chain_of_methods_is_no_fault(tmp_path: Path) -> None:
    chain = "".join(f'[[method]]\nname = "m{i}"\nquantise = "m{i + 1}"\nprecision = "int8"\n' for i in range(1500))
    text = SMALL + chain + '[[method]]\nname = "m1500"\nmodel = "job_titles"\n'
    assert len(read_experiment(written(tmp_path, text)).methods) == 1502
