"""Processes that use a cache, for tests that watch or kill them: `python -m tests.llm.cache.working KIND WHERE ...`."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import warnings
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path

from tests.llm.cache.asking import Answers, answer, request
from textwright.llm.kept.cache import Cache, Cached

ROOT = Path(__file__).parents[3]
LONG = "x" * 2_000
SMALL_FILE = 100_000


def text(number: int) -> str:
    return f"title {number}"


def works(where: str, seed: str, rounds: str, texts: str) -> None:
    """Read and write answers to texts that the other processes work at, too; say what went wrong."""
    cache = Cache(Path(where))
    chance = random.Random(int(seed))
    wrong = written = 0
    for _ in range(int(rounds)):
        number = chance.randrange(int(texts))
        if chance.random() < 0.5:
            cache.put(request(text(number)), answer(f"answer {number}"))
            written += 1
        found = cache.get(request(text(number)))
        wrong += found is not None and found.text != f"answer {number}"
    print(json.dumps({"written": written, "wrong": wrong}))


def writes(where: str) -> None:
    """Keep answers for ever; say of each that it is kept, after it is."""
    cache = Cached(Answers(lambda _: answer(LONG)), Cache(Path(where)))
    number = 0
    while True:
        cache.complete(request(text(number)))
        os.write(1, f"{number}\n".encode())
        number += 1


def full(where: str) -> None:
    """Keep answers where files can only be small; say how many calls were answered, and what was warned of."""
    import resource

    completer = Cached(Answers(lambda _: answer(LONG)), Cache(Path(where)))
    completer.complete(request(text(0)))
    resource.setrlimit(resource.RLIMIT_FSIZE, (SMALL_FILE, SMALL_FILE))
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        answered = sum(completer.complete(request(text(number))).text == LONG for number in range(1, 100))
    print(json.dumps({"answered": answered, "warned": [str(each.message) for each in caught]}))


def reads(where: str) -> None:
    """Use a cache as somebody who may only read it."""
    version("textwright")  # imported while Python's own folder can still be read
    os.setgid(65534)
    os.setuid(65534)
    completer = Cached(Answers(), Cache(Path(where)))
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        there, other = completer.complete(request(text(0))), completer.complete(request("a new one"))
    print(json.dumps({"cached": [there.cached, other.cached], "warned": [str(each.message) for each in caught]}))


KINDS: dict[str, Callable[..., None]] = {each.__name__: each for each in (works, writes, full, reads)}


def started(kind: str, *words: object) -> subprocess.Popen[str]:
    """Start a process that uses a cache."""
    command = [sys.executable, "-m", "tests.llm.cache.working", kind, *map(str, words)]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def done(process: subprocess.Popen[str]) -> dict[str, object]:
    """Wait for a process and return what it says."""
    said, errors = process.communicate(timeout=300)
    assert process.returncode == 0, errors
    found: dict[str, object] = json.loads(said)
    return found


if __name__ == "__main__":
    KINDS[sys.argv[1]](*sys.argv[2:])
