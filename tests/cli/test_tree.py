"""`textwright tree`: a tree for each line, as unified's JSON or drawn."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests import spec
from textwright.wrangle.tree import from_json, parse, to_json, to_text

from .conftest import Ran, Run


@pytest.fixture(autouse=True)
def _here(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)


def write(name: str, content: str | bytes) -> Path:
    path = Path(name)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def lines_of(ran: Ran) -> list[dict[str, Any]]:
    return [json.loads(line) for line in ran.out.splitlines()]


def test_each_line_becomes_a_root_in_order(run: Run) -> None:
    ran = run("tree", write("a.txt", "Head 😀 Chef\n\nMr. Bean. Yes.\n"))
    assert ran.status == 0
    assert lines_of(ran) == [to_json(parse(text)) for text in ("Head 😀 Chef", "", "Mr. Bean. Yes.")]
    assert ran.err.startswith("3 texts, 3 sentences, 5 words in ")


@pytest.mark.node
def test_unified_reads_what_is_written(run: Run) -> None:
    spec.need_modules()
    from tests.wrangle.tree.unified import in_node, parsed

    texts = ["Head 😀 Chef & Co.", "Mr. Bean. Yes."]
    trees = lines_of(run("tree", write("a.txt", "\n".join(texts))))
    assert trees == parsed(texts)
    script = 'import { toString } from "nlcst-to-string"; answer(toString);'
    assert in_node(script, trees) == texts


def test_ids_of_json_lines_and_tables_stand_in_data(run: Run) -> None:
    ran = run("tree", write("a.jsonl", '{"id": "t-1", "text": "Chef"}\n'))
    assert lines_of(ran)[0]["data"] == {"id": "t-1"}
    ran = run("tree", write("b.csv", "id,job\n7,Head Chef\n"), "--column", "job")
    assert (lines_of(ran)[0]["data"], to_text(from_json(lines_of(ran)[0]))) == ({"id": "7"}, "Head Chef")


def test_what_cannot_be_read_keeps_its_place_or_goes_aside(run: Run) -> None:
    file = write("a.txt", b"Caf\xc3\xa9\n\xff\nNurse\n")
    ran = run("tree", file)
    assert ran.status == 4
    assert [line.get("type") or line["line"] for line in lines_of(ran)] == ["RootNode", 2, "RootNode"]
    assert "1 could not be read. The first: line 2: not UTF-8" in ran.err
    ran = run("tree", file, "--reject", "bad.jsonl", "-o", "out.jsonl")
    assert (ran.status, ran.out) == (4, "")
    assert len(Path("out.jsonl").read_text().splitlines()) == 2
    assert json.loads(Path("bad.jsonl").read_text())["line"] == 2


def test_drawings_are_plain_in_a_pipe(run: Run) -> None:
    ran = run("tree", write("a.txt", b"Ch\xc3\xa9f\n\xff\n"), "--pretty")
    assert ran.out.splitlines()[0] == "RootNode[1] (1:1-1:5, 0-4)"
    assert ran.out.endswith('└─0 TextNode "Chéf" (1:1-1:5, 0-4)\n\n')
    assert "\x1b" not in ran.out


@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
def test_drawings_are_coloured_on_a_terminal(tmp_path: Path) -> None:
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "textwright", "tree", write("a.txt", "Chef\n"), "--pretty"]
    env = {**os.environ, "TERM": "xterm-256color"}
    env.pop("NO_COLOR", None)
    subprocess.run(command, stdout=theirs, stderr=subprocess.DEVNULL, env=env, timeout=60, check=True)
    os.close(theirs)
    assert b"\x1b[1mRootNode\x1b[0m" in os.read(ours, 10_000)


def test_half_a_surrogate_pair_is_written_as_an_escape(run: Run) -> None:
    from textwright.cli.tree import as_line
    from textwright.types import Example

    line = as_line(parse("a \ud83d"), Example("x", "a \ud83d"), with_id=False)
    assert "\\ud83d" in line
    assert to_text(from_json(json.loads(line))) == "a \ud83d"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["missing.txt"], "missing.txt: no such file"),
        (["a.txt", "-o", "a.txt"], "a.txt: is the file that is read"),
        (["."], ".: is a folder, expected a file of texts"),
        (["b.csv"], "no column 'text'"),
    ],
)
def test_a_mistake_is_one_line(run: Run, arguments: list[str], message: str) -> None:
    write("a.txt", "Chef\n")
    write("b.csv", "job\nChef\n")
    ran = run("tree", *arguments)
    assert ran.status == 2
    assert message in ran.err
    assert len(ran.err.splitlines()) == 1


def test_a_pipe_is_answered_as_it_comes(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "textwright", "tree", "-"]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as running:
        assert running.stdin
        assert running.stdout
        running.stdin.write("Chef\n")
        running.stdin.flush()
        assert json.loads(running.stdout.readline())["type"] == "RootNode"
        running.stdin.close()
        assert running.wait(60) == 0
