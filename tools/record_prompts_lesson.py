"""Ask the small language model anew what the lesson on prompts asks, and write its answers down beside the lesson.

    python tools/record_prompts_lesson.py

To be run when the lesson's template, the pack's labels or its sample change: tests then say that something was not
recorded. It takes some minutes on a quiet machine; how long each answer took is part of the recording.
"""

from __future__ import annotations

import sys
from contextlib import chdir
from pathlib import Path
from tempfile import TemporaryDirectory

from textwright.llm.kept.recording import Replayed
from textwright.notebook.frame.lesson import find_lesson
from textwright.notebook.frame.run import run_notebook

LESSON = find_lesson("prompts").path
RECORDING = LESSON.with_suffix(".jsonl")


def main() -> None:
    """Run the lesson with the model itself in the place of the recording."""
    with TemporaryDirectory() as folder, chdir(folder):
        made = Path(folder) / "recording.jsonl"
        run = run_notebook(LESSON, values={"answered_by": f"record = '{made}'\ncached = false"})
        lines = made.read_text(encoding="utf-8").splitlines(keepends=True)
    # The lesson also asks what must not be recorded, to show what is said then.
    kept = [line for line in lines if run.values["absent"] not in line]
    RECORDING.write_text("".join(kept), encoding="utf-8")
    print(f"{RECORDING}: {len(kept)} answers of {Replayed(RECORDING).asked[0][1]}", file=sys.stderr)


if __name__ == "__main__":
    main()
