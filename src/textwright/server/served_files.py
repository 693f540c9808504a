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
from http import HTTPStatus
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path, PurePosixPath
from typing import Any

from fastapi import Request, Response

from textwright.errors import ModelError
from textwright.predictor import Predictor
from textwright.server.problems import HttpProblem

TYPES = {
    ".js": "text/javascript",
    ".toml": "application/toml",
    ".txt": "text/plain",
    ".json": "application/json",
    ".gz": "application/gzip",
    ".md": "text/markdown",
    ".wasm": "application/wasm",
    ".webmanifest": "application/manifest+json",
}
# The kinds of folders with one graph that the runtime of the pages knows.
GRAPH_KINDS = ("linear", "network", "text_network", "transformer")
# A client that names the hash of what it wants never has to ask again.
ASK_AGAIN, FOR_EVER = "no-cache", "public, max-age=31536000, immutable"


@dataclass(frozen=True, slots=True)
class ServedFile:
    """A file's content with its media type and SHA-256."""

    content: bytes
    media_type: str
    sha256: str


def served_file(name: str, content: bytes) -> ServedFile:
    """Prepare a file; its name's ending tells the media type."""
    suffix = Path(name).suffix
    media_type = TYPES.get(suffix) or mimetypes.guess_type(name)[0] or "application/octet-stream"
    if media_type.startswith("text/"):
        media_type += "; charset=utf-8"
    return ServedFile(content, media_type, hashlib.sha256(content).hexdigest())


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


def send_file(request: Request, files: Mapping[str, ServedFile], name: str) -> Response:
    """Send a file, or 304 when the client has it already; for ever to one that asks for it by its `?sha256=`."""
    if name not in files:
        detail = f"no such file: {name!r}. Files: {', '.join(files)}"
        raise HttpProblem(HTTPStatus.NOT_FOUND, "no_such_file", detail, files=list(files))
    file = files[name]
    tag = f'"{file.sha256}"'
    named = request.query_params.get("sha256") == file.sha256
    headers = {"ETag": tag, "Cache-Control": FOR_EVER if named else ASK_AGAIN}
    if tag in request.headers.get("If-None-Match", ""):
        return Response(status_code=HTTPStatus.NOT_MODIFIED, headers=headers)
    return Response(file.content, media_type=file.media_type, headers=headers)


def model_files(predictor: Predictor) -> dict[str, ServedFile] | None:
    """Return the files with which a page runs the model, or None when only the server can run it.

    `config.json` is self-contained: it holds the schema, and the hash of each file.
    Raise `ModelError` when a file cannot be read or lies outside the folder.
    """
    config = getattr(predictor, "config", None)
    if isinstance(config, Mapping) and _runs_in_pages(predictor, config):
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
    return {"config.json": _self_contained(config, predictor, contents), **contents}


def _runs_in_pages(predictor: Predictor, config: Mapping[str, Any]) -> bool:
    """Say whether a model is a graph that pages can run, or two of them."""
    if config.get("kind") != "joint":
        return config.get("kind") in GRAPH_KINDS
    parts = (getattr(getattr(predictor, part, None), "config", {}) for part in ("spans", "categories"))
    return all(part.get("kind") in GRAPH_KINDS for part in parts)


def _graph_files(config: Mapping[str, Any], files: Mapping[str, bytes]) -> dict[str, ServedFile]:
    """Prepare what runs; the folder so made is one for Python too."""
    contents = {name: served_file(name, content) for name, content in files.items()}
    sums = {name: file.sha256 for name, file in contents.items()}
    whole = json.dumps({**config, "files": sums}, ensure_ascii=False).encode()
    return {"config.json": served_file("config.json", whole), **contents}


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


def _self_contained(config: Mapping[str, Any], predictor: Predictor, contents: Mapping[str, ServedFile]) -> ServedFile:
    facts = {name: {"size": len(file.content), "sha256": file.sha256} for name, file in contents.items()}
    whole = {**config, "schema": predictor.schema.to_data(), "files": facts}
    return served_file("config.json", json.dumps(whole, ensure_ascii=False).encode())
