"""Start a real doccano, as its README says, on a free port of this machine; end it again."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
import venv
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

from tests.verify.test_real_doccano import CACHE, PINS

COMMANDS = (
    "pip install doccano",
    "doccano init",
    "doccano createuser --username admin --password pass",
    "doccano webserver --port 8000",
    "doccano task",
)
"""What doccano's README asks for; the last stands "in another terminal"."""
NAME, PASSWORD = "admin", "pass"


def installed() -> Path:
    """Make doccano's environment once, the same that the tests use; give its folder."""
    folder = CACHE / "doccano-1.8.4"
    if not (folder / "ready").exists():
        venv.create(folder, with_pip=True, clear=True)
        for packages in (PINS[3:], PINS):
            subprocess.run([folder / "bin" / "python", "-m", "pip", "install", "-q", *packages], check=True)
        (folder / "ready").touch()
    return folder


def backend_of(folder: Path) -> Path:
    """Find doccano's own Python files."""
    return next(folder.glob("lib/python3*/site-packages/backend"))


@contextmanager
def doccano(home: Path) -> Iterator[str]:
    """Keep doccano running with a database and a user of its own; give its address.

    Its `webserver` listens on every address of the machine; the same program is started here for this machine alone.
    """
    folder, port = installed(), free_port()
    command, settings = folder / "bin" / "doccano", settings_for(home)
    for arguments in (["init"], ["createuser", "--username", NAME, "--password", PASSWORD]):
        subprocess.run([command, *arguments], env=settings, check=True, capture_output=True, timeout=300)
    web = ["gunicorn", "config.wsgi", "--bind", f"127.0.0.1:{port}", "--workers", "1", "--threads", "4"]
    started = [
        start([folder / "bin" / web[0], *web[1:]], settings, backend_of(folder), home / "web.log"),
        start([command, "task", "--concurrency", "1"], settings, backend_of(folder), home / "task.log"),
    ]
    try:
        wait_for(f"http://127.0.0.1:{port}/v1/health")
        wait_until_ready(home / "task.log")
        yield f"http://127.0.0.1:{port}/"
    finally:
        for each in started:
            end(each)


def settings_for(home: Path) -> dict[str, str]:
    return {
        "PATH": os.environ["PATH"],
        "HOME": str(home),
        "LANG": "C.UTF-8",
        "STANDALONE": "True",
        "DJANGO_SETTINGS_MODULE": "config.settings.production",
        "DOCCANO_HOME": str(home),
        "DATABASE_URL": f"sqlite:///{home / 'db.sqlite3'}",
        "MEDIA_ROOT": str(home / "media"),
    }


def free_port() -> int:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        port: int = listening.getsockname()[1]
        return port


def start(command: list[Path | str], settings: dict[str, str], folder: Path, log: Path) -> subprocess.Popen[bytes]:
    with log.open("wb") as file:
        return subprocess.Popen(command, env=settings, cwd=folder, stdout=file, stderr=file, start_new_session=True)


def wait_for(address: str) -> None:
    """Wait until a server answers, whatever it says."""
    for _ in range(120):
        try:
            urllib.request.urlopen(address, timeout=5).close()
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(1)
        else:
            return
    raise SystemExit(f"{address} does not answer after two minutes")


def wait_until_ready(log: Path) -> None:
    """Wait until the task queue says that it takes work."""
    for _ in range(120):
        if re.search(r"celery@\S+ ready", log.read_text(encoding="utf-8", errors="replace")):
            return
        time.sleep(1)
    raise SystemExit(f"doccano task is not ready after two minutes: {log}")


def end(process: subprocess.Popen[Any]) -> None:
    """End a program with all that it started."""
    process.terminate()
    try:
        process.wait(20)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
