"""Every command that writes CSV keeps a spreadsheet from running its cells, and a table keeps its columns."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from tests.cli.conftest import Run

FORBIDDEN = ("=", "+", "-", "@", "\t", "\r")
TABLE = """\
text,=phone,balance,note
=HYPERLINK("http://evil.example"),+44 20 7946,-5,'tis
'@home nurse,@x,-1.5,'=1+1
"-cook, night",\tx,7,-
"""
# What other programs see in the file that `convert` writes of it.
CONVERTED = [
    ["text", "'=phone", "balance", "note"],
    ['\'=HYPERLINK("http://evil.example")', "'+44 20 7946", "-5", "'tis"],
    ["'@home nurse", "'@x", "-1.5", "'=1+1"],
    ["'-cook, night", "'\tx", "7", "'-"],
]
COMMANDS = {
    "convert": ["convert", "{table}", "{out}"],
    "predict": ["predict", "job_titles.rules", "{table}", "-o", "{out}"],
    "check": ["check", "{table}", "--repair", "-o", "{out}", "--rules", "masked_pay"],
    "dedupe": ["dedupe", "{table}", "-o", "{out}"],
    "features": ["features", "{table}", "--columns", "text", "-o", "{out}"],
    "batch": ["batch", "job_titles.rules", "{table}", "-o", "{out}", "--workers", "1"],
}

TABLES = [name for name in COMMANDS if name != "features"]


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "table.csv"
    path.write_text(TABLE, encoding="utf-8")
    return path


def rows_of(run: Run, table: Path, name: str, *more: str) -> list[list[str]]:
    """Run a command over the table; return what it writes, as any other program reads it."""
    out = table.with_name("parts" if name == "batch" else "out.csv")
    ran = run(*[each.format(table=table, out=out) for each in COMMANDS[name]], *more)
    assert ran.status == 0, ran.err
    written = out / "part-000000.csv" if name == "batch" else out
    with written.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file, strict=True))


@pytest.mark.parametrize("name", COMMANDS)
def test_no_cell_is_a_formula(run: Run, table: Path, name: str) -> None:
    cells = [cell for row in rows_of(run, table, name) for cell in row]
    assert [cell for cell in cells if cell.startswith(FORBIDDEN)] == ([] if name == "features" else ["-5", "-1.5"])


@pytest.mark.parametrize("name", TABLES)
def test_raw_cells_stay_as_they_are(run: Run, table: Path, name: str) -> None:
    rows = rows_of(run, table, name, "--raw-cells")
    with table.open(encoding="utf-8", newline="") as file:
        [heading, *given] = csv.reader(file)
    place = [rows[0].index(column) for column in heading]
    assert [[row[i] for i in place] for row in rows] == [heading, *given]


def test_raw_tokens_stay_as_they_are(run: Run, table: Path) -> None:
    marked, raw = (rows_of(run, table, "features", *more) for more in ([], ["--raw-cells"]))
    assert {row[1] for row in marked} >= {"'=", "'-"}
    assert {row[1] for row in raw} >= {"=", "-"}


@pytest.mark.parametrize("name", TABLES)
def test_table_keeps_its_columns(run: Run, table: Path, name: str) -> None:
    rows = rows_of(run, table, name)
    place = [rows[0].index(column) for column in CONVERTED[0]]
    assert [[row[i] for i in place] for row in rows] == CONVERTED


def test_a_written_table_is_read_as_what_was_written(run: Run, table: Path, tmp_path: Path) -> None:
    for name in ("once.csv", "twice.csv"):
        assert run("convert", str(table), str(tmp_path / name)).status == 0
        table = tmp_path / name
    assert (tmp_path / "once.csv").read_bytes() == (tmp_path / "twice.csv").read_bytes()
    assert run("predict", "job_titles.rules", str(table), "-o", str(tmp_path / "out.jsonl")).status == 0
    assert '"text": "=HYPERLINK(' in (tmp_path / "out.jsonl").read_text()
