"""What it costs to keep the network of job titles in fewer bits; pass a folder with exact weights, else one is trained.

    python bench/quantising.py [FOLDER] [--html FILE]

It reads ../shared/data/titles (or $TEXTWRIGHT_SHARED/data/titles): exactness on dev.jsonl, changed answers on the
first 50,000 texts of unlabelled.jsonl. It fails when int8 changes more than 0.3 % of them.
"""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from textwright.bundle import exportable
from textwright.cli.reports import show
from textwright.dataset import Dataset
from textwright.packs.job_titles import SCHEMA
from textwright.predictors.onnx import OnnxPredictor
from textwright.references import open_model
from textwright.train.fitting import Settings
from textwright.train.price import Prices, forms_of, parted, prices_of
from textwright.train.trainers import NetworkTrainer

ROOT = Path(__file__).parents[1]
SHARED = Path(os.environ.get("TEXTWRIGHT_SHARED", ROOT.parent / "shared"))
TITLES = SHARED / "data" / "titles"
TEXTS, MOST_CHANGED = 50_000, 0.003


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", nargs="?", type=Path)
    parser.add_argument("--html", type=Path)
    arguments = parser.parse_args()
    dev = Dataset.read(TITLES / "dev.jsonl", schema=SCHEMA)
    model = exportable(open_model(f"{arguments.folder}/"), "the model") if arguments.folder else trained(dev)
    vocabulary, pool = parted(model, list(dict.fromkeys(Dataset.read(TITLES / "unlabelled.jsonl").texts))[:TEXTS])
    prices = prices_of(forms_of(model, vocabulary), dev, pool)
    show(prices.lines(), prices.tables())
    if arguments.html:
        arguments.html.write_text(prices.to_html(), encoding="utf-8")
    refuse_dear(prices)


def trained(dev: Dataset) -> OnnxPredictor:
    """Train by the recipe, with exact weights."""
    train = Dataset.read(TITLES / "train.jsonl", schema=SCHEMA)
    print("training a network, some minutes", file=sys.stderr)
    settings = Settings(epochs=14, batch=64, rate=3e-3)
    return NetworkTrainer(name="job_titles", schema=SCHEMA, precision="float32", settings=settings).fit(train, dev)


def refuse_dear(prices: Prices) -> None:
    changed = next(each.changed for each in prices.forms if each.name == "int8")
    if changed is None or changed > MOST_CHANGED:
        sys.exit(f"int8 changes {changed:.2%} of the answers, more than {MOST_CHANGED:.1%}")


if __name__ == "__main__":
    main()
