"""What a run writes: the columns and values of `predict`, every row once, rejects aside."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from shutil import rmtree
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tests.batch.tables import FIRST, files_of, in_this_process, rejects_of, rows_of
from tests.cli.conftest import Ran
from textwright.batch import Settings, Summary, annotate_table
from textwright.cli import main
from textwright.errors import DataError, ModelError

TEXTS = ["Head Chef, Leeds", 'a "quoted", word', "two\nlines", "", "é😀 nurse", "an x here", "Nurse"]


@pytest.fixture(autouse=True)
def no_processes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("textwright.batch.run.hand_out", in_this_process)
    monkeypatch.setattr("textwright.batch.table.use_this_machine", lambda: None)


def annotated(
    source: Path | str,
    out: Path,
    model: str = FIRST,
    again: bool = False,
    tell: Callable[[str], None] = lambda _: None,
    **settings: Any,
) -> Summary:
    return annotate_table(model, source, out, settings=Settings(**settings), workers=1, again=again, tell=tell)


def written(path: Path, **columns: list[Any]) -> Path:
    """Write a table of the kind that the ending names."""
    rows = [dict(zip(columns, values, strict=True)) for values in zip(*columns.values(), strict=True)]
    if path.suffix == ".parquet":
        pq.write_table(pa.table(columns), path)
    elif path.suffix == ".jsonl":
        path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    else:
        from textwright.formats.csv import write_rows

        write_rows(path, list(columns), [list(row.values()) for row in rows])
    return path


def by_predict(source: Path, out: Path) -> Path:
    """Let `predict` write the same into one file in a folder."""
    out.mkdir()
    status = main(
        ["predict", FIRST, str(source), "-o", str(out / f"part-0{source.suffix}"), "--reject", str(out / "no")]
    )
    assert status in {0, 4}
    return out


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


# --- rejects ----------------------------------------------------------------------------------


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
    assert said == [f"{path}: not UTF-8: read as Windows-1252"]


def test_the_manifest_says_what_was_done(tmp_path: Path) -> None:
    source = written(tmp_path / "a.csv", text=["one", "x", "three"])
    annotated(source, tmp_path / "out", rows_per_part=2)
    manifest = json.loads((tmp_path / "out/manifest.json").read_text())
    assert manifest["model"]["reference"] == FIRST
    assert manifest["inputs"][0]["path"] == str(source)
    assert manifest["inputs"][0]["size"] == source.stat().st_size
    assert (manifest["rows"], manifest["rejected"], manifest["parts"], manifest["inputs"][0]["rows"]) == (2, 1, 2, 3)
    assert manifest["columns"] == ["text", "FIRST", "length"]


# --- going on ---------------------------------------------------------------------------------


def test_a_run_that_lost_parts_makes_those_again(tmp_path: Path) -> None:
    source = written(tmp_path / "a.csv", text=[f"word {i}" for i in range(9)] + ["x"])
    annotated(source, tmp_path / "whole", rows_per_part=2)
    annotated(source, tmp_path / "out", rows_per_part=2)
    (tmp_path / "out/.batch/done/000002.json").unlink()
    (tmp_path / "out/.batch/done/000004.json").unlink()
    (tmp_path / "out/part-000002.csv").unlink()
    (tmp_path / "out/.part-000004.1234.csv").write_text("half a pa")
    done = annotated(source, tmp_path / "out", rows_per_part=2)
    assert (done.before, done.rows, done.rejected) == (3, 9, 1)
    assert files_of(tmp_path / "out") == files_of(tmp_path / "whole")
    assert not (tmp_path / "out/.part-000004.1234.csv").exists()


def test_a_part_that_is_gone_or_cut_short_is_made_again(tmp_path: Path) -> None:
    said: list[str] = []
    source = written(tmp_path / "a.csv", text=[f"word {i}" for i in range(9)] + ["x"])
    annotated(source, tmp_path / "out", rows_per_part=2)
    whole = files_of(tmp_path / "out")
    (tmp_path / "out/part-000001.csv").unlink()
    (tmp_path / "out/part-000002.csv").write_bytes(whole["part-000002.csv"][:-3])
    (tmp_path / "out/rejects/part-000004.jsonl").unlink()
    done = annotated(source, tmp_path / "out", tell=said.append, rows_per_part=2)
    assert (done.before, done.rows, done.rejected) == (2, 9, 1)
    assert files_of(tmp_path / "out") == whole
    assert said == ["made again: 3 parts whose files are gone or cut short"]


def test_an_earlier_try_leaves_no_reject_of_a_row_that_has_an_answer(tmp_path: Path) -> None:
    source = written(tmp_path / "a.csv", text=["one"])
    annotated(source, tmp_path / "out")
    (tmp_path / "out/rejects").mkdir()
    (tmp_path / "out/rejects/part-000000.jsonl").write_text("{}\n")
    annotated(source, tmp_path / "out")
    assert rejects_of(tmp_path / "out") == []


def test_a_run_that_was_done_can_begin_anew_without_its_notes(tmp_path: Path) -> None:
    source = written(tmp_path / "a.csv", text=["one"])
    annotated(source, tmp_path / "out")
    rmtree(tmp_path / "out/.batch")
    with pytest.raises(DataError, match=r"holds a run that was done, without its \.batch.* begin anew with --again"):
        annotated(source, tmp_path / "out")
    assert annotated(source, tmp_path / "out", again=True).before == 0


def test_a_run_that_is_stopped_says_that_it_goes_on(tmp_path: Path, run: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def stopped(*_: object, **__: object) -> Any:
        raise KeyboardInterrupt

    ended: list[bool] = []
    monkeypatch.setattr("textwright.batch.run.hand_out", stopped)
    monkeypatch.setattr("textwright.cli.batch.end_at_once", lambda: ended.append(True))
    ran: Ran = run("batch", FIRST, written(tmp_path / "a.csv", text=["one"]), "-o", tmp_path / "out")
    assert (ran.status, ended) == (130, [True])
    assert "textwright: stopped. The same command goes on where it was" in ran.err


def test_a_finished_run_is_told_again(tmp_path: Path) -> None:
    source = written(tmp_path / "a.csv", text=["one", "x"])
    first = annotated(source, tmp_path / "out")
    manifest = (tmp_path / "out/manifest.json").read_text()
    again = annotated(source, tmp_path / "out")
    assert (again.rows, again.rejected, again.before) == (first.rows, first.rejected, 1)
    assert (tmp_path / "out/manifest.json").read_text() == manifest


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"model": "python:tests.batch.models:Slow"}, "the model was python:tests.batch.models:First"),
        ({"rows_per_part": 5}, "rows_per_part was 50000, now 5"),
        ({"format": "jsonl"}, "format was None, now 'jsonl'"),
    ],
)
def test_another_run_is_not_mixed_with_the_one_that_is_there(change: Any, told: str, tmp_path: Path) -> None:
    source = written(tmp_path / "a.csv", text=["one"])
    annotated(source, tmp_path / "out")
    before = files_of(tmp_path / "out")
    with pytest.raises(DataError, match=told):
        annotated(source, tmp_path / "out", **change)
    assert files_of(tmp_path / "out") == before
    assert annotated(source, tmp_path / "out", again=True, **change).before == 0


def test_a_changed_input_is_noticed(tmp_path: Path) -> None:
    source = written(tmp_path / "a.csv", text=["one"])
    annotated(source, tmp_path / "out")
    written(source, text=["two"])
    with pytest.raises(
        DataError, match=r"a\.csv was changed\. Name another folder with -o, or begin anew with --again"
    ):
        annotated(source, tmp_path / "out")
    annotated(source, tmp_path / "out", again=True)
    assert [row["text"] for row in rows_of(tmp_path / "out")] == ["two"]


def test_a_changed_model_is_noticed(tmp_path: Path) -> None:
    rules = tmp_path / "rules"
    main(["rules", "new", str(rules)])
    source = written(tmp_path / "a.csv", text=["one"])
    annotated(source, tmp_path / "out", model=f"{rules}/")
    config = next(each for each in sorted(rules.rglob("*.txt")))
    config.write_text(config.read_text() + "\nwelder\n")
    with pytest.raises(DataError, match=r"the model .* was changed since"):
        annotated(source, tmp_path / "out", model=f"{rules}/")


def test_beginning_anew_takes_away_nothing_but_parts(tmp_path: Path) -> None:
    source = written(tmp_path / "a.csv", text=["one", "x"])
    annotated(source, tmp_path / "out")
    (tmp_path / "out/part-of.speech.csv").write_text("mine")
    annotated(source, tmp_path / "out", again=True, format="jsonl")
    assert (tmp_path / "out/part-of.speech.csv").read_text() == "mine"
    assert not (tmp_path / "out/part-000000.csv").exists()


# --- what cannot be -----------------------------------------------------------------------------


def test_a_folder_of_something_else_is_left_alone(tmp_path: Path) -> None:
    source = written(tmp_path / "a.csv", text=["one"])
    with pytest.raises(DataError, match=r"holds a\.csv and no run of batch"):
        annotated(source, tmp_path)


@pytest.mark.parametrize(
    ("source", "told"),
    [
        ("no.csv", "no such file or folder"),
        ("*.csv", "no file that could be read"),
        ("a.txt", "batch reads parquet, csv, jsonl"),
        ("mixed", "holds csv and jsonl files"),
        ("s3:/nothing", "no such file"),
    ],
)
def test_input_that_cannot_be_read_is_refused(source: str, told: str, tmp_path: Path, monkeypatch: Any) -> None:
    monkeypatch.syspath_prepend(str(Path.cwd()))
    monkeypatch.chdir(tmp_path)
    Path("a.txt").write_text("a text")
    Path("mixed").mkdir()
    written(Path("mixed/a.csv"), text=["a"])
    written(Path("mixed/a.jsonl"), text=["a"])
    with pytest.raises(DataError, match=told):
        annotated(source, tmp_path / "out")


def test_a_model_that_is_none_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ModelError):
        annotated(written(tmp_path / "a.csv", text=["a"]), tmp_path / "out", model="no_such_model")


def test_two_runs_do_not_share_a_folder(tmp_path: Path) -> None:
    from textwright.batch.folder import Folder

    source = written(tmp_path / "a.csv", text=["one"])
    folder = Folder(tmp_path / "out")
    folder.prepare()
    with folder.locked(), pytest.raises(DataError, match=r"another textwright batch is at work in it$") as refused:
        annotated(source, tmp_path / "out")
    assert refused.value.__cause__ is None  # the command would print it


def test_no_workers_are_refused(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="0 workers: at least 1"):
        annotate_table(FIRST, written(tmp_path / "a.csv", text=["one"]), tmp_path / "out", workers=0)


def test_a_full_disk_is_said_in_a_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    source = written(tmp_path / "a.csv", text=["one"])
    monkeypatch.setattr("textwright.batch.write.write_rows", full)
    with pytest.raises(DataError, match=r"part-000000\.csv: cannot be written: No space left"):
        annotated(source, tmp_path / "out")
    monkeypatch.undo()
    monkeypatch.setattr("textwright.batch.run.hand_out", in_this_process)
    assert annotated(source, tmp_path / "out").rows == 1


def test_an_input_that_changes_meanwhile_is_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = written(tmp_path / "a.csv", text=["one"])

    def meanwhile(*arguments: Any, **options: Any) -> Any:
        source.write_text("text\nanother\n")
        return in_this_process(*arguments, **options)

    monkeypatch.setattr("textwright.batch.run.hand_out", meanwhile)
    with pytest.raises(DataError, match=r"a\.csv: was changed while it was read"):
        annotated(source, tmp_path / "out")


def test_the_command_says_what_it_did(tmp_path: Path, run: Any) -> None:
    source = written(tmp_path / "a.csv", headline=["one", "x"])
    ran: Ran = run("batch", FIRST, source, "-o", tmp_path / "out", "--column", "headline")
    assert ran.status == 4
    assert ran.out == ""
    assert "1 row in 1 part" in ran.err
    assert "1 without an answer, in" in ran.err
    assert run("batch", FIRST, source, "-o", tmp_path / "other").status == 2
