"""Fingerprints of files and folders."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from textwright.errors import DataError

# Of larger files, which are weights of language models, the size and both ends tell enough.
LARGE = 64_000_000
END = 1_000_000
PASSED_OVER = ("__pycache__", ".git", ".DS_Store")


def digest(content: bytes) -> str:
    """Return the SHA-256 of some bytes."""
    return hashlib.sha256(content).hexdigest()


def digest_of(data: Any) -> str:
    """Return the SHA-256 of plain data, whatever the order of keys."""
    written = json.dumps(data, sort_keys=True, ensure_ascii=True, separators=(",", ":"), allow_nan=False)
    return digest(written.encode("ascii"))


def file_digest(path: Path, where: str) -> str:
    """Return the SHA-256 of a file. Raise `DataError` that says `where` it is named when it cannot be read."""
    try:
        with path.open("rb") as file:
            size = path.stat().st_size
            if size <= LARGE:
                return digest(file.read())
            begin = file.read(END)
            file.seek(-END, 2)
            return digest(begin + file.read() + str(size).encode())
    except OSError as error:
        missing = not path.exists()
        said = "no such file" if missing else f"cannot be read: {error.strerror or error}"
        raise DataError(f"{where}: {path}: {said}") from error


def folder_digest(folder: Path, where: str) -> str:
    """Return a fingerprint of a folder; of a model's folder its `config.json`, which names the others' content."""
    if not folder.is_dir():
        said = "is a file, no folder" if folder.exists() else "no such folder"
        raise DataError(f"{where}: {folder}: {said}")
    config = folder / "config.json"
    if config.is_file() and b'"sha256"' in config.read_bytes():
        return file_digest(config, where)
    return files_digest(folder, sorted(folder.rglob("*")), where)


def files_digest(folder: Path, paths: Iterable[Path], where: str) -> str:
    """Return a fingerprint of some files of a folder and their names in it."""
    files = [each for each in paths if each.is_file() and not any(part in PASSED_OVER for part in each.parts)]
    return digest_of({each.relative_to(folder).as_posix(): file_digest(each, where) for each in files})
