"""`textwright predict`: a line in, a line out, and nothing lost when something is wrong."""

from __future__ import annotations

import csv
import io
import json
import os
import select
import signal
import subprocess
import sys
import time
import tracemalloc
from pathlib import Path
from typing import Any

import pytest

from textwright.cli.predict import predict

from .conftest import Ran, Run

FAKES = "python:fake_models:"


@pytest.fixture(autouse=True)
def _fakes(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.syspath_prepend(str(Path(__file__).parent))
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parent), prepend=os.pathsep)
    monkeypatch.chdir(tmp_path)


def lines_of(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines()]


def write(name: str, content: str | bytes) -> Path:
    path = Path(name)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def texts_and_marks(ran: Ran) -> list[tuple[str, int | None]]:
    found = lines_of(ran.out)
    return [(each["text"], len(each["spans"]) if "spans" in each else None) for each in found]


def test_a_line_in_gives_a_line_out_in_order(run: Run) -> None:
    ran = run("predict", FAKES + "FirstLetter", write("a.txt", "one\n\ntwo\r\nthree"))
    assert texts_and_marks(ran) == [("one", 1), ("", 0), ("two", 1), ("three", 1)]
    assert ran.status == 0
    assert ran.err.startswith("4 texts in ")


def test_empty_file_gives_an_empty_file(run: Run) -> None:
    ran = run("predict", FAKES + "FirstLetter", write("a.txt", ""), "-o", "b.jsonl")
    assert (ran.status, Path("b.jsonl").read_bytes()) == (0, b"")
    assert ran.err.startswith("textwright: a.txt: the file is empty\n0 texts in ")


def test_keys_are_kept_and_spans_replaced(run: Run) -> None:
    line = {
        "id": "7",
        "text": "one",
        "spans": [{"start": 1, "end": 2, "label": "OLD"}],
        "meta": {"source": "board"},
        "annotator": "a1",
        "seconds": 4.2,
        "error": "of an earlier run",
    }
    [found] = lines_of(run("predict", FAKES + "FirstLetter", write("a.jsonl", json.dumps(line))).out)
    assert found.pop("spans") == [{"start": 0, "end": 1, "label": "FIRST"}]
    assert found == {key: line[key] for key in ("id", "text", "meta", "annotator", "seconds")}


@pytest.mark.parametrize("key", ["answer", "details", "evidence"])
def test_a_column_that_is_called_like_a_note_of_ours_is_kept(run: Run, key: str) -> None:
    ran = run("predict", FAKES + "FirstLetter", write("a.csv", f"text,{key}\none,see our site\n"))
    assert list(csv.DictReader(io.StringIO(ran.out))) == [{"text": "one", key: "see our site", "FIRST": "o"}]


def test_what_was_noted_beside_an_earlier_answer_goes(run: Run) -> None:
    noted = {
        "answer": {"summary": "short"},
        "details": {"cached": False, "calls": 1},
        "evidence": [{"start": 0, "end": 1, "label": "A"}],
    }
    line = json.dumps({"id": "7", "text": "one", **noted})
    cells = io.StringIO()
    csv.writer(cells).writerows([["text", *noted], ["one", *map(json.dumps, noted.values())]])
    [found] = lines_of(run("predict", FAKES + "FirstLetter", write("a.jsonl", line)).out)
    assert found.keys() == {"id", "text", "spans"}
    ran = run("predict", FAKES + "FirstLetter", write("a.csv", cells.getvalue()))
    assert list(csv.DictReader(io.StringIO(ran.out))) == [{"text": "one", **dict.fromkeys(noted, ""), "FIRST": "o"}]


def test_layer_that_the_model_does_not_know_is_kept(run: Run) -> None:
    line = '{"text": "one", "spans": [{"start": 0, "end": 1, "label": "FIRST"}]}'
    [found] = lines_of(run("predict", FAKES + "Tone", write("a.jsonl", line)).out)
    assert found["spans"] == [{"start": 0, "end": 1, "label": "FIRST"}]
    assert found["categories"] == [{"task": "tone", "label": "calm"}]


def test_text_without_an_answer_keeps_its_place_with_an_error(run: Run) -> None:
    ran = run("predict", FAKES + "FailsOnX", write("a.txt", "one\nax\ntwo\n"))
    assert texts_and_marks(ran) == [("one", 1), ("ax", None), ("two", 1)]
    assert lines_of(ran.out)[1]["error"] == "an x is too much"
    assert ran.status == 4
    assert "1 without an answer, with an error in their place. The first: line 2: an x is too much" in ran.err


