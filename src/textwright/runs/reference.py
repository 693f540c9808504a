"""What names the model of a run, from wherever one stands."""

from __future__ import annotations

from textwright.runs.folder import MODEL
from textwright.runs.record import Run

# What lies in the run's folder is named from there.
HERE = (f"{MODEL}/", f"prompt:{MODEL}/", f"cascade:{MODEL}/")


def reference_of(run: Run) -> str:
    """Give the reference that opens a run's model: a folder, a file, a name, or the run where a module is needed.

    What a module holds (`python:`) is looked for beside the experiment, and `run:FOLDER` knows where that is.
    """
    if "python:" in run.model:
        return f"run:{run.folder.absolute()}"
    if not run.model.startswith(HERE):
        return run.model
    kind, colon, place = run.model.rpartition(":")
    end = "/" if place.endswith("/") else ""
    return f"{kind}{colon}{(run.folder / place).absolute()}{end}"
