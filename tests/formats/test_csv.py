"""CSV as spreadsheets write it, and what a table gains."""

from __future__ import annotations

import csv
import re
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from textwright import formats
from textwright.errors import DataError
from textwright.formats import Options, Rejected
from textwright.formats.table import OWN
from textwright.schema import schema_of
from textwright.types import Annotation, Category, Example, Span

PLAIN = Options()

GOLD = Annotation((Span(0, 12, "JOBTITLE"), Span(0, 6, "SENIORITY"), Span(15, 20, "JOBTITLE")))
TEXT = "Senior Nurse / Porter"


def read(folder: Path, content: bytes | str, options: Options = PLAIN, name: str = "t.csv") -> list[Example]:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return list(formats.read(path, options=options))


def written(folder: Path, *examples: Example, options: Options = PLAIN, lossy: bool = True) -> str:
    path = folder / "out.csv"
    formats.write(path, examples, options=options, lossy=lossy)
    return path.read_bytes().decode()


def test_a_row_is_a_text_with_its_other_columns(tmp_path: Path) -> None:
    [example] = read(tmp_path, 'id,text,city\n7,"Nurse, ""A&E""\r\nnights",Hull\n')
    assert (example.id, example.text, example.extra) == ("7", 'Nurse, "A&E"\r\nnights', {"city": "Hull"})
    assert example.gold == Annotation()


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_found(tmp_path: Path, delimiter: str) -> None:
    rows = [["text", "city"], ["Nurse, Senior; nights | 2", "Hull"], ["Porter", "York"]]
    path = tmp_path / "t.csv"
    with path.open("w", newline="") as file:
        csv.writer(file, delimiter=delimiter).writerows(rows)
    assert [[each.text, each.extra["city"]] for each in formats.read(path)] == rows[1:]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_the_encoding_is_found(tmp_path: Path, encoding: str) -> None:
    options = Options(on_warning=lambda _: None)
    [example] = read(tmp_path, "text,pay\nCafé – Manager,£20k\n".encode(encoding), options)
    assert (example.text, example.extra) == ("Café – Manager", {"pay": "£20k"})


def test_windows_1252_is_said_to_be_read_as_such(tmp_path: Path) -> None:
    told: list[str] = []
    read(tmp_path, "text\nCaf\xe9\n".encode("cp1252"), Options(on_warning=told.append))
    assert told == [
        f"{tmp_path / 't.csv'}: not UTF-8 near byte 8: read as Windows-1252; save it as UTF-8 if letters are wrong"
    ]


def test_bytes_of_no_encoding_are_refused(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"neither UTF-8 \(near byte 5\) nor Windows-1252"):
        read(tmp_path, b"text\n\x81\x8d\n")


def test_bad_rows_are_rejected_with_their_line_and_text(tmp_path: Path) -> None:
    rejected: list[Rejected] = []
    content = 'text,city\n"two\nlines",Hull\nNurse\nPorter,York,3\n"a"b,Hull\nlast,Hull\n'
    found = read(tmp_path, content, Options(on_reject=rejected.append))
    assert [each.text for each in found] == ["two\nlines", "last"]
    assert [(each.line, each.text) for each in rejected] == [(4, "Nurse"), (5, "Porter,York,3"), (6, '"a"b,Hull')]
    assert rejected[0].reason == "the row has 1 cells, the heading 2"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("title,city\nNurse,Hull\n", "no column 'text'. Columns: title, city"),
        ("text,city,city\nNurse,Hull,York\n", "the column 'city' stands twice"),
        ("", "no column 'text'. Columns: none"),
        (
            "text,spans\nNurse,oops\n",
            "'spans' is 'oops', expected it in JSON, as we write it. Give a column of your own another name",
        ),
    ],
)
def test_a_table_that_cannot_be_used_says_why(tmp_path: Path, content: str, reason: str) -> None:
    with pytest.raises(DataError) as caught:
        read(tmp_path, content)
    assert reason in str(caught.value)


def test_a_missing_column_is_told_with_all_that_would_work(tmp_path: Path) -> None:
    with pytest.raises(DataError) as caught:
        read(tmp_path, "id,job title,town\n1,Nurse,Hull\n")
    assert "such as --column 'job title' (in Python column='job title')" in str(caught.value)
    assert str(caught.value).endswith(f"textwright convert {tmp_path / 't.csv'} texts.jsonl --column 'job title'")


def test_an_empty_table_is_said_to_be(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="Columns: none, for the table is empty"):
        read(tmp_path, "")


def test_the_text_may_stand_in_another_column(tmp_path: Path) -> None:
    [example] = read(tmp_path, "headline,city\nNurse,Hull\n", Options(column="headline"))
    assert example.text == "Nurse"


