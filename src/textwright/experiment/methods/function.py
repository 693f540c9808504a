"""A plain function of one text, from a module beside the experiment file or from what is installed."""

from __future__ import annotations

import json

from textwright.experiment.methods.work import Fitted, Work
from textwright.predictors.module import open_function
from textwright.runs.folder import MODEL
from textwright.schema import Schema

SCHEMA = "schema.json"


def fit(work: Work) -> Fitted:
    """Keep the function's name, with the labels that it may say. Raise `ModelError` when there is none."""
    reference = str(work.method.settings["function"])
    open_function(reference)
    folder = work.folder / MODEL
    folder.mkdir(parents=True, exist_ok=True)
    schema = work.schema or Schema(open=True)
    (folder / SCHEMA).write_text(json.dumps(schema.to_data(), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return Fitted(f"function:{reference}", None)
