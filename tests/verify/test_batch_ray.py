"""A real Ray cluster of several machines' worth of processes, and a worker that is killed half way: every row, once."""

from __future__ import annotations

import csv
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.batch.tables import files_of

# A test that takes seven minutes hangs: pytest's own watch ends it.
pytestmark = [pytest.mark.verify, pytest.mark.timeout(400)]
ROOT = Path(__file__).parents[2]
ROWS = 6000
SLOW = "python:tests.batch.models:Slow"


@pytest.fixture(scope="module", autouse=True)
def equals() -> Iterator[None]:
    """Let Ray's workers run like everybody else: it ranks them last, and on a busy machine they would hardly begin."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("RAY_worker_niceness", "0")
        yield


@pytest.fixture(scope="module")
def table() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="tw-"))
    with (folder / "table.csv").open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["n", "text"])
        rows.writerows((i, f'row "{i}",\nof many') for i in range(ROWS))
    yield folder / "table.csv"
    shutil.rmtree(folder)


# A head and two more nodes, each a process tree of its own, until standard input is closed.
NODES = """
import sys
from textwright.batch.libraries import ray
ray()
from ray.cluster_utils import Cluster
head = {"num_cpus": 1, "include_dashboard": False, "temp_dir": sys.argv[1]}
cluster = Cluster(initialize_head=True, head_node_args=head)
for _ in range(2):
    cluster.add_node(num_cpus=1)
print(cluster.address, flush=True)
sys.stdin.read()
cluster.shutdown()
"""


@pytest.fixture(scope="module")
def cluster(table: Path) -> Iterator[str]:
    """Start a cluster of three nodes with a core each, and give its address."""
    command = [sys.executable, "-c", NODES, str(table.parent / "ray")]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL, text=True, cwd=ROOT) as nodes:
        assert nodes.stdout is not None
        yield nodes.stdout.readline().strip()
        nodes.communicate("", timeout=120)


def batch(table: Path, out: Path, *options: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "textwright", "batch", SLOW, str(table), "-o", str(out), "--rows-per-part", "100"]
    return subprocess.Popen([*command, *options], stderr=subprocess.PIPE, text=True, cwd=ROOT)


def kill_half_way(out: Path, killed: list[int]) -> None:
    """Kill the worker of a task that is not done, when a third of the parts are."""
    while len(done := parts(out, "done")) < ROWS / 100 / 3:
        time.sleep(0.1)
    [*_, last] = sorted(parts(out, "begun") - done)
    victim = int((out / f".batch/begun/{last}").read_text().split()[1])
    os.kill(victim, signal.SIGKILL)
    killed.append(victim)


def parts(out: Path, what: str) -> set[str]:
    return {each.stem for each in (out / ".batch" / what).glob("[0-9]*")}


def test_every_row_is_there_once_when_a_worker_is_killed(table: Path, cluster: str) -> None:
    out = table.parent / "out"
    killed: list[int] = []
    with batch(table, out, "--ray", cluster, "--workers", "3") as run:
        killer = threading.Thread(target=kill_half_way, args=(out, killed), daemon=True)
        killer.start()
        _, said = run.communicate(timeout=600)
    assert run.returncode == 0, said
    assert len(killed) == 1
    assert "6,000 rows in 60 parts" in said
    assert_whole(out)


def assert_whole(out: Path) -> None:
    found = [row for part in sorted(out.glob("part-*")) for row in read(part)]
    assert [int(row["n"]) for row in found] == list(range(ROWS))
    assert {row["FIRST"] for row in found} == {"row"}


def read(part: Path) -> list[dict[str, str]]:
    with part.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_the_cluster_writes_what_one_machine_does(table: Path) -> None:
    out = table.parent / "out"
    with batch(table, table.parent / "here", "--workers", "2") as run:
        _, said = run.communicate(timeout=300)
    assert run.returncode == 0, said
    assert files_of(out) == files_of(table.parent / "here")


def test_a_cluster_of_its_own_is_started_and_stopped(table: Path) -> None:
    with batch(table, table.parent / "local", "--ray", "local", "--workers", "2") as run:
        _, said = run.communicate(timeout=600)
    assert run.returncode == 0, said
    assert_whole(table.parent / "local")
    assert all(line.startswith(("textwright: ", str(table.parent))) for line in said.splitlines()), said
