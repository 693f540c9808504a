"""How each kind of method gets its model: a file a kind, each a function from a `Work` to what was `Fitted`."""

from __future__ import annotations

from importlib import import_module

from textwright.errors import MissingExtraError
from textwright.experiment.methods.work import Fitted, Work

__all__ = ["Fitted", "Work", "fitted"]

# The package whose absence most likely means that the extra is missing.
EXTRAS = {"recipe": "train", "quantise": "train", "tune": "tune"}


def fitted(work: Work) -> Fitted:
    """Make the model of a method, in the run's folder where it has one there.

    Raise a `TextwrightError` when it cannot be made; what code of others raises comes as it is.
    """
    kind = work.method.kind
    module = import_module(f"textwright.experiment.methods.{kind}")
    try:
        made: Fitted = module.fit(work)
    except ImportError as error:
        if kind not in EXTRAS:
            raise
        raise MissingExtraError(error.name or "torch", EXTRAS[kind]) from error
    return made
