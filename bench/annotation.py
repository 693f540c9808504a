"""Annotation: what a project of 100,000 texts costs, and many annotators at once through the real server.

    python bench/annotation.py [--short] [--texts 100000]

Each on SQLite and PostgreSQL. Load: annotators who each make an act a second (two edits, then accept) for two
minutes, with `--short` for 15 seconds; they arrive within the first ten seconds, when all texts are read, and ask
for texts as the page does. Time is from sending an act until its answer, which comes after the commit. The clients
run in a process of their own.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import random
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any
from uuid import uuid4

sys.path.insert(0, str(Path(__file__).parents[1]))

from tests.postgres import running_server

from textwright.annotate.desk import Desk
from textwright.annotate.settings import Settings
from textwright.annotate.visibility import may_see
from textwright.schema import Schema
from textwright.store.acts import Act, record
from textwright.store.counts import annotator_counts, progress_counts
from textwright.store.database import Database, open_database
from textwright.store.export import examples
from textwright.store.projects import Project, open_project
from textwright.store.search import Filters, find_rows
from textwright.store.texts import add_texts
from textwright.types import Example

ANNOTATORS = {"SQLite": 50, "PostgreSQL": 200}
TARGET_MS = 200
ARRIVE_SECONDS = 10
LOW, SCARCE, SOON_SECONDS = 100, 20, 1.5  # of the page
PLACES = {"p50": 0.5, "p95": 0.95, "p99": 0.99, "max": 1.0}
HEADER = "X-Forwarded-User"
WORDS = [
    "Senior",
    "Lead",
    "Junior",
    "Nurse",
    "Chef",
    "Engineer",
    "Manager",
    "Sales",
    "London",
    "Leeds",
    "Remote",
    "Data",
    "Café",
    "Head",
    "of",
    "Driver",
]
SCHEMA: dict[str, Any] = {"labels": {"JOB": {}, "RANK": {}, "RARE": {}}}
PEOPLE = ("ann", "bob", "cy")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--short", action="store_true")
    parser.add_argument("--texts", type=int)
    parser.add_argument("--load-only", choices=ANNOTATORS, help="one load run; prints JSON")
    parser.add_argument(
        "--clients", nargs=4, metavar=("PORT", "ANNOTATORS", "SECONDS", "TEXTS"), help=argparse.SUPPRESS
    )
    chosen = parser.parse_args()
    if chosen.clients:
        print(json.dumps(asyncio.run(work_together(*map(int, chosen.clients)))))
        return
    texts = chosen.texts or (10_000 if chosen.short else 100_000)
    seconds = 15 if chosen.short else 120
    with tempfile.TemporaryDirectory() as folder, running_server() as server:
        places = {"SQLite": str(Path(folder) / "{}.sqlite"), "PostgreSQL": server.url("{}")}
        for name in ("large", "load"):
            server.create(name)
        if chosen.load_only:
            where = places[chosen.load_only].format("load")
            print(json.dumps(load(where, ANNOTATORS[chosen.load_only], seconds, texts, Path(folder))))
            return
        for name, place in places.items():
            print(f"\n{name}: a project of {texts:,} texts", flush=True)
            large(place.format("large"), texts)
        for name, place in places.items():
            show_load(name, load(place.format("load"), ANNOTATORS[name], seconds, texts, Path(folder)))


# --- a large project ----------------------------------------------------------------------------


def large(where: str, count: int) -> None:
    database = open_database(where)
    project = open_project(database, "large", Schema.from_data(SCHEMA), {})
    rng = random.Random(1)
    timed("import", lambda: add_texts(database, project, made_texts(rng, count)), per=count)
    timed("record acts in batches of 1,000", lambda: annotate_all(database, project, rng, count), per=3 * (count // 5))
    timed("statistics, which the desk sees to", database.analyse)
    desk = Desk(database, project, Settings(people=3))
    for what in ("first", "second"):
        timed(f"queue of 300, {what} time", lambda: desk.queue("zoe", limit=300))
    timed("progress as an annotator's page asks for it", lambda: desk.progress("zoe", everybody=False))
    timed("progress as an owner's page asks for it", lambda: desk.progress("zoe", everybody=True))
    for asker, visible in {"owner": None, "ann": may_see("ann", "annotator", people=3)}.items():
        for filters in FILTERS:
            shown = ", ".join(f"{key}={value}" for key, value in filters.items()) or "no filter"
            find = partial(find_rows, database, project, Filters(**filters), visible=visible)
            timed(f"search of {asker}: {shown}", find)
    timed("progress of the project", lambda: progress_counts(database, project, 3))
    timed("progress of every annotator", lambda: annotator_counts(database, project))
    timed("progress of one annotator", lambda: annotator_counts(database, project, "ann"))
    timed("export, a line each annotation", lambda: sum(1 for _ in examples(database, project)), per=3 * (count // 5))
    timed("export, gold", lambda: sum(1 for _ in examples(database, project, which="gold")), per=count // 5)
    database.close()


FILTERS: list[dict[str, Any]] = [
    {},
    {"query": "nurse"},
    {"query": "not there"},
    {"label": "JOB"},
    {"label": "RARE"},
    {"annotator": "bob"},
    {"status": "skipped"},
    {"status": "new"},
    {"flagged": True},
    {"disagreement": True},
    {"label": "JOB", "query": "not there"},
]


def made_texts(rng: random.Random, count: int) -> Iterator[Example]:
    return (Example(f"t{i}", " ".join([*rng.choices(WORDS, k=8), str(i)])) for i in range(count))


def annotate_all(database: Database, project: Project, rng: random.Random, count: int) -> None:
    """Let three annotators hand in every fifth text; they differ in one of five, flag and skip few."""
    numbers = [number for number in range(1, count + 1) if number % 5 == 1]
    for name in PEOPLE:
        for start in range(0, len(numbers), 1000):
            record(database, project, name, [handed_in(rng, number) for number in numbers[start : start + 1000]])


def handed_in(rng: random.Random, number: int) -> Act:
    labels = ["JOB", *(["RANK"] if rng.random() < 0.2 else []), *(["RARE"] if rng.random() < 0.0005 else [])]
    spans = [{"start": 0, "end": 4, "label": label} for label in labels]
    kind: Any = "skip" if rng.random() < 0.03 else "accept"
    return Act(uuid4().hex, number, 0, kind, state(spans, flagged=rng.random() < 0.001), None, rng.uniform(2, 20))


def state(spans: list[dict[str, Any]], *, flagged: bool = False) -> dict[str, Any]:
    nothing: dict[str, Any] = {"spans": [], "categories": []}
    return {"spans": spans, "categories": [], "proposed": nothing, "note": "", "flagged": flagged}


def timed(what: str, step: Callable[[], Any], *, per: int | None = None) -> None:
    started = time.perf_counter()
    step()
    took = time.perf_counter() - started
    rate = f"{per / took:12,.0f} a second" if per else ""
    print(f"  {what:<60} {took * 1000:10,.1f} ms{rate}", flush=True)


# --- load ---------------------------------------------------------------------------------------


def load(where: str, annotators: int, seconds: int, texts: int, folder: Path) -> dict[str, Any]:
    """Start the server on a project, let annotators work, and return what they measured."""
    with serving(where, texts, folder) as port:
        line = [sys.executable, __file__, "--clients", str(port), str(annotators), str(seconds), str(texts)]
        ended = subprocess.run(line, stdout=subprocess.PIPE, text=True, check=True)
    measured: dict[str, Any] = json.loads(ended.stdout)
    database = open_database(where)
    with database.read() as connection:
        kept = connection.exec_driver_sql("SELECT count(*) FROM acts").scalar()
    database.close()
    return {**measured, "annotators": annotators, "seconds": seconds, "texts": texts, "kept": kept}


@contextmanager
def serving(where: str, texts: int, folder: Path) -> Iterator[int]:
    data, schema = folder / "titles.jsonl", folder / "schema.json"
    rng = random.Random(1)
    data.write_text("".join(json.dumps({"id": e.id, "text": e.text}) + "\n" for e in made_texts(rng, texts)))
    schema.write_text(json.dumps(SCHEMA))
    command = [sys.executable, "-m", "textwright", "annotate", str(data), "--schema", str(schema), "--database", where]
    process = subprocess.Popen(
        [*command, "--project", "load", "--port", "0", "--no-browser", "--trust-header", HEADER],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    assert process.stdout is not None
    said = []
    try:
        for line in process.stdout:
            said.append(line)
            if found := re.search(r"http://[^:/]+:(\d+)", line):
                yield int(found[1])
                break
        else:
            raise RuntimeError("".join(said))
    finally:
        process.terminate()
        process.communicate(timeout=60)


async def work_together(port: int, annotators: int, seconds: int, texts: int) -> dict[str, Any]:
    """Let annotators work at once; return how long acts and queues took, and what went wrong."""
    await all_there(port, texts)
    found: dict[str, list[Any]] = {"acts": [], "queues": [], "errors": []}
    workers = [work_alone(port, f"ann{i}", seconds, ARRIVE_SECONDS * i / annotators, found) for i in range(annotators)]
    await asyncio.gather(*workers)
    return {
        "acts": len(found["acts"]),
        "queues": len(found["queues"]),
        "errors": len(found["errors"]),
        "first_error": next(iter(found["errors"]), None),
        **{f"act_{name}": value for name, value in quantiles(found["acts"]).items()},
        **{f"queue_{name}": value for name, value in quantiles(found["queues"]).items()},
    }


async def all_there(port: int, texts: int) -> None:
    """Wait until the server has read all texts."""
    client = await Client.connect(port, "ann0")
    while (await client.ask("GET", "/api/progress", None, []))["total"] < texts:
        await asyncio.sleep(0.5)
    client.writer.close()


def quantiles(times: list[float]) -> dict[str, float]:
    ordered = sorted(times) or [0.0]
    return {name: round(ordered[min(len(ordered) - 1, int(place * len(ordered)))], 1) for name, place in PLACES.items()}


async def work_alone(port: int, name: str, seconds: int, late: float, found: dict[str, list[Any]]) -> None:
    """Work as the page does: acts go by one connection, and the stock is filled behind them by another."""
    try:
        client, stock = await Client.connect(port, name), Stock(port, name, found)
        await asyncio.sleep(late)
        await stock.fill()
        await annotate(client, stock, time.monotonic() + seconds, found)
        client.writer.close()
    except (OSError, ValueError, asyncio.IncompleteReadError, asyncio.LimitOverrunError) as error:
        found["errors"].append(f"{name}: {error!r}")


class Stock:
    """The texts that an annotator's page has, filled as web/pages/annotate/queue.ts and desk.ts do it."""

    def __init__(self, port: int, name: str, found: dict[str, list[Any]]) -> None:
        self.port, self.name, self.found, self.tasks = port, name, found, list[dict[str, Any]]()
        self.exhausted, self.filling = False, None

    filling: asyncio.Task[None] | None

    async def fill(self) -> None:
        before = -1
        while not self.exhausted and len(self.tasks) < LOW and (before < 0 or len(self.tasks) >= before + SCARCE):
            before = len(self.tasks)
            skip = ",".join(str(task["number"]) for task in self.tasks)
            got = await self.ask(f"/api/queue?limit=300&skip={skip}")
            self.exhausted = not got
            self.tasks += got

    async def ask(self, path: str) -> list[dict[str, Any]]:
        client = await Client.connect(self.port, self.name)  # one that was idle for long may just be closed
        tasks: list[dict[str, Any]] = (await client.ask("GET", path, None, self.found["queues"]))["tasks"]
        client.writer.close()
        return tasks

    def handed_in(self) -> None:
        """Go to the next text, and see to the stock."""
        self.tasks.pop(0)
        if self.filling is None or self.filling.done():
            again = self.exhausted and len(self.tasks) < SCARCE
            if again:
                self.exhausted = False
            self.filling = asyncio.create_task(self.later(SOON_SECONDS if again else 0))

    async def later(self, seconds: float) -> None:
        await asyncio.sleep(seconds)
        await self.fill()


