"""The server of models under load: requests a second beside an empty route, batches, and memory.

    python bench/server.py [--seconds 4] [--rounds 3] [--clients 64] [--workers 1]

One title a request: clients that each wait for their answer before they ask again, first at an empty route of the same
framework run in the same way, then at each model; the rounds alternate, and the middle one counts. The clients run in a
process of their own, on bare sockets. `core` is what the server took of a processor for each request, which a busy
machine does not change. Then 1,000 titles a request, and the memory of a server of three models after all kinds of
texts, ten of them at once.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from http import HTTPStatus
from pathlib import Path
from typing import Any, cast
from urllib.parse import urlsplit

ROOT = Path(__file__).parents[1]
SAMPLES = ROOT / "src/textwright/packs"
SERVED = ("job_titles", "job_adverts", "emotion")
EMPTY = "an empty route"
TARGETS = {"share": 0.6, "p99": 10, "titles": 5_000, "megabytes": 400}
TICKS = os.sysconf("SC_CLK_TCK")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=4)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--clients", type=int, default=64)
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--empty", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--ask", nargs=4, metavar=("URL", "TEXTS", "SIZE", "CLIENTS"), help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.empty:
        serve_empty()
    elif asked.ask:
        url, kind, size, clients = asked.ask
        print(json.dumps(load(url, texts_of(kind), int(size), int(clients), asked.seconds)))
    else:
        compare(asked.seconds, asked.rounds, asked.clients, asked.workers)


def compare(seconds: float, rounds: int, clients: int, workers: int) -> None:
    with running(empty_command()) as empty, running(serve_command(workers, "job_titles", "job_titles.rules")) as ours:
        routes = {
            EMPTY: Route(empty, "empty"),
            "job_titles.rules": Route(ours, "job_titles.rules"),
            "job_titles": Route(ours, "job_titles"),
        }
        for route in routes.values():
            measured(route, "titles", 1, clients, 1)
        one: dict[str, list[Load]] = {name: [] for name in routes}
        for _ in range(rounds):
            for name, route in routes.items():
                one[name].append(measured(route, "titles", 1, clients, seconds))
        show_single({name: middle(found) for name, found in one.items()}, clients)
        show_batches({name: measured(route, "titles", 1_000, 2, seconds) for name, route in routes.items()})
    with running(serve_command(workers, *SERVED)) as three:
        show_memory(three, seconds)


# --- what is shown --------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Load:
    """What clients saw; `core` is the seconds that the server took of a processor."""

    answers: int
    errors: int
    seconds: float
    p50: float
    p99: float
    core: float

    @property
    def rate(self) -> float:
        return self.answers / self.seconds


def middle(loads: Sequence[Load]) -> Load:
    return sorted(loads, key=lambda each: each.rate)[len(loads) // 2]


def show_single(loads: dict[str, Load], clients: int) -> None:
    print(f"one title a request, {clients} clients (target: {TARGETS['share']:.0%} of an empty route, p99 <= 10 x p50)")
    print(
        f"{'':20}{'requests/s':>12}{'of empty':>10}{'p50 ms':>9}{'p99 ms':>9}{'p99/p50':>9}{'core µs':>9}{'errors':>8}"
    )
    for name, load in loads.items():
        share, spread = load.rate / loads[EMPTY].rate, load.p99 / load.p50
        core = load.core / load.answers * 1e6
        print(
            f"{name:20}{load.rate:12,.0f}{share:10.0%}{load.p50 * 1e3:9.1f}{load.p99 * 1e3:9.1f}{spread:9.1f}"
            f"{core:9.0f}{load.errors:8}"
        )


def show_batches(loads: dict[str, Load]) -> None:
    print(f"\n1,000 titles a request, 2 clients (target: {TARGETS['titles']:,} titles/s)")
    print(f"{'':20}{'titles/s':>12}{'p50 ms':>9}{'p99 ms':>9}{'core µs/title':>15}{'errors':>8}")
    for name, load in loads.items():
        if name != EMPTY:
            core = load.core / load.answers * 1e3
            times = f"{load.p50 * 1e3:9.1f}{load.p99 * 1e3:9.1f}"
            print(f"{name:20}{load.rate * 1e3:12,.0f}{times}{core:15.0f}{load.errors:8}")


def show_memory(server: Server, seconds: float) -> None:
    print(f"\nresident memory of a server of {', '.join(SERVED)} (target: {TARGETS['megabytes']} MB)")
    print(f"{'at its start':40}{server.megabytes():8.0f} MB")
    for kind, size in (("titles", 1), ("titles", 1_000), ("adverts", 20), ("long", 1)):
        errors = sum(measured(Route(server, name), kind, size, 10, seconds).errors for name in SERVED)
        print(f"{f'after {size} {kind} a request, 10 at once':40}{server.megabytes():8.0f} MB   errors {errors}")


# --- servers --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Server:
    """A server that runs as processes of its own."""

    pid: int
    url: str

    def processes(self) -> list[int]:
        """Return the process with those that it began."""
        tasks = Path(f"/proc/{self.pid}/task").glob("*/children")
        return [self.pid, *(int(each) for task in tasks for each in task.read_text().split())]

    def core_seconds(self) -> float:
        """Return the processor time that was taken so far."""
        return sum(map(_core_seconds, self.processes()))

    def megabytes(self) -> float:
        """Return the resident memory."""
        return sum(map(_megabytes, self.processes()))


def _core_seconds(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def _megabytes(pid: int) -> float:
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return int(next(line for line in lines if line.startswith("VmRSS")).split()[1]) / 1024


@dataclass(frozen=True, slots=True)
class Route:
    """Where a model is asked."""

    server: Server
    model: str

    @property
    def url(self) -> str:
        return f"{self.server.url}v1/models/{self.model}/predict"


def serve_command(workers: int, *models: str) -> list[str]:
    several = ["--workers", str(workers)] if workers > 1 else []
    return [sys.executable, "-m", "textwright", "serve", *models, "--port", "0", "--no-token", *several]


def empty_command() -> list[str]:
    return [sys.executable, __file__, "--empty"]


@contextmanager
def running(command: Sequence[str]) -> Iterator[Server]:
    """Run a server; it tells its address on standard error."""
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    assert process.stderr is not None
    try:
        line = next(line for line in process.stderr if " at http://" in line)
        yield Server(process.pid, line.partition(" at ")[2].split()[0])
    finally:
        process.terminate()
        process.wait()


def serve_empty() -> None:
    """Serve one route that does nothing, as the models' server is run."""
    from fastapi import FastAPI

    from textwright.server.run import address, bind, run_until_stopped

    app = FastAPI()

    @app.post("/v1/models/empty/predict")
    async def empty() -> dict[str, str]:
        return {}

    with bind("127.0.0.1", 0) as listening:
        line = f"Serving at {address(listening)}"
        run_until_stopped(app, listening, 1, ready=lambda: print(line, file=sys.stderr, flush=True))


