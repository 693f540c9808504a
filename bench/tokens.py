"""Cutting texts into tokens with offsets on one core, beside spaCy's blank English tokenizer in the same run.

    python bench/tokens.py [--titles FILE] [--adverts FILE] [--texts 10000]

FILE is JSON lines with a "text", or .gz of it. The two take turns; medians of nine rounds count, after two that
warm up (spaCy keeps the words that it has seen). Seconds are those of the core, whoever else is at work on the
machine. Speed is characters a second: the tokens of the two differ, ours hold white space too.
"""

from __future__ import annotations

import argparse
import gzip
import json
import statistics
import time
from collections.abc import Callable, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

import spacy

from textwright.wrangle import simple_words, tokenize

DATA = Path(__file__).parents[2] / "shared" / "data"
ROUNDS, WARM = 9, 2
TARGET = 0.5


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--titles", type=Path, default=DATA / "titles" / "unlabelled.jsonl")
    parser.add_argument("--adverts", type=Path, default=DATA / "adverts" / "adverts.jsonl.gz")
    parser.add_argument("--texts", type=int, default=10_000)
    chosen = parser.parse_args()
    blank: Any = spacy.blank("en").tokenizer
    ways: dict[str, Callable[[str], Sequence[Any]]] = {
        "spaCy blank": blank,
        "tokenize": tokenize,
        "simple_words": simple_words,
    }
    for name, path, most in (("titles", chosen.titles, chosen.texts), ("adverts", chosen.adverts, chosen.texts // 25)):
        show(name, texts_of(path, most), ways)


def texts_of(path: Path, most: int) -> list[str]:
    """Read the first texts of a file."""
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as file:
        return [json.loads(line)["text"] for line in islice(file, most)]


def show(name: str, texts: Sequence[str], ways: dict[str, Callable[[str], Sequence[Any]]]) -> None:
    seconds: dict[str, list[float]] = {way: [] for way in ways}
    tokens: dict[str, int] = {}
    for _ in range(WARM + ROUNDS):
        for way, cut in ways.items():
            started = time.process_time()
            tokens[way] = sum(len(cut(text)) for text in texts)
            seconds[way].append(time.process_time() - started)
    characters = sum(map(len, texts))
    print(f"\n{name}: {len(texts):,} texts, {characters:,} characters")
    print(f"{'':14}{'CPU s':>10}{'texts/s':>12}{'characters/s':>15}{'tokens':>12}{'x spaCy':>10}")
    base = statistics.median(seconds["spaCy blank"][WARM:])
    for way, times in seconds.items():
        middle = statistics.median(times[WARM:])
        speed = f"{len(texts) / middle:12,.0f}{characters / middle:15,.0f}"
        print(f"{way:14}{middle:10.3f}{speed}{tokens[way]:12,}{base / middle:10.2f}")
    ratio = base / statistics.median(seconds["tokenize"][WARM:])
    print(f"target for tokenize {TARGET}: {'met' if ratio >= TARGET else 'MISSED'}")


if __name__ == "__main__":
    main()