def test_text_that_was_annotated_and_has_no_answer_keeps_no_spans(run: Run) -> None:
    line = '{"text": "ax", "spans": [{"start": 0, "end": 1, "label": "FIRST"}], "categories": []}'
    [found] = lines_of(run("predict", FAKES + "FailsOnX", write("a.jsonl", line)).out)
    assert found.keys() == {"id", "text", "error"}


def test_lines_longer_than_a_read_are_whole_and_numbered(run: Run) -> None:
    texts = [f"{i} " + "word " * (i % 7) for i in range(20_000)]
    texts[9_000] = "long " * 100_000
    texts[15_000] = "an x"
    ran = run("predict", FAKES + "FailsOnX", write("a.txt", "\n".join(texts)), "-o", "b.jsonl", "--reject", "c.jsonl")
    assert ran.status == 4
    assert [each["text"] for each in lines_of(Path("b.jsonl").read_text())] == texts[:15_000] + texts[15_001:]
    assert lines_of(Path("c.jsonl").read_text()) == [{"line": 15_001, "reason": "an x is too much", "text": "an x"}]


BAD_LINES = b'{"text": "one"}\n\nnot json\n{"text": 3}\n[1]\n{"text": "\xff"}\n{"text": "ax"}\n{"text": "two"}\n'


def test_bad_lines_keep_their_place_and_end_nothing(run: Run) -> None:
    ran = run("predict", FAKES + "FailsOnX", write("a.jsonl", BAD_LINES))
    found = lines_of(ran.out)
    assert ran.status == 4
    assert [each.get("line") for each in found] == [None, 3, 4, 5, 6, None, None]
    assert [("spans" in each, "error" in each) for each in found] == [(True, False)] + [(False, True)] * 5 + [
        (True, False)
    ]


@pytest.mark.parametrize("name", ["a.csv", "a.parquet"])
def test_an_empty_table_is_refused_in_one_line(run: Run, name: str) -> None:
    ran = run("predict", FAKES + "FirstLetter", write(name, b""))
    assert (ran.status, ran.out, ran.err.count("\n")) == (2, "", 1)
    assert ran.err.startswith(f"textwright: {name}")


def test_a_line_that_cannot_be_used_keeps_the_id_that_it_gives_itself(run: Run) -> None:
    lines = [
        '{"id": "a", "text": 3}',
        '{"id": 7, "text": "one", "spans": 5}',
        '{"id": "c", "text',
        '{"id": null}',
        "[1]",
    ]
    found = lines_of(run("predict", FAKES + "FirstLetter", write("a.jsonl", "\n".join(lines))).out)
    assert [each["id"] for each in found[:2]] == ["a", "7"]
    assert len({each["id"] for each in found}) == 5
    assert all(len(each["id"]) == 18 for each in found[2:])


def test_rejected_lines_go_to_their_file_with_number_reason_and_text(run: Run) -> None:
    ran = run("predict", FAKES + "FailsOnX", write("a.jsonl", BAD_LINES), "--reject", "bad.jsonl")
    assert texts_and_marks(ran) == [("one", 1), ("two", 1)]
    assert ran.status == 4
    rejected = lines_of(Path("bad.jsonl").read_text("utf-8"))
    assert [each["line"] for each in rejected] == [3, 4, 5, 6, 7]
    assert rejected[0]["text"] == "not json"
    assert rejected[0]["reason"].startswith("not JSON")
    assert (rejected[4]["text"], rejected[4]["reason"]) == ("ax", "an x is too much")


def test_reject_file_is_there_and_empty_when_all_is_well(run: Run) -> None:
    assert run("predict", FAKES + "FirstLetter", write("a.txt", "one\n"), "--reject", "bad.jsonl").status == 0
    assert Path("bad.jsonl").read_bytes() == b""


@pytest.mark.parametrize("other", ["a.txt", "out.jsonl"])
def test_reject_file_must_be_another(run: Run, other: str) -> None:
    write("a.txt", "one\n")
    ran = run("predict", FAKES + "FirstLetter", "a.txt", "-o", "out.jsonl", "--reject", other)
    assert (ran.status, Path("a.txt").read_text()) == (2, "one\n")
    assert "need a file of their own" in ran.err


WINDOWS = "UX – £500, Zürich\nNurse\nCafé\nKöln\n".encode("cp1252")


@pytest.mark.parametrize("command", [("predict", FAKES + "FirstLetter"), ("tokens",), ("tree",)])
def test_lines_in_windows_1252_are_read_as_such_and_said_to_be(run: Run, command: tuple[str, ...]) -> None:
    ran = run(*command, write("a.txt", WINDOWS))
    assert ran.status == 0
    assert "Zürich" in ran.out
    assert (
        "textwright: a.txt: not UTF-8 near byte 3: read as Windows-1252; save it as UTF-8 if letters are wrong\n"
        in ran.err
    )


