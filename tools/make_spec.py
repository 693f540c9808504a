"""Write spec/titles.json: what the rules of the job-title pack mark in its sample and in hostile texts.

Run it after every change of those rules and look at the difference: `python tools/make_spec.py`. The other
files of spec/ are written by hand, since they say what the language means.
"""

from __future__ import annotations

import json
from pathlib import Path

from textwright.references import open_model
from textwright.testing import HOSTILE_TEXTS

ROOT = Path(__file__).resolve().parent.parent
SAMPLE = ROOT / "src/textwright/packs/job_titles/sample.jsonl"
HOSTILE = ROOT / "spec/hostile.txt"
TARGET = ROOT / "spec/titles.json"
ABOUT = "Texts and the spans that job_titles.rules gives, in code points. Written by tools/make_spec.py."


def texts() -> list[str]:
    """Return the texts of the sample, then the hostile ones: a JSON string a line in spec/hostile.txt."""
    sample = [json.loads(line)["text"] for line in SAMPLE.read_text(encoding="utf-8").splitlines()]
    hostile = [json.loads(line) for line in HOSTILE.read_text(encoding="utf-8").splitlines()]
    return [*sample, *hostile, *HOSTILE_TEXTS]


def content() -> str:
    """Return what the file must hold."""
    found = open_model("job_titles.rules").predict(texts())
    vectors = [
        {"text": text, "spans": [[span.start, span.end, span.label] for span in annotation.spans or ()]}
        for text, annotation in zip(texts(), found, strict=True)
    ]
    lines = ",\n".join("    " + json.dumps(vector) for vector in vectors)
    return f'{{\n  "about": {json.dumps(ABOUT)},\n  "vectors": [\n{lines}\n  ]\n}}\n'


def main() -> None:
    """Write the file."""
    TARGET.write_text(content(), encoding="utf-8")


if __name__ == "__main__":
    main()
