"""Texts in, spans and categories out, by any method, all judged on the same held-out texts.

Importing this loads nothing else: each name is fetched from its module when it is first used.
"""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from textwright.dataset import Dataset
    from textwright.errors import (
        DataError,
        LossError,
        MissingExtraError,
        ModelError,
        PredictionError,
        SchemaError,
        TextwrightError,
    )
    from textwright.evaluate.agreement import agreement
    from textwright.evaluate.compare import compare
    from textwright.evaluate.report import Report, evaluate
    from textwright.leakage import leaks
    from textwright.notebook import annotate
    from textwright.predictor import Predictor, Scorer, Trainer, answers
    from textwright.references import open_model
    from textwright.schema import Schema
    from textwright.testing import check_predictor, check_trainer
    from textwright.types import Annotation, Answer, Category, Example, Problem, Scores, Span

__version__ = "0.1.0"
__all__ = [
    "Annotation",
    "Answer",
    "Category",
    "DataError",
    "Dataset",
    "Example",
    "LossError",
    "MissingExtraError",
    "ModelError",
    "PredictionError",
    "Predictor",
    "Problem",
    "Report",
    "Schema",
    "SchemaError",
    "Scorer",
    "Scores",
    "Span",
    "TextwrightError",
    "Trainer",
    "agreement",
    "annotate",
    "answers",
    "check_predictor",
    "check_trainer",
    "compare",
    "evaluate",
    "leaks",
    "open_model",
]

_HOMES = {
    "dataset": ("Dataset",),
    "errors": (
        "DataError",
        "LossError",
        "MissingExtraError",
        "ModelError",
        "PredictionError",
        "SchemaError",
        "TextwrightError",
    ),
    "evaluate": ("Report", "agreement", "compare", "evaluate"),
    "leakage": ("leaks",),
    "notebook": ("annotate",),
    "predictor": ("Predictor", "Scorer", "Trainer", "answers"),
    "references": ("open_model",),
    "schema": ("Schema",),
    "testing": ("check_predictor", "check_trainer"),
    "types": ("Annotation", "Answer", "Category", "Example", "Problem", "Scores", "Span"),
}
_HOME_OF = {name: module for module, names in _HOMES.items() for name in names}


class _Package(ModuleType):
    """Keeps `evaluate` and `annotate` the functions: Python would put the folders of those names in their places."""

    def __setattr__(self, name: str, value: object) -> None:
        if not (isinstance(value, ModuleType) and name in _HOME_OF):
            super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Package


def __getattr__(name: str) -> Any:
    """Fetch a public name from its module, once."""
    if name not in _HOME_OF:
        raise AttributeError(f"module 'textwright' has no attribute {name!r}")
    value = getattr(import_module(f"textwright.{_HOME_OF[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    """List the public names before they are fetched."""
    return sorted({*globals(), *__all__})