# --- clients --------------------------------------------------------------------------------


def measured(route: Route, kind: str, size: int, clients: int, seconds: float) -> Load:
    """Ask from another process for some seconds."""
    ask = ["--ask", route.url, kind, str(size), str(clients), "--seconds", str(seconds)]
    before = route.server.core_seconds()
    done = subprocess.run([sys.executable, __file__, *ask], check=True, stdout=subprocess.PIPE, text=True)
    return Load(**json.loads(done.stdout), core=route.server.core_seconds() - before)


def texts_of(kind: str) -> list[str]:
    """Return titles, adverts, or texts of 20,000 characters: samples of the packs."""
    pack = "job_titles" if kind == "titles" else "job_adverts"
    lines = (SAMPLES / pack / "sample.jsonl").read_text(encoding="utf-8").splitlines()
    texts = [json.loads(line)["text"] for line in lines]
    if kind == "long":
        return [(" ".join(texts[place:]) * 20)[:20_000] for place in range(0, 20)]
    return texts


class Client(asyncio.Protocol):
    """Asks again as soon as its answer is whole."""

    def __init__(self, requests: Sequence[bytes], place: int, end: float) -> None:
        self.requests, self.place, self.end = requests, place, end
        self.times: list[float] = []
        self.errors = 0
        self.got = bytearray()
        self.done = asyncio.get_running_loop().create_future()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast(asyncio.Transport, transport)
        self.ask()

    def ask(self) -> None:
        self.began = time.perf_counter()
        if self.began >= self.end:
            self.transport.close()
            return
        self.transport.write(self.requests[self.place % len(self.requests)])
        self.place += 1

    def data_received(self, data: bytes) -> None:
        self.got += data
        head, found, body = self.got.partition(b"\r\n\r\n")
        if found and len(body) >= int(head.lower().partition(b"content-length: ")[2].partition(b"\r")[0]):
            self.times.append(time.perf_counter() - self.began)
            self.errors += int(head[9:12]) != HTTPStatus.OK
            self.got.clear()
            self.ask()

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002  asyncio gives it
        self.errors += time.perf_counter() < self.end
        self.done.set_result(None)


def load(url: str, texts: Sequence[str], size: int, clients: int, seconds: float) -> dict[str, Any]:
    """Ask from many connections at once; say how many answers came, and how long one waited for them."""
    with suppress(ImportError):
        import uvloop

        return uvloop.run(_load(url, texts, size, clients, seconds))
    return asyncio.run(_load(url, texts, size, clients, seconds))


async def _load(url: str, texts: Sequence[str], size: int, clients: int, seconds: float) -> dict[str, Any]:
    place, loop = urlsplit(url), asyncio.get_running_loop()
    host, port = place.hostname or "", place.port or 80
    requests = [_request(place.path, place.netloc, _some(texts, begin, size)) for begin in range(len(texts))]
    began = time.perf_counter()

    def made(number: int) -> Client:
        return Client(requests, number * 7, began + seconds)

    opened = [await loop.create_connection(partial(made, number), host, port) for number in range(clients)]
    await asyncio.gather(*(client.done for _, client in opened))
    times = sorted(one for _, client in opened for one in client.times)
    return {
        "answers": len(times),
        "errors": sum(client.errors for _, client in opened),
        "seconds": time.perf_counter() - began,
        "p50": statistics.median(times),
        "p99": times[int(len(times) * 0.99)],
    }


def _some(texts: Sequence[str], begin: int, size: int) -> list[str]:
    return [texts[(begin + place) % len(texts)] for place in range(size)]


def _request(path: str, host: str, texts: Sequence[str]) -> bytes:
    body = json.dumps({"texts": texts}, ensure_ascii=False).encode()
    head = (
        f"POST {path} HTTP/1.1\r\nHost: {host}\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


if __name__ == "__main__":
    main()
