"""The command, as a process of its own."""

from __future__ import annotations

import json
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

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
    url = line.split()[3]
    request = urllib.request.Request(f"{url}v1/models/ranks/predict", data=b'{"texts": ["York"]}')
    with urllib.request.urlopen(request, timeout=10) as answer:
        assert json.load(answer)["annotations"][0]["spans"][0]["label"] == "LOCATION"
    process.send_signal(signal.SIGTERM)
    assert process.wait(timeout=15) == 0


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
