"""The cache of answers: how long a hit takes, and what several processes at one file come to.

    python bench/llm_cache.py [--answers 10000] [--processes 4] [--rounds 10000]

A hit is timed as a run sees it: the request is ready, its key is made, the answer is found and read. Beside it
stands the bare SELECT of a row by its key from the same file. The processes draw reads and writes at random, as
many of each.
"""

from __future__ import annotations

import argparse
import random
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import quantiles

from textwright.llm.calls import Completion, Message, Request
from textwright.llm.kept.cache import Cache, Cached
from textwright.types import Usage

TARGET_MS = 1.0
HITS = 5_000
SYSTEM = "Mark the job title, the seniority and the town in the text. Answer with JSON alone, as in the examples. " * 18


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--answers", type=int, default=10_000)
    parser.add_argument("--processes", type=int, default=4)
    parser.add_argument("--rounds", type=int, default=10_000, help="of all processes together")
    parser.add_argument("--work", nargs=4, help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.work:
        path, seed, rounds, texts = chosen.work
        print(work(Path(path), int(seed), int(rounds), int(texts)))
        return
    with tempfile.TemporaryDirectory() as folder:
        show_hits(Path(folder) / "hits.sqlite", chosen.answers)
        show_processes(Path(folder) / "shared.sqlite", chosen.processes, chosen.rounds)


def request(number: int) -> Request:
    """Make a request as a span template with some examples does: about 2,000 characters."""
    return Request(
        "https://llm.example.org/v1",
        "talker",
        (Message("system", SYSTEM), Message("user", f"Senior Gardener number {number}, Leith")),
        answer={"type": "object", "properties": {"spans": {"type": "array"}}},
    )


def completion(number: int) -> Completion:
    said = '{"spans": [{"label": "SENIORITY", "text": "Senior"}, {"label": "JOBTITLE", "text": "Senior Gardener"}]}'
    return Completion(f"{said} {number}", "stop", Usage(600, 40, 0.0, 1, 0.5))


def show_hits(path: Path, answers: int) -> None:
    with Cache(path) as cache:
        started = time.perf_counter()
        for number in range(answers):
            cache.put(request(number), completion(number))
        seconds = time.perf_counter() - started
        print(f"{answers:,} answers written at {answers / seconds:,.0f} a second, {cache.size() / 1e6:.1f} MB")
        completer = Cached(None, cache)
        chance = random.Random(0)
        asked = [request(chance.randrange(answers)) for _ in range(HITS)]
        hit = timed([lambda each=each: completer.complete(each) for each in asked])  # type: ignore[misc]
    connection = sqlite3.connect(path)
    wanted = "SELECT completion FROM answers WHERE key = ?"
    keys = [each.key for each in asked]
    bare = timed([lambda key=key: connection.execute(wanted, (key,)).fetchone() for key in keys])  # type: ignore[misc]
    connection.close()
    verdict = "met" if hit[0] <= TARGET_MS else "MISSED"
    print(f"a hit:       p50 {hit[0]:.3f} ms, p95 {hit[1]:.3f} ms (target p50 <= {TARGET_MS} ms: {verdict})")
    print(f"bare SELECT: p50 {bare[0]:.3f} ms, p95 {bare[1]:.3f} ms")


def timed(calls: list[Callable[[], object]]) -> tuple[float, float]:
    """Return the middle and the 95th hundredth of how many milliseconds calls take."""
    took = []
    for call in calls:
        started = time.perf_counter()
        call()
        took.append(1000 * (time.perf_counter() - started))
    parts = quantiles(took, n=100)
    return parts[49], parts[94]


def show_processes(path: Path, processes: int, rounds: int) -> None:
    each, texts = rounds // processes, max(1, rounds // 10)
    started = time.perf_counter()
    command = [sys.executable, __file__, "--work", str(path)]
    running = [
        subprocess.Popen([*command, str(seed), str(each), str(texts)], stdout=subprocess.PIPE, text=True)
        for seed in range(processes)
    ]
    written = {number for process in running for number in map(int, process.communicate()[0].split())}
    seconds = time.perf_counter() - started
    with Cache(path) as cache:
        lost = [number for number in written if cache.get(request(number)) != kept(number)]
        rows = cache.count()
    print(
        f"{processes} processes, {rounds:,} reads and writes in {seconds:.1f} s: {len(written):,} answers written, "
        f"{rows:,} rows, {len(lost)} lost or wrong"
    )
    if lost or rows != len(written):
        raise SystemExit(1)


def kept(number: int) -> Completion:
    found = completion(number)
    return Completion(found.text, found.finish, found.usage, cached=True)


def work(path: Path, seed: int, rounds: int, texts: int) -> str:
    """Read and write at random; return the numbers that were written."""
    chance = random.Random(seed)
    written = set()
    with Cache(path) as cache:
        for _ in range(rounds):
            number = chance.randrange(texts)
            if chance.random() < 0.5:
                cache.put(request(number), completion(number))
                written.add(number)
            else:
                cache.get(request(number))
    return " ".join(map(str, written))


if __name__ == "__main__":
    main()
