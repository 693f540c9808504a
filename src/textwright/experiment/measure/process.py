"""A process of its own that opens a model, answers texts and tells what that took.

    python -m textwright.experiment.measure.process MODEL FOLDER BEGAN

`FOLDER` holds the texts as `asking.job_folder` writes them, `BEGAN` is `time.monotonic()` of the moment at which
the process was asked for: one clock for all processes of a machine. It leaves `found.json` there, an object with
`opening_seconds` and `memory_bytes`, or with `error`.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

# So many seconds of answering show the peak; who needs minutes for each text need not answer all of them twice.
MOST_SECONDS = 60.0


def main(arguments: Sequence[str]) -> None:
    """Measure the model that the arguments name, and leave what was found in the job's folder."""
    from textwright.child import end_with_parent

    model, folder, began = arguments
    end_with_parent(remove=Path(folder))
    found = _measured(model, Path(folder), float(began))
    (Path(folder) / "found.json").write_text(json.dumps(found), encoding="ascii")


def _measured(model: str, folder: Path, began: float) -> dict[str, Any]:
    from textwright.errors import TextwrightError

    try:
        return _figures(model, folder, began)
    except TextwrightError as error:
        return {"error": str(error)}
    except MemoryError:
        return {"error": "memory ran out"}


def _figures(model: str, folder: Path, began: float) -> dict[str, Any]:
    from textwright.experiment.measure.asking import FIRST, TEXTS
    from textwright.experiment.measure.memory import peak_bytes
    from textwright.predictor import answer_batch
    from textwright.references import open_reference

    predictor = open_reference(model)
    answer_batch(predictor, [json.loads((folder / FIRST).read_bytes())])
    opening = time.monotonic() - began
    _answer(predictor, json.loads((folder / TEXTS).read_bytes()))
    return {"opening_seconds": opening, "memory_bytes": peak_bytes()}


def _answer(predictor: Any, texts: Sequence[str]) -> None:
    from textwright.predictor import answers

    end = time.monotonic() + MOST_SECONDS
    for _ in answers(predictor, texts):
        if time.monotonic() > end:
            return


if __name__ == "__main__":
    main(sys.argv[1:])
