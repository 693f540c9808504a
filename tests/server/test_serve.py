"""The command, as a process of its own."""

from __future__ import annotations

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.local import Local, local_in

JSON = {"Content-Type": "application/json"}
COMMAND = [sys.executable, "-c", "from textwright.cli import main; raise SystemExit(main())", "serve"]


@pytest.fixture
def running(folder: Path) -> Iterator[tuple[subprocess.Popen[str], str]]:
    process = subprocess.Popen([*COMMAND, str(folder), "--port", "0"], stderr=subprocess.PIPE, text=True)
    assert process.stderr is not None
    line = process.stderr.readline()
    yield process, line
    process.kill()
    process.wait()


def test_it_serves_and_stops_in_order(running: tuple[subprocess.Popen[str], str]) -> None:
    process, line = running
    assert line.startswith("Serving ranks at http://127.0.0.1:")
    assert labels(local_in(line)) == ["LOCATION"]
    process.send_signal(signal.SIGTERM)
    assert process.wait(timeout=60) == 0


STUCK = """
import socket, sys, time
from textwright.schema import schema_of
from textwright.server import run
from textwright.server.hosted import host

class Stuck:
    schema = schema_of([])
    def predict(self, texts):
        print("begun", flush=True)
        time.sleep(120)

run.STOP_SECONDS, run.CUT_SECONDS, run.OTHERS_SECONDS, run.LAST_SECONDS = 2, 1, 0, 0.1
with run.bind("127.0.0.1", 0) as listening:
    settings = run.Settings(log="text")
    run.serve([host("stuck", Stuck())], listening, settings=settings, say=lambda line: print(line, flush=True))
"""


def test_stopping_has_one_budget_and_tells_what_it_cuts_off() -> None:
    command = [sys.executable, "-c", STUCK]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert process.stdout is not None
    try:
        port = int(process.stdout.readline().partition("http://127.0.0.1:")[2].partition("/")[0])
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=45)
        connection.request("POST", "/v1/models/stuck/predict", body='{"texts": ["a"]}', headers=JSON)
        assert process.stdout.readline() == "begun\n"
        process.send_signal(signal.SIGTERM)
        answer = connection.getresponse()
        assert (answer.status, json.load(answer)["type"]) == (503, "urn:textwright:problem:stopping")
        _, logged = process.communicate(timeout=45)  # the model would go on for longer
        assert process.returncode == 0
        assert "503" in logged
        assert "Traceback" not in logged
    finally:
        process.kill()
        process.wait()


def test_a_taken_port_is_one_line_and_exit_2(folder: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = subprocess.run([*COMMAND, str(folder), "--port", str(port)], capture_output=True, text=True, timeout=60)
    assert done.returncode == 2
    assert (
        done.stderr
        == f"textwright: port {port} of 127.0.0.1 is taken. Choose another with --port, or --port 0 for any free one\n"
    )


def test_an_unknown_host_is_one_line_and_exit_2(folder: Path) -> None:
    command = [*COMMAND, str(folder), "--host", "256.256.256.256"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert done.returncode == 2
    assert "cannot listen on port 8660 of 256.256.256.256" in done.stderr


def test_several_processes_serve_one_port_count_together_and_are_replaced(folder: Path) -> None:
    command = [*COMMAND, str(folder), "--port", "0", "--workers", "2", "--log", "json"]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    try:
        local = local_in(line_of(process, "Serving ranks at"))
        assert local is not None
        assert all(labels(local) == ["LOCATION"] for _ in range(6))
        logged = json.loads(line_of(process, '"method"'))
        assert (logged["path"], logged["texts"], logged["status"]) == ("/v1/models/{name}/predict", 1, 200)
        with urllib.request.urlopen(f"{local.url}metrics", timeout=30) as answer:
            assert 'textwright_texts_total{model="ranks"} 6.0' in answer.read().decode()
        first = children(process.pid)[0]
        os.kill(first, signal.SIGKILL)
        assert f"process {first} ended (-9)" in line_of(process, f"process {first}")
        assert all(labels(local) == ["LOCATION"] for _ in range(4))
        while len(children(process.pid)) < 2:
            time.sleep(0.05)
        folder.rename(folder.with_name("moved"))
        os.kill(children(process.pid)[-1], signal.SIGKILL)  # the older one has its models open
        assert f"{folder}" in line_of(process, "(0): ")
        assert all(labels(local) == ["LOCATION"] for _ in range(8))
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=60) == 0
    finally:
        process.kill()
        process.wait()


def line_of(process: subprocess.Popen[str], part: str) -> str:
    """Read what a process says until a line has some words in it."""
    assert process.stderr is not None
    said: list[str] = []
    for line in process.stderr:
        if part in line:
            return line
        said.append(line)
    raise AssertionError(f"no line has {part!r}: {said}")


def children(pid: int) -> list[int]:
    """Return the processes that serve, the oldest first: the other one that is begun keeps count of semaphores."""
    found = [int(each) for task in Path(f"/proc/{pid}/task").glob("*/children") for each in task.read_text().split()]
    return [each for each in found if "spawn_main" in Path(f"/proc/{each}/cmdline").read_text()]


def labels(local: Local | None) -> list[str]:
    assert local is not None
    answer = local.post("v1/models/ranks/predict", {"texts": ["York"]})
    return [span["label"] for span in answer["annotations"][0]["spans"]]


def test_a_model_that_no_process_can_open_is_one_line_and_exit_2(tmp_path: Path) -> None:
    command = [*COMMAND, f"{tmp_path}/", "--port", "0", "--workers", "2"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120)
    assert done.returncode == 2
    assert done.stderr.startswith("textwright: ")
    assert "no config.json" in done.stderr
