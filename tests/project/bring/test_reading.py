from __future__ import annotations

import codecs
import resource
from pathlib import Path

import pytest

from textwright.errors import DataError
from textwright.project.bring import reading
from textwright.project.bring.reading import Brought, read_brought, read_pasted

BOM = codecs.BOM_UTF8.decode()


def read(tmp_path: Path, name: str, content: str | bytes, *, column: str | None = None) -> Brought:
    path = tmp_path / f"kept{Path(name).suffix}"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return read_brought(path, name=name, column=column)


@pytest.mark.parametrize(
    ("name", "content", "texts"),
    [
        ("a.txt", "Head Chef\n\n  Cook \n", ["Head Chef", "Cook"]),
        ("a.txt", f"{BOM}title\r\nHead Chef\r\nCook", ["Head Chef", "Cook"]),
        ("a.txt", "Nurse, Leeds\nCook, York\nBaker, Hove\n", ["Nurse, Leeds", "Cook, York", "Baker, Hove"]),
        ("a.txt", "café\nzwei\n".encode("utf-16"), ["café", "zwei"]),
        ("a.txt", "1\tHead Chef\tYork\n2\tCook\tLeeds\n", ["Head Chef", "Cook"]),
        ("a.txt", '{"curly"} line\n[Sale] coat\n', ['{"curly"} line', "[Sale] coat"]),
        ("a", "one\ntwo\n", ["one", "two"]),
        ("a.csv", "id,title,town\n1,Head Chef,York\n2,Cook,Leeds\n", ["Head Chef", "Cook"]),
        ("a.csv", "1,Head Chef,York\n2,Cook,Leeds\n", ["Head Chef", "Cook"]),
        ("a.csv", "title\nNurse, Leeds\nCook\nBaker, Hove, nights\n", ["Nurse, Leeds", "Cook", "Baker, Hove, nights"]),
        ("a.csv", 'title\n"Nurse, Leeds"\nCook\n', ["Nurse, Leeds", "Cook"]),
        ("a.csv", "Titel;Ort\nKoch;Bonn\nBäcker;Köln\n".encode("cp1252"), ["Koch", "Bäcker"]),
        ("a.csv", "title,title\nHead Chef,1\nCook,2\n", ["Head Chef", "Cook"]),
        ("a.tsv", "town\tjob\nYork\tHead of Kitchen\nHove\tCook\n", ["Head of Kitchen", "Cook"]),
        ("a.jsonl", '{"text": "Head Chef"}\n{"text": "Cook"}\n', ["Head Chef", "Cook"]),
        ("a.jsonl", '{"headline": "Head Chef", "n": 1}\n{"headline": "Cook"}\n', ["Head Chef", "Cook"]),
        ("a.csv", "text,n\n'=1+1,1\n''@home,2\n'tis,3\n", ["=1+1", "'@home", "'tis"]),
        ("a.csv", "text\n'=1+1\nCook\n", ["=1+1", "Cook"]),
        ("a.csv", "id,'=title of it\n1,Head Chef of York\n", ["Head Chef of York"]),
        ("a.jsonl", """{"name": "'=1+1", "=n": 1}\n{"name": "=1+1", "=n": 2}\n""", ["'=1+1", "=1+1"]),
        ("a.json", '["Head Chef", "Cook"]', ["Head Chef", "Cook"]),
        ("a.json", '[{"id": "q1", "name": "Head Chef"}, {"id": "q2", "name": "Cook"}]', ["Head Chef", "Cook"]),
        (
            "a.html",
            "<title>x</title><ul><li>R&amp;D <b>Lead</b><li>Cook</ul><script>x()</script>",
            ["R&D Lead", "Cook"],
        ),
        ("a.conll", "Cook B-JOB\nYork O\n\n", ["Cook York"]),
        ("a.jpg", "one\ntwo\n", ["one", "two"]),
        ("a.csv", 'id,title\n1,"Nurse\n2,Cook\n', ['"Nurse', "Cook"]),
        ("a.csv", 'text\n"abc\ndef\nghi\n', ['"abc', "def", "ghi"]),
        ("a.tsv", '1\t"abc\n2\tdef\n3\tghi\n', ['"abc', "def", "ghi"]),
        ("a.csv", 'id,title\n1,"Cook\nnights"\n2,"Cook" "X"\n3,"A ""B"""\n', ["Cook\nnights", '"Cook" "X"', 'A "B"']),
    ],
)
def test_what_people_have_is_read(tmp_path: Path, name: str, content: str | bytes, texts: list[str]) -> None:
    assert [example.text for example in read(tmp_path, name, content).examples] == texts


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.txt", "", "a.txt: the file is empty. Bring one"),
        ("a.txt", " \n\n", "a.txt: there is no text in it"),
        ("a.xlsx", b"PK\x03\x04...", "a.xlsx: the file is a workbook"),
        ("a.pdf", b"%PDF-1.7", "a.pdf: the file is a PDF. Copy its text"),
        ("a.txt", bytes(range(256)), "a.txt: the file is no text: it holds zero bytes"),
        ("a.json", '["a",\n "b"\n "c"]', "a.json:3: not JSON"),
        ("a.json", "[1, null]", "a.json: a list of NoneType, int, expected one of texts"),
        (
            "a.jsonl",
            '{"text": "a"\n',
            "a.jsonl: nothing could be read (line 1: not JSON: Expecting ',' delimiter at character 14)",
        ),
        ("a.csv", "text,n\n,1\n ,2\n", "a.csv: there is no text in it"),
        ("a.html", "<html></html>", "a.html: the page shows no text"),
        ("a.txt", "x" * 30_000, "text 1 has 30,000 characters, at most 20,000"),
    ],
)
def test_what_cannot_be_read_is_told_with_what_would_help(
    tmp_path: Path, name: str, content: str | bytes, said: str
) -> None:
    with pytest.raises(DataError) as told:
        read(tmp_path, name, content)
    assert said in str(told.value)
    assert str(tmp_path) not in str(told.value)


