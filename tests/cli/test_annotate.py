"""`textwright annotate` as a user meets it: in a process of its own, over HTTP."""

from __future__ import annotations

import json
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from tests.cli.conftest import Run

TITLES = "Senior UX Researcher, Edinburgh\n\nNurse\nLead Chef\n"
SCHEMA = '[labels.JOB]\nkey = "j"\n[labels.RANK]\n'


class Running:
    """A server that was started by the command."""

    def __init__(self, folder: Path, *arguments: str) -> None:
        command = [sys.executable, "-m", "textwright", "annotate", *arguments, "--port", "0", "--no-browser"]
        self.began = time.monotonic()
        self.process = subprocess.Popen(command, cwd=folder, stderr=subprocess.PIPE, text=True)
        self.said: list[str] = []
        self.url = self._url()

    def _url(self) -> str:
        assert self.process.stderr is not None
        for line in self.process.stderr:
            self.said.append(line)
            if found := re.search(r"http://\S+", line):
                return found[0]
        raise AssertionError(f"the server did not start: {self.said}")

    def get(self, path: str) -> Any:
        with urllib.request.urlopen(self.url + path, timeout=10) as answer:
            return json.load(answer)

    def post(self, path: str, data: Any) -> Any:
        headers = {"Content-Type": "application/json", "Origin": self.url.rstrip("/")}
        request = urllib.request.Request(self.url + path, json.dumps(data).encode(), headers)
        with urllib.request.urlopen(request, timeout=10) as answer:
            return json.load(answer)

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
        _, rest = self.process.communicate(timeout=10)
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


def test_one_command_serves_texts_with_suggestions(start: Any) -> None:
    server = start("titles.txt", "--schema", "job_titles", "--suggest", "job_titles.rules")
    first = server.get("api/queue?limit=1")["tasks"][0]
    assert first["text"] == "Senior UX Researcher, Edinburgh"
    assert [task["text"] for task in server.get("api/queue?limit=9")["tasks"]][1:] == ["Nurse", "Lead Chef"]
    while first["suggestion"] is None:  # a busy machine takes longer than the first request waits
        assert time.monotonic() - server.began < 30
        time.sleep(0.1)
        first = server.get("api/queue?limit=1")["tasks"][0]
    assert {"start": 0, "end": 6, "label": "SENIORITY"} in first["suggestion"]["spans"]


def test_stopped_and_started_again_it_goes_on(start: Any, folder: Path) -> None:
    server = start("titles.txt", "--schema", "labels.toml")
    server.accept(server.get("api/queue?limit=1")["tasks"][0])
    said = server.stop()
    assert server.process.returncode == 0
    assert "titles.textwright.sqlite" in said.splitlines()[-1]
    again = start("titles.txt")
    assert [task["text"] for task in again.get("api/queue?limit=9")["tasks"]] == ["Nurse", "Lead Chef"]
    assert again.get("api/progress")["done"] == 1


def test_stopping_takes_a_moment_only(start: Any) -> None:
    server = start("titles.txt", "--schema", "labels.toml")
    began = time.monotonic()
    server.stop()
    assert time.monotonic() - began < 5  # 1 s on a quiet machine


def test_large_file_is_read_on_behind_the_page(start: Any, folder: Path) -> None:
    (folder / "many.txt").write_text("".join(f"Nurse {i}\n" for i in range(3_000)))
    server = start("many.txt", "--schema", "labels.toml")
    assert server.get("api/queue?limit=1")["tasks"][0]["text"] == "Nurse 0"
    end = time.monotonic() + 20
    while server.get("api/progress")["total"] < 3_000:
        assert time.monotonic() < end
        time.sleep(0.1)


def test_lost_label_that_is_in_use_is_refused_by_name(start: Any, folder: Path, shell: Run) -> None:
    line = {"id": "a", "text": "Lead Chef", "spans": [{"start": 5, "end": 9, "label": "JOB"}], "annotator": "ann"}
    (folder / "done.jsonl").write_text(json.dumps(line) + "\n")
    start("done.jsonl").stop()
    (folder / "labels.toml").write_text("[labels.RANK]\n")
    ran = shell("annotate", "done.jsonl", "--schema", "labels.toml", "--no-browser", "--port", 0)
    assert ran.status == 2
    assert "lost labels that are in use in done: JOB" in ran.err


def test_texts_alone_are_enough_to_begin(folder: Path, start: Any) -> None:
    running = start("titles.txt")
    assert running.get("api/project")["schema"].get("labels", {}) == {}
    running.post("api/labels", {"name": "JOB", "meaning": ""})
    assert "No label is known yet" in running.stop()
    again = start("titles.txt")
    assert list(again.get("api/project")["schema"]["labels"]) == ["JOB"]
    again.stop()


def test_labels_of_a_model_do_where_none_are_named(folder: Path, start: Any) -> None:
    running = start("titles.txt", "--suggest", "job_titles.rules")
    assert "SENIORITY" in running.get("api/project")["schema"]["labels"]
    running.stop()


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


def test_file_without_texts_leaves_no_database(run: Run, folder: Path) -> None:
    (folder / "empty.txt").write_text("\n")
    assert run("annotate", folder / "empty.txt", "--schema", "job_titles", "--no-browser", "--port", 0).status == 2
    assert not list(folder.glob("*.sqlite"))


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
