"""The `datasets` library itself loads what we write, and we read what it writes."""

from __future__ import annotations

import json
import os
import subprocess
import venv
from pathlib import Path

import pytest

import textwright
from textwright import formats
from textwright.types import Annotation, Category, Example, Span

pytestmark = pytest.mark.verify

CACHE = Path(os.environ.get("TEXTWRIGHT_CACHE", Path.home() / ".cache" / "textwright"))
SAMPLE = Path(textwright.__file__).parent / "packs" / "job_titles" / "sample.jsonl"

LOAD = """
import json, sys
from datasets import load_dataset
kind, path = sys.argv[1:]
data = load_dataset(kind, data_files=path, split="train")
print(json.dumps({"columns": data.column_names, "rows": data.to_list()}, default=str))
"""
TAGGED = """
import sys
from datasets import ClassLabel, Dataset, Features, Sequence, Value
names = ["O", "B-PER", "I-PER"]
tags = Sequence(ClassLabel(names=names))
features = Features({"id": Value("string"), "tokens": Sequence(Value("string")), "ner_tags": tags})
rows = {"id": ["0"], "tokens": [["Peter", "Pan", "flies"]], "ner_tags": [[1, 2, 0]]}
Dataset.from_dict(rows, features=features).to_parquet(sys.argv[1])
"""


@pytest.fixture(scope="session")
def datasets_python() -> Path:
    """Make an environment with `datasets` once, and keep it."""
    folder = CACHE / "datasets"
    python = folder / "bin" / "python"
    if not (folder / "ready").exists():
        venv.create(folder, with_pip=True, clear=True)
        subprocess.run([python, "-m", "pip", "install", "-q", "datasets"], check=True)
        (folder / "ready").touch()
    return python


def run(python: Path, folder: Path, code: str, *arguments: object) -> str:
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(folder),
        "HF_HOME": str(folder / "hf"),
        "HF_HUB_OFFLINE": "1",
    }
    command = [str(python), "-c", code, *map(str, arguments)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout


EDGES = [
    Example("e-1", "👩 Nurse"),
    Example("e-2", "Nurse", Annotation((), ())),
    Example("e-3", "Nurse", Annotation((Span(0, 5, "JOB", 0.5),), (Category("e", "joy", 0.25),)), {"n": 1}, "anna"),
]


@pytest.mark.parametrize(("kind", "ending"), [("json", "jsonl"), ("parquet", "parquet")])
def test_it_loads_every_row_as_it_is(datasets_python: Path, tmp_path: Path, kind: str, ending: str) -> None:
    examples = [*EDGES, *formats.read(SAMPLE)]
    path = tmp_path / f"sample.{ending}"
    formats.write(path, examples, format="hugging_face")
    loaded = json.loads(run(datasets_python, tmp_path, LOAD, kind, path))
    assert loaded["columns"] == ["id", "text", "spans", "categories", "annotator", "meta", "extra"]
    back = tmp_path / "back.jsonl"
    back.write_text("".join(json.dumps(row) + "\n" for row in loaded["rows"]))
    assert list(formats.read(back, format="hugging_face")) == examples


def test_its_parquet_of_tokens_and_tags_is_read(datasets_python: Path, tmp_path: Path) -> None:
    path = tmp_path / "tagged.parquet"
    run(datasets_python, tmp_path, TAGGED, path)
    assert formats.find_format(path).name == "hugging_face"
    [example] = formats.read(path)
    assert (example.id, example.text, example.gold.spans) == ("0", "Peter Pan flies", (Span(0, 9, "PER"),))
