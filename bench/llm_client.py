"""What our layers cost beside the bare official client, with 16 threads that ask at once.

    python bench/llm_client.py [--concurrency 16] [--texts 480] [--rounds 7] [--answer-ms 20] [--json FILE]

`bare` is the official client as its manual shows it, `raw` the same without its types, `client` ours, `ask_all` ours
with answers checked against their schema. A server in a process of its own answers after 20 ms. Each round asks the
same texts by every layer, in an order that turns from round to round; the figures are medians over the rounds, and
the ratios those of the same round.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import multiprocessing
import statistics
import time
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from textwright.llm.asking import Settings, ask_all
from textwright.llm.calls import Message, Request
from textwright.llm.client.client import Client

MODEL = "talker"
SYSTEM = "Find the job titles in the text. Answer with JSON alone."
SAID = {"spans": [{"label": "JOBTITLE", "text": "Garden designer"}, {"label": "LOCATION", "text": "Leeds"}]}
SCHEMA = {
    "type": "object",
    "properties": {
        "spans": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {"label": {"type": "string"}, "text": {"type": "string"}},
                "required": ["label", "text"],
                "additionalProperties": False,
            },
        }
    },
    "required": ["spans"],
    "additionalProperties": False,
}
FORMAT = {"type": "json_schema", "json_schema": {"name": "answer", "schema": SCHEMA, "strict": True}}
Layer = Callable[[list[str], int], None]


# --- the server -----------------------------------------------------------------------------


def serve(ready: Connection, seconds: float) -> None:
    """Answer every call with the same, after a while."""
    asyncio.run(_serve(ready, seconds))


async def _serve(ready: Connection, seconds: float) -> None:
    answer = _answer()

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while head := await _head(reader):
            await reader.readexactly(_length(head))
            await asyncio.sleep(seconds)
            writer.write(answer)
            await writer.drain()
        writer.close()

    server = await asyncio.start_server(talk, "127.0.0.1", 0, backlog=256)
    ready.send(server.sockets[0].getsockname()[1])
    await server.serve_forever()


async def _head(reader: asyncio.StreamReader) -> bytes:
    try:
        return await reader.readuntil(b"\r\n\r\n")
    except (asyncio.IncompleteReadError, ConnectionError):
        return b""


def _length(head: bytes) -> int:
    _, _, rest = head.lower().partition(b"content-length:")
    return int(rest.partition(b"\r\n")[0] or 0)


def _answer() -> bytes:
    body = json.dumps(
        {
            "id": "answer-1",
            "object": "chat.completion",
            "created": 1,
            "model": MODEL,
            "choices": [
                {
                    "index": 0,
                    "message": {"role": "assistant", "content": json.dumps(SAID)},
                    "finish_reason": "stop",
                    "logprobs": None,
                }
            ],
            "usage": {"prompt_tokens": 30, "completion_tokens": 20, "total_tokens": 50},
        }
    ).encode()
    return b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s" % (len(body), body)


# --- the layers -----------------------------------------------------------------------------


class Asks:
    """The question that every layer asks."""

    answer: Mapping[str, Any] = SCHEMA

    def messages(self, text: str) -> tuple[Message, ...]:
        """Return the conversation about a text."""
        return (Message("system", SYSTEM), Message("user", text))

    def problems(self, value: Any) -> list[str]:
        """Find nothing wrong."""
        del value
        return []


def bare(address: str) -> Layer:
    """Ask by the official client as its manual does, and read the JSON of the answer."""
    import openai

    client: Any = openai.OpenAI(base_url=address, api_key="none", max_retries=0, timeout=60)

    def one(text: str) -> None:
        answer = client.chat.completions.create(**asked(text))
        assert json.loads(answer.choices[0].message.content) == SAID

    return in_threads(one)


def raw(address: str) -> Layer:
    """Ask by the official client without its types, the fastest that it can do."""
    import httpx2
    import openai

    client = openai.OpenAI(base_url=address, api_key="none", max_retries=0, timeout=60)

    def one(text: str) -> None:
        answer = client.post("/chat/completions", cast_to=httpx2.Response, body=asked(text)).json()
        assert json.loads(answer["choices"][0]["message"]["content"]) == SAID

    return in_threads(one)


def asked(text: str) -> dict[str, Any]:
    """Return what the official client is asked to send: what ours sends, too."""
    return {
        "model": MODEL,
        "messages": [{"role": "system", "content": SYSTEM}, {"role": "user", "content": text}],
        "max_tokens": 512,
        "temperature": 0.0,
        "seed": 0,
        "response_format": FORMAT,
    }


def ours(address: str) -> Layer:
    """Ask by our client: limits, retries, hidden keys."""
    client, asks = Client(address, key="none"), Asks()

    def one(text: str) -> None:
        request = Request(client.address, MODEL, asks.messages(text), answer=SCHEMA)
        assert json.loads(client.complete(request).text) == SAID

    return in_threads(one)


def whole(address: str) -> Layer:
    """Ask by `ask_all`: answers read, checked against their schema and given in order."""
    client = Client(address, key="none")

    def run(texts: list[str], concurrency: int) -> None:
        settings = Settings(client.address, MODEL)
        for reply in ask_all(Asks(), texts, client, settings, concurrency=concurrency):
            assert reply.value == SAID, reply.problem

    return run


def in_threads(one: Callable[[str], None]) -> Layer:
    """Ask one text a thread at a time."""

    def run(texts: list[str], concurrency: int) -> None:
        with ThreadPoolExecutor(concurrency) as pool:
            list(pool.map(one, texts))

    return run


# --- the race -------------------------------------------------------------------------------


def race(layers: Mapping[str, Layer], texts: list[str], *, concurrency: int, rounds: int) -> list[dict[str, float]]:
    """Let every layer ask the same in each round, each first in turn; return the seconds."""
    for run in layers.values():
        run(texts[: 4 * concurrency], concurrency)  # opens the connections, loads what is loaded late
    names = list(layers)
    return [
        _round(layers, names[at % len(names) :] + names[: at % len(names)], texts, concurrency) for at in range(rounds)
    ]


def _round(layers: Mapping[str, Layer], names: list[str], texts: list[str], concurrency: int) -> dict[str, float]:
    seconds = {}
    for name in names:
        started = time.perf_counter()
        layers[name](texts, concurrency)
        seconds[name] = time.perf_counter() - started
    return seconds


def figures(rounds: list[dict[str, float]], texts: int) -> dict[str, dict[str, float]]:
    """Return each layer's median speed, and its median time beside the bare client's."""
    return {
        name: {
            "seconds": statistics.median(each[name] for each in rounds),
            "texts_per_second": texts / statistics.median(each[name] for each in rounds),
            "ratio": statistics.median(each[name] / each["bare"] for each in rounds),
        }
        for name in rounds[0]
    }


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--concurrency", type=int, default=16)
    parser.add_argument("--texts", type=int, default=480)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--answer-ms", type=float, default=20.0)
    parser.add_argument("--json", type=Path)
    wanted = parser.parse_args()
    here, there = multiprocessing.Pipe()
    server = multiprocessing.get_context("spawn").Process(
        target=serve, args=(there, wanted.answer_ms / 1000), daemon=True
    )
    server.start()
    try:
        address = f"http://127.0.0.1:{here.recv()}/v1"
        layers = {"bare": bare(address), "raw": raw(address), "client": ours(address), "ask_all": whole(address)}
        texts = [f"Garden designer wanted in Leeds, reference {number}" for number in range(wanted.texts)]
        rounds = race(layers, texts, concurrency=wanted.concurrency, rounds=wanted.rounds)
    finally:
        server.terminate()
        server.join()
    found = figures(rounds, wanted.texts)
    for name, each in found.items():
        beside = f"{100 * (each['ratio'] - 1):+6.1f} % beside the bare client"
        print(f"{name:8}  {each['seconds']:.3f} s  {each['texts_per_second']:6.0f} texts/s  {beside}")
    if wanted.json:
        wanted.json.write_text(json.dumps({"settings": vars(wanted) | {"json": None}, "figures": found}, indent=1))


if __name__ == "__main__":
    main()