def test_windows_1252_on_standard_input_is_told_line_by_line(fed: Run) -> None:
    ran = fed("predict", FAKES + "FirstLetter", given=WINDOWS)
    assert (ran.status, texts_and_marks(ran)[1]) == (4, ("Nurse", 1))
    assert "line 1: not UTF-8 at byte 3 of the line (b'\\x96'). Save the file as UTF-8" in ran.err


def test_utf16_is_named_and_leaves_nothing(run: Run) -> None:
    ran = run("predict", FAKES + "FirstLetter", write("a.txt", "one\ntwo\n".encode("utf-16")), "-o", "b.jsonl")
    assert (ran.status, ran.err.count("\n")) == (2, 1)
    assert sorted(path.name for path in Path().iterdir()) == ["a.txt"]
    assert "UTF-16" in ran.err


@pytest.mark.parametrize(
    ("given", "texts"),
    [
        (b"one\ntwo\n", ["one", "two"]),
        (b'{"text": "one"}\n{"text": "two"}', ["one", "two"]),
        (b'\xef\xbb\xbf{"text": "one"}\n', ["one"]),
        (b"\xef\xbb\xbfone", ["one"]),
        (b"", []),
    ],
)
def test_standard_input_is_lines_or_json_lines(fed: Run, given: bytes, texts: list[str]) -> None:
    ran = fed("predict", FAKES + "FirstLetter", "-", given=given)
    assert [text for text, _ in texts_and_marks(ran)] == texts


