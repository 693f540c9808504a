"""The server of models under everything at once: load, long texts, slow and vanishing clients, a removed file, SIGTERM.

`TEXTWRIGHT_SOAK_SECONDS` says how long the load lasts: 300 if it is not set.
"""

from __future__ import annotations

import asyncio
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from statistics import mean
from typing import Any

import pytest

from textwright.references import open_model

pytestmark = pytest.mark.verify
SECONDS = float(os.environ.get("TEXTWRIGHT_SOAK_SECONDS", "300"))
CLIENTS = 64
RULES = Path(__file__).parents[2] / "src/textwright/packs/job_titles/rules"
MOST_MEGABYTES, GROWTH = 400, 1.15
HEAD = "POST /v1/models/{model}/predict HTTP/1.1\r\nHost: localhost:{port}\r\nContent-Type: application/json\r\n"
TITLES = [
    "Senior Nurse, Leeds",
    "Chef",
    "Lead UX Researcher - 6 month contract",
    "HGV Driver (Nights) £15ph",
    "👩 Cook",
]
LONG = ("Our client seeks a senior nurse in Leeds. " * 500)[:20_000]


@dataclass
class Server:
    """A server in a process of its own."""

    process: subprocess.Popen[str]
    port: int

    def megabytes(self) -> float:
        lines = Path(f"/proc/{self.process.pid}/status").read_text().splitlines()
        return int(next(line for line in lines if line.startswith("VmRSS")).split()[1]) / 1024


@contextmanager
def running(*models: str, settings: tuple[str, ...] = ()) -> Iterator[Server]:
    command = [sys.executable, "-m", "textwright", "serve", *models, "--port", "0", "--no-token", *settings]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    assert process.stderr is not None
    line = process.stderr.readline()
    assert "Serving" in line, line + process.stderr.read()
    try:
        yield Server(process, int(line.partition("http://127.0.0.1:")[2].partition("/")[0]))
    finally:
        process.kill()
        process.wait()


@dataclass
class Seen:
    """What clients saw: answers by status, requests without an answer, and wrong answers."""

    statuses: Counter[int] = field(default_factory=Counter)
    lost: int = 0
    refused: int = 0
    wrong: list[Any] = field(default_factory=list)


class Connection:
    """One connection, kept open; speaks just enough HTTP to notice what gets lost."""

    def __init__(self, port: int, seen: Seen) -> None:
        self.port, self.seen = port, seen
        self.streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def ask(self, model: str, texts: list[str]) -> Any | None:
        """Ask once; None when the server takes no connections any more, or said goodbye."""
        if self.streams is None:
            try:
                self.streams = await asyncio.open_connection("127.0.0.1", self.port)
            except OSError:
                self.seen.refused += 1
                return None
        reader, writer = self.streams
        body = json.dumps({"texts": texts}).encode()
        head = f"{HEAD.format(model=model, port=self.port)}Content-Length: {len(body)}\r\n\r\n"
        try:
            writer.write(head.encode() + body)
            await writer.drain()
            told = (await reader.readuntil(b"\r\n\r\n")).decode().lower()
            content = await reader.readexactly(int(told.partition("content-length: ")[2].partition("\r")[0]))
        except (OSError, asyncio.IncompleteReadError):
            self.seen.lost += 1
            self.streams = None
            return None
        self.seen.statuses[int(told[9:12])] += 1
        if "connection: close" in told:
            writer.close()
            self.streams = None
        return json.loads(content)


async def steady(server: Server, seen: Seen, model: str, expected: dict[str, Any], stop: asyncio.Event) -> None:
    """Ask for one title after another, and compare."""
    connection, chance = Connection(server.port, seen), random.Random(0)
    while not stop.is_set():
        title = chance.choice(TITLES)
        found = await connection.ask(model, [title])
        if found is not None and found.get("annotations") != [expected[title]]:
            seen.wrong.append(found)
        if found is None:
            await asyncio.sleep(0.05)


async def unusual(server: Server, seen: Seen, stop: asyncio.Event) -> None:
    """Ask for long texts, and for too many."""
    connection, model = Connection(server.port, seen), 0
    while not stop.is_set():
        model += 1
        await connection.ask(("job_titles", "job_adverts", "emotion")[model % 3], [LONG])
        await connection.ask("job_titles", ["x"] * 10_000)
        await connection.ask("job_titles", TITLES * 200)
        await asyncio.sleep(0.2)


