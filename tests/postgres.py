"""A PostgreSQL server of the tests' own: in a temporary folder, on a Unix socket, as durable as in earnest."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest

DEBIAN = Path("/usr/lib/postgresql")
USER = "textwright"
OPTIONS = ("fsync=on", "synchronous_commit=on", "full_page_writes=on", "max_connections=300", "log_min_messages=fatal")
WAIT_SECONDS = 60


@dataclass(frozen=True, slots=True)
class Server:
    """A running server. `account` is who runs it, where that is not the one who tests."""

    folder: Path
    programs: Path
    account: str | None

    def url(self, name: str) -> str:
        """Return the URL of a database of the server."""
        return f"postgresql://{USER}@/{name}?host={self.folder}"

    def create(self, name: str) -> str:
        """Make an empty database; return its URL."""
        self.say(f'CREATE DATABASE "{name}"')
        return self.url(name)

    def drop(self, name: str) -> None:
        """Remove a database, whoever is connected to it."""
        self.say(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')

    def say(self, statement: str) -> str:
        """Run a statement as the owner of the server; return the first of what it answers."""
        owner = psycopg.connect(host=str(self.folder), user=USER, dbname="postgres", autocommit=True)
        with owner as connection:
            answer = connection.execute(statement)
            row = answer.fetchone() if answer.description else None
        return str(row[0]) if row else ""

    def run(self, line: Sequence[str]) -> str:
        """Run one of PostgreSQL's programs as the account that the server has."""
        ended = subprocess.run(
            [*_as(self.account), str(self.programs / line[0]), *line[1:]],
            cwd=self.folder,
            capture_output=True,
            text=True,
            timeout=WAIT_SECONDS,
        )
        if ended.returncode:
            raise RuntimeError(f"{' '.join(line)}: {ended.stderr or ended.stdout}")
        return ended.stdout.strip()


def programs() -> Path:
    """Return the folder of PostgreSQL's programs; skip without, but fail where every test must run."""
    found = sorted(DEBIAN.glob("*/bin/postgres"), key=lambda path: int(path.parts[-3]))
    on_path = shutil.which("postgres")
    if found or on_path:
        return found[-1].parent if found else Path(str(on_path)).resolve().parent
    if os.environ.get("CI"):
        pytest.fail("no PostgreSQL: make setup")
    pytest.skip("no PostgreSQL: make setup")


@contextmanager
def running_server() -> Iterator[Server]:
    """Start a server in a folder of its own and end it afterwards."""
    where, account = programs(), "nobody" if os.getuid() == 0 else None  # the server refuses to run as root
    with tempfile.TemporaryDirectory(prefix="textwright-pg-") as folder:
        server = Server(Path(folder), where, account)
        if account is not None:
            shutil.chown(folder, account)
        server.run(
            ["initdb", "-D", f"{folder}/data", "-U", USER, "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "-N"]
        )
        settings = [part for option in (*OPTIONS, "listen_addresses=") for part in ("-c", option)]
        line = [str(where / "postgres"), "-D", f"{folder}/data", "-k", folder, *settings]
        process = subprocess.Popen([*_as(account, dies_with_us=True), *line], cwd=folder, stderr=subprocess.DEVNULL)
        try:
            _wait_until_ready(server)
            yield server
        finally:
            process.send_signal(signal.SIGINT)  # connections are ended, and it stops
            process.wait(timeout=WAIT_SECONDS)


def _wait_until_ready(server: Server) -> None:
    for _ in range(WAIT_SECONDS * 20):
        try:
            server.say("SELECT 1")
        except psycopg.OperationalError:
            time.sleep(0.05)
        else:
            return
    raise RuntimeError("PostgreSQL did not start")


def _as(account: str | None, *, dies_with_us: bool = False) -> list[str]:
    """Return what runs a program as an account, and ends it when this process is killed."""
    who = [] if account is None else [f"--reuid={account}", "--regid=nogroup", "--clear-groups"]
    ends = ["--pdeathsig=INT"] if dies_with_us else []
    return ["setpriv", *who, *ends, "--"] if who or ends else []