def test_a_table_says_its_column_and_keeps_the_others(tmp_path: Path) -> None:
    brought = read(tmp_path, "a.csv", "id,title,town\n7,Head Chef,York\n")
    assert brought.column == "title"
    assert (brought.examples[0].id, dict(brought.examples[0].extra)) == ("7", {"town": "York"})
    assert read(tmp_path, "a.csv", "id,title,town\n7,Cook,York\n", column="town").examples[0].text == "York"
    with pytest.raises(DataError, match=r"no column 'job'. Columns: id, title, town"):
        read(tmp_path, "a.csv", "id,title,town\n7,Cook,York\n", column="job")


def test_what_is_left_out_is_noted_with_the_first_lines(tmp_path: Path) -> None:
    table = "id,title\n" + "".join(f"{i},Cook {i}\n" for i in range(30)) + "31\n32,a,b\n"
    assert read(tmp_path, "a.csv", table).notes == (
        "2 records could not be read and are left out. Line 32: the row has 1 cells, the heading 2; "
        "line 33: the row has 3 cells, the heading 2.",
    )
    lines = '{"text": "a"}\n{"text": b}\n[]\n{"txt": "c"}\n{\n{\n'
    [note] = read(tmp_path, "a.jsonl", lines).notes
    assert note.startswith(
        "5 records could not be read and are left out. Line 2: not JSON: Expecting value at character 10; line 3: "
    )
    assert note.endswith("; and 2 more.")


def test_a_guessed_encoding_is_said_and_a_known_one_is_not(tmp_path: Path) -> None:
    assert "Windows-1252" in read(tmp_path, "a.txt", "café\n".encode("cp1252")).notes[0]
    assert read(tmp_path, "a.txt", "café\n".encode("utf-16")).notes == ()


def test_a_zero_byte_deep_in_a_file_is_a_lost_character(tmp_path: Path) -> None:
    content = "a line\n" * 12_000 + "b\0c\n"
    assert read(tmp_path, "a.txt", content).examples[-1].text == "b\ufffdc"


def test_a_quoted_line_break_where_the_looking_ends_does_not_hide_a_table(tmp_path: Path) -> None:
    table = "id,text\n" + "".join(f'{i},"Text {i},\nsecond line"\n' for i in range(4_000))
    assert read(tmp_path, "a.csv", table).examples[3_999].text == "Text 3999,\nsecond line"


def test_of_very_many_texts_some_are_taken_from_all_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MOST_TEXTS", 100)
    brought = read(tmp_path, "a.txt", "".join(f"Text {i}\n" for i in range(1_000)))
    numbers = [int(example.text[5:]) for example in brought.examples]
    assert len(numbers) == 100
    assert numbers == sorted(numbers)
    assert 350 < sum(numbers) / 100 < 650
    assert brought.notes[0].startswith("There are 1,000 texts in it; 100 of them were taken at random.")
    assert read(tmp_path, "a.txt", "".join(f"Text {i}\n" for i in range(1_000))).examples == brought.examples


def test_a_large_file_is_read_in_bounded_memory(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("".join(f"Head chef number {i} of the kitchen\n" for i in range(300_000)))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert len(read_brought(tmp_path / "a.txt", name="a.txt").examples) == reading.MOST_TEXTS
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 64 * 1024


def test_a_pasted_table_is_seen_as_one() -> None:
    brought = read_pasted("id\ttitle\n1\tHead Chef\n2\tCook, York\n")
    assert [example.text for example in brought.examples] == ["Head Chef", "Cook, York"]
    assert brought.column == "title"


@pytest.mark.parametrize(
    ("text", "texts"),
    [
        ("id;name\n1;Lamp\n2;Sofa", ["Lamp", "Sofa"]),
        ('["Lamp", "Sofa"]', ["Lamp", "Sofa"]),
        ("Lamp; red\nSofa; blue", ["Lamp; red", "Sofa; blue"]),
        ("R&amp;D Lead\nB&amp;Q store", ["R&amp;D Lead", "B&amp;Q store"]),
        ("Lamp;\nSofa;", ["Lamp;", "Sofa;"]),
        ('["Lamp"]\n["Sofa"]', ['["Lamp"]', '["Sofa"]']),
    ],
)
def test_a_paste_is_a_table_where_its_signs_part_cells(text: str, texts: list[str]) -> None:
    assert [example.text for example in read_pasted(text).examples] == texts


def test_a_quotation_mark_that_nothing_closes_takes_no_other_row_with_it(tmp_path: Path) -> None:
    table = "id,title\n" + "".join(f"{i},Cook {i}\n" for i in range(9)) + '9,"Cook\n' + '10,Nurse\n11,"Chef, nights"\n'
    brought = read(tmp_path, "a.csv", table)
    assert [example.text for example in brought.examples[8:]] == ["Cook 8", '"Cook', "Nurse", "Chef, nights"]
    assert brought.notes == ("A quotation mark in line 11 does not fit; it was read as part of the text.",)


def test_half_a_character_can_be_pasted() -> None:
    assert read_pasted("\ud800 half\nok\n").examples[1].text == "ok"
