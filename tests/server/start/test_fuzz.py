"""Requests made up from the description of `start`."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from tests.server.fuzzing import asked_of
from textwright.dataset import Dataset
from textwright.project import open_project
from textwright.project.workbench import Workbench
from textwright.server.gate import place_of
from textwright.server.start.app import create_start_app
from textwright.types import Example

SCHEMA = "[labels.BRAND]\n[labels.SIZE]\n"
TEXTS = ("Sony headphones black", "Bosch drill 18 V", "Lamy fountain pen", "Vango tent 3 m")
HOST = {"Host": "127.0.0.1"}


def fuzz_start(folder: Path, *, examples: int) -> Counter[int]:
    """Ask every route `examples` times. Nothing works in the background."""
    folder.mkdir(exist_ok=True)
    Dataset(Example(f"t{number}", text) for number, text in enumerate(TEXTS)).write(folder / "mine.jsonl")
    project = open_project(folder / "mine.jsonl")
    project.schema_file.write_text(SCHEMA, encoding="utf-8")
    bench = Workbench(project, say=lambda _: None)
    app = create_start_app(bench, place=place_of("127.0.0.1", 80))
    try:
        return asked_of([(app, HOST)], examples=examples)
    finally:
        bench.close()


def test_requests_made_up_do_no_harm(tmp_path: Path) -> None:
    assert fuzz_start(tmp_path, examples=4)[200] > 0