def test_very_long_cells_and_nul_are_read(tmp_path: Path) -> None:
    text = "Nurse\x00 " * 50_000
    [example] = read(tmp_path, f"text\n{text}x\n")
    assert example.text == f"{text}x"


def test_native_spans_in_a_column_are_read(tmp_path: Path) -> None:
    cell = '"[{""start"": 0, ""end"": 5, ""label"": ""JOB""}]"'
    first, second = read(tmp_path, f"text,spans\nNurse,{cell}\nNurse,\n")
    assert (first.gold.spans, second.gold.spans) == ((Span(0, 5, "JOB"),), None)


def test_a_lossy_table_gains_a_column_for_each_label_and_task(tmp_path: Path) -> None:
    gold = Annotation(GOLD.spans, (Category("emotion", "joy"), Category("emotion", "love")))
    example = Example("1", TEXT, gold, extra={"city": "Hull"})
    assert written(tmp_path, example) == (
        "id,text,city,JOBTITLE,SENIORITY,emotion\n1,Senior Nurse / Porter,Hull,Senior Nurse | Porte,Senior,joy | love\n"
    )


def test_the_schema_gives_the_order_of_the_columns(tmp_path: Path) -> None:
    options = Options(schema=schema_of(["SENIORITY", "LOCATION", "JOBTITLE"]))
    assert written(tmp_path, Example("1", TEXT, GOLD), options=options).startswith(
        "id,text,SENIORITY,LOCATION,JOBTITLE\n"
    )


def test_a_table_keeps_its_columns_in_their_order(tmp_path: Path) -> None:
    content = "company,headline,city\nNHS,Nurse,Hull\n"
    options = Options(column="headline")
    examples = read(tmp_path, content, options)
    columns = formats.columns_of(tmp_path / "t.csv", options=options)
    out = written(tmp_path, *examples, options=Options(column="headline", columns=columns))
    assert out == content


def test_nothing_is_lost_unless_loss_is_allowed(tmp_path: Path) -> None:
    example = Example("1", TEXT, Annotation((Span(0, 6, "A", 0.5),), ()), {"n": 1}, "anna", {"city": "Hull"})
    written(tmp_path, example, lossy=False)
    [found] = formats.read(tmp_path / "out.csv")
    assert found == example
    assert [each.score for each in found.gold.spans or ()] == [0.5]


def test_a_text_gets_no_keys_of_the_others(tmp_path: Path) -> None:
    examples = [
        Example("1", TEXT, GOLD, annotator="a1", extra={"at": "noon"}),
        Example("2", TEXT, Annotation(), extra={"seen": "yes"}),
        Example("3", "", Annotation(None, (Category("advertiser", "agency"),))),
    ]
    formats.write(tmp_path / "out.csv", examples)
    assert list(formats.read(tmp_path / "out.csv")) == examples


def test_what_a_lossy_table_lost_is_counted(tmp_path: Path) -> None:
    example = Example("1", TEXT, Annotation((Span(0, 6, "A", 0.5),), ()))
    lost = formats.write(tmp_path / "out.csv", [example], lossy=True)
    assert lost == {"span offsets": 1, "span scores": 1, "empty layers": 1}


def test_a_column_that_has_a_labels_name_is_kept_beside_it(tmp_path: Path) -> None:
    example = Example("1", TEXT, Annotation((Span(0, 6, "LOCATION"),)), extra={"LOCATION": "Hull"})
    assert written(tmp_path, example) == f"id,text,LOCATION,LOCATION (label)\n1,{TEXT},Hull,Senior\n"
    written(tmp_path, example, lossy=False)
    assert list(formats.read(tmp_path / "out.csv")) == [example]


def test_a_label_and_a_task_may_be_called_like_columns_of_ours(tmp_path: Path) -> None:
    gold = Annotation((Span(0, 6, "text"),), (Category("text", "x"), Category("id", "y")))
    example = Example("1", TEXT, gold)
    written(tmp_path, example, lossy=False)
    assert list(formats.read(tmp_path / "out.csv")) == [example]


def test_tabs_separate_the_cells_of_tsv(tmp_path: Path) -> None:
    formats.write(tmp_path / "out.tsv", [Example("1", "a, b", extra={"city": "Hull"})])
    assert (tmp_path / "out.tsv").read_text() == "id\ttext\tcity\n1\ta, b\tHull\n"


# --- cells that a spreadsheet would take for formulas --------------------------------------------

