"""What a run writes: the columns and values of `predict`, with ids, whatever the input is cut into."""

from __future__ import annotations

import json
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tests.batch.tables import annotated, by_predict, rows_of, written

TEXTS = ["Head Chef, Leeds", 'a "quoted", word', "two\nlines", "", "é😀 nurse", "an x here", "Nurse"]


@pytest.mark.parametrize("kind", ["parquet", "csv", "jsonl"])
@pytest.mark.parametrize("extra", ["plain", "annotated", "labels"])
def test_a_run_writes_what_predict_writes(kind: str, extra: str, tmp_path: Path) -> None:
    more: dict[str, list[Any]] = {
        "plain": {},
        "annotated": {"spans": ['[{"start": 0, "end": 2, "label": "FIRST"}]'] + ["[]"] * 6},
        "labels": {"FIRST": ["kept"] * 7, "length": ["kept, too"] * 7},
    }[extra]
    if kind == "jsonl" and extra == "annotated":
        more = {"spans": [json.loads(each) for each in more["spans"]]}
    columns: dict[str, list[Any]] = {"id": [f"t-{i}" for i in range(7)], "text": TEXTS, "n": list(range(7)), **more}
    source = written(tmp_path / f"table.{kind}", **columns)
    done = annotated(source, tmp_path / "ours", rows_per_part=2)
    assert rows_of(tmp_path / "ours") == rows_of(by_predict(source, tmp_path / "theirs"))
    assert (done.rows, done.rejected, done.parts) == (6, 1, 4)


def test_columns_of_parquet_keep_their_types(tmp_path: Path) -> None:
    table = pa.table(
        {
            "at": pa.array([1, 2], pa.timestamp("ns", "UTC")),
            "small": pa.array([1, None], pa.int8()),
            "list": pa.array([[1.5], None], pa.list_(pa.float32())),
            "word": pa.array(["a", "b"]).dictionary_encode(),
            "text": pa.array(["Nurse", None]),
        }
    )
    pq.write_table(table, tmp_path / "table.parquet")
    annotated(tmp_path / "table.parquet", tmp_path / "out")
    found = pq.read_table(tmp_path / "out/part-000000.parquet")
    assert found.schema.names == [*table.schema.names, "FIRST", "length"]
    assert found.select(table.schema.names).equals(table.slice(0, 1))


RARE: dict[str, list[Any]] = {
    "day": [date(2026, 1, 2)],
    "at": [datetime(2026, 1, 2, 3, 4, 5)],
    "price": [Decimal("1.50")],
    "raw": [b"\xff\x00"],
    "n": [float("nan")],
    "list": [[1.5, float("inf")]],
    "text": ["Nurse"],
}


def test_dates_decimals_and_bytes_are_plain_cells_of_csv(tmp_path: Path) -> None:
    source = written(tmp_path / "a.parquet", **RARE)
    annotated(source, tmp_path / "out", format="csv")
    [row] = rows_of(tmp_path / "out")
    assert [row[name] for name in RARE] == [
        "2026-01-02",
        "2026-01-02 03:04:05",
        "1.50",
        "/wA=",
        "NaN",
        "[1.5, null]",
        "Nurse",
    ]


def test_what_json_has_no_word_for_is_still_json(tmp_path: Path) -> None:
    def refuse(word: str) -> None:
        raise AssertionError(f"{word} is not JSON")

    source = written(tmp_path / "a.parquet", **RARE)
    annotated(source, tmp_path / "out", format="jsonl")
    row = json.loads((tmp_path / "out/part-000000.jsonl").read_text(), parse_constant=refuse)
    assert (row["day"], row["price"], row["raw"]) == ("2026-01-02", "1.50", "/wA=")
    assert row["list"] == [1.5, None]
    assert row.get("n") is None


@pytest.mark.parametrize("kind", ["parquet", "csv", "jsonl"])
@pytest.mark.parametrize("to", ["parquet", "csv", "jsonl"])
def test_any_kind_becomes_any_other(kind: str, to: str, tmp_path: Path) -> None:
    source = written(tmp_path / f"table.{kind}", ref=["a", "b"], text=["Nurse, Leeds", "Chef"], n=[1, 2])
    annotated(source, tmp_path / "out", format=to, id_column="ref")
    rows = rows_of(tmp_path / "out")
    first = [row["text"][slice(*row_span(row))] if to == "jsonl" else row["FIRST"] for row in rows]
    assert first == ["Nurse,", "Chef"]
    assert [str(row["n"]) for row in rows] == ["1", "2"]
    assert [row["id"] if to == "jsonl" else row["ref"] for row in rows] == ["a", "b"]


