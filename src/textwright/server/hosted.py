"""The models that a server holds, by name."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from unicodedata import normalize

from textwright.errors import ModelError
from textwright.predictor import Predictor
from textwright.references import open_reference
from textwright.server.served_files import ServedFile, model_files, runs_in_pages

# A graph runs outside Python's lock, so that a second thread puts answers together meanwhile.
GRAPH_THREADS = 2


@dataclass(frozen=True, slots=True)
class Hosted:
    """A model under its name; `files` is None when a page cannot run it by itself.

    So many `threads` may ask it at once.
    """

    name: str
    predictor: Predictor
    files: Mapping[str, ServedFile] | None
    threads: int = 1


def host(name: str, predictor: Predictor) -> Hosted:
    """Prepare a model for being served under a name; what it builds at its first use is built now."""
    files = model_files(predictor)
    if files is not None:
        predictor.predict(["warm up"])
    return Hosted(name, predictor, files, _threads(predictor))


def _threads(predictor: Predictor) -> int:
    """Return how many threads may ask a model: one, unless it is known that several may."""
    config = getattr(predictor, "config", None)
    is_graph = isinstance(config, Mapping) and runs_in_pages(predictor, config)
    return GRAPH_THREADS if is_graph and (os.cpu_count() or 1) > 1 else 1


def open_hosted(references: Iterable[str]) -> list[Hosted]:
    """Open each model. Raise `ModelError` when one cannot be opened or two get one name."""
    hosted = [host(name_of(reference), open_reference(reference)) for reference in references]
    names = [model.name for model in hosted]
    doubled = [name for name in names if names.count(name) > 1]
    if doubled:
        raise ModelError(f"two models would both be called {doubled[0]!r}: each name may be served once")
    return hosted


def name_of(reference: str) -> str:
    """Return the name under which a model is served: its own, or that of its folder.

    >>> [name_of(each) for each in ("job_titles.rules", "./models/Städte 2/", "python:my.module:make")]
    ['job_titles.rules', 'Städte-2', 'my.module-make']
    """
    is_folder = "/" in reference or "\\" in reference
    own = Path(reference).expanduser().resolve().name if is_folder else reference.removeprefix("python:")
    return re.sub(r"[^\w.-]+", "-", normalize("NFC", own))
