"""Nothing that strangers send crashes or takes long: a few hundred things each time, very many by `make verify`."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest


def tried(seconds: int, seed: int, count: int) -> dict[str, Any]:
    """Let a process of its own try; return its counts, with what went wrong under `wrong`."""
    command = [sys.executable, "-W", "ignore", "-m", "tests.hostile.trials", str(seconds), str(seed), str(count)]
    ran = subprocess.run(command, capture_output=True, text=True, check=False, timeout=seconds + 300)
    lines = [json.loads(line) for line in ran.stdout.splitlines()]
    assert lines, ran.stderr[-2_000:]
    return {**lines[-1], "wrong": lines[:-1]}


def test_a_few_hundred_spoiled_things_are_answered_or_refused() -> None:
    found = tried(60, 20, 300)
    assert found["wrong"] == []
    assert found["longest"] < 5
    assert min(found["trials"].values()) > 5


@pytest.mark.verify
def test_very_many_spoiled_things_are_answered_or_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with ThreadPoolExecutor(2) as pool:
        found = list(pool.map(lambda seed: tried(600, seed, 10**9), (21, 22)))
    counts = sum((Counter(each["trials"]) for each in found), Counter[str]())
    with capsys.disabled():
        print(f"\n{dict(counts)}, the longest {max(each['longest'] for each in found)} s")
    assert [each["wrong"] for each in found] == [[], []]
    assert max(each["longest"] for each in found) < 5