async def slow(server: Server, stop: asyncio.Event) -> None:
    """Send a body byte by byte, for ever."""
    while not stop.is_set():
        with suppress(OSError):
            _, writer = await asyncio.open_connection("127.0.0.1", server.port)
            writer.write(f"{HEAD.format(model='emotion', port=server.port)}Content-Length: 9000\r\n\r\n".encode())
            for _ in range(20):
                writer.write(b" ")
                await asyncio.sleep(0.1)
            writer.transport.abort()


async def vanishing(server: Server, stop: asyncio.Event) -> None:
    """Ask for much and close the connection."""
    body = json.dumps({"texts": [LONG] * 40}).encode()
    head = f"{HEAD.format(model='emotion', port=server.port)}Content-Length: {len(body)}\r\n\r\n".encode()
    while not stop.is_set():
        with suppress(OSError):
            _, writer = await asyncio.open_connection("127.0.0.1", server.port)
            writer.write(head + body)
            await writer.drain()
            await asyncio.sleep(0.05)
            writer.transport.abort()
        await asyncio.sleep(0.5)


def answers_of(model: str, server: Server) -> dict[str, Any]:
    """Ask for each title alone, in peace."""

    async def ask() -> dict[str, Any]:
        connection = Connection(server.port, Seen())
        return {title: (await connection.ask(model, [title]))["annotations"][0] for title in TITLES}  # type: ignore[index]

    return asyncio.run(ask())


def test_nothing_is_lost_or_wrong_and_memory_stays_flat() -> None:
    with running("job_titles", "job_adverts", "emotion", settings=("--max-seconds", "60")) as server:
        expected = answers_of("job_titles", server)
        assert expected["Chef"]["spans"] == [
            {"start": span.start, "end": span.end, "label": span.label}
            for span in open_model("job_titles").predict(["Chef"])[0].spans or ()
        ]
        seen, memory = asyncio.run(_soak(server, expected))
        print(seen, [round(each) for each in memory])
        assert (seen.lost, seen.refused, seen.wrong) == (0, 0, [])
        assert set(seen.statuses) <= {200, 413}
        quarter = len(memory) // 4
        assert max(memory) <= MOST_MEGABYTES
        assert mean(memory[-quarter:]) <= mean(memory[quarter : 2 * quarter]) * GROWTH
        assert server.process.poll() is None


async def _soak(server: Server, expected: dict[str, Any]) -> tuple[Seen, list[float]]:
    seen, stop, memory = Seen(), asyncio.Event(), list[float]()
    clients = [asyncio.create_task(steady(server, seen, "job_titles", expected, stop)) for _ in range(CLIENTS)]
    clients += [
        asyncio.create_task(each) for each in (unusual(server, seen, stop), slow(server, stop), vanishing(server, stop))
    ]
    end = time.monotonic() + SECONDS
    while time.monotonic() < end:
        memory.append(server.megabytes())
        await asyncio.sleep(SECONDS / 40)
    stop.set()
    await asyncio.gather(*clients)
    return seen, memory


@pytest.mark.parametrize("workers", [1, 2])
def test_a_server_that_is_stopped_under_load_answers_what_it_has_taken(workers: int) -> None:
    with running("job_titles.rules", settings=("--workers", str(workers)) if workers > 1 else ()) as server:
        expected = answers_of("job_titles.rules", server)

        async def run() -> Seen:
            seen, stop = Seen(), asyncio.Event()
            clients = [
                asyncio.create_task(steady(server, seen, "job_titles.rules", expected, stop)) for _ in range(CLIENTS)
            ]
            await asyncio.sleep(3)
            server.process.send_signal(signal.SIGTERM)
            while server.process.poll() is None:
                await asyncio.sleep(0.05)
            stop.set()
            await asyncio.gather(*clients)
            return seen

        seen = asyncio.run(run())
        print(seen)
        assert server.process.returncode == 0
        assert (seen.lost, seen.wrong, set(seen.statuses)) == (0, [], {200})
        assert seen.statuses[200] > CLIENTS
        assert seen.refused > 0


def test_a_file_removed_on_disk_changes_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "rules"
    shutil.copytree(RULES, folder)
    for name in ("schema.toml", "guideline.md"):
        shutil.copy(RULES.parent / name, tmp_path)
    with running(str(folder)) as server:
        before = answers_of("rules", server)
        shutil.rmtree(folder)
        assert answers_of("rules", server) == before
