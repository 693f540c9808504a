"""Every record is read exactly once, wherever a file is cut."""

from __future__ import annotations

import csv
import gzip
import io
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.batch.tables import planned, records_of
from textwright import formats
from textwright.batch.csv_lines import pieces_of_csv
from textwright.batch.pieces import Piece, in_stretches
from textwright.batch.read import Reader, csv_rows
from textwright.errors import DataError

quick = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
ends = st.sampled_from(["\n", "\r\n", "\r"])
# Also what no writer would write: quotes in the middle, quotes that nobody closes, lines of white space.
loose = st.text(st.sampled_from('ab"\n\r,é \u2028😀'), max_size=40)
cells = st.text(st.sampled_from('ab",\n\ré '), max_size=6)
Said = list[tuple[str, str]]


@st.composite
def tables(draw: st.DrawFn) -> str:
    """Make a table as a writer would, or one of loose characters."""
    end = draw(ends)
    if draw(st.booleans()):
        return f"text,n{end}{draw(loose)}"
    file = io.StringIO(newline="")
    writer = csv.writer(file, lineterminator=end)
    writer.writerows([("text", "n"), *draw(st.lists(st.tuples(cells, cells), max_size=8))])
    return file.getvalue().removesuffix(end if draw(st.booleans()) else "")


def said_by_predict(path: Path) -> Said:
    """Return what the readers of `predict` make of a file: texts, and what they reject."""
    said: Said = []
    options = formats.Options(on_reject=lambda bad: said.append(("rejected", bad.text)), on_warning=lambda _: None)
    for example in formats.read(path, format=path.suffix[1:], options=options):
        said.append(("text", example.text))
    # A byte order mark alone in its line is a bad line to them; here it is a blank one.
    return sorted(each for each in said if each != ("rejected", ""))


def said_in_tasks(path: Path, rows: int) -> Said:
    records = records_of(planned(path, rows_per_part=rows))
    return sorted(("rejected", each.raw) if each.example is None else ("text", each.example.text) for each in records)


