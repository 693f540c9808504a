"""One training, in a process of its own: `python -m textwright.annotate.learning FOLDER`.

The folder holds `texts.jsonl` and `job.json`; `model/` and `result.json` appear in it. The process has low
priority and ends when the one that started it is gone.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from textwright.annotate.settings import chance
from textwright.bundle import export
from textwright.dataset import Dataset
from textwright.errors import DataError, TextwrightError
from textwright.evaluate.report import Report, evaluate
from textwright.schema import Schema
from textwright.types import Annotation, Example

TEXTS, JOB, RESULT, MODEL = "texts.jsonl", "job.json", "result.json", "model"
NICE = 15
# The model is judged on the first share, which it never sees; the second tells when to stop.
JUDGED, CHOOSING = 0.2, 0.12


def parted(examples: Sequence[Example], *, seed: int) -> tuple[list[Example], list[Example], list[Example]]:
    """Part texts into those to learn from, to stop by and to be judged on. A text always falls to the same part.

    Raise `DataError` when a part is empty.
    """
    places = {example.id: chance("part", seed, example.text) for example in examples}
    judged = [each for each in examples if places[each.id] < JUDGED]
    choosing = [each for each in examples if JUDGED <= places[each.id] < JUDGED + CHOOSING]
    learned = [each for each in examples if places[each.id] >= JUDGED + CHOOSING]
    if not (judged and choosing and learned):
        raise DataError(f"{len(examples)} annotated texts are too few to learn from and to be judged on")
    return learned, choosing, judged


def learn(folder: Path, job: Mapping[str, Any]) -> Mapping[str, Any]:
    """Train on the texts of a folder, write the model and return what it reached."""
    from textwright.train.quick import quick_trainer
    from textwright.train.recipes import Wishes

    began = time.monotonic()
    schema = Schema.from_data(job["schema"])
    data = Dataset.read(folder / TEXTS, schema=None if schema.open else schema)
    parts = parted(with_something(data), seed=job["seed"])
    learned, choosing, judged = (data.with_examples(part) for part in parts)
    wishes = Wishes(
        name=job["name"],
        schema=data.schema,
        seed=job["seed"],
        calibrate=True,
        report=lambda *_: end_with(job["parent"]),
    )
    model = quick_trainer(learned, wishes).fit(learned, choosing)
    measure, score = measured(evaluate(model, judged))
    export(model, folder / MODEL)
    seconds = round(time.monotonic() - began, 1)
    return {"texts": len(data), "measure": measure, "score": score, "support": len(judged), "seconds": seconds}


def with_something(examples: Sequence[Example]) -> list[Example]:
    """Leave out a layer in which nobody has marked anything yet: there is nothing to learn."""
    spans = any(each.gold.spans for each in examples)
    categories = any(each.gold.categories for each in examples)

    def kept(gold: Annotation) -> Annotation:
        return Annotation(gold.spans if spans else None, gold.categories if categories else None)

    return [replace(each, gold=kept(each.gold)) for each in examples]


def measured(report: Report) -> tuple[str, float]:
    """Give the one figure of the curve: span F1 where spans are annotated, else the accuracy of the first task."""
    score = report.score
    if score.spans:
        return "span F1", score.spans.micro.f1 or 0.0
    for task, each in score.categories.items():
        return task, each.sets.accuracy or 0.0
    raise DataError("nothing is annotated that could be judged")


def end_with(parent: int) -> None:
    """End this process when the one that started it is gone."""
    if os.getppid() != parent:
        raise SystemExit(f"process {parent} is gone")


def main() -> int:
    """Do the job of a folder; print one line and return 2 when that cannot be done."""
    if hasattr(os, "nice"):
        os.nice(NICE)
    folder = Path(sys.argv[1])
    job = json.loads((folder / JOB).read_text(encoding="utf-8"))
    try:
        result = learn(folder, job)
    except TextwrightError as error:
        print(error)
        return 2
    whole = folder / f"{RESULT}.part"
    whole.write_text(json.dumps(result), encoding="utf-8")
    whole.replace(folder / RESULT)
    return 0


if __name__ == "__main__":
    sys.exit(main())
