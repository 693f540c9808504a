"""How fast a large table is annotated: beside the bare loop, by number of workers, and what ten million rows take.

    python bench/batch.py [--short] [--only bare,workers,ray,rows,paper] [--rows 10000000] [--seconds 20]

Texts are those of ../shared/data (or $TEXTWRIGHT_SHARED/data): titles, and adverts for the last table; each repeated
as often as it takes. The bare loop is `for answer in answers(model, texts)` over texts that are in memory, in a process
of its own, just before and just after the run it is compared with; a run's figure is rows by the seconds in which its
workers answered. Both begin with the first text, when Python and the model are loaded (what a run takes for that is
said beside it) and what a model makes at its first text is not yet there. The share by processor time says the same
on a busy machine. With --short everything is small, and says whether it works, not how fast.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import cycle, islice
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
SHARED = Path(os.environ.get("TEXTWRIGHT_SHARED", ROOT.parent / "shared")) / "data"
NAMES = {"parquet": "parquet, one group", "csv": "csv"}
SECTIONS = ("bare", "workers", "ray", "rows", "paper")
# What the last table assumes, beside what was measured.
ADVERTS, MACHINES, CORES = 100_000_000, 20, 16
# Ray ranks its workers last among all processes, which would be measured then.
os.environ.setdefault("RAY_worker_niceness", "0")
BARE = """
import json, sys, time
from itertools import cycle, islice
from textwright.predictor import answers
from textwright.references import open_model
model = open_model(sys.argv[1])
texts = [json.loads(line) for line in open(sys.argv[2], encoding="utf-8")]
began, used = time.perf_counter(), time.process_time()
first = list(answers(model, texts[:1]))
warm = time.perf_counter()
for _ in answers(model, texts):
    pass
ended = time.perf_counter()
print(len(texts) / (ended - began), len(texts) / (time.process_time() - used), len(texts) / (ended - warm))
"""


@dataclass(frozen=True, slots=True)
class Size:
    """How much is measured: seconds of the bare loop for each figure, and rows of the large table."""

    seconds: float
    rows: int


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--short", action="store_true", help="a small run of everything")
    parser.add_argument("--only", default=",".join(SECTIONS))
    parser.add_argument("--rows", type=int, default=10_000_000)
    parser.add_argument("--seconds", type=float, default=20.0, help="of the bare loop, for each figure")
    asked = parser.parse_args()
    size = Size(2.0, 200_000) if asked.short else Size(asked.seconds, asked.rows)
    print(f"{os.cpu_count()} cores; load when this began: {os.getloadavg()[0]:.1f}")
    show = {"bare": show_bare, "workers": show_workers, "ray": show_ray, "rows": show_rows, "paper": show_paper}
    for name in asked.only.split(","):
        with tempfile.TemporaryDirectory(prefix="tw-") as folder:
            show[name](Path(folder), size)
        sys.stdout.flush()


# --- texts ------------------------------------------------------------------------------------------


def titles() -> list[str]:
    lines = (SHARED / "titles/unlabelled.jsonl").open(encoding="utf-8")
    return [json.loads(line)["text"] for line in lines]


def adverts() -> list[str]:
    with gzip.open(SHARED / "adverts/adverts.jsonl.gz", "rt", encoding="utf-8") as file:
        return [json.loads(line)["text"] for line in file]


def many(texts: Sequence[str], count: int) -> Iterator[str]:
    return islice(cycle(texts), count)


def write_table(path: Path, texts: Iterator[str]) -> Path:
    """Write a Parquet table of one group, as far as it goes."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    schema = pa.schema([("n", pa.int64()), ("text", pa.string())])
    with pq.ParquetWriter(path, schema) as file:
        place = 0
        while chunk := list(islice(texts, 100_000)):
            numbers = range(place, place + len(chunk))
            file.write_table(pa.table({"n": list(numbers), "text": chunk}, schema=schema))
            place += len(chunk)
    return path


# --- measuring --------------------------------------------------------------------------------------


def bare(model: str, texts: Sequence[str], folder: Path) -> tuple[float, float, float]:
    """Return texts a second of the bare loop: by the clock, by the processor, by the clock from the second text on."""
    listed = folder / "texts.jsonl"
    listed.write_text("".join(json.dumps(text) + "\n" for text in texts), encoding="utf-8")
    done = subprocess.run([sys.executable, "-c", BARE, model, listed], capture_output=True, text=True, check=True)
    clock, processor, warm = map(float, done.stdout.split())
    return clock, processor, warm


