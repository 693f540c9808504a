"""The cache at its full size: four processes, ten thousand reads and writes, forty kills, nothing lost."""

from __future__ import annotations

import os
import random
import signal
import sqlite3
from pathlib import Path

import pytest
from tests.llm.cache.asking import request
from tests.llm.cache.working import done, started, text

from textwright.llm.kept.cache import Cache

pytestmark = pytest.mark.verify
PROCESSES = 4
ROUNDS = 2_500
TEXTS = 400
KILLS = 40


def test_four_processes_and_ten_thousand_reads_and_writes_lose_nothing(tmp_path: Path) -> None:
    path = tmp_path / "answers.sqlite"
    running = [started("works", path, seed, ROUNDS, TEXTS) for seed in range(PROCESSES)]
    found = [done(each) for each in running]
    assert [each["wrong"] for each in found] == [0] * PROCESSES
    with Cache(path) as cache:
        kept = {number: each.text for number in range(TEXTS) if (each := cache.get(request(text(number))))}
        assert cache.count() == len(kept)
    # Each number was drawn to be written some twelve times: none may be missing.
    assert kept == {number: f"answer {number}" for number in range(TEXTS)}
    print(f"{PROCESSES} processes, {PROCESSES * ROUNDS:,} rounds, {len(kept):,} answers, none lost")


def test_every_answer_that_was_said_to_be_kept_survives_kills(tmp_path: Path) -> None:
    path = tmp_path / "answers.sqlite"
    chance = random.Random(0)
    kept: set[int] = set()
    for _ in range(KILLS):
        running = [started("writes", path) for _ in range(2)]
        for process in running:
            assert process.stdout is not None
            kept |= {int(process.stdout.readline()) for _ in range(chance.randint(1, 60))}
        for process in running:
            os.kill(process.pid, signal.SIGKILL)
            process.communicate()
    with Cache(path) as cache:
        assert [number for number in kept if cache.get(request(text(number))) is None] == []
    with sqlite3.connect(path) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    connection.close()
