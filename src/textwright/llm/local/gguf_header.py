"""What the beginning of a GGUF file says of the model in it, and whether the file is whole.

llama.cpp says only that a model cannot be opened, so that the reasons are found here. The format:
https://github.com/ggml-org/ggml/blob/master/docs/gguf.md
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from textwright.errors import ModelError

MAGIC = b"GGUF"
VERSIONS = (2, 3)
STRING, ARRAY = 8, 9
NUMBERS = {0: "<B", 1: "<b", 2: "<H", 3: "<h", 4: "<I", 5: "<i", 6: "<f", 7: "<?", 10: "<Q", 11: "<q", 12: "<d"}
# More than any model has, so that a damaged count is seen at once.
MOST_KEYS, MOST_TENSORS, MOST_ITEMS = 10_000, 1_000_000, 10_000_000


@dataclass(frozen=True, slots=True)
class Header:
    """What a GGUF file says of itself; `context` is the number of tokens that the model was trained on."""

    architecture: str
    name: str
    context: int


def read_header(path: Path) -> Header:
    """Read what a GGUF file says of itself. Raise `ModelError` naming the file and what is wrong with it."""
    try:
        with path.open("rb") as file:
            return _read(file, path.stat().st_size)
    except FileNotFoundError:
        raise ModelError(f"{path}: there is no such file; expected a model in GGUF form") from None
    except IsADirectoryError:
        raise ModelError(f"{path} is a folder; expected the .gguf file in it") from None
    except OSError as error:
        raise ModelError(f"{path} cannot be read: {error.strerror}") from error
    except ValueError as error:
        raise ModelError(f"{path} {error}") from error


def _read(file: BinaryIO, size: int) -> Header:
    begins = file.read(4)
    if begins != MAGIC:
        raise ValueError(f"is no GGUF file: it begins with {begins!r}, not with {MAGIC!r}")
    version, tensors, keys = _unpack(file, "<I"), _unpack(file, "<Q"), _unpack(file, "<Q")
    if version not in VERSIONS:
        raise ValueError(f"is of version {version} of the GGUF format; versions 2 and 3 can be read")
    if keys > MOST_KEYS or tensors > MOST_TENSORS:
        raise ValueError("is damaged: its header counts more than any model has")
    values = {_text(file): _typed(file, _unpack(file, "<I")) for _ in range(keys)}
    ends = max((_tensor_start(file) for _ in range(tensors)), default=0)
    if not tensors or file.tell() + ends >= size:
        raise ValueError("is cut off: it ends before its last weights. Get the file again")
    architecture = str(values.get("general.architecture", "unknown"))
    context = values.get(f"{architecture}.context_length", 0)
    return Header(architecture, str(values.get("general.name", "")), context if isinstance(context, int) else 0)


def _bytes(file: BinaryIO, count: int) -> bytes:
    found = file.read(count)
    if len(found) < count:
        raise ValueError("is cut off in its header. Get the file again")
    return found


def _unpack(file: BinaryIO, form: str) -> Any:
    return struct.unpack(form, _bytes(file, struct.calcsize(form)))[0]


def _text(file: BinaryIO) -> str:
    length = _unpack(file, "<Q")
    if length > MOST_ITEMS:
        raise ValueError("is damaged: a name in its header is too long")
    return _bytes(file, length).decode("utf-8", "replace")


def _typed(file: BinaryIO, kind: int, *, nested: bool = False) -> Any:
    if kind == STRING:
        return _text(file)
    if kind == ARRAY and not nested:
        return _skip_array(file)
    if kind in NUMBERS:
        return _unpack(file, NUMBERS[kind])
    raise ValueError(f"is damaged: its header holds a value of the unknown kind {kind}")


def _skip_array(file: BinaryIO) -> None:
    """Pass over a list, such as the vocabulary: nothing of it is asked for."""
    kind, count = _unpack(file, "<I"), _unpack(file, "<Q")
    if count > MOST_ITEMS:
        raise ValueError("is damaged: a list in its header is too long")
    if kind in NUMBERS:
        _bytes(file, struct.calcsize(NUMBERS[kind]) * count)
        return
    for _ in range(count):
        _typed(file, kind, nested=True)


def _tensor_start(file: BinaryIO) -> int:
    """Return where the weights of one tensor begin, counted from the end of the header."""
    _text(file)
    dimensions = _unpack(file, "<I")
    if dimensions > 8:
        raise ValueError(f"is damaged: weights in {dimensions} dimensions")
    _bytes(file, 8 * dimensions + 4)
    start: int = _unpack(file, "<Q")
    return start