def count_for(model: str, texts: Sequence[str], folder: Path, seconds: float) -> int:
    """Find how many texts keep the bare loop busy for so long."""
    *_, warm = bare(model, list(many(texts, 300)), folder)
    return max(300, int(warm * seconds))


@dataclass(frozen=True, slots=True)
class Run:
    """What a run of the command took."""

    rows: int
    rejected: int
    seconds: float
    answering: float
    processor: float
    peak_bytes: int

    @property
    def per_second(self) -> float:
        return (self.rows + self.rejected) / self.answering


def run(model: str, table: Path, out: Path, *options: str) -> Run:
    """Run the command. `answering` is the time from the first task on until the last one is done."""
    command = [sys.executable, "-m", "textwright", "batch", model, str(table), "-o", str(out), *options]
    began = time.perf_counter()
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, start_new_session=True) as process:
        memory = Memory(process.pid)
        _, said = process.communicate()
    seconds = time.perf_counter() - began
    if process.returncode not in {0, 4}:
        raise SystemExit(said)
    facts = json.loads((out / "manifest.json").read_text())
    used = facts["processor_seconds"]
    return Run(facts["rows"], facts["rejected"], seconds, answering(out), used, memory.peak)


def answering(out: Path) -> float:
    """Return the seconds from the first task's beginning until the last one's end, as the run's own records say."""
    files = list((out / ".batch/done").iterdir())
    done = [(path.stat().st_mtime, float(json.loads(path.read_text())["seconds"])) for path in files]
    return max(end for end, _ in done) - min(end - seconds for end, seconds in done)


class Memory(threading.Thread):
    """Watches how much memory all processes of a session hold together."""

    def __init__(self, session: int) -> None:
        super().__init__(daemon=True)
        self._session = session
        self.peak = 0
        self.start()

    def run(self) -> None:
        while Path(f"/proc/{self._session}").exists():
            self.peak = max(self.peak, sum(map(resident, processes_of(self._session))))
            time.sleep(0.2)


def processes_of(session: int) -> list[int]:
    listed = (int(each.name) for each in Path("/proc").iterdir() if each.name.isdigit())
    return [pid for pid in listed if session_of(pid) == session]


def session_of(pid: int) -> int:
    try:
        return os.getsid(pid)
    except OSError:
        return -1


