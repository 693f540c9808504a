"""Files ready to be sent: a model's folder for the browser, and the built pages.

They are read once, at the start, so that what is sent is always what the running model uses, and no
path from outside ever reaches the disk.
"""

from __future__ import annotations

import hashlib
import json
import mimetypes
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path, PurePosixPath
from typing import Any

from textwright.errors import ModelError
from textwright.predictor import Predictor

TYPES = {
    ".js": "text/javascript",
    ".toml": "application/toml",
    ".txt": "text/plain",
    ".json": "application/json",
    ".br": "application/octet-stream",
    ".gz": "application/gzip",
    ".md": "text/markdown",
    ".wasm": "application/wasm",
    ".webmanifest": "application/manifest+json",
}
# A client that names the hash of what it wants never has to ask again.
ASK_AGAIN, FOR_EVER = "no-cache", "public, max-age=31536000, immutable"
# The kinds of folders with one graph that the runtime of the pages knows.
GRAPH_KINDS = ("linear", "network", "text_network", "transformer")


@dataclass(frozen=True, slots=True)
class ServedFile:
    """A file's content with its media type and SHA-256."""

    content: bytes
    media_type: str
    sha256: str


def served_file(name: str, content: bytes) -> ServedFile:
    """Prepare a file; its name's ending tells the media type."""
    return ServedFile(content, media_type_of(name), hashlib.sha256(content).hexdigest())


def media_type_of(name: str) -> str:
    """Tell a file's media type by the ending of its name.

    >>> media_type_of("runtime/textwright.js"), media_type_of("model.gguf")
    ('text/javascript; charset=utf-8', 'application/octet-stream')
    """
    media_type = TYPES.get(Path(name).suffix) or mimetypes.guess_type(name)[0] or "application/octet-stream"
    return f"{media_type}; charset=utf-8" if media_type.startswith("text/") else media_type


def page_files(under: str = "") -> dict[str, ServedFile]:
    """Return the built pages and the runtime by their path below `/`, or those whose path begins with `under`."""
    found = [each for each in _walk(files(__package__) / "web", "") if each[0].startswith(under)]
    return {name: served_file(name, entry.read_bytes()) for name, entry in found}


def _walk(folder: Traversable, prefix: str) -> list[tuple[str, Traversable]]:
    found = []
    for entry in sorted(folder.iterdir(), key=lambda each: each.name):
        name = prefix + entry.name
        found += _walk(entry, f"{name}/") if entry.is_dir() else [(name, entry)]
    return found


def model_files(predictor: Predictor) -> dict[str, ServedFile] | None:
    """Return the files with which a page runs the model, or None when only the server can run it.

    `config.json` is self-contained: it holds the schema, and the hash of each file.
    Raise `ModelError` when a file cannot be read or lies outside the folder.
    """
    config = getattr(predictor, "config", None)
    if isinstance(config, Mapping) and runs_in_pages(predictor, config):
        return _graph_files(config, getattr(predictor, "files", {}))
    folder = getattr(predictor, "folder", None)
    if not isinstance(folder, Path):
        return None
    config = json.loads(_read(folder, "config.json"))
    if config.get("kind") != "rules":
        return None
    rules = PurePosixPath(config["rules"])
    names = [str(rules), *(str(rules.parent / name) for name in _list_files(_read(folder, str(rules))))]
    contents = {name: served_file(name, _read(folder, name)) for name in names}
    whole = {**config, "schema": predictor.schema.to_data()}
    return {"config.json": _config_file(whole, contents), **contents}


def runs_in_pages(predictor: Predictor, config: Mapping[str, Any]) -> bool:
    """Say whether a model is a graph that pages can run, or two of them."""
    if config.get("kind") != "joint":
        return config.get("kind") in GRAPH_KINDS
    parts = (getattr(getattr(predictor, part, None), "config", {}) for part in ("spans", "categories"))
    return all(part.get("kind") in GRAPH_KINDS for part in parts)


def _graph_files(config: Mapping[str, Any], files: Mapping[str, bytes]) -> dict[str, ServedFile]:
    """Prepare what runs; the folder so made is one for Python too."""
    contents = {name: served_file(name, content) for name, content in files.items()}
    return {"config.json": _config_file(config, contents), **contents}


def _list_files(rules: bytes) -> list[str]:
    values = tomllib.loads(rules.decode("utf-8-sig")).get("lists", {}).values()
    named = (value.get("file") if isinstance(value, dict) else value for value in values)
    return sorted({name for name in named if isinstance(name, str)})


def _read(folder: Path, name: str) -> bytes:
    path = folder / name
    if not path.resolve().is_relative_to(folder.resolve()):
        raise ModelError(f"{name} lies outside {folder}, so no page can have it. Put it into the folder")
    try:
        return path.read_bytes()
    except OSError as error:
        raise ModelError(f"{path}: {error.strerror}") from error


def _config_file(config: Mapping[str, Any], contents: Mapping[str, ServedFile]) -> ServedFile:
    """Write the configuration with size and SHA-256 of each file."""
    facts = {name: {"size": len(file.content), "sha256": file.sha256} for name, file in contents.items()}
    return served_file("config.json", json.dumps({**config, "files": facts}, ensure_ascii=False).encode())