def test_pipe_is_answered_as_it_comes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PYTHONUNBUFFERED", raising=False)
    command = [sys.executable, "-m", "textwright", "predict", FAKES + "FirstLetter"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
        assert process.stdin
        assert process.stdout
        process.stdin.write(b"one\n")
        process.stdin.flush()
        answered, _, _ = select.select([process.stdout], [], [], 10)
        process.stdin.close()
        assert answered
        assert json.loads(process.stdout.readline())["text"] == "one"


def test_named_pipe_is_read_once(shell: Run, tmp_path: Path) -> None:
    os.mkfifo("pipe")
    with subprocess.Popen(["sh", "-c", "printf 'one\\ntwo\\n' > pipe"]):
        ran = shell("predict", FAKES + "FirstLetter", "pipe")
    assert [text for text, _ in texts_and_marks(ran)] == ["one", "two"]


def test_table_keeps_its_columns_and_gains_the_labels(run: Run) -> None:
    table = 'no,headline,town\n1,"one, or",Hove\n2,,\n'
    ran = run("predict", FAKES + "FirstLetter", write("a.csv", table), "--column", "headline")
    assert list(csv.reader(io.StringIO(ran.out))) == [
        ["no", "headline", "town", "FIRST"],
        ["1", "one, or", "Hove", "o"],
        ["2", "", "", ""],
    ]


@pytest.mark.parametrize(
    ("name", "out", "delimiter"),
    [
        ("a.csv", "b.csv", ";"),
        ("a.csv", None, ";"),
        ("a.csv", "b", ";"),
        ("a.csv", "b.tsv", "\t"),
        ("a.tsv", "b.csv", ","),
        ("a.tsv", "b.tsv", "\t"),
        ("a.tsv", None, "\t"),
    ],
)
def test_table_keeps_its_delimiter_in_the_same_kind(run: Run, name: str, out: str | None, delimiter: str) -> None:
    came = "\t" if name.endswith("tsv") else ";"
    write(name, f'no{came}text\n1{came}"one; or, two"\n2{came}three\n')
    ran = run("predict", FAKES + "FirstLetter", name, *(["-o", out] if out else []))
    assert ran.status == 0
    written = Path(out).read_text() if out else ran.out
    rows = list(csv.reader(io.StringIO(written), delimiter=delimiter))
    assert rows == [["no", "text", "FIRST"], ["1", "one; or, two", "o"], ["2", "three", "t"]]


def test_parquet_comes_out_as_parquet(run: Run) -> None:
    import pyarrow as arrow
    from pyarrow import parquet

    parquet.write_table(arrow.table({"no": [1, 2], "text": ["one", "two"]}), "a.parquet")
    assert run("predict", FAKES + "FirstLetter", "a.parquet", "-o", "b.parquet").status == 0
    assert parquet.read_table("b.parquet").to_pydict() == {"no": [1, 2], "text": ["one", "two"], "FIRST": ["o", "t"]}


def test_text_of_a_table_without_an_answer_gains_an_error(run: Run) -> None:
    ran = run("predict", FAKES + "FailsOnX", write("a.csv", "text\none\nax\n"))
    assert ran.status == 4
    assert list(csv.DictReader(io.StringIO(ran.out))) == [
        {"text": "one", "error": "", "FIRST": "o"},
        {"text": "ax", "error": "an x is too much", "FIRST": ""},
    ]


def test_bad_rows_keep_their_place_in_a_table(run: Run) -> None:
    table = "text,no\none,1\ntwo\nax,3\nfour,4\nfive,5,5\n"
    ran = run("predict", FAKES + "FailsOnX", write("a.csv", table), "-o", "b.csv", "--reject", "c.jsonl")
    assert ran.status == 4
    assert [row["text"] for row in csv.DictReader(io.StringIO(Path("b.csv").read_text("utf-8")))] == ["one", "four"]
    assert [each["line"] for each in lines_of(Path("c.jsonl").read_text())] == [2, 3, 5]
    ran = run("predict", FAKES + "FailsOnX", "a.csv")
    assert [row["FIRST"] for row in csv.DictReader(io.StringIO(ran.out))] == ["o", "", "", "f", ""]


def test_items_of_a_list_in_one_line_are_told_apart(run: Run) -> None:
    ran = run("predict", FAKES + "FirstLetter", write("a.json", '[{"text": "one"}, {"text": "two"}]'))
    assert (ran.status, [each["line"] for each in lines_of(ran.out)]) == (4, [1, 2])
    assert [each["error"].split(": a JSON")[0] for each in lines_of(ran.out)] == [
        "line 1 of the file: item 1 of the list",
        "line 1 of the file: item 2 of the list",
    ]
    assert "The first: record 1: line 1 of the file: item 1 of the list: a JSON list is read as" in ran.err


def test_wrong_column_names_those_that_are_there(run: Run) -> None:
    ran = run("predict", FAKES + "FirstLetter", write("a.csv", "no,headline\n1,one\n"))
    assert ran.status == 2
    assert "no column 'text'. Columns: no, headline." in ran.err


@pytest.mark.parametrize(
    ("out", "kind"), [("b.jsonl", "{"), ("b.txt", "{"), ("b", "{"), ("b.csv", "text,FIRST"), ("b.tsv", "text\tFIRST")]
)
def test_ending_of_out_names_the_kind(run: Run, out: str, kind: str) -> None:
    assert run("predict", FAKES + "FirstLetter", write("a.txt", "one\n"), "-o", out).status == 0
    assert Path(out).read_text("utf-8").startswith(kind)


def test_kind_that_cannot_be_written_is_refused(run: Run) -> None:
    write("a.txt", "one\n")
    for ending in ("spacy", "json", "conll", "xlsx", "ods", "html", "docx", "pdf"):
        ran = run("predict", FAKES + "FirstLetter", "a.txt", "-o", f"b.{ending}")
        assert ran.status == 2
        assert f"b.{ending}: predict writes .jsonl, .csv and .parquet" in ran.err
    assert [path.name for path in Path().iterdir()] == ["a.txt"]


def test_missing_folder_of_out_is_named(run: Run) -> None:
    ran = run("predict", FAKES + "FirstLetter", write("a.txt", "one\n"), "-o", "no/b.jsonl")
    assert ran.status == 2
    assert "no/b.jsonl: there is no folder" in ran.err


def test_file_may_be_replaced_by_its_result(run: Run) -> None:
    write("a.jsonl", '{"text": "one"}\n')
    assert run("predict", FAKES + "FirstLetter", "a.jsonl", "-o", "a.jsonl").status == 0
    assert not Path("a.jsonl.part").exists()
    assert lines_of(Path("a.jsonl").read_text())[0]["spans"]


@pytest.mark.parametrize("out", ["a.jsonl", "./a.jsonl", "link.jsonl"])
@pytest.mark.parametrize("spans", ["[]", '[{"start": 0, "end": 3, "label": "MINE"}]'])
def test_annotations_are_not_replaced_in_their_own_file(run: Run, out: str, spans: str) -> None:
    gold = f'{{"text": "one"}}\n{{"text": "two", "spans": {spans}}}\n'
    write("a.jsonl", gold)
    Path("link.jsonl").symlink_to("a.jsonl")
    ran = run("predict", FAKES + "FirstLetter", "a.jsonl", "-o", out)
    assert (ran.status, Path("a.jsonl").read_text()) == (2, gold)
    assert f"{Path(out)}: line 2 is annotated" in ran.err
    assert "Name another file with -o" in ran.err
    assert run("predict", FAKES + "FirstLetter", "a.jsonl", "-o", "b.jsonl").status == 0


def test_layer_that_the_model_does_not_know_may_stay_in_its_file(run: Run) -> None:
    write("a.jsonl", '{"text": "one", "categories": [{"task": "mood", "label": "glad"}]}\n')
    assert run("predict", FAKES + "FirstLetter", "a.jsonl", "-o", "a.jsonl").status == 0
    [line] = lines_of(Path("a.jsonl").read_text())
    assert (len(line["spans"]), line["categories"]) == (1, [{"task": "mood", "label": "glad"}])


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
@pytest.mark.parametrize("out", [["-o", "/dev/full"], []])
def test_full_disk_is_named(out: list[str], tmp_path: Path) -> None:
    write("a.txt", "one\n" * 1000)
    command = [sys.executable, "-m", "textwright", "predict", FAKES + "FirstLetter", "a.txt", *out]
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, timeout=60)
    assert done.returncode == 2
    assert b"No space left on device" in done.stderr
    assert (b"/dev/full" if out else b"standard output") in done.stderr


