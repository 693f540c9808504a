"""How many planted mistakes `textwright doubt` finds among annotated job titles.

    python bench/doubt.py [--texts 3000] [--share 0.05] [--epochs 10] [--folds 3]

In a share of the texts of ../shared/data/titles/train.jsonl (or $TEXTWRIGHT_SHARED/data/titles/train.jsonl) one span
goes, gets another label or loses a word. Printed is which share of as many texts as were spoiled, the most doubtful
ones, was spoiled: the others may be mistakes that were there before.
"""

from __future__ import annotations

import argparse
import os
import random
import sys
from dataclasses import replace
from pathlib import Path

from textwright.dataset import Dataset
from textwright.packs.job_titles import SCHEMA
from textwright.train.doubt import doubts_of
from textwright.train.recipes import Wishes, trainer_for
from textwright.types import Example, Span, in_order

ROOT = Path(__file__).parents[1]
SHARED = Path(os.environ.get("TEXTWRIGHT_SHARED", ROOT.parent / "shared"))


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--texts", type=int, default=3000)
    parser.add_argument("--share", type=float, default=0.05)
    parser.add_argument("--epochs", type=int, default=10)
    parser.add_argument("--folds", type=int, default=3)
    asked = parser.parse_args()
    dice = random.Random(0)
    whole = Dataset.read(SHARED / "data/titles/train.jsonl", schema=SCHEMA)
    texts = dice.sample([each for each in whole if each.gold.spans], asked.texts)
    spoiled = {each.id: wrong(each, dice) for each in dice.sample(texts, round(asked.share * len(texts)))}
    data = Dataset([spoiled.get(each.id, each) for each in texts], schema=SCHEMA)
    found = doubts_of(
        data,
        lambda train: trainer_for("network", train, Wishes(schema=SCHEMA, epochs=asked.epochs)),
        folds=asked.folds,
        told=lambda fold, of: print(f"part {fold} of {of} is judged", file=sys.stderr, flush=True),
    )
    for count in (len(spoiled) // 2, len(spoiled), 2 * len(spoiled)):
        right = sum(each.example.id in spoiled for each in found[:count])
        shares = f"{right / count:.2f} of them, {right / len(spoiled):.2f} of all spoiled"
        print(f"{right} of the {count} most doubtful texts were spoiled: {shares}")


def wrong(example: Example, dice: random.Random) -> Example:
    """Spoil one span of an example."""
    spans = list(example.gold.spans or ())
    span = spans.pop(dice.randrange(len(spans)))
    kind = dice.choice(("gone", "label", "edge"))
    mended = [] if kind == "gone" else other_label(span, dice) if kind == "label" else shorter(span, example.text)
    return replace(example, gold=replace(example.gold, spans=in_order([*spans, *mended])))


def other_label(span: Span, dice: random.Random) -> list[Span]:
    return [replace(span, label=dice.choice([label for label in SCHEMA.spans if label != span.label]))]


def shorter(span: Span, text: str) -> list[Span]:
    """Lose the last word; of one word nothing is left."""
    cut = text.rfind(" ", span.start, span.end)
    return [replace(span, end=cut)] if cut > span.start else []


if __name__ == "__main__":
    main()
