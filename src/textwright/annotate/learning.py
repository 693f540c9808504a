"""One training, in a process of its own: `python -m textwright.annotate.learning FOLDER`.

The folder holds `texts.jsonl` and `job.json`; `model/` and `result.json` appear in it. The process has low
priority and one thread, and ends when its standard input is closed: the one that started it is gone.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from textwright.annotate.settings import chance
from textwright.bundle import export
from textwright.child import end_with_parent, step_back
from textwright.dataset import Dataset, occurring_schema
from textwright.errors import DataError, TextwrightError
from textwright.evaluate.report import Report, evaluate
from textwright.schema import Schema
from textwright.store.held_out import is_set_aside
from textwright.types import Annotation, Example

TEXTS, JOB, RESULT, MODEL = "texts.jsonl", "job.json", "result.json", "model"
# The model is judged on the first share, which it never sees; the second tells when to stop.
JUDGED, CHOOSING = 0.2, 0.12
FEWEST_CHOOSING = 2
# What the curve is called where spans are annotated.
SPANS = "span F1"


def parted(examples: Sequence[Example], *, seed: int) -> tuple[list[Example], list[Example], list[Example]]:
    """Part texts into those to learn from, to stop by and to be judged on. A text always falls to the same part.

    Those that were set aside, where there are such, are what is judged on. Raise `DataError` when a part is empty.
    """
    parts = (
        _parted_by_meta(examples, seed)
        if any(is_set_aside(each.meta) for each in examples)
        else _parted(examples, seed)
    )
    if not all(parts):
        raise DataError(f"{len(examples)} annotated texts are too few to learn from and to be judged on")
    return parts


def _parted(examples: Sequence[Example], seed: int) -> tuple[list[Example], list[Example], list[Example]]:
    places = {example.id: chance("part", seed, example.text) for example in examples}
    judged = [each for each in examples if places[each.id] < JUDGED]
    choosing = [each for each in examples if JUDGED <= places[each.id] < JUDGED + CHOOSING]
    learned = [each for each in examples if places[each.id] >= JUDGED + CHOOSING]
    return learned, choosing, judged


def _parted_by_meta(examples: Sequence[Example], seed: int) -> tuple[list[Example], list[Example], list[Example]]:
    """Part texts where some were set aside; of few others, the first by chance tell when to stop."""
    judged = [each for each in examples if is_set_aside(each.meta)]
    others = [each for each in examples if not is_set_aside(each.meta)]
    by_chance = sorted(others, key=lambda each: chance("part", seed, each.text))
    count = max(FEWEST_CHOOSING, round(CHOOSING * len(others)))
    choosing = {each.id for each in by_chance[:count]}
    return [each for each in others if each.id not in choosing], by_chance[:count], judged


def learn(folder: Path, job: Mapping[str, Any]) -> Mapping[str, Any]:
    """Train on the texts of a folder, write the model and return what it reached."""
    from textwright.train.quick import quick_trainer
    from textwright.train.recipes import Wishes

    began = time.monotonic()
    schema = Schema.from_data(job["schema"])
    data = Dataset.read(folder / TEXTS, schema=None if schema.open else schema)
    parts = parted(with_something(data), seed=job["seed"])
    learned, choosing, judged = (data.with_examples(part) for part in parts)
    wishes = Wishes(name=job["name"], schema=data.schema, seed=job["seed"], calibrate=True)
    model = quick_trainer(learned, wishes).fit(learned, choosing)
    report = evaluate(model, judged, labels=marked_in(data))
    measure, score = measured(report)
    export(model, folder / MODEL)
    return {
        "texts": len(data),
        "learned": len(learned) + len(choosing),
        "measure": measure,
        "score": score,
        "support": len(judged),
        "right": wholly_right(report),
        "seconds": round(time.monotonic() - began, 1),
    }


def with_something(examples: Sequence[Example]) -> list[Example]:
    """Leave out a layer in which nobody has marked anything yet: there is nothing to learn."""
    spans = any(each.gold.spans for each in examples)
    categories = any(each.gold.categories for each in examples)

    def kept(gold: Annotation) -> Annotation:
        return Annotation(gold.spans if spans else None, gold.categories if categories else None)

    return [replace(each, gold=kept(each.gold)) for each in examples]


def marked_in(data: Dataset) -> list[str]:
    """Name what anybody has marked, in the schema's order: a test text that has none of it says "nothing here"."""
    found = occurring_schema(data)
    marked = {*found.spans, *(task.name for task in found.tasks)}
    return [name for name in (*data.schema.spans, *(task.name for task in data.schema.tasks)) if name in marked]


def measured(report: Report) -> tuple[str, float]:
    """Give the one figure of the curve: span F1 where spans are annotated, else the accuracy of the first task."""
    score = report.score
    if score.spans:
        return SPANS, score.spans.micro.f1 or 0.0
    for task, each in score.categories.items():
        return task, each.sets.accuracy or 0.0
    raise DataError("nothing is annotated that could be judged")


def counted(measure: str) -> str:
    """Say in plain words what a measure counts.

    >>> counted("span F1"), counted("topic")
    ('marked parts', 'answers to topic')
    """
    return "marked parts" if measure == SPANS else f"answers to {measure}"


def wholly_right(report: Report) -> int:
    """Count the texts that are right as every report counts it: in all spans, or without spans in all answers."""
    return sum(right is True for right in report.rights["whole_text"])


def main() -> int:
    """Do the job of a folder; print one line and return 2 when that cannot be done."""
    end_with_parent()
    step_back()
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