async def annotate(client: Client, stock: Stock, until: float, found: dict[str, list[Any]]) -> None:
    due, made = time.monotonic(), 0
    while due < until:
        if not stock.tasks:
            found["errors"].append("an empty queue, although there are texts")
            await asyncio.sleep(0.5)
            await stock.later(0)
            continue
        kind = ("edit", "edit", "accept")[made % 3]
        act = {"key": uuid4().hex, "text": stock.tasks[0]["number"], "base": made % 3, "kind": kind, "seconds": 1.0}
        act |= {"state": state([{"start": 0, "end": made % 3 + 1, "label": "JOB"}]), "suggestion": None}
        await asyncio.sleep(max(0.0, due - time.monotonic()))
        [result] = (await client.ask("POST", "/api/acts", {"acts": [act]}, found["acts"]))["results"]
        if "problem" in result:
            found["errors"].append(result["problem"])
        made += 1
        if made % 3 == 0:
            stock.handed_in()
        due += 1.0
    if stock.filling is not None:
        await stock.filling


class Client:
    """A connection that is kept: a client library would need more of the processors than the server."""

    def __init__(self, name: str, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, port: int) -> None:
        self.name, self.reader, self.writer, self.port = name, reader, writer, port

    @staticmethod
    async def connect(port: int, name: str) -> Client:
        return Client(name, *await asyncio.open_connection("127.0.0.1", port), port)

    async def ask(self, method: str, path: str, data: Any, times: list[float]) -> Any:
        body = b"" if data is None else json.dumps(data).encode()
        head = f"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{self.port}\r\n{HEADER}: {self.name}\r\n"
        kind = "Content-Type: application/json\r\n" if body else ""
        started = time.perf_counter()
        self.writer.write(f"{head}{kind}Content-Length: {len(body)}\r\n\r\n".encode() + body)
        answer = (await self.reader.readuntil(b"\r\n\r\n")).decode()
        size = re.search(r"(?i)content-length: (\d+)", answer)
        said = await self.reader.readexactly(int(size[1])) if size else b""
        times.append((time.perf_counter() - started) * 1000)
        if " 200 " not in answer.split("\r\n", 1)[0]:
            raise ValueError(f"{answer.splitlines()[0]} {said[:300]!r}")
        return json.loads(said)


def show_load(name: str, found: dict[str, Any]) -> None:
    annotators, seconds, texts = found["annotators"], found["seconds"], found["texts"]
    print(f"\n{name}: {annotators} annotators, an act a second each, {seconds} s, {texts:,} texts")
    print(f"  acts {found['acts']:,}, in the database {found['kept']:,}; errors {found['errors']}")
    for what in ("act", "queue"):
        times = "   ".join(f"{place} {found[f'{what}_{place}']:8.1f} ms" for place in PLACES)
        print(f"  {what:<6} {times}")
    good = not found["errors"] and found["act_p95"] <= TARGET_MS and found["kept"] == found["acts"]
    print(f"  target: no error, p95 <= {TARGET_MS} ms, every act kept: {'met' if good else 'MISSED'}", flush=True)


if __name__ == "__main__":
    main()
