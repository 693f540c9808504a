"""What a model is made of, so that a run that goes on notices that it is another."""

from __future__ import annotations

import hashlib
import json
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from textwright.batch.plan import Model
from textwright.predictor import Predictor


def described(reference: str, predictor: Predictor) -> Model:
    """Describe a model: how it is named, a hash of its files or of the file that it is made from, and its size.

    Of a model that a server holds nobody but the server knows what it is; its schema and address must do.
    """
    digest = hashlib.sha256(version("textwright").encode())
    digest.update(json.dumps([reference, list(predictor.schema.spans), predictor.schema.open], default=str).encode())
    _add_content(digest, predictor)
    for path in _sources(reference):
        digest.update(path.read_bytes())
    size = getattr(predictor, "size_bytes", None)
    return Model(reference, digest.hexdigest()[:16], size if isinstance(size, int) else None)


def _add_content(digest: Any, predictor: Any) -> None:
    """Add what a model's folder would hold; of a cascade that of its steps."""
    files = getattr(predictor, "files", None)
    if isinstance(files, dict):
        digest.update(json.dumps(getattr(predictor, "config", None), default=str, sort_keys=True).encode())
        for name, content in sorted(files.items()):
            digest.update(name.encode() + content)
    for step in getattr(predictor, "steps", ()):
        _add_content(digest, getattr(step, "model", None))


def _sources(reference: str) -> list[Path]:
    """Return the file that a reference names: a prompt's, a cascade's, or a module's."""
    kind, _, rest = reference.partition(":")
    if kind in {"prompt", "cascade"}:
        return [Path(rest).expanduser()]
    if kind == "python":
        found = find_spec(rest.partition(":")[0])
        return [Path(found.origin)] if found and found.origin and found.has_location else []
    return []
