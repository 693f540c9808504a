"""Keep how far learning is in a file after each epoch, so that a killed training goes on from there."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

import torch
from torch import Tensor

from textwright.errors import ModelError

VERSION = 1


def keep_still(message: str) -> None:
    """Tell nothing."""


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """A file for the state of learning. Only a training with the same `key` goes on from it."""

    path: Path
    tell: Callable[[str], None] = keep_still
    key: str = ""

    def tied(self, *parts: object) -> Checkpoint:
        """Tie the file to all that decides the outcome: settings, data, first weights."""
        return replace(self, key=digest(self.key, *parts))

    def beside(self, word: str) -> Checkpoint:
        """Name the file of another training of the same kind."""
        return replace(self, path=self.path.with_name(f"{self.path.stem}-{word}{self.path.suffix}"))

    def read(self) -> dict[str, Any] | None:
        """Read what was kept; None when there is nothing, or nothing that belongs to this training."""
        if not self.path.exists():
            return None
        try:
            kept: dict[str, Any] = torch.load(self.path, weights_only=True)
            key, version = kept["key"], kept["version"]
        except Exception as error:  # torch raises whatever the bytes make it stumble over
            self.tell(f"{self.path} cannot be read ({type(error).__name__}); training starts anew")
            return None
        if (key, version) != (self.key, VERSION):
            self.tell(f"{self.path} belongs to other data or settings; training starts anew")
            return None
        return kept

    def write(self, state: Mapping[str, Any]) -> None:
        """Keep a state, whole or not at all. Raise `ModelError` when the disk is full or closed to us."""
        begun = self.path.with_name(f"{self.path.name}.new")
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with begun.open("wb") as file:
                torch.save({**state, "key": self.key, "version": VERSION}, file)
                file.flush()
                os.fsync(file.fileno())
            begun.replace(self.path)
        except (OSError, RuntimeError) as error:  # torch turns a full disk into a RuntimeError
            with suppress(OSError):
                begun.unlink()
            raise ModelError(f"{self.path}: the state of learning cannot be kept: {_reason(error)}") from error


def _reason(error: OSError | RuntimeError) -> str:
    """Name what the system says, or the first line of what torch does."""
    strerror = error.strerror if isinstance(error, OSError) else None
    return strerror or str(error).split("\n")[0]


def settings_of(trainer: Any) -> list[tuple[str, object]]:
    """List the fields of a trainer that decide the outcome: those by which trainers compare."""
    return [(each.name, getattr(trainer, each.name)) for each in fields(trainer) if each.compare]


def digest(*parts: object) -> str:
    """Give the SHA-256 of what parts look like in Python; of weights, of their bytes."""
    found = hashlib.sha256()
    for part in parts:
        _add(found, part)
    return found.hexdigest()


def _add(found: Any, part: object) -> None:
    if isinstance(part, Tensor):
        found.update(part.detach().contiguous().reshape(-1).view(torch.uint8).numpy().tobytes())
    elif isinstance(part, Mapping):
        for key, value in part.items():
            found.update(repr(key).encode())
            _add(found, value)
    elif isinstance(part, Sequence) and not isinstance(part, str | bytes):
        for each in part:
            _add(found, each)
    else:
        found.update(repr(part).encode("utf-8", "surrogatepass"))
    found.update(b"\x00")
