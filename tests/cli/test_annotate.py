"""`textwright annotate` as a user meets it: in a process of its own, over HTTP, where starting and stopping count."""

from __future__ import annotations

import json
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from starlette.testclient import TestClient

from tests.cli.conftest import Run
from tests.local import Local, local_in
from textwright.server.keys import Token

TITLES = "Senior UX Researcher, Edinburgh\n\nNurse\nLead Chef\n"
SCHEMA = '[labels.JOB]\nkey = "j"\n[labels.RANK]\n'


class Running:
    """A server that was started by the command."""

    def __init__(self, folder: Path, *arguments: str) -> None:
        command = [sys.executable, "-m", "textwright", "annotate", *arguments, "--port", "0", "--no-browser"]
        self.began = time.monotonic()
        self.process = subprocess.Popen(command, cwd=folder, stderr=subprocess.PIPE, text=True)
        self.said: list[str] = []
        self.local = self._local()
        self.get, self.post = self.local.get, self.local.post

    def _local(self) -> Local:
        assert self.process.stderr is not None
        for line in self.process.stderr:
            self.said.append(line)
            if found := local_in(line):
                return found
        raise AssertionError(f"the server did not start: {self.said}")

    def accept(self, task: Any) -> None:
        state = {
            "spans": [],
            "categories": [],
            "proposed": {"spans": [], "categories": []},
            "note": "",
            "flagged": False,
        }
        act = {"key": str(uuid4()), "text": task["number"], "base": 0, "kind": "accept", "state": state}
        [result] = self.post("api/acts", {"acts": [{**act, "suggestion": None, "seconds": 1.0}]})["results"]
        assert result["version"] == 1

    def stop(self) -> str:
        self.process.send_signal(signal.SIGINT)
        _, rest = self.process.communicate(timeout=60)
        return "".join(self.said) + rest


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "titles.txt").write_text(TITLES)
    (tmp_path / "labels.toml").write_text(SCHEMA)
    return tmp_path


@pytest.fixture
def start(folder: Path) -> Iterator[Any]:
    started: list[Running] = []

    def begin(*arguments: str) -> Running:
        started.append(Running(folder, *arguments))
        return started[-1]

    yield begin
    for each in started:
        if each.process.poll() is None:
            each.process.kill()
        each.process.wait()


Visit = Callable[..., tuple[Any, str]]


@pytest.fixture
def visit(run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Visit]:
    """Run the command in this process; where it would take requests, ask its application; give what it says, too."""
    monkeypatch.chdir(folder)
    handlers = {each: signal.getsignal(each) for each in (signal.SIGINT, signal.SIGTERM)}

    def visited(ask: Callable[[TestClient], Any], *arguments: str) -> tuple[Any, str]:
        found = []

        def serve(server: Any, sockets: list[socket.socket]) -> None:
            origin = f"http://127.0.0.1:{sockets[0].getsockname()[1]}"
            known = {"Authorization": "Bearer a-token"}
            with TestClient(server.config.app, base_url=origin, headers=known, client=("127.0.0.1", 50_000)) as client:
                found.append(ask(client))

        monkeypatch.setattr("textwright.server.run._Server.run", serve)
        monkeypatch.setattr("textwright.server.annotation.run.new_token", lambda: Token("a-token", b""))
        ran = run("annotate", *arguments, "--no-browser", "--port", 0)
        assert ran.status == 0, ran.err
        return found[0], ran.err

    yield visited
    for number, handler in handlers.items():
        signal.signal(number, handler)


def labels(client: TestClient) -> list[str]:
    return list(client.get("/api/project").json()["schema"].get("labels", {}))


def test_one_command_serves_texts_with_suggestions(start: Any) -> None:
    server = start("titles.txt", "--schema", "job_titles", "--suggest", "job_titles.rules")
    first = server.get("api/queue?limit=1")["tasks"][0]
    assert first["text"] == "Senior UX Researcher, Edinburgh"
    assert [task["text"] for task in server.get("api/queue?limit=9")["tasks"]][1:] == ["Nurse", "Lead Chef"]
    while first["suggestion"] is None:  # a busy machine takes longer than the first request waits
        assert time.monotonic() - server.began < 60
        time.sleep(0.1)
        first = server.get("api/queue?limit=1")["tasks"][0]
    assert {"start": 0, "end": 6, "label": "SENIORITY"} in first["suggestion"]["spans"]


def test_stopped_and_started_again_it_goes_on(start: Any, visit: Visit) -> None:
    server = start("titles.txt", "--schema", "labels.toml")
    server.accept(server.get("api/queue?limit=1")["tasks"][0])
    said = server.stop()
    assert server.process.returncode == 0
    assert "titles.textwright.sqlite" in said.splitlines()[-1]

    def ask(client: TestClient) -> tuple[list[str], int, list[str]]:
        tasks = client.get("/api/queue?limit=9").json()["tasks"]
        return [task["text"] for task in tasks], client.get("/api/progress").json()["done"], labels(client)

    assert visit(ask, "titles.txt")[0] == (["Nurse", "Lead Chef"], 1, ["JOB", "RANK"])


