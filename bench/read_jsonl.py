"""Reading native JSONL: throughput beside a bare `json.loads` loop, and memory for a file of 1 GB.

    python bench/read_jsonl.py [--gigabytes 1.0] [FILE]

FILE is read for throughput; without one, the sample of the job_titles pack, many times over. The two
loops take turns on the same file, and the best of five rounds counts.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import textwright
from textwright import formats

ROUNDS = 5
WANTED_BYTES = 20_000_000
TARGET_SHARE = 1 / 3
SAMPLE = Path(textwright.__file__).parent / "packs" / "job_titles" / "sample.jsonl"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", nargs="?", type=Path, default=SAMPLE)
    parser.add_argument("--gigabytes", type=float, default=1.0)
    parser.add_argument("--peak-of", type=Path, help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.peak_of:
        print(read_all(chosen.peak_of), peak_megabytes())
        return
    with tempfile.TemporaryDirectory() as folder:
        lines = chosen.file.read_bytes()
        show_throughput(repeated(Path(folder) / "speed.jsonl", lines, WANTED_BYTES))
        for gigabytes in (chosen.gigabytes / 10, chosen.gigabytes):
            show_memory(repeated(Path(folder) / "memory.jsonl", lines, int(gigabytes * 1e9)), without_ids=False)
        bare = b"".join(without_id(line) for line in lines.splitlines())
        show_memory(repeated(Path(folder) / "memory.jsonl", bare, int(chosen.gigabytes * 1e9)), without_ids=True)


def repeated(path: Path, lines: bytes, size: int) -> Path:
    """Write different lines up to a size: each round adds its number to the texts."""
    with path.open("wb") as file:
        for number in range(size // len(lines) + 1):
            file.write(lines.replace(b'", "spans"', b' %d", "spans"' % number))
    return path


def without_id(line: bytes) -> bytes:
    data = json.loads(line)
    del data["id"]
    return json.dumps(data, ensure_ascii=False).encode() + b"\n"


def show_throughput(path: Path) -> None:
    size = path.stat().st_size / 1e6
    seconds = {"json.loads": 1e9, "textwright": 1e9}
    loops: dict[str, Callable[[Path], int]] = {"json.loads": loads_all, "textwright": read_all}
    for _ in range(ROUNDS):
        for name, loop in loops.items():
            started = time.perf_counter()
            count = loop(path)
            seconds[name] = min(seconds[name], time.perf_counter() - started)
    for name, best in seconds.items():
        print(f"{name:<12} {size / best:7.1f} MB/s {count / best:12,.0f} lines/s")
    share = seconds["json.loads"] / seconds["textwright"]
    print(f"{'share':<12} {share:7.2f}      target {TARGET_SHARE:.2f}: {'met' if share >= TARGET_SHARE else 'MISSED'}")


def loads_all(path: Path) -> int:
    count = 0
    with path.open(encoding="utf-8") as file:
        for line in file:
            json.loads(line)
            count += 1
    return count


def read_all(path: Path) -> int:
    return sum(1 for _ in formats.read(path, format="jsonl"))


def show_memory(path: Path, *, without_ids: bool) -> None:
    command = [sys.executable, __file__, "--peak-of", str(path)]
    count, peak = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()
    kind = "no ids" if without_ids else "ids"
    print(f"{path.stat().st_size / 1e6:9,.0f} MB, {int(count):10,} lines ({kind}): peak memory {float(peak):6.1f} MB")


def peak_megabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()
