"""The prompt file of a tuned model: the words that it was tuned on, its name and its address."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from textwright.errors import DataError
from textwright.formats.files import atomically
from textwright.llm.tuning.card import Card
from textwright.llm.tuning.record import Submission, write_json

BARE = re.compile(r"[A-Za-z0-9_-]+")


def described(submission: Submission) -> dict[str, Any]:
    """Return what the prompt file of a tuned model says. Raise `DataError` when it cannot be known."""
    if submission.tuned_model is None:
        raise DataError(f"job {submission.job} has no tuned model yet (status {submission.status})")
    if submission.card is None:
        raise DataError(
            f"job {submission.job}: the training file had no card, so that its prompt is not known. "
            f"Write a prompt file with model = {submission.tuned_model!r} by hand (docs/tuning.md shows one)"
        )
    card = submission.card
    parameters = {"form": card["form"]} | ({"stop": [card["stop"]]} if card["stop"] else {})
    where = {"model": submission.tuned_model, "base_url": submission.address}
    return {"name": submission.suffix or "tuned", **where, **card["prompt"], "parameters": parameters}


def write_prompt(path: Path, data: Mapping[str, Any]) -> None:
    """Write a prompt file."""
    content = toml_of(data)

    def write(beside: Path) -> None:
        beside.write_text(content, encoding="utf-8", newline="\n")

    atomically(path, write)


def with_copies(path: Path, data: Mapping[str, Any], card: Card) -> dict[str, Any]:
    """Put the template and the schema as they were beside the prompt file, and name those in its data."""
    folder = path.with_name(f"{path.stem}.prompt")
    folder.mkdir(exist_ok=True)
    for name, source in card["template_files"].items():
        (folder / Path(name).name).write_text(source, encoding="utf-8", newline="\n")
    write_json(folder / "schema.json", card["schema"])
    kept = {key: value for key, value in data.items() if key not in ("labels", "task")}
    return kept | {"template": f"{folder.name}/template.md", "schema": f"{folder.name}/schema.json"}


def toml_of(data: Mapping[str, Any]) -> str:
    """Return plain data as TOML, tables last.

    >>> print(toml_of({"model": "m", "set": {"n": 2}}), end="")
    model = "m"
    <BLANKLINE>
    [set]
    n = 2
    """
    flat = [f"{_key(key)} = {_value(value)}" for key, value in data.items() if not isinstance(value, Mapping)]
    tables = [(key, value) for key, value in data.items() if isinstance(value, Mapping) and value]
    parts = ["\n".join(flat)] + [
        "\n".join([f"[{_key(name)}]", *(f"{_key(key)} = {_value(each)}" for key, each in table.items())])
        for name, table in tables
    ]
    return "\n\n".join(parts) + "\n"


def _key(key: str) -> str:
    return key if BARE.fullmatch(key) else _value(key)


def _value(value: Any) -> str:
    """Return a value: JSON's strings, numbers, truths and lists are TOML's, but for one control character."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