@quick
@given(table=tables(), rows=st.integers(1, 5), encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]))
def test_each_row_of_csv_is_read_once(table: str, rows: int, encoding: str, tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    path.write_bytes(table.encode(encoding))
    assert said_in_tasks(path, rows) == said_by_predict(path)


@quick
@given(
    lines=st.lists(
        st.sampled_from(['{"text": "a b"}', '{"text": "é😀\u2028"}', "", " ", "{bad", '{"text": 1}']), max_size=9
    ),
    end=st.sampled_from(["\n", "\r\n"]),
    rows=st.integers(1, 4),
    bom=st.booleans(),
    last=st.booleans(),
)
def test_each_json_line_is_read_once(
    lines: list[str], end: str, rows: int, bom: bool, last: bool, tmp_path: Path
) -> None:
    path = tmp_path / "lines.jsonl"
    path.write_bytes((end.join(lines) + end * last).encode("utf-8-sig" if bom else "utf-8"))
    assert said_in_tasks(path, rows) == said_by_predict(path)


@quick
@given(table=loose, size=st.integers(1, 20))
def test_stretches_of_bytes_are_the_whole_table(table: str, size: int) -> None:
    whole = table.encode()
    lines = iter(io.StringIO(table, newline=""))
    cuts = list(in_stretches(pieces_of_csv(lines, ","), start=0, rows=99, size=size))
    parts = [row for cut in cuts for row in csv_rows(whole[cut.start : cut.stop].decode(), ",")]
    assert parts == list(csv_rows(table, ","))
    assert sum(cut.rows for cut in cuts) == len(parts)


def test_a_part_ends_where_it_is_large_enough() -> None:
    cuts = in_stretches([Piece(10, 1, 1)] * 5, start=0, rows=100, size=20)
    assert [(cut.start, cut.stop, cut.first, cut.rows) for cut in cuts] == [
        (0, 20, 1, 2),
        (20, 40, 3, 2),
        (40, 50, 5, 1),
    ]


@pytest.mark.parametrize("ending", [".csv", ".csv.gz", ".csv.zst", ".csv.bz2"])
def test_packed_files_are_read_as_plain_ones(ending: str, tmp_path: Path) -> None:
    content = b"text,n\n" + b'"a ""b"",\nc",1\nd,2\n' * 50
    path = tmp_path / f"table{ending}"
    with pa.output_stream(str(path), compression="detect" if ending != ".csv" else None) as file:
        file.write(content)
    texts = [each.example.text for each in records_of(planned(path, rows_per_part=7)) if each.example]
    assert texts == ['a "b",\nc', "d"] * 50


def test_a_file_of_several_packed_pieces_is_read_to_its_end(tmp_path: Path) -> None:
    path = tmp_path / "lines.jsonl.gz"
    path.write_bytes(gzip.compress(b'{"text": "a"}\n') + gzip.compress(b'{"text": "b"}\n'))
    assert [each.example.text for each in records_of(planned(path)) if each.example] == ["a", "b"]


def test_packed_files_can_be_read_backwards(tmp_path: Path) -> None:
    path = tmp_path / "lines.jsonl.gz"
    path.write_bytes(gzip.compress(b"".join(b'{"text": "%d"}\n' % i for i in range(9))))
    plan = planned(path, rows_per_part=2)
    reader = Reader(plan)
    found = [each.example.text for task in reversed(plan.tasks) for each in reader.read(task).records if each.example]
    assert found == ["8", "6", "7", "4", "5", "2", "3", "0", "1"]


@pytest.mark.parametrize("group", [1, 3, 100])
def test_rows_of_parquet_are_read_in_any_order(group: int, tmp_path: Path) -> None:
    path = tmp_path / "table.parquet"
    pq.write_table(pa.table({"text": [str(i) for i in range(20)]}), path, row_group_size=group)
    plan = planned(path, rows_per_part=4)
    reader = Reader(plan)
    found = {task.part: [each.row for each in reader.read(task).records] for task in plan.tasks[::2] + plan.tasks[1::2]}
    assert [row for part in sorted(found) for row in found[part]] == list(range(1, 21))


def test_tables_in_windows_encoding_are_read(tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    path.write_bytes("text\ncafé\nnaïve\n".encode("cp1252"))
    assert [each.example.text for each in records_of(planned(path, rows_per_part=1)) if each.example] == [
        "café",
        "naïve",
    ]


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("a.csv", b"n\n1\n", "no column 'text'. Columns: n"),
        ("a.csv", b"", "Columns: none"),
        ("a.csv", b"text,text\n", "stands twice"),
        ("a.csv", b"text\n\x81\xff\n", "neither UTF-8 nor cp1252"),
        ("a.jsonl", '{"text": "a"}\n'.encode("utf-16"), "UTF-16"),
        ("a.parquet", b"no table", "not a Parquet file"),
        ("a.csv.gz", b"not packed", "cannot be read"),
    ],
)
def test_a_file_that_cannot_be_cut_says_why(name: str, content: bytes, told: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(DataError, match=told):
        planned(tmp_path / name)


def test_a_line_without_end_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("textwright.batch.cut.LONGEST", 10)
    monkeypatch.setattr("textwright.batch.pieces.LONGEST", 10)
    (tmp_path / "a.jsonl").write_bytes(b'{"text": "longer than that"}\n')
    with pytest.raises(DataError, match=r"a\.jsonl:1: the line is longer"):
        planned(tmp_path / "a.jsonl")


def test_a_quote_that_nobody_closes_costs_no_more_than_a_cell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for place in ("read", "csv_lines"):
        monkeypatch.setattr(f"textwright.batch.{place}.LONGEST_CELL", 20)
    path = tmp_path / "a.csv"
    path.write_text('text\ngood\n"never closed\n' + "a line\n" * 9)
    said = said_in_tasks(path, 2)
    assert ("text", "good") in said
    assert ("rejected", '"never closed\na line\na line') in said
    assert ("text", "a line") in said


@pytest.mark.parametrize(
    ("name", "content", "has_ids"),
    [
        ("a.jsonl", '{"id": "a", "text": "t"}\n\n{"id": -1, "text": "t"}\n', True),
        ("a.jsonl", '\ufeff { "id" : 7, "text": "t"}', True),
        ("a.jsonl", '{"id": "a", "text": "t"}\n{"id": null, "text": "t"}\n', False),
        ("a.jsonl", '{"id": "", "text": "t"}\n', False),
        ("a.jsonl", '{"text": "t", "meta": {"id": "a"}}\n', False),
        ("a.csv", "id,text\na,t\n", False),
    ],
)
def test_records_that_all_have_ids_are_known(name: str, content: str, has_ids: bool, tmp_path: Path) -> None:
    (tmp_path / name).write_text(content, encoding="utf-8")
    [found] = planned(tmp_path / name).inputs
    assert found.has_ids is has_ids


@pytest.mark.parametrize(
    ("ids", "has_ids"),
    [(["a", "b"], True), (["a", None], False), (["", "b"], False), ([1, 2], True), ([1, None], False)],
)
def test_ids_of_parquet_are_looked_at(ids: list[str | int | None], has_ids: bool, tmp_path: Path) -> None:
    pq.write_table(pa.table({"id": ids, "text": ["t", "t"]}), tmp_path / "a.parquet")
    [found] = planned(tmp_path / "a.parquet").inputs
    assert found.has_ids is has_ids
