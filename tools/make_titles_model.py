"""Make the network of the job_titles pack: fine-tune teachers, ask them about the pool, teach a small network.

    python tools/make_titles_model.py [FOLDER]

It reads ../shared/data/titles (or $TEXTWRIGHT_SHARED/data/titles) and takes about an hour on one core. The figures
of the card are those of dev.jsonl, which chose the epoch and the settings below.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from textwright.bundle import Card, export
from textwright.dataset import Dataset
from textwright.evaluate.report import evaluate
from textwright.packs.job_titles import PACK, SCHEMA
from textwright.predictors.onnx import OnnxPredictor
from textwright.testing import HOSTILE_TEXTS
from textwright.train.augment import NOISES
from textwright.train.fitting import Progress, Settings
from textwright.train.trainers import DistilTrainer, NetworkTrainer
from textwright.train.transformer import TransformerTrainer

ROOT = Path(__file__).parents[1]
SHARED = Path(os.environ.get("TEXTWRIGHT_SHARED", ROOT.parent / "shared"))
TITLES = SHARED / "data" / "titles"
SHIPPED = ROOT / "src/textwright/packs/job_titles/model"


def main() -> None:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else SHIPPED
    train, dev = (Dataset.read(TITLES / f"{part}.jsonl", schema=SCHEMA) for part in ("train", "dev"))
    pool = list(dict.fromkeys(Dataset.read(TITLES / "unlabelled.jsonl").texts))
    teacher = TransformerTrainer(schema=SCHEMA, report=show).fit(train, dev)
    settings = Settings(epochs=16, patience=16, batch=128, rate=4e-3, forget=0.1)
    student = NetworkTrainer(name="job_titles", schema=SCHEMA, dropout=0.15, settings=settings, report=show)
    ship(DistilTrainer(teachers=[teacher], pool=pool, student=student).fit(train, dev), dev, folder)


def ship(model: OnnxPredictor, dev: Dataset, folder: Path) -> None:
    """Write the folder with its card; the samples are our own texts, as they are and spoiled."""
    own = Dataset.read(PACK.sample).texts
    spoiled = [NOISES[noise](text) for noise in ("upper", "dashes") for text in own]
    export(model, folder, samples=[*own, *spoiled, *HOSTILE_TEXTS], card=card_of(model, dev))


def card_of(model: OnnxPredictor, dev: Dataset) -> Card:
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


def show(progress: Progress) -> None:
    mark = " *" if progress.best else ""
    print(
        f"{progress.epoch}/{progress.epochs} loss {progress.loss:.3f} dev F1 {progress.score:.4f}{mark}",
        file=sys.stderr,
    )


if __name__ == "__main__":
    main()
