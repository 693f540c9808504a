"""How fast texts become trees here and with parse-english in Node, and how often the trees are equal.

    python bench/tree.py [--each 2000]

The texts are the headlines, adverts and emotional sentences of ../shared/data (or $TEXTWRIGHT_SHARED/data). A text's
time is the best of five, so that a busy machine does less harm; shown are medians over the texts. Trees are compared
node by node: types, values, lines, columns and offsets.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import random
import runpy
import statistics
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from textwright.wrangle.tree import parse, to_json
from textwright.wrangle.tree.nodes import walk

ROOT = Path(__file__).parents[1]
SHARED = Path(os.environ.get("TEXTWRIGHT_SHARED", ROOT.parent / "shared")) / "data"
FILES = {
    "headlines": "titles/unlabelled.jsonl",
    "annotated headlines": "titles/train.jsonl",
    "sentences": "emotion/train.jsonl.gz",
    "adverts": "adverts/adverts.jsonl.gz",
}
AT_ONCE = 100
SHOWN = 5
TIMES = """
  import { ParseEnglish } from "parse-english";
  const parser = new ParseEnglish();
  function once(text) {
    const began = performance.now();
    parser.parse(text);
    return (performance.now() - began) * 1000;
  }
  answer((text) => Math.min(...Array.from({ length: 5 }, () => once(text))));
"""
TOOL = runpy.run_path(str(ROOT / "tools/make_tree_spec.py"))
in_node: Callable[[str, Sequence[Any]], list[Any]] = TOOL["in_node"]
parsed: Callable[[Sequence[str]], list[dict[str, Any]]] = TOOL["parsed"]


def main() -> None:
    asked = argparse.ArgumentParser()
    asked.add_argument("--each", type=int, default=2000, help="texts of each kind")
    each = asked.parse_args().each
    print(f"{'':20} {'texts':>7} {'sentences':>9} {'words':>9} {'equal':>9} {'ours µs':>9} {'Node µs':>9} {'ratio':>6}")
    for name, file in FILES.items():
        show(name, texts_of(SHARED / file, each))


def texts_of(file: Path, count: int) -> list[str]:
    """Choose texts of a file by chance, always the same ones."""
    with gzip.open(file, "rt", encoding="utf-8") if file.suffix == ".gz" else file.open(encoding="utf-8") as lines:
        texts = [json.loads(line)["text"] for line in lines]
    return random.Random(0).sample(texts, min(count, len(texts)))


def show(name: str, texts: Sequence[str]) -> None:
    unequal = list(differing(texts))
    kinds = Counter(node.type for text in texts for node in walk(parse(text)))
    ours, theirs = (statistics.median(times) for times in (times_here(texts), times_in_node(texts)))
    counts = f"{len(texts):7,} {kinds['SentenceNode']:9,} {kinds['WordNode']:9,} {1 - len(unequal) / len(texts):9.3%}"
    print(f"{name:20} {counts} {ours:9.0f} {theirs:9.0f} {ours / theirs:6.1f}", flush=True)
    for text in unequal[:SHOWN]:
        print(f"    unequal: {text!r}")


def differing(texts: Sequence[str]) -> Iterator[str]:
    """Yield the texts whose tree is another than that of parse-english."""
    for batch in (texts[start : start + AT_ONCE] for start in range(0, len(texts), AT_ONCE)):
        for text, tree in zip(batch, parsed(batch), strict=True):
            if to_json(parse(text)) != tree:
                yield text


def times_here(texts: Sequence[str]) -> list[float]:
    """Return the microseconds that each text takes."""
    for text in texts[:50]:
        parse(text)
    return [min(once(text) for _ in range(5)) for text in texts]


def once(text: str) -> float:
    began = time.perf_counter()
    parse(text)
    return (time.perf_counter() - began) * 1e6


def times_in_node(texts: Sequence[str]) -> list[float]:
    """Return the microseconds that each text takes, after a round that warms up."""
    return in_node(TIMES, [*texts, *texts])[len(texts) :]


if __name__ == "__main__":
    main()
