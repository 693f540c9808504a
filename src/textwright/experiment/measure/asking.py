"""Ask a process of its own, and say in a sentence what became of it when it gives no answer."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from textwright.errors import ModelError
from textwright.trust import parsed_json

TEXTS, FIRST, MODEL, FOUND = "texts.json", "first.json", "model", "found.json"
# A file of the working directory that is called as a module of Python's is not taken for it.
SAFE = ("-P",)
# The last that a process said is enough to tell what is wrong.
SAID = 600


@contextmanager
def job_folder(texts: Sequence[str]) -> Iterator[Path]:
    """Give a folder with the texts for a process: all, and the first alone; in ASCII, so that any text gets there."""
    with tempfile.TemporaryDirectory(prefix="textwright-measure-") as made:
        folder = Path(made)
        (folder / TEXTS).write_text(json.dumps(list(texts)), encoding="ascii")
        (folder / FIRST).write_text(json.dumps(texts[0]), encoding="ascii")
        yield folder


def ask(command: Sequence[str | Path], folder: Path, *, who: str, seconds: float) -> dict[str, Any]:
    """Run a process and return the object that it leaves in the job's folder, as `found.json`.

    A Python there finds the modules that are found here. Raise `ModelError` that names `who` when the process
    fails, is killed, leaves nothing or is not done in time; it and what it started are then ended.
    """
    with _open_end() as end:
        process = _started(command, who, end)
        try:
            _, err = process.communicate(timeout=seconds)
        except subprocess.TimeoutExpired as error:
            raise ModelError(f"{who}: no answers after {seconds:g} s; it hangs, or is too slow to wait for") from error
        finally:
            _ended(process)
    if process.returncode != 0:
        raise ModelError(f"{who}: {_fate(process.returncode)}{_said(err)}")
    found = _object(folder / FOUND, who, err)
    if "error" in found:
        raise ModelError(f"{who}: {found['error']}")
    return found


@contextmanager
def _open_end() -> Iterator[int]:
    """Give the end of a pipe that says no more than that this process still lives."""
    end, ours = os.pipe()
    try:
        yield end
    finally:
        os.close(end)
        os.close(ours)


def _started(command: Sequence[str | Path], who: str, end: int) -> subprocess.Popen[bytes]:
    try:
        return subprocess.Popen(
            list(map(str, command)),
            stdin=end,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            start_new_session=True,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(each or str(Path.cwd()) for each in sys.path)},
        )
    except OSError as error:
        raise ModelError(f"{who}: {command[0]} cannot be started: {error.strerror or error}") from error


def _ended(process: subprocess.Popen[bytes]) -> None:
    """End a process that still runs, with all that it started: a browser has many."""
    if process.poll() is not None:
        return
    if hasattr(os, "killpg"):
        os.killpg(process.pid, signal.SIGKILL)
    else:
        process.kill()
    process.communicate()


def _fate(code: int) -> str:
    """Say how a process ended.

    >>> _fate(-9)
    'the process was killed (SIGKILL); perhaps memory ran out'
    """
    if code >= 0:
        return f"the process ended with status {code}"
    try:
        name = signal.Signals(-code).name
    except ValueError:
        name = f"signal {-code}"
    if name == "SIGKILL":
        return "the process was killed (SIGKILL); perhaps memory ran out"
    return f"the process crashed ({name})"


def _said(err: bytes) -> str:
    said = err.decode("utf-8", "replace").strip()[-SAID:]
    return f". Its last words: {said}" if said else ""


def _object(path: Path, who: str, err: bytes) -> dict[str, Any]:
    try:
        found = parsed_json(path.read_bytes())
    except (OSError, ValueError) as error:
        raise ModelError(f"{who}: the process left no answers{_said(err)}") from error
    if not isinstance(found, dict):
        raise ModelError(f"{who}: found {type(found).__name__}, expected an object")
    return found