def listen_to_interrupts() -> None:
    """Undo what a shell does to the jobs that it runs in the background: they ignore interrupts."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@pytest.mark.parametrize("stop", [signal.SIGINT, signal.SIGKILL])
def test_killed_job_leaves_a_part_and_the_old_file(stop: signal.Signals) -> None:
    write("a.txt", "one\n" * 100_000)
    write("b.jsonl", "old\n")
    command = [sys.executable, "-m", "textwright", "predict", FAKES + "Slow", "a.txt", "-o", "b.jsonl"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, preexec_fn=listen_to_interrupts) as process:
        deadline = time.monotonic() + 30
        part = Path("b.jsonl.part")
        while not (part.exists() and part.stat().st_size) and time.monotonic() < deadline:
            time.sleep(0.01)
        process.send_signal(stop)
        try:
            told = process.communicate(timeout=60)[1].decode()
        finally:
            process.kill()
    assert Path("b.jsonl").read_text() == "old\n"
    assert lines_of(Path("b.jsonl.part").read_text())[0]["text"] == "one"
    if stop == signal.SIGINT:
        assert process.returncode == 130
        assert "b.jsonl is not finished; what was done so far is in" in told


def test_explain_says_which_rule_made_each_span(run: Run) -> None:
    ran = run("predict", FAKES + "FirstLetter", write("a.txt", "one\n"), "--explain")
    assert texts_and_marks(ran) == [("one", 1)]
    assert "FIRST 'o' [0, 1)  by letters/first" in ran.err


def test_explain_needs_a_model_that_can(run: Run) -> None:
    ran = run("predict", FAKES + "Tone", write("a.txt", "one\n"), "--explain")
    assert ran.status == 2
    assert "cannot explain its spans" in ran.err


def memory_of(lines: int) -> int:
    write("many.txt", "Senior Nurse - Leeds\n" * lines)
    tracemalloc.start()
    predict(FAKES + "FirstLetter", Path("many.txt"), Path("many.jsonl"), None, "text", False)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak


def test_memory_does_not_grow_with_the_file() -> None:
    memory_of(10)
    assert memory_of(16_000) < memory_of(4_000) * 1.5


def test_work_around_the_model_stays_small() -> None:
    write("many.txt", "Senior Nurse - Leeds\n" * 20_000)
    started = time.process_time()
    predict(FAKES + "FirstLetter", Path("many.txt"), Path("many.jsonl"), None, "text", False)
    assert (time.process_time() - started) / 20_000 < 100e-6


def test_what_decided_is_written_beside_the_answer_and_replaces_what_stood_there(run: Run) -> None:
    old = '{"text": "Hush now", "evidence": [{"start": 0, "end": 1, "label": "old"}]}'
    ran = run("predict", FAKES + "Telling", write("a.jsonl", old + "\n"))
    assert lines_of(ran.out)[0]["evidence"] == [{"start": 0, "end": 2, "label": "calm", "score": 0.5}]
    ran = run("predict", FAKES + "Tone", write("a.jsonl", old + "\n"))
    assert "evidence" not in lines_of(ran.out)[0]


def test_a_table_gains_no_column_for_what_decided(run: Run) -> None:
    ran = run("predict", FAKES + "Telling", write("a.csv", "text\nHush now\n"))
    assert ran.out.splitlines() == ["text,tone", "Hush now,calm"]
