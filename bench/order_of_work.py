"""What an order of work brings: exact JOBTITLE on dev over the number of annotated titles.

    python bench/order_of_work.py [--steps 100,200,400] [--seeds 1] [--pool 2000]

Gold plays the annotator: at each step the next titles of an order get their gold spans, the quick network learns
from a part of them (an eighth tells when to stop) and is judged on dev, which it never sees. `uncertain` ranks by
the network of the step before, `diverse` by character n-grams. Every order begins with the same random titles.
"""

from __future__ import annotations

import argparse
import os
import random
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from textwright.annotate.diversity import diverse_first
from textwright.annotate.doubts import doubt
from textwright.dataset import Dataset
from textwright.evaluate.report import evaluate
from textwright.predictor import Scorer
from textwright.train.quick import quick_trainer
from textwright.train.recipes import Wishes
from textwright.types import Example

SHARED = Path(os.environ.get("TEXTWRIGHT_SHARED", "../shared"))
LABEL = "JOBTITLE"
ORDERS = ("random", "uncertain", "diverse")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--steps", default="100,200,400")
    parser.add_argument("--epochs", type=int, help="else as many as so few titles need")
    parser.add_argument("--seeds", type=int, default=1)
    parser.add_argument("--pool", type=int, default=2_000)
    options = parser.parse_args()
    steps = [int(each) for each in options.steps.split(",")]
    train, dev = (Dataset.read(SHARED / f"data/titles/{name}.jsonl") for name in ("train", "dev"))
    print(f"exact {LABEL} on {len(dev)} dev titles; pool of {options.pool:,}")
    for seed in range(options.seeds):
        pool = random.Random(seed).sample(list(train), options.pool)
        for order in ORDERS:
            curve(order, pool, dev, steps, options.epochs, seed)


def curve(
    order: str, pool: Sequence[Example], dev: Dataset, steps: Sequence[int], epochs: int | None, seed: int
) -> None:
    """Print the curve of one order."""
    done, model = list(pool[: steps[0]]), None
    for step in steps:
        done += chosen(order, pool, done, step - len(done), model)
        began = time.monotonic()
        model = learned(done, dev, epochs, seed)
        exact = evaluate(model, dev).score.exact[LABEL].all.to_data()
        figures = f"{exact['accuracy']:.3f} ({exact['low']:.3f} to {exact['high']:.3f})"
        print(f"seed {seed}  {order:9}  {step:5}  {figures}  {time.monotonic() - began:.0f} s", flush=True)


def chosen(order: str, pool: Sequence[Example], done: Sequence[Example], wanted: int, model: Any) -> list[Example]:
    """Take the next titles of an order."""
    known = {example.id for example in done}
    free = [example for example in pool if example.id not in known]
    if order == "uncertain" and isinstance(model, Scorer):
        scores = model.score([example.text for example in free])
        doubts = [doubt(each, model.schema) for each in scores]  # type: ignore[attr-defined]  # a predictor
        free = [free[place] for place in sorted(range(len(free)), key=lambda place: -doubts[place])]
    if order == "diverse" and wanted:
        texts = [example.text for example in free]
        free = [free[place] for place in diverse_first(texts, known=[each.text for each in done], most=wanted)]
    return free[:wanted]


def learned(done: Sequence[Example], dev: Dataset, epochs: int | None, seed: int) -> Any:
    """Train the quick network; an eighth of the titles tells when to stop."""
    mixed = random.Random(seed).sample(list(done), len(done))
    choosing, rest = mixed[: len(mixed) // 8], mixed[len(mixed) // 8 :]
    wishes = Wishes(schema=dev.schema, seed=seed, epochs=epochs)
    return quick_trainer(rest, wishes).fit(rest, choosing)


if __name__ == "__main__":
    main()
