"""What a module holds under `python:module:name`: a function, or a predictor, or what makes one."""

from __future__ import annotations

import sys
import traceback
from difflib import get_close_matches
from importlib import import_module
from inspect import signature
from pathlib import Path
from typing import Any

from textwright import trust
from textwright.errors import ModelError
from textwright.predictor import Predictor


def open_function(reference: str) -> Any:
    """Return the function or class that `python:module:name` names. Raise `ModelError` when there is none."""
    module, name = _named(reference)
    found: Any = _import(reference, module)
    for part in name.split("."):
        found = _attribute(reference, found, part)
    if not callable(found):
        raise ModelError(f"{reference}: {type(found).__name__} cannot be called")
    return found


def _named(reference: str) -> tuple[str, str]:
    """Part `python:module:name`. Raise `ModelError` when it is none."""
    kind, _, rest = reference.partition(":")
    module, _, name = rest.partition(":")
    if kind != "python" or not module or not name:
        raise ModelError(f"{reference}: expected python:module:name")
    return module, name


def open_python(reference: str) -> Predictor:
    """Open what `python:module:name` names: a predictor, or a function or class that makes one."""
    module, name = _named(reference)
    found = _attribute(reference, _import(reference, module), name)
    if isinstance(found, type) or not hasattr(found, "predict"):
        found = _call(reference, found)
    if not hasattr(found, "predict") or not hasattr(found, "schema"):
        raise ModelError(f"{reference}: {type(found).__name__} is no predictor: it needs predict and schema")
    model: Predictor = found
    return model


def _import(reference: str, module: str) -> object:
    """Import a module of the working directory or of what is installed, if the person named it: it is run by that."""
    trust.check_code(reference)
    here = str(Path.cwd())
    if here not in sys.path:
        sys.path.append(here)
    try:
        return import_module(module)
    except Exception as error:
        raise ModelError(f"{reference}: importing {module} failed: {cause_of(error)}") from error


def _attribute(reference: str, module: object, name: str) -> Any:
    if not hasattr(module, name):
        near = get_close_matches(name, dir(module), n=1)
        guess = f". Did you mean {near[0]}?" if near else ""
        raise ModelError(f"{reference}: the module has no {name!r}{guess}")
    return getattr(module, name)


def _call(reference: str, maker: Any) -> Any:
    if not callable(maker):
        raise ModelError(f"{reference}: {type(maker).__name__} is neither a predictor nor makes one")
    _require_no_arguments(reference, maker)
    try:
        return maker()
    except Exception as error:
        raise ModelError(f"{reference}: calling it failed: {cause_of(error)}") from error


def _require_no_arguments(reference: str, maker: Any) -> None:
    try:
        signature(maker).bind()
    except TypeError as error:
        raise ModelError(
            f"{reference}: {error}. It is called without arguments, and must give a predictor: an object with predict "
            "and schema"
        ) from None
    except ValueError:  # what is not written in Python may not say what it takes
        return


def cause_of(error: Exception) -> str:
    """Name an error of somebody's code with the line that raised it."""
    last = traceback.extract_tb(error.__traceback__)[-1]
    where = "" if last.filename.startswith("<") else f" ({last.filename}:{last.lineno})"
    return f"{type(error).__name__}: {error}{where}"


def import_beside(folder: Path) -> None:
    """Let Python find the modules of a folder before all others, where the person named code at all.

    Else a file there that has the name of a library would be run in its place.
    """
    if trust.names_code() and str(folder) not in sys.path:
        sys.path.insert(0, str(folder))
