"""The server as a process of its own: it starts, refuses, and stops in order."""

from __future__ import annotations

import signal
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.local import local_in
from tests.server.annotation.conftest import made_desk
from textwright.server.annotation.run import warnings_of
from textwright.server.gate import networks_of, place_of
from textwright.store.accounts import add_account
from textwright.store.database import open_database

PROGRAM = """
import sys
from textwright.annotate.desk import Desk
from textwright.annotate.settings import Settings
from textwright.errors import TextwrightError
from textwright.server.annotation.run import run_annotation
from textwright.server.run import bind
from textwright.store.database import open_database
from textwright.store.projects import find_project

database = open_database(sys.argv[1])
desk = Desk(database, find_project(database, "titles"), Settings())
closed = desk.close
desk.close = lambda: (closed(), print("desk closed", flush=True))
try:
    with bind(sys.argv[2], 0) as listening:
        run_annotation(desk, listening, say=lambda line: print(line, flush=True))
except TextwrightError as error:
    print(f"refused: {error}", flush=True)
    raise SystemExit(2)
"""


@pytest.fixture
def where(tmp_path: Path) -> str:
    desk = made_desk(str(tmp_path / "work.sqlite"))
    desk.close()
    desk.database.close()
    return str(tmp_path / "work.sqlite")


def started(where: str, host: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", PROGRAM, where, host]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)


@pytest.fixture
def running(where: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    process = started(where, "127.0.0.1")
    assert process.stdout is not None
    line = process.stdout.readline()
    yield process, line
    process.kill()
    process.wait()
    process.stdout.close()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_serves_and_stops_in_order(running: tuple[subprocess.Popen[str], str], number: int) -> None:
    process, line = running
    assert line.startswith("Annotating titles at http://127.0.0.1:")
    local = local_in(line)
    assert local is not None
    assert len(local.get("api/queue")["tasks"]) == 3
    with pytest.raises(urllib.error.HTTPError, match="401"):
        urllib.request.urlopen(f"{local.url}api/queue", timeout=60)
    process.send_signal(number)
    assert process.wait(timeout=60) == 0
    assert process.stdout is not None
    assert process.stdout.read() == "desk closed\n"


def test_other_machines_are_refused_without_accounts(where: str) -> None:
    process = started(where, "0.0.0.0")
    out, _ = process.communicate(timeout=60)
    assert process.returncode == 2
    assert f"textwright accounts add NAME --role owner --database {where}" in out


def test_accounts_let_other_machines_in_with_a_warning(where: str) -> None:
    database = open_database(where)
    add_account(database, "ann", "correct horse", "owner", by="test")
    database.close()
    process = started(where, "0.0.0.0")
    assert process.stdout is not None
    lines = [process.stdout.readline() for _ in range(2)]
    process.terminate()
    assert process.wait(timeout=60) == 0
    process.stdout.close()
    assert lines[0].startswith("Annotating titles at http://0.0.0.0:")
    assert "without encryption" in lines[1]


@pytest.mark.parametrize(
    ("host", "url", "named", "warned"),
    [
        ("127.0.0.1", None, (), None),
        ("0.0.0.0", None, (), "without encryption"),
        ("0.0.0.0", "http://work.example.org/", (), "without encryption"),
        ("127.0.0.1", "https://work.example.org/", (), "--trust-from 127.0.0.1"),
        ("0.0.0.0", "https://work.example.org/", (), "--trust-from ADDRESS"),
        ("127.0.0.1", "https://work.example.org/", ("127.0.0.1",), None),
    ],
)
def test_what_lets_people_disturb_each_other_is_said_at_the_start(
    host: str, url: str | None, named: tuple[str, ...], warned: str | None
) -> None:
    """Behind a proxy that is not named all tries to log in come from one address: a stranger would use them up."""
    found = warnings_of(place_of(host, 8650, public_url=url), host, networks_of(named))
    assert len(found) == (warned is not None)
    assert warned is None or warned in found[0]
