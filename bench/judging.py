"""How long a project takes to be judged: until the first score, until all methods have one, until the forecast.

    python bench/judging.py [--texts 40,100] [--data products,tickets,titles]

Each project has so many annotated texts of an example, every fourth set aside, and is judged as `textwright start`
does it: in a process of its own, with all methods that learn without being asked for. Seconds are those of the clock;
`processor` is what the process used, which waits for nobody else on the machine.
"""

from __future__ import annotations

import os

os.environ.setdefault("OMP_NUM_THREADS", "1")

import argparse
import random
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from resource import RUSAGE_CHILDREN, getrusage
from typing import NamedTuple

from textwright.dataset import Dataset
from textwright.evaluate.tables import Table, markdown
from textwright.project.examples import sample
from textwright.project.files import Project, make_project
from textwright.project.judge.judged import Judged, judged
from textwright.project.judge.parts import annotated
from textwright.project.judge.running import Judging
from textwright.project.judge.words import forecast_words
from textwright.project.look_for.file import write_schema
from textwright.project.workbench import Workbench
from textwright.store.held_out import HELD_OUT
from textwright.types import Annotation, Example

LOOK = 0.05
HEAD = ("texts", "first score", "all methods", "forecast", "processor", "right", "forecast in words")


class Times(NamedTuple):
    """Seconds of the clock until each is there, and of the processor in all."""

    first: float
    all_methods: float
    forecast: float
    processor: float


def main() -> None:
    """Print the table."""
    asked = _arguments()
    rows = [_row(data, texts) for data in asked.data.split(",") for texts in map(int, asked.texts.split(","))]
    print(markdown(Table("Judging a project: seconds", HEAD, tuple(rows))))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--texts", default="40,100")
    parser.add_argument("--data", default="products,tickets,titles")
    return parser.parse_args()


def _row(data: str, texts: int) -> tuple[str, ...]:
    with tempfile.TemporaryDirectory() as folder:
        times, found = _judged(project_of(Path(folder), data, texts))
    best = found.methods[0]
    figures = (f"{each:.1f}" for each in times)
    right = f"{best.name} {best.right:.2f} ({best.low:.2f} to {best.high:.2f})"
    return (f"{data} {texts}", *figures, right, forecast_words(found))


def project_of(folder: Path, data: str, texts: int) -> Project:
    """Make a project with so many annotated texts of an example."""
    example = sample(data)
    project = make_project(folder / f"{data}.textwright", data)
    write_schema(project, example.schema)
    gold = list(example.gold())
    random.Random(0).shuffle(gold)
    Dataset(_annotated(gold[:texts])).write(project.texts_file)
    Workbench(project, say=lambda _: None).close()
    return project


def _annotated(gold: list[Example]) -> Iterator[Example]:
    for place, each in enumerate(gold):
        meta = {HELD_OUT: True} if place % 4 == 3 else {}
        known = Annotation(each.gold.spans, each.gold.categories)
        yield replace(each, gold=known, meta=meta, annotator="me", extra={"seconds": 6.0})


def _judged(project: Project) -> tuple[Times, Judged]:
    work = Judging(project, lambda: annotated(project), tell=lambda _: None)
    began, used, seen = time.monotonic(), _processor(), list[float]()
    work.start()
    while work.running:
        if work.news > len(seen):
            seen.append(time.monotonic() - began)
        time.sleep(LOOK)
    ended = time.monotonic() - began
    found = judged(project)
    if work.fault or found is None:
        raise SystemExit(work.fault or "nothing was judged")
    first, *others = [*seen, ended]
    return Times(first, (others or [ended])[0], ended, _processor() - used), found


def _processor() -> float:
    used = getrusage(RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    main()
