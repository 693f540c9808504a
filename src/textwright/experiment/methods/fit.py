"""Whatever somebody trains elsewhere: a function `fit(train, dev, *, seed, **options)` that gives a predictor.

One that takes `tell` as well is given what hears, line by line, how far it is. So that its run can be opened
again, the predictor either has what every model folder has (`name`, `config`, `files`, `size_bytes`), or a
method `save(folder)` and, on its class, `open(folder)`.
"""

from __future__ import annotations

import inspect
from typing import Any

from textwright.errors import ModelError
from textwright.experiment.methods.work import Fitted, Work, as_exportable, kept
from textwright.predictors.module import open_function
from textwright.runs.folder import MODEL

TAKES = "fit(train, dev, *, seed, **options)"


def fit(work: Work) -> Fitted:
    """Let the function train, and keep what it gives. Raise `ModelError` when that cannot be."""
    reference = str(work.method.settings["fit"])
    train = open_function(reference)
    options = {**_telling(train, work), **work.method.settings.get("options", {})}
    _refuse_options(train, options, reference)
    model = train(work.train, work.dev, seed=work.seed, **options)
    if not hasattr(model, "predict") or not hasattr(model, "schema"):
        raise ModelError(
            f"{reference}: gave {type(model).__name__}, which is no predictor: it needs predict and schema"
        )
    exportable = as_exportable(model)
    return _saved(work, model, reference) if exportable is None else kept(work, exportable)


def _telling(train: Any, work: Work) -> dict[str, Any]:
    """Give a function that wants it what hears how far it is."""
    try:
        return {"tell": work.tell} if "tell" in inspect.signature(train).parameters else {}
    except ValueError:  # a function of C tells no signature
        return {}


def _refuse_options(train: Any, options: dict[str, Any], reference: str) -> None:
    """Raise `ModelError` when the function does not take what it will be given."""
    try:
        inspect.signature(train).bind((), (), seed=0, **options)
    except TypeError as error:
        named = ", ".join(options) or "none"
        raise ModelError(f"{reference}: {error}; it is called as {TAKES}, here with the options {named}") from None
    except ValueError:  # a function of C tells no signature
        return


def _saved(work: Work, model: Any, reference: str) -> Fitted:
    """Let a model write itself, and name the class that opens it."""
    kind = type(model)
    if not hasattr(model, "save") or not hasattr(kind, "open"):
        raise ModelError(
            f"{reference}: {kind.__name__} cannot be kept, so that the run could never be opened again. "
            "Give it save(folder), and its class a static open(folder)"
        )
    if "<locals>" in kind.__qualname__ or kind.__module__ == "__main__":
        raise ModelError(f"{reference}: {kind.__qualname__} is made inside a function; make it a class of a module")
    folder = work.folder / MODEL
    folder.mkdir(parents=True, exist_ok=True)
    model.save(folder)
    size = getattr(model, "size_bytes", None)
    found = sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())
    return Fitted(f"fitted:python:{kind.__module__}:{kind.__qualname__}", size if size is not None else found)
