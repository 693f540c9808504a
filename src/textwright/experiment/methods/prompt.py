"""A prompt: written beside the run as a prompt file, with examples of the train set where it shows some."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from textwright.experiment.methods.work import Fitted, Work
from textwright.llm.tuning.prompt_toml import write_prompt
from textwright.references import surroundings
from textwright.runs.folder import MODEL

FILE, EXAMPLES, SCHEMA = "prompt.toml", "examples.jsonl", "schema.json"


def fit(work: Work) -> Fitted:
    """Write the prompt file and see that it can be asked. Raise `ModelError` that says why it cannot."""
    from textwright.predictors.prompt_file import asking_of, predictor_of, read_prompt_file

    folder = work.folder / MODEL
    folder.mkdir(parents=True, exist_ok=True)
    write_prompt(folder / FILE, _with_files(work))
    predictor_of(asking_of(read_prompt_file(folder / FILE), surroundings(), where=work.name, say=work.tell))
    return Fitted(f"prompt:{MODEL}/{FILE}", None)


def _with_files(work: Work) -> dict[str, Any]:
    """Give the prompt its name, the experiment's schema where it names no labels, and the examples that it shows."""
    from textwright.predictors.prompt_file import WRITTEN

    data: dict[str, Any] = {"name": work.name, **work.method.settings["prompt"]}
    # What a file has written stands beside it: here beside the run's own.
    data |= {key: Path(data[key]).name for key in WRITTEN if key in data}
    if work.schema is not None and not {"schema", "labels"} & set(data):
        _write_schema(work)
        data["schema"] = SCHEMA
    if "examples" in data and "file" not in data["examples"]:
        data["examples"] = {**data["examples"], "file": EXAMPLES, **_seed(work, data["examples"])}
        _write_examples(work)
    return data


def _seed(work: Work, examples: Mapping[str, Any]) -> dict[str, int]:
    return {} if "seed" in examples else {"seed": work.seed}


def _write_schema(work: Work) -> None:
    import json

    assert work.schema is not None
    text = json.dumps(work.schema.to_data(), ensure_ascii=False, indent=1) + "\n"
    (work.folder / MODEL / SCHEMA).write_text(text, encoding="utf-8")


def _write_examples(work: Work) -> None:
    """Write the annotated texts of the train set, without what stands beside them."""
    bare = (replace(each, meta={}, extra={}, annotator=None) for each in work.train)
    work.train.with_examples(bare).write(work.folder / MODEL / EXAMPLES)
