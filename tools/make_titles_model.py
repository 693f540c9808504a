"""Make the network of the job_titles pack: fine-tune three teachers, ask them about the pool, teach a small network.

    python tools/make_titles_model.py [FOLDER] [--work out/models/job_titles]

It reads ../shared/data/titles (or $TEXTWRIGHT_SHARED/data/titles) and takes about two hours on one core. What each
teacher thinks of the pool is kept in the work folder, so that a run that was stopped goes on there. The figures of the
card are those of dev.jsonl, which chose the epoch and the settings below.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from textwright.bundle import Card, export
from textwright.dataset import Dataset
from textwright.evaluate.report import evaluate
from textwright.leakage import apart_from
from textwright.packs.job_titles import PACK, SCHEMA
from textwright.predictor import Exportable
from textwright.predictors.features import Features
from textwright.testing import HOSTILE_TEXTS
from textwright.train.augment import NOISES, swapped
from textwright.train.calibrate import calibrated
from textwright.train.checkpoint import Checkpoint
from textwright.train.fitting import Progress, Settings
from textwright.train.prepare import Lesson
from textwright.train.price import in_precision
from textwright.train.trainers import NetworkTrainer, mean_lesson, with_pool
from textwright.train.transformer import TransformerTrainer
from textwright.types import Annotation, Example

ROOT = Path(__file__).parents[1]
SHARED = Path(os.environ.get("TEXTWRIGHT_SHARED", ROOT.parent / "shared"))
TITLES = SHARED / "data" / "titles"
SHIPPED = ROOT / "src/textwright/packs/job_titles/model"

# Names that are one firm or one place, by the pool's columns, and not a list, a code or an agency.
FIRM = re.compile(r"[A-Z0-9][\w.&'’ +-]{1,38}[\w.)]")
NO_FIRM = re.compile(r"recruit|\d{4}", re.IGNORECASE)
NO_PLACE = re.compile(r"remote|\d|locations|multiple|hybrid|anywhere|\||;", re.IGNORECASE)

Names = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Teacher:
    """A large network; one that is `swapped` also sees each title with other firms and places."""

    seed: int
    epochs: int
    swapped: bool


def show(progress: Progress) -> None:
    mark = " *" if progress.best else ""
    print(
        f"{progress.epoch}/{progress.epochs} loss {progress.loss:.3f} dev F1 {progress.score:.4f}{mark}",
        file=sys.stderr,
        flush=True,
    )


TEACHERS = (Teacher(0, 5, swapped=False), Teacher(1, 3, swapped=True), Teacher(2, 3, swapped=True))
STUDENT = NetworkTrainer(
    name="job_titles",
    schema=SCHEMA,
    features=Features(rows=24576, characters=False),
    embedding=80,
    dropout=0.15,
    settings=Settings(epochs=24, patience=24, batch=128, rate=4e-3, forget=0.1),
    precision="float32",
    report=show,
)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, nargs="?", default=SHIPPED)
    parser.add_argument("--work", type=Path, default=ROOT / "out/models/job_titles")
    given = parser.parse_args()
    train, dev = (Dataset.read(TITLES / f"{part}.jsonl", schema=SCHEMA) for part in ("train", "dev"))
    rows = [json.loads(line) for line in (TITLES / "unlabelled.jsonl").read_text(encoding="utf-8").splitlines()]
    pool, names = list(dict.fromkeys(row["text"] for row in rows)), names_of(rows)
    opinions = [opinions_of(teacher, train, dev, pool, names, given.work) for teacher in TEACHERS]
    apart = set(apart_from(pool, dev.texts))
    lessons = [mean_lesson(each) for each in zip(*opinions, strict=True) if each[0].text in apart]
    student = replace(STUDENT, checkpoint=Checkpoint(given.work / "student.pt"))
    model = with_pool(student.fit_lessons(lessons, train, dev), [lesson.text for lesson in lessons])
    exact = calibrated(model, dev)
    ship(exact, dev, given.work / "exact")
    ship(in_precision(exact, "int8"), dev, given.folder)


def opinions_of(
    teacher: Teacher, train: Dataset, dev: Dataset, pool: Sequence[str], names: Names, work: Path
) -> list[Lesson]:
    """Read what a teacher thinks of the pool, or train it and ask."""
    path = work / f"teacher-{teacher.seed}-{train.fingerprint[:8]}.jsonl"
    if not path.is_file():
        work.mkdir(parents=True, exist_ok=True)
        part = path.with_suffix(".part")
        Dataset(asked(teacher, train, dev, pool, names)).write(part, format="jsonl")
        part.rename(path)
    return [Lesson(example.text, example.gold.spans or ()) for example in Dataset.read(path)]


def asked(teacher: Teacher, train: Dataset, dev: Dataset, pool: Sequence[str], names: Names) -> Iterator[Example]:
    random_ = random.Random(teacher.seed)
    more = [swapped(example, names, random_) for example in train] if teacher.swapped else []
    settings = Settings(epochs=teacher.epochs, batch=32, rate=1e-3, average=0.99, seed=teacher.seed)
    trainer = TransformerTrainer(schema=SCHEMA, settings=settings, precision="float32", report=show)
    model = trainer.fit(train.with_examples([*train, *more]), dev)
    print(f"teacher {teacher.seed}\n{evaluate(model, dev, slice_by=['domain']).to_markdown()}", file=sys.stderr)
    for place, (text, scores) in enumerate(zip(pool, model.score(pool), strict=True)):
        yield Example(str(place), text, Annotation(spans=scores.spans))


def names_of(rows: Sequence[Mapping[str, str]]) -> Names:
    """List the firms and places of the pool's columns, to stand in for those of the train set."""
    firms = {row.get("company", "").strip() for row in rows}
    places = {row.get("location", "").strip() for row in rows}
    towns = {place.split(",")[0].strip() for place in places}
    return {
        "COMPANY": sorted(firm for firm in firms if FIRM.fullmatch(firm) and not NO_FIRM.search(firm)),
        "LOCATION": sorted(each for each in places | towns if 2 < len(each) < 40 and not NO_PLACE.search(each)),
    }


def ship(model: Exportable, dev: Dataset, folder: Path) -> None:
    """Write the folder with its card; the samples are our own texts, as they are and spoiled."""
    own = Dataset.read(PACK.sample).texts
    spoiled = [NOISES[noise](text) for noise in ("upper", "dashes") for text in own]
    export(model, folder, samples=[*own, *spoiled, *HOSTILE_TEXTS], card=card_of(model, dev))


def card_of(model: Exportable, dev: Dataset) -> Card:
    """Judge on the dev set, by domain, and say what a person must know."""
    report = evaluate(model, dev, slice_by=["domain"])
    return Card(
        summary="Marks the job title, its core, its seniority and what stands around them in headlines of job adverts.",
        licence="MIT",
        language="en",
        figures=report.to_markdown(),
        limits=[
            "The figures are those of the dev set, which chose the epoch and settings; on other boards expect less.",
            "Another reader would mark about one span in 50 to 100 of the training data differently.",
            "Durations, remote options, companies and pay are few in the training data.",
            "A place or a firm that it never saw is often missed.",
            "English headlines from the UK and the US. Whole adverts and other languages were never seen.",
            "A span whose edge lies inside a word is not found.",
        ],
        not_for=[
            "decisions about persons: it reads adverts, and says nothing of who should have a job",
            "statistics of pay or of discrimination without checking a sample by hand",
        ],
        made_with="python tools/make_titles_model.py",
    )


if __name__ == "__main__":
    main()