def resident(pid: int) -> int:
    """Return what a process holds for itself, and its part of what it shares."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return sum(int(line.split()[1]) << 10 for line in lines if line.startswith("Pss:"))


# --- tables -----------------------------------------------------------------------------------------


def show_bare(folder: Path, size: Size) -> None:
    print("\nOne worker beside the bare loop, texts a second")
    print(
        f"{'model':22} {'texts':>9} {'bare loop':>10} {'batch':>10} {'share':>6} {'by processor':>12} {'starting':>9}"
    )
    for model in ("job_titles.rules", "job_titles.network"):
        count = count_for(model, titles(), folder, size.seconds)
        texts = list(many(titles(), count))
        table = write_table(folder / f"{model}.parquet", iter(texts))
        before = bare(model, texts, folder)
        done = run(model, table, folder / model, "--workers", "1", "--rows-per-part", part_of(count, 8))
        after = bare(model, texts, folder)
        clock, processor, _ = ((one + other) / 2 for one, other in zip(before, after, strict=True))
        share, by_processor = done.per_second / clock, count / done.processor / processor
        starting = done.seconds - done.answering
        figures = f"{clock:10,.0f} {done.per_second:10,.0f} {share:6.2f} {by_processor:12.2f} {starting:7.1f} s"
        print(f"{model:22} {count:9,} {figures}")


def part_of(count: int, parts: int) -> str:
    return str(max(1, min(50_000, count // parts)))


def show_workers(folder: Path, size: Size) -> None:
    _by_workers(folder, size, "on this machine", [])


def show_ray(folder: Path, size: Size) -> None:
    _by_workers(folder, size, "on a Ray cluster of its own", ["--ray", "local"])


def _by_workers(folder: Path, size: Size, where: str, options: list[str]) -> None:
    print(f"\nWorkers {where}, texts a second")
    print(f"{'model':22} {'workers':>7} {'batch':>10} {'times one':>9} {'starting':>9}")
    for model in ("job_titles.rules", "job_titles.network"):
        count = 2 * count_for(model, titles(), folder, size.seconds)
        table = write_table(folder / f"{model}.parquet", many(titles(), count))
        one = 0.0
        for workers in range(1, (os.cpu_count() or 1) + 1):
            place = folder / f"{model}-{workers}"
            more = ["--workers", str(workers), "--rows-per-part", part_of(count, 40), *options]
            done = run(model, table, place, *more)
            one = one or done.per_second
            times, starting = done.per_second / one, done.seconds - done.answering
            print(f"{model:22} {workers:7} {done.per_second:10,.0f} {times:9.2f} {starting:7.1f} s")


def show_rows(folder: Path, size: Size) -> None:
    print(f"\n{size.rows:,} rows through job_titles.split, {os.cpu_count()} workers")
    print(f"{'table':20} {'MB':>6} {'seconds':>8} {'rows/s':>9} {'peak GiB':>8} {'lost':>6}")
    for name, write in {"parquet": write_one_group, "csv": write_csv}.items():
        table, out = folder / f"rows.{name}", folder / name
        numbered = (f"{text} {number}" for number, text in enumerate(many(titles(), size.rows)))
        write(table, numbered, size.rows)
        done = run("job_titles.split", table, out)
        facts = f"{table.stat().st_size / 1e6:6,.0f} {done.seconds:8.1f} {size.rows / done.seconds:9,.0f}"
        print(f"{NAMES[name]:20} {facts} {done.peak_bytes / 2**30:8.2f} {size.rows - whole(out):6,}")
        table.unlink()


def write_one_group(path: Path, texts: Iterator[str], rows: int) -> None:
    """Write all rows as one group, which is the worst that a reader can be given."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    table = pa.table({"n": pa.array(range(rows), pa.int64()), "text": pa.array(texts, pa.string())})
    pq.write_table(table, path, row_group_size=rows)


def write_csv(path: Path, texts: Iterator[str], rows: int) -> None:
    del rows
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["n", "text"])
        writer.writerows(enumerate(texts))


def whole(out: Path) -> int:
    """Count the rows that are there exactly once, by their numbers."""
    import numpy as np

    numbers = np.concatenate([numbers_of(part) for part in sorted(out.glob("part-*"))])
    seen = np.bincount(numbers)
    return int((seen == 1).sum()) if (seen <= 1).all() else -1


def numbers_of(part: Path) -> Any:
    import numpy as np
    import pyarrow.csv
    import pyarrow.parquet as pq

    if part.suffix == ".parquet":
        return pq.read_table(part, columns=["n"])["n"].to_numpy()
    options = pyarrow.csv.ParseOptions(newlines_in_values=True)
    return np.asarray(pyarrow.csv.read_csv(part, parse_options=options)["n"])


def show_paper(folder: Path, size: Size) -> None:
    """Say what 100 million adverts take on 20 machines, from what was measured here."""
    texts = adverts()
    lengths = sorted(map(len, texts))
    middle = lengths[len(lengths) // 2]
    count = min(len(texts), count_for("job_adverts.network", texts, folder, size.seconds))
    chosen = texts[:: max(1, len(texts) // count)][:count]
    table = write_table(folder / "adverts.parquet", iter(chosen))
    cores = os.cpu_count() or 1
    done = run("job_adverts.network", table, folder / "out", "--rows-per-part", part_of(len(chosen), 10 * cores))
    a_core = done.per_second / cores
    hours = ADVERTS / (a_core * CORES * MACHINES) / 3600
    mean = sum(map(len, chosen)) / len(chosen)
    print(f"\n{ADVERTS:,} adverts on {MACHINES} machines of {CORES} cores, on paper")
    print(f"measured: {len(chosen):,} adverts (mean {mean:,.0f} characters, half of all below {middle:,}) through")
    print(f"  job_adverts.network on {cores} workers: {done.per_second:,.1f} a second, {a_core:,.1f} a worker")
    print("assumed: cores like these, a worker on each, the same speed however many there are (tasks share nothing)")
    print(f"{ADVERTS:,} / ({a_core:,.1f} x {CORES} x {MACHINES}) = {hours * 3600:,.0f} s = {hours:.1f} hours")


if __name__ == "__main__":
    main()
