"""Choosing a format, refusing loss, and files that appear whole or not at all."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from textwright import formats
from textwright.errors import DataError, LossError, MissingExtraError
from textwright.formats import Options
from textwright.types import Annotation, Category, Example, Span

GOLD = Example("t-1", "Senior Nurse", Annotation((Span(0, 12, "JOB"), Span(0, 6, "LEVEL")), (Category("e", "joy"),)))


@pytest.mark.parametrize("name", ["jsonl", "doccano", "prodigy", "hugging_face", "chat", "completion"])
def test_files_that_end_alike_are_told_apart_by_content(tmp_path: Path, name: str) -> None:
    path = tmp_path / "data.jsonl"
    formats.write(path, [GOLD], format=name)
    assert formats.find_format(path).name == name


@pytest.mark.parametrize(
    ("content", "name"),
    [(b'{"text": "a"}\n', "jsonl"), (b"[]", "label_studio"), (b'[{"data": {"text": "a"}}]', "label_studio")],
)
@pytest.mark.parametrize("ending", ["", ".data", ".txt", ".json"])
def test_content_that_tells_wins_over_the_ending(tmp_path: Path, content: bytes, name: str, ending: str) -> None:
    path = tmp_path / f"data{ending}"
    path.write_bytes(content)
    assert formats.find_format(path).name == name


@pytest.mark.parametrize("name", ["jsonl", "csv", "txt", "conll", "spacy", "parquet", "json"])
def test_an_empty_file_has_the_format_of_its_ending(tmp_path: Path, name: str) -> None:
    path = tmp_path / f"data.{name}"
    path.touch()
    assert name in formats.find_format(path).endings[0] or path.suffix in formats.find_format(path).endings


def test_a_first_line_longer_than_what_is_looked_at_is_recognised(tmp_path: Path) -> None:
    path = tmp_path / "data.jsonl"
    formats.write(path, [Example("1", "x" * 200_000)])
    assert formats.find_format(path).name == "jsonl"


def test_what_is_in_the_way_does_not_choose_the_format_to_write(tmp_path: Path) -> None:
    path = tmp_path / "data.jsonl"
    formats.write(path, [GOLD], format="doccano")
    assert formats.format_to_write(path).name == "jsonl"


def test_unknown_names_and_endings_list_the_known_ones(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"unknown format 'xml'\. Known formats: chat, completion, "):
        formats.write(tmp_path / "a.jsonl", [], format="xml")
    with pytest.raises(DataError, match=r"no format is known for '\.xml'\. Name one: chat, "):
        formats.write(tmp_path / "a.xml", [])


@pytest.mark.parametrize(("name", "reason"), [("none.jsonl", "no such file"), ("", "not a file")])
def test_what_cannot_be_read_is_said(tmp_path: Path, name: str, reason: str) -> None:
    with pytest.raises(DataError, match=reason):
        formats.read(tmp_path / name)


def test_loss_is_refused_with_its_counts_and_nothing_written(tmp_path: Path) -> None:
    path = tmp_path / "texts.txt"
    path.write_text("before")
    with pytest.raises(LossError, match=r"lines cannot hold 1 categories, 2 spans\. Use --lossy to write the rest"):
        formats.write(path, [GOLD])
    assert path.read_text() == "before"
    assert formats.write(path, [GOLD], lossy=True) == {"categories": 1, "spans": 2}
    assert path.read_text() == "Senior Nurse\n"


@pytest.mark.parametrize("name", ["txt", "csv", "jsonl"])
def test_a_stream_is_written_like_a_list(tmp_path: Path, name: str) -> None:
    examples = [GOLD, Example("2", "b", meta={"n": 1}, annotator="anna", extra={"city": "Hull"})]
    formats.write(tmp_path / f"list.{name}", examples, lossy=True)
    lost = formats.write(tmp_path / f"stream.{name}", iter(examples), lossy=True)
    assert (tmp_path / f"stream.{name}").read_bytes() == (tmp_path / f"list.{name}").read_bytes()
    assert (lost == {}) == (name == "jsonl")
    assert len(list(tmp_path.iterdir())) == 2


def failing() -> Iterator[Example]:
    yield GOLD
    raise RuntimeError("killed")


@pytest.mark.parametrize("name", ["txt", "jsonl"])
def test_a_job_that_dies_leaves_the_old_file_and_nothing_else(tmp_path: Path, name: str) -> None:
    path = tmp_path / f"gold.{name}"
    path.write_text("before")
    with pytest.raises(RuntimeError):
        formats.write(path, failing(), lossy=True)
    assert (path.read_text(), list(tmp_path.iterdir())) == ("before", [path])


@pytest.mark.parametrize("name", ["jsonl", "csv", "txt"])
def test_a_full_disk_leaves_the_old_file_and_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    path = tmp_path / f"gold.{name}"
    path.write_text("before")

    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("textwright.formats.files.os.fsync", full)
    with pytest.raises(DataError, match=r"gold\..*: cannot be written: No space left on device"):
        formats.write(path, iter([GOLD]), lossy=True)
    assert (path.read_text(), list(tmp_path.iterdir())) == ("before", [path])


def test_a_file_may_be_converted_onto_itself(tmp_path: Path) -> None:
    path = tmp_path / "gold.jsonl"
    formats.write(path, [GOLD] * 3)
    formats.write(path, formats.read(path), format="doccano")
    assert len(list(formats.read(path))) == 3


def test_a_link_stays_a_link_and_rights_stay_as_they_were(tmp_path: Path) -> None:
    path, link = tmp_path / "gold.jsonl", tmp_path / "link.jsonl"
    path.touch()
    path.chmod(0o640)
    link.symlink_to(path)
    formats.write(link, [GOLD])
    assert (link.is_symlink(), list(formats.read(path)), stat.S_IMODE(path.stat().st_mode)) == (True, [GOLD], 0o640)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_what_is_no_plain_file_is_written_directly() -> None:
    formats.write(Path("/dev/null"), [GOLD], format="jsonl")
    assert not Path("/dev/null").is_file()


def test_a_folder_that_is_not_there_is_said(tmp_path: Path) -> None:
    for name in ("a.jsonl", "a.csv"):
        with pytest.raises(DataError, match="cannot be written: No such file or directory"):
            formats.write(tmp_path / "none" / name, iter([GOLD]))


def test_importing_formats_loads_no_heavy_library() -> None:
    heavy = "('numpy', 'pyarrow', 'spacy', 'pandas')"
    code = f"import sys, textwright.formats; print([m for m in {heavy} if m in sys.modules])"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"


@pytest.mark.parametrize(
    ("ending", "package", "extra"), [("parquet", "pyarrow", "parquet"), ("spacy", "spaCy", "spacy")]
)
def test_a_missing_package_names_the_line_that_installs_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ending: str, package: str, extra: str
) -> None:
    def missing(name: str) -> None:
        raise ImportError(name)

    for module in ("arrow", "spacy"):
        monkeypatch.setattr(f"textwright.formats.{module}.import_module", missing)
    with pytest.raises(MissingExtraError, match=rf"{package} is not installed.*textwright\[{extra}\]"):
        formats.write(tmp_path / f"a.{ending}", [GOLD], options=Options())
