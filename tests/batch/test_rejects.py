"""What has no text or no answer is put aside, and told; the manifest counts it."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tests.batch.tables import FIRST, annotated, rejects_of, rows_of, written


def test_what_has_no_answer_is_put_aside_with_its_place(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text('text,n\ngood,1\nmax,2\nshort\n"bro"ken,3\n"two\nlines",4\n')
    done = annotated(tmp_path / "a.csv", tmp_path / "out", rows_per_part=2)
    path = str(tmp_path / "a.csv")
    assert [(line["file"], line["row"], line["reason"], line["text"]) for line in rejects_of(tmp_path / "out")] == [
        (path, 2, "an x is too much", "max"),
        (path, 3, "the row has 1 cells, the heading 2", "short"),
        (path, 4, "broken quoting: ',' expected after '\"'", '"bro"ken,3'),
    ]
    assert [row["text"] for row in rows_of(tmp_path / "out")] == ["good", "two\nlines"]
    assert (done.rows, done.rejected) == (2, 3)


def test_rows_of_parquet_without_text_are_put_aside(tmp_path: Path) -> None:
    source = written(tmp_path / "a.parquet", text=["a", None, "b"], n=[1, 2, 3])
    annotated(source, tmp_path / "out")
    assert [(line["row"], line["reason"]) for line in rejects_of(tmp_path / "out")] == [
        (2, "the column 'text' holds None, expected a text")
    ]
    assert [row["n"] for row in rows_of(tmp_path / "out")] == [1, 3]


@pytest.mark.parametrize("kind", ["parquet", "csv", "jsonl"])
@pytest.mark.parametrize("to", ["parquet", "csv", "jsonl"])
def test_a_reject_holds_the_whole_record(kind: str, to: str, tmp_path: Path) -> None:
    source = written(tmp_path / f"a.{kind}", id=["i", "j"], text=["an x", "good"], n=["1", "2"], rare=["é", "f"])
    annotated(source, tmp_path / "out", format=to)
    [line] = rejects_of(tmp_path / "out")
    assert line["record"] == {"id": "i", "text": "an x", "n": "1", "rare": "é"}
    assert (line["id"], line["text"]) == ("i", "an x")


def test_a_row_without_text_is_put_aside_with_all_its_columns(tmp_path: Path) -> None:
    at = pa.array([1_500_000_001, 2], pa.timestamp("ns"))
    table = pa.table({"id": ["2", "3"], "text": [None, "b"], "day": [date(2026, 1, 2), None], "at": at})
    pq.write_table(table, tmp_path / "a.parquet")
    annotated(tmp_path / "a.parquet", tmp_path / "out")
    [line] = rejects_of(tmp_path / "out")
    expected = {"id": "2", "text": None, "day": "2026-01-02", "at": "1970-01-01 00:00:01.500000001"}
    assert line["record"] == json.loads(line["text"]) == expected


@pytest.mark.parametrize("texts", [[], ["x"]])
def test_a_run_without_rows_still_writes_a_table(texts: list[str], tmp_path: Path) -> None:
    source = tmp_path / "a.csv"
    source.write_text("text,n\n" + "".join(f"{text},1\n" for text in texts))
    assert annotated(source, tmp_path / "out", format="parquet").rejected == len(texts)
    [part] = (tmp_path / "out").glob("part-*")
    assert pq.read_table(part).schema.names == ["text", "n", "FIRST", "length"]
    assert rows_of(tmp_path / "out") == []
    assert json.loads((tmp_path / "out/manifest.json").read_text())["rows"] == 0
    assert annotated(source, tmp_path / "out", format="parquet").before == len(texts)


@pytest.mark.parametrize(("texts", "told"), [(["x", "max", "good"], True), (["good", "fine", "x"], False)])
def test_a_first_part_without_an_answer_is_told(texts: list[str], told: bool, tmp_path: Path) -> None:
    said: list[str] = []
    source = written(tmp_path / "a.csv", text=texts)
    annotated(source, tmp_path / "out", tell=said.append, rows_per_part=2)
    expected = (
        "part 0 has no answer to any of its 2 rows; to the first: an x is too much. "
        "The run goes on; stop it if the model or the column is not the right one"
    )
    assert said == ([expected] if told else [])


def test_an_encoding_that_was_guessed_is_told(tmp_path: Path) -> None:
    said: list[str] = []
    path = tmp_path / "a.csv"
    path.write_bytes("text\ncafé\n".encode("cp1252"))
    annotated(path, tmp_path / "out", tell=said.append)
    assert said == [f"{path}: not UTF-8: read as Windows-1252; save it as UTF-8 if letters are wrong"]


def test_the_manifest_says_what_was_done(tmp_path: Path) -> None:
    source = written(tmp_path / "a.csv", text=["one", "x", "three"])
    annotated(source, tmp_path / "out", rows_per_part=2)
    manifest = json.loads((tmp_path / "out/manifest.json").read_text())
    assert manifest["model"]["reference"] == FIRST
    assert manifest["inputs"][0]["path"] == str(source)
    assert manifest["inputs"][0]["size"] == source.stat().st_size
    assert (manifest["rows"], manifest["rejected"], manifest["parts"], manifest["inputs"][0]["rows"]) == (2, 1, 2, 3)
    assert manifest["columns"] == ["text", "FIRST", "length"]
