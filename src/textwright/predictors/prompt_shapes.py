"""What a prompt file may say, and how each of its keys is checked."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches
from typing import Any

from textwright.errors import ModelError
from textwright.types import NOTHING

Data = Mapping[str, Any]
# What a prompt file may say, and of which type each is.
TEXT, WHOLE, NUMBER, YES = (str,), (int,), (int, float), (bool,)
KEYS: Mapping[str, tuple[type, ...]] = {
    "name": TEXT,
    "template": TEXT,
    "model": TEXT,
    "base_url": TEXT,
    "gguf": TEXT,
    "schema": TEXT,
    "labels": (list,),
    "task": TEXT,
    "domain": TEXT,
    "set": (dict,),
    "map": (dict,),
    "examples": (dict,),
    "parameters": (dict,),
    "concurrency": WHOLE,
    "timeout": NUMBER,
    "cached": YES,
    "cache": TEXT,
    "offline": YES,
    "record": TEXT,
    "replay": TEXT,
    "budget": (dict,),
}
EXAMPLES: Mapping[str, tuple[type, ...]] = {"file": TEXT, "count": WHOLE, "choose": TEXT, "seed": WHOLE}
PARAMETERS: Mapping[str, tuple[type, ...]] = {
    "temperature": NUMBER,
    "max_tokens": WHOLE,
    "seed": WHOLE,
    "stop": (str, list),
    "form": TEXT,
    "enforce": TEXT,
    "logprobs": YES,
    "attempts": WHOLE,
}
BUDGET: Mapping[str, tuple[type, ...]] = {"cost": NUMBER, "tokens": WHOLE}
CHOICES: Mapping[str, tuple[str, ...]] = {
    "form": ("chat", "completion"),
    "enforce": ("schema", "object", "none"),
    "choose": ("similar", "cover", "random", "first"),
}
# The least and the most that a number may be.
RANGES: Mapping[str, tuple[float, float]] = {
    "attempts": (1, 20),
    "concurrency": (1, 256),
    "cost": (0, 1e6),
    "count": (1, 1000),
    "max_tokens": (1, 1_000_000),
    "temperature": (0, 10),
    "timeout": (0.1, 86_400),
    "tokens": (0, 1e12),
}


def part_of(data: Data, key: str, known: Mapping[str, tuple[type, ...]], where: str) -> Data:
    """Return a table of a prompt file, checked; an empty one where there is none."""
    part: Data = data.get(key, NOTHING)
    check(part, known, f"{where}, {key}")
    return part


def check(data: Data, known: Mapping[str, tuple[type, ...]], where: str) -> None:
    """Raise `ModelError` at the first key that is unknown or of another type."""
    for key, value in data.items():
        if key not in known:
            near = get_close_matches(key, known, n=1)
            guess = f" Did you mean {near[0]}?" if near else ""
            raise ModelError(f"{where}: unknown key {key!r}.{guess} Known keys: {', '.join(known)}")
        if not isinstance(value, known[key]) or (isinstance(value, bool) and bool not in known[key]):
            names = " or ".join(each.__name__ for each in known[key])
            raise ModelError(f"{where}: {key} is {value!r}, expected {names}")
        if key in CHOICES and value not in CHOICES[key]:
            raise ModelError(f"{where}: {key} is {value!r}, expected one of {', '.join(CHOICES[key])}")
        _check_value(key, value, where)


def _check_value(key: str, value: Any, where: str) -> None:
    if key in RANGES and not RANGES[key][0] <= value <= RANGES[key][1]:
        least, most = RANGES[key]
        raise ModelError(f"{where}: {key} is {value!r}, expected a number from {least:,} to {most:,}")
    stops = [value] if isinstance(value, str) else value
    if key == "stop" and not all(isinstance(each, str) and each for each in stops):
        raise ModelError(f"{where}: stop is {value!r}, expected texts that are not empty")
