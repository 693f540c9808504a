"""How long `textwright agreement` computes for three annotators of 2,000 titles.

    python bench/agreement.py [--texts 2000]

Each annotator loses some spans of ../shared/data/titles/train.jsonl (or $TEXTWRIGHT_SHARED/data/titles/train.jsonl) and
ends others too late: 2, 5 and 10 in a hundred.
"""

from __future__ import annotations

import argparse
import os
import random
import time
from dataclasses import replace
from pathlib import Path

from textwright.dataset import Dataset
from textwright.evaluate.agreement import agreement
from textwright.packs.job_titles import SCHEMA
from textwright.types import Annotation, Example

ROOT = Path(__file__).parents[1]
SHARED = Path(os.environ.get("TEXTWRIGHT_SHARED", ROOT.parent / "shared"))
CARELESS = {"anna": 0.02, "ben": 0.05, "carl": 0.1}


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--texts", type=int, default=2000)
    dice = random.Random(0)
    titles = Dataset.read(SHARED / "data/titles/train.jsonl", schema=SCHEMA)[: parser.parse_args().texts]
    lines = [careless(title, name, share, dice) for title in titles for name, share in CARELESS.items()]
    started = time.perf_counter()
    found = agreement(lines)
    seconds = time.perf_counter() - started
    print(found.to_markdown())
    print(f"{len(titles)} texts, {len(CARELESS)} annotators, all figures with intervals: {seconds:.1f} s")


def careless(title: Example, name: str, share: float, dice: random.Random) -> Example:
    kept = [span for span in title.gold.spans or () if dice.random() > share]
    late = [replace(s, end=min(len(title.text), s.end + 5)) if dice.random() < share else s for s in kept]
    return replace(title, gold=Annotation(spans=tuple(late)), annotator=name)


if __name__ == "__main__":
    main()
