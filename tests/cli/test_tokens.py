"""`textwright tokens`: a line in, a line out, tokens with their places."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import textwright as tw
from textwright.wrangle import simple_words, tokenize

from .conftest import Run

EMOTION = Path(tw.__file__).parent / "packs" / "emotion" / "model"
TEXTS = ["Part-time Nurse, £20k", "", "naïve 😂"]


@pytest.fixture(autouse=True)
def _here(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.txt").write_text("\n".join(TEXTS) + "\n", encoding="utf-8")


def lines_of(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines()]


def test_each_text_has_its_tokens_in_a_line(run: Run) -> None:
    ran = run("tokens", "a.txt")
    found = lines_of(ran.out)
    assert ran.status == 0
    assert [line["text"] for line in found] == TEXTS
    assert all(set(line) == {"id", "text", "tokens"} for line in found)
    assert [line["tokens"] for line in found] == [[token._asdict() for token in tokenize(text)] for text in TEXTS]


def test_simple_words_are_those_of_keras_with_places(run: Run) -> None:
    found = lines_of(run("tokens", "a.txt", "--kind", "simple").out)
    assert [[token["text"] for token in line["tokens"]] for line in found] == [simple_words(text) for text in TEXTS]
    assert found[0]["tokens"][1] == {"text": "time", "start": 5, "end": 9, "kind": "word"}


@pytest.mark.parametrize("model", ["emotion", EMOTION, EMOTION / "tokenizer.json"])
def test_subwords_are_those_of_a_model(run: Run, model: object) -> None:
    found = lines_of(run("tokens", "a.txt", "--kind", "subwords", "--model", model).out)
    places = [(token["text"], token["start"], token["end"]) for token in found[2]["tokens"]]
    assert places == [("naive", 0, 5), ("😂", 6, 7)]


def test_ids_of_json_lines_and_tables_are_kept(run: Run) -> None:
    Path("a.jsonl").write_text('{"id": "t-1", "text": "one"}\n', encoding="utf-8")
    Path("a.csv").write_text("id,headline\nt-2,two\n", encoding="utf-8")
    assert lines_of(run("tokens", "a.jsonl").out)[0]["id"] == "t-1"
    [line] = lines_of(run("tokens", "a.csv", "--column", "headline").out)
    assert (line["id"], line["text"]) == ("t-2", "two")


def test_standard_input_is_read(fed: Run) -> None:
    ran = fed("tokens", given=b"one two\n")
    assert [len(line["tokens"]) for line in lines_of(ran.out)] == [3]


def test_bad_lines_keep_their_place(run: Run) -> None:
    Path("bad.jsonl").write_bytes(b'{"text": "one"}\nnot json\n{"text": "\xff"}\n{"text": "two"}\n')
    ran = run("tokens", "bad.jsonl")
    assert ran.status == 4
    assert ["tokens" in line for line in lines_of(ran.out)] == [True, False, False, True]
    assert [line.get("line") for line in lines_of(ran.out)] == [None, 2, 3, None]


def test_bad_lines_are_put_aside(run: Run) -> None:
    Path("bad.jsonl").write_bytes(b'{"text": "one"}\nnot json\n')
    ran = run("tokens", "bad.jsonl", "-o", "out.jsonl", "--reject", "rest.jsonl")
    assert ran.status == 4
    assert len(lines_of(Path("out.jsonl").read_text())) == 1
    assert lines_of(Path("rest.jsonl").read_text())[0]["line"] == 2


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("none.txt",), "none.txt: no such file"),
        (("a.txt", "--model", "emotion"), "--kind subwords"),
        (("a.txt", "--kind", "subwords"), "--model emotion"),
        (("a.txt", "--kind", "subwords", "--model", "job_titles.rules"), "has no subwords"),
        (("a.txt", "--kind", "letters"), "words"),
        (("a.txt", "--kind", "subwords", "--model", "a.txt"), "no tokenizer that can be read"),
        (("a.txt", "-o", "none/out.jsonl"), "there is no folder"),
        (("a.txt", "-o", "./a.txt"), "is the file that is read"),
    ],
)
def test_mistakes_are_told_in_a_line(run: Run, arguments: tuple[str, ...], said: str) -> None:
    ran = run("tokens", *arguments)
    assert (ran.status, ran.out, ran.err.count("\n")) == (2, "", 1)
    assert said in ran.err