def row_span(row: dict[str, Any]) -> tuple[int, int]:
    [span] = row["spans"]
    return span["start"], span["end"]


def test_json_lines_become_a_table_with_all_their_keys(tmp_path: Path) -> None:
    lines = [{"text": "a", "n": 1}, {"id": 7, "text": "b", "late": "x", "meta": {"k": 1}, "annotator": "me"}]
    (tmp_path / "a.jsonl").write_text("".join(json.dumps(each) + "\n" for each in lines))
    annotated(tmp_path / "a.jsonl", tmp_path / "out", format="parquet", rows_per_part=1)
    one, two = rows_of(tmp_path / "out")
    assert list(one) == ["id", "text", "n", "late", "meta", "annotator", "FIRST", "length"]
    assert (two["id"], two["late"], json.loads(two["meta"]), two["annotator"]) == ("7", "x", {"k": 1}, "me")
    assert one["late"] is None


def test_files_of_a_folder_are_one_table(tmp_path: Path) -> None:
    folder = tmp_path / "in" / "deep"
    folder.mkdir(parents=True)
    written(tmp_path / "in/a.csv", text=["one"], n=["1"])
    written(folder / "b.tsv.csv", text=["two"], m=["2"])
    written(folder / "_notes.csv", other=["passed over"])
    (tmp_path / "in/readme.md").write_text("passed over")
    annotated(tmp_path / "in", tmp_path / "in/out")
    assert [(row["text"], row.get("n"), row.get("m")) for row in rows_of(tmp_path / "in/out")] == [
        ("one", "1", ""),
        ("two", "", "2"),
    ]
    assert annotated(tmp_path / "in", tmp_path / "in/out").before == 2


def test_a_glob_names_files(tmp_path: Path) -> None:
    for name in "abc":
        written(tmp_path / f"{name}.csv", text=[name])
    annotated(f"{tmp_path}/[ab].csv", tmp_path / "out")
    assert [row["text"] for row in rows_of(tmp_path / "out")] == ["a", "b"]


@pytest.mark.parametrize("rows_per_part", [1, 2, 100])
@pytest.mark.parametrize("kind", ["parquet", "csv", "jsonl"])
@pytest.mark.parametrize("column", [True, False])
def test_a_text_without_id_gets_the_one_that_predict_gives(
    column: bool, kind: str, rows_per_part: int, tmp_path: Path
) -> None:
    texts = ["Nurse", "Cook", "Nurse", "an x", "Cook", "Nurse", "Nurse", "Chef"]
    none = "" if kind == "csv" else None
    ids = {"id": [none, none, "", none, "n-5", none, none, none]} if column else {}
    source = written(tmp_path / f"a.{kind}", text=texts, **ids)
    annotated(source, tmp_path / "ours", rows_per_part=rows_per_part)
    found = rows_of(tmp_path / "ours")
    assert found == rows_of(by_predict(source, tmp_path / "theirs"))
    assert ("id" in found[0]) == (column or kind == "jsonl")


def test_ids_count_texts_over_all_files(tmp_path: Path) -> None:
    for name in "ab":
        written(tmp_path / f"{name}.jsonl", text=["same", name])
    annotated(f"{tmp_path}/*.jsonl", tmp_path / "out")
    ids = [row["id"].partition("-") for row in rows_of(tmp_path / "out")]
    assert [number for _, _, number in ids] == ["", "", "2", ""]


def test_a_text_with_an_id_in_another_key_is_not_counted(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text('{"ref": "r", "text": "same"}\n{"text": "same"}\n')
    annotated(tmp_path / "a.jsonl", tmp_path / "out", id_column="ref")
    one, two = rows_of(tmp_path / "out")
    assert one["id"] == "r"
    assert "-" not in two["id"]


def test_labels_that_no_schema_lists_are_kept_in_the_layers(tmp_path: Path) -> None:
    source = written(tmp_path / "a.csv", text=["Nurse"])
    annotated(source, tmp_path / "out", model="python:tests.batch.models:Open")
    [part] = (tmp_path / "out").glob("part-*")
    assert part.read_text().startswith("text,spans,categories\nNurse,")
    assert '""label"": ""FIRST""' in part.read_text()
