"""What hangs or crashes while it is measured: a sentence that names the model, and nothing left running or lying."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
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


@pytest.mark.parametrize("body", [HANGS, WAITS])
def test_a_page_that_hangs_is_ended_with_its_browser(body: str, tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="recipes in Chromium: no answers after 8 s; it hangs"):
        in_fake(tmp_path, body, seconds=8)
    time.sleep(2)
    assert browsers() == []
    assert not [each for each in Path("/proc").glob("[0-9]*/cmdline") if str(tmp_path) in read(each)]


def read(command: Path) -> str:
    with suppress(OSError):
        return command.read_bytes().decode(errors="replace")
    return ""


def kill_pages() -> None:
    """Kill what draws pages once the page has had time to load the runtime."""
    time.sleep(8)
    for pid, command in list(running(os.getpid())):
        if "--type=renderer" in command:
            os.kill(pid, signal.SIGKILL)


def test_a_page_that_crashes_names_the_model(tmp_path: Path) -> None:
    threading.Thread(target=kill_pages, daemon=True).start()
    with pytest.raises(ModelError, match="recipes in Chromium: the page crashed; perhaps memory ran out"):
        in_fake(tmp_path, WAITS, seconds=120)


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


@pytest.mark.parametrize("where", ["node", "chromium"])
def test_nothing_is_left_when_who_measures_is_killed(where: str, tmp_path: Path) -> None:
    (tmp_path / "textwright.js").write_text(f"{OFFSETS}export async function load() {{ {WAITS} }}\n")
    with subprocess.Popen([sys.executable, "-c", ASKS, where, str(tmp_path)]) as asking:
        time.sleep(8)
        folder = Path((tmp_path / "place").read_text())
        started = [pid for pid, _ in running(asking.pid)]
        asking.kill()
    time.sleep(4)
    assert started
    assert [pid for pid in started if "textwright-measure" in read(Path(f"/proc/{pid}/cmdline"))] == []
    assert [pid for pid in started if "chrom" in read(Path(f"/proc/{pid}/cmdline"))] == []
    assert not folder.exists()
