"""What hangs or crashes while it is measured: a sentence that names the model, and nothing left running or lying."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from textwright.errors import ModelError
from textwright.experiment.measure.asking import MODEL, job_folder
from textwright.experiment.measure.chromium import in_chromium

pytestmark = [pytest.mark.verify, pytest.mark.browser]
HANGS = "for (;;) ;"
WAITS = "await new Promise(() => undefined);"
OFFSETS = "export const offsetsOf = () => ({ toPoints: (place) => place });\n"


def in_fake(runtime: Path, body: str, *, seconds: float) -> None:
    (runtime / "textwright.js").write_text(f"{OFFSETS}export async function load() {{ {body} }}\n")
    with job_folder(["a"]) as folder:
        (folder / MODEL).mkdir()
        (folder / "sample.json").write_text(json.dumps({"sample": ["a"], "warmUp": 1, "most": 100}))
        in_chromium(folder, who="recipes in Chromium", seconds=seconds, runtime=runtime)


def running(below: int) -> Iterator[tuple[int, str]]:
    """Go through the processes that a process started, and those that they started, with their command lines."""
    for status in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            parent = int(status.read_text().rpartition(")")[2].split()[1])
            if parent == below:
                command = (status.parent / "cmdline").read_bytes().replace(b"\0", b" ").decode()
                yield int(status.parent.name), command
                yield from running(int(status.parent.name))


def browsers() -> list[int]:
    return [pid for pid, command in running(os.getpid()) if "chrom" in command]


def pages(below: int) -> list[int]:
    """List the processes that draw pages."""
    return [pid for pid, command in running(below) if "--type=renderer" in command]


def eventually(condition: Callable[[], bool], *, seconds: float = 120) -> bool:
    """Look again and again, as long as a busy machine may need."""
    until = time.monotonic() + seconds
    while not (met := condition()) and time.monotonic() < until:
        time.sleep(0.1)
    return met


@pytest.mark.parametrize("body", [HANGS, WAITS])
def test_a_page_that_hangs_is_ended_with_its_browser(body: str, tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="recipes in Chromium: no answers after 8 s; it hangs"):
        in_fake(tmp_path, body, seconds=8)
    assert eventually(lambda: browsers() == [])
    assert eventually(
        lambda: not [each for each in Path("/proc").glob("[0-9]*/cmdline") if str(tmp_path) in read(each)]
    )


def read(command: Path) -> str:
    with suppress(OSError):
        return command.read_bytes().decode(errors="replace")
    return ""


@contextmanager
def killing_pages() -> Iterator[None]:
    """Kill what draws pages once the page has had time to load the runtime, and again until that is noticed."""
    noticed = threading.Event()
    killer = threading.Thread(target=_kill_pages, args=[noticed])
    killer.start()
    try:
        yield
    finally:
        noticed.set()
        killer.join()


def _kill_pages(noticed: threading.Event) -> None:
    eventually(lambda: noticed.is_set() or pages(os.getpid()) != [])
    while not noticed.wait(5):
        for pid in pages(os.getpid()):
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)


def test_a_page_that_crashes_names_the_model(tmp_path: Path) -> None:
    said = "recipes in Chromium: the page crashed; perhaps memory ran out"
    with killing_pages(), pytest.raises(ModelError, match=said):
        in_fake(tmp_path, WAITS, seconds=240)


ASKS = """
import json, sys
from pathlib import Path
from textwright.experiment.measure import chromium, node
from textwright.experiment.measure.asking import MODEL, job_folder
runtime = Path(sys.argv[2])
with job_folder(["a"]) as folder:
    (folder / MODEL).mkdir()
    (folder / "sample.json").write_text(json.dumps({"sample": ["a"], "warmUp": 1, "most": 100}))
    (runtime / "place").write_text(str(folder))
    ask = {"node": node.in_node, "chromium": chromium.in_chromium}[sys.argv[1]]
    ask(folder, who="recipes", seconds=120, runtime=runtime)
"""


# What stands in the command line of the process that has the page, or the model, in hand.
AT_WORK = {"node": "node.mjs", "chromium": "--type=renderer"}


@pytest.mark.parametrize("where", AT_WORK)
def test_nothing_is_left_when_who_measures_is_killed(where: str, tmp_path: Path) -> None:
    (tmp_path / "textwright.js").write_text(f"{OFFSETS}export async function load() {{ {WAITS} }}\n")
    with subprocess.Popen([sys.executable, "-c", ASKS, where, str(tmp_path)]) as asking:
        assert eventually(lambda: any(AT_WORK[where] in command for _, command in running(asking.pid)))
        folder = Path((tmp_path / "place").read_text())
        started = [pid for pid, _ in running(asking.pid)]
        asking.kill()
    assert started
    assert eventually(lambda: not any(ours(pid) for pid in started))
    assert eventually(lambda: not folder.exists())


def ours(pid: int) -> bool:
    """Say whether a process is still one of those that measure; its number may be somebody else's by now."""
    command = read(Path(f"/proc/{pid}/cmdline"))
    return "textwright-measure" in command or "chrom" in command
