"""`textwright features`: a row for each token, in the kind of file that is asked for."""

from __future__ import annotations

import csv
import json
import tracemalloc
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow.parquet
import pytest

from textwright.cli.features import tables, writer
from textwright.cli.reading import Counted, Record
from textwright.cli.rejects import Rejects
from textwright.types import Example
from textwright.wrangle.features.table import COLUMNS

from .conftest import Run

TEXT = 'Planning, "planner"'


@pytest.fixture(autouse=True)
def _here(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.jsonl").write_text(
        json.dumps({"id": "t-1", "text": TEXT}) + '\n{"id": "t-2", "text": ""}\n{"id": "t-3", "text": "plans"}\n'
    )


def lines_of(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines()]


def test_rows_are_json_lines_with_all_columns(run: Run) -> None:
    ran = run("features", "a.jsonl")
    rows = lines_of(ran.out)
    assert ran.status == 0
    assert all(tuple(row) == ("id", *COLUMNS) for row in rows)
    assert [(row["id"], row["document"], row["text"]) for row in rows][-2:] == [("t-1", 0, '"'), ("t-3", 2, "plans")]
    assert all(row["text"] == TEXT[row["start"] : row["end"]] for row in rows if row["id"] == "t-1")


def test_columns_are_chosen_and_ordered(run: Run) -> None:
    rows = lines_of(run("features", "a.jsonl", "--columns", "stem,text").out)
    assert rows[0] == {"id": "t-1", "stem": "plan", "text": "Planning"}
    assert list(rows[0]) == ["id", "stem", "text"]


@pytest.mark.parametrize(("name", "delimiter"), [("out.csv", ","), ("out.tsv", "\t")])
def test_a_table_of_text_holds_the_same(run: Run, name: str, delimiter: str) -> None:
    wanted = ("--columns", "start,text,stop_word")
    assert run("features", "a.jsonl", "-o", name, *wanted).status == 0
    with Path(name).open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file, delimiter=delimiter))
    assert rows[0] == ["id", "start", "text", "stop_word"]
    assert rows[1:] == [[*map(said, row.values())] for row in lines_of(run("features", "a.jsonl", *wanted).out)]


def said(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def test_parquet_holds_the_same_with_types(run: Run) -> None:
    wanted = ("--columns", "start,text,stop_word")
    assert run("features", "a.jsonl", "-o", "out.parquet", *wanted).status == 0
    table = pyarrow.parquet.read_table("out.parquet")
    assert [str(field.type) for field in table.schema] == ["string", "int64", "string", "bool"]
    assert table.to_pylist() == lines_of(run("features", "a.jsonl", *wanted).out)


def test_an_empty_file_gives_a_table_without_rows(run: Run) -> None:
    Path("a.txt").write_bytes(b"")
    assert run("features", "a.txt", "-o", "out.csv", "--columns", "text").status == 0
    assert Path("out.csv").read_text() == "id,text\n"
    assert run("features", "a.txt", "-o", "out.parquet").status == 0
    assert pyarrow.parquet.read_table("out.parquet").column_names == ["id", *COLUMNS]


def test_bad_lines_are_left_out_or_put_aside(run: Run) -> None:
    Path("bad.jsonl").write_bytes(b'{"text": "one"}\nnot json\n{"text": "two"}\n')
    ran = run("features", "bad.jsonl", "--columns", "text")
    assert (ran.status, [row["text"] for row in lines_of(ran.out)]) == (4, ["one", "two"])
    assert "1 could not be read, left out. The first: line 2" in ran.err
    assert run("features", "bad.jsonl", "--columns", "text", "--reject", "rest.jsonl").status == 4
    assert lines_of(Path("rest.jsonl").read_text())[0]["line"] == 2


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("none.txt",), "none.txt: no such file"),
        (("a.jsonl", "-o", "out.doc"), ".jsonl, .csv, .tsv, .parquet"),
        (("a.jsonl", "-o", "a.jsonl"), "a.jsonl: is the file that is read"),
        (("a.jsonl", "--columns", "colour"), "no column 'colour'"),
        (("a.jsonl", "--columns", ","), "no columns"),
    ],
)
def test_mistakes_are_told_in_a_line(run: Run, arguments: tuple[str, ...], told: str) -> None:
    ran = run("features", *arguments)
    assert (ran.status, ran.out, ran.err.count("\n")) == (2, "", 1)
    assert told in ran.err


def test_memory_does_not_grow_with_the_texts(tmp_path: Path) -> None:
    peak(tmp_path / "first.csv", 2)
    few, many = peak(tmp_path / "few.csv", 4), peak(tmp_path / "many.csv", 40)
    assert many < 3 * few  # of ten times the texts


def peak(path: Path, batches: int) -> int:
    """Write tables of so many batches of 50 texts; return the most memory that was held at once."""

    def records() -> Iterator[list[Record]]:
        for batch in range(batches):
            yield [Record(i, Example(f"{batch}-{i}", f"Planner {i % 9} of the planning")) for i in range(50)]

    wanted = ("start", "text", "shape", "stem")
    tracemalloc.start()
    with writer(path, ".csv", ("id", *wanted)) as write:
        for part in tables(Counted(records()), wanted, Rejects()):
            write(part)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return most