FORBIDDEN = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
A_NUMBER = re.compile(r"[+-][0-9.]+([eE][+-]?[0-9]+)?")
TRAPS = ["=cmd|' /C calc'!A0", "'=1+1", "''=1+1", "'", "'tis", "-", "-1", "+44 20", "-1e5", "-2+3", "@SUM(A1)", "-1\n"]
ANY_CELL = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"]), max_size=12),
    st.text("'=+-@\t\r\n ＝1.5eE|,;\"a", max_size=8),
    st.integers().map(str),
    st.sampled_from(TRAPS),
)


def raw_rows(path: Path, delimiter: str = ",") -> list[list[str]]:
    """Read a file as any other program does."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file, delimiter=delimiter, strict=True))


@settings(max_examples=300, deadline=None)
@given(
    st.lists(st.tuples(ANY_CELL, ANY_CELL), min_size=1, max_size=5), ANY_CELL, st.sampled_from([",", ";", "\t", "|"])
)
def test_no_cell_begins_a_formula_and_every_text_comes_back(
    cells: list[tuple[str, str]], heading: str, delimiter: str
) -> None:
    heading = "-x" if heading in ("text", *OWN, "") else heading
    examples = [Example(str(i), text, extra={heading: other}) for i, (text, other) in enumerate(cells)]
    with TemporaryDirectory() as folder:
        path = Path(folder) / "t.csv"
        formats.write(path, examples, options=Options(delimiter=delimiter))
        found = raw_rows(path, delimiter)
        begun = [cell for row in found for cell in row if cell.startswith(FORBIDDEN) and not A_NUMBER.fullmatch(cell)]
        with patch("textwright.formats.csv.delimiter_of", lambda _: delimiter):  # what is found is not asked here
            again = [(each.text, each.extra.get(heading, "")) for each in formats.read(path)]
    assert begun == []
    assert again == cells


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("=1+1", "'=1+1"),
        ("'=1+1", "''=1+1"),
        ("''=1+1", "'''=1+1"),
        ("@home", "'@home"),
        ("+44 20 7946 0000", "'+44 20 7946 0000"),
        ("- Nurse", "'- Nurse"),
        ("\tNurse", "'\tNurse"),
        ("\rNurse", "'\rNurse"),
        ("＝1+1", "'＝1+1"),
        ("-2+3", "'-2+3"),
        ("-5", "-5"),
        ("+3.5", "+3.5"),
        ("-1e5", "-1e5"),
        ("'-5", "''-5"),
        ("'tis the season", "'tis the season"),
        (" =1+1", " =1+1"),
        ("Nurse", "Nurse"),
    ],
)
def test_a_mark_stands_before_what_would_be_a_formula(tmp_path: Path, text: str, cell: str) -> None:
    formats.write(tmp_path / "t.csv", [Example("1", text)])
    rows = raw_rows(tmp_path / "t.csv")
    assert rows[1][rows[0].index("text")] == cell
    assert [each.text for each in formats.read(tmp_path / "t.csv")] == [text]


def test_numbers_stay_numbers(tmp_path: Path) -> None:
    extra = {"gain": -5, "share": -0.25, "least": float("-inf"), "flag": True}
    formats.write(tmp_path / "t.csv", [Example("1", "Nurse", extra=extra)])
    assert raw_rows(tmp_path / "t.csv")[1][2:] == ["-5", "-0.25", "'-Infinity", "true"]


def test_raw_cells_are_written_and_read_as_they_stand(tmp_path: Path) -> None:
    raw = Options(raw_cells=True)
    texts = ["=1+1", "'=1+1", "@home"]
    formats.write(tmp_path / "t.csv", [Example(str(i), text) for i, text in enumerate(texts)], options=raw)
    assert [row[1] for row in raw_rows(tmp_path / "t.csv")[1:]] == texts
    assert [each.text for each in formats.read(tmp_path / "t.csv", options=raw)] == texts


def test_a_heading_that_would_be_a_formula_is_one_to_name_a_column_by(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    formats.write(path, [Example("1", "Nurse", extra={"=x": "y"})], options=Options(column="@text"))
    assert raw_rows(path)[0] == ["id", "'@text", "'=x"]
    assert formats.columns_of(path) == ("id", "@text", "=x")
    [example] = formats.read(path, options=Options(column="@text"))
    assert (example.text, example.extra) == ("Nurse", {"=x": "y"})


def test_whoever_writes_csv_is_known() -> None:
    """A new writer must mark its cells as these do, or use `write_rows`."""
    source = Path(formats.__file__).parents[1]
    writing = re.compile(r"csv\.(?:Dict)?[wW]riter\(|\.(?:to|write|sink)_csv\(|pyarrow\.csv|pa\.csv")
    found = {
        path.relative_to(source).as_posix()
        for path in source.rglob("*.py")
        if writing.search(path.read_text(encoding="utf-8"))
    }
    assert found == {"formats/csv.py", "cli/features.py", "project/bring/columns.py", "project/bring/records.py"}