def test_large_file_is_read_on_behind_the_page(visit: Visit, folder: Path) -> None:
    (folder / "many.txt").write_text("".join(f"Nurse {i}\n" for i in range(3_000)))

    def ask(client: TestClient) -> str:
        first: str = client.get("/api/queue?limit=1").json()["tasks"][0]["text"]
        end = time.monotonic() + 60
        while client.get("/api/progress").json()["total"] < 3_000:
            assert time.monotonic() < end
            time.sleep(0.1)
        return first

    assert visit(ask, "many.txt", "--schema", "labels.toml")[0] == "Nurse 0"


def test_lost_label_that_is_in_use_is_refused_by_name(visit: Visit, run: Run, folder: Path) -> None:
    line = {"id": "a", "text": "Lead Chef", "spans": [{"start": 5, "end": 9, "label": "JOB"}], "annotator": "ann"}
    (folder / "done.jsonl").write_text(json.dumps(line) + "\n")
    visit(labels, "done.jsonl")
    (folder / "labels.toml").write_text("[labels.RANK]\n")
    ran = run("annotate", "done.jsonl", "--schema", "labels.toml", "--no-browser", "--port", 0)
    assert ran.status == 2
    assert "lost labels that are in use in done: JOB" in ran.err


def test_texts_alone_are_enough_to_begin(visit: Visit) -> None:
    def name_one(client: TestClient) -> list[str]:
        known = labels(client)
        posted = client.post(
            "/api/labels", json={"name": "JOB", "meaning": ""}, headers={"Origin": str(client.base_url)}
        )
        assert posted.is_success, posted.text
        return known

    known, said = visit(name_one, "titles.txt")
    assert known == []
    assert "No label is known yet" in said
    assert visit(labels, "titles.txt")[0] == ["JOB"]


def test_labels_of_a_model_do_where_none_are_named(visit: Visit) -> None:
    assert "SENIORITY" in visit(labels, "titles.txt", "--suggest", "job_titles.rules")[0]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["nothing.txt"], "no such file"),
        (["titles.txt", "--schema", "nothing.toml"], "nothing.toml: no such file, and no pack has this name"),
        (["titles.txt", "--schema", "labels.toml", "--project", " "], "give one with --project NAME"),
        (["titles.txt", "--schema", "labels.toml", "--suggest", "job_titels"], "Did you mean job_titles"),
        (["titles.txt", "--schema", "labels.toml", "--order", "uncertain"], "name one with --suggest"),
        (["titles.txt", "--schema", "labels.toml", "--order", "disagree", "--suggest", "job_titles"], "name two"),
        (["titles.txt", "--schema", "labels.toml", "--database", "no/such/folder/x.sqlite"], "no/such/folder"),
        (["titles.txt", "--schema", "labels.toml", "--database", "labels.toml"], "or one that is not there yet\n"),
        (["titles.txt", "--schema", "titles.txt"], "Expected a schema, a file .toml or .json with labels or tasks\n"),
        (["empty.txt", "--schema", "labels.toml"], "holds no text"),
        (["titles.txt", "--schema", "labels.toml", "--people", "0"], "--people"),
    ],
)
def test_mistake_is_told_in_a_line(
    run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], message: str
) -> None:
    monkeypatch.chdir(folder)
    (folder / "empty.txt").write_text("\n \n")
    ran = run("annotate", *arguments, "--no-browser", "--port", 0)
    assert ran.status == 2
    assert message in ran.err
    assert ran.err.count("\n") == 1


def test_empty_file_is_said_to_be(run: Run, folder: Path) -> None:
    (folder / "empty.txt").write_text("")
    ran = run("annotate", folder / "empty.txt", "--schema", "job_titles", "--no-browser", "--port", 0)
    assert ran.status == 2
    assert "empty.txt: holds no text that could be annotated: the file is empty\n" in ran.err


def test_file_without_texts_leaves_no_database(run: Run, folder: Path) -> None:
    (folder / "empty.txt").write_text("\n")
    assert run("annotate", folder / "empty.txt", "--schema", "job_titles", "--no-browser", "--port", 0).status == 2
    assert not list(folder.glob("*.sqlite"))


def test_lines_in_windows_1252_are_read_as_such_and_said_to_be(visit: Visit, folder: Path) -> None:
    (folder / "titles.txt").write_bytes("Zürich – £500\nCafé\nKöln\n".encode("cp1252"))
    found, told = visit(lambda client: client.get("/api/queue?limit=9").json()["tasks"], "titles.txt")
    assert [task["text"] for task in found] == ["Zürich – £500", "Café", "Köln"]
    warned = (
        "textwright: titles.txt: not UTF-8 near byte 1: read as Windows-1252; save it as UTF-8 if letters are wrong"
    )
    assert told.count(f"{warned}\n") == 1


def test_taken_port_is_told(run: Run, folder: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        ran = run("annotate", folder / "titles.txt", "--schema", "job_titles", "--port", taken.getsockname()[1])
    assert ran.status == 2
    assert "is taken. Choose another with --port" in ran.err


def test_retraining_without_torch_names_the_pip_line(run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from textwright.cli import annotate

    monkeypatch.setattr(annotate, "find_spec", lambda _: None)
    ran = run("annotate", folder / "titles.txt", "--schema", "job_titles", "--retrain", 50)
    assert ran.status == 2
    assert "pip install 'textwright[train]'" in ran.err
