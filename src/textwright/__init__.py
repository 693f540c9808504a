"""Texts in, spans and categories out, by any method, all judged on the same held-out texts.

Importing this loads next to nothing: each name is fetched from its module when it is first used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from textwright.display import show_with
from textwright.lazy import fetch_names

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
    from textwright.project import open_project
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
    "open_project",
]

fetch_names(
    __name__,
    {
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
        "project": ("open_project",),
        "references": ("open_model",),
        "schema": ("Schema",),
        "testing": ("check_predictor", "check_trainer"),
        "types": ("Annotation", "Answer", "Category", "Example", "Problem", "Scores", "Span"),
    },
)

show_with(
    "textwright.notebook.displays",
    {
        "Annotation": "annotation_html",
        "Answer": "answer_html",
        "Dataset": "dataset_html",
        "Example": "example_html",
        "Schema": "schema_html",
    },
)
show_with("textwright.notebook.project_display", {"Project": "project_html"})
