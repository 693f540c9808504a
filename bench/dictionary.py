"""Finding 74,393 job titles in headlines: two automata, and a plain dictionary of word sequences.

    python bench/dictionary.py [--texts FILE]

The titles are those of the package find-job-titles; FILE holds a text a line as JSON (else the
headlines beside the project, else the job_titles sample). Each method runs in a process of its own,
over words that are cut already: words to letters, letters to matches. The three must agree.
"""

from __future__ import annotations

import argparse
import gzip
import importlib.util
import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import textwright
from textwright.predictors.rules.lookup import Lookup, entry_forms
from textwright.wrangle.words import HYPHEN, cut, fold

MOST_TEXTS = 20_000
ROUNDS = 5
TARGET = 10.0
SHARED = Path(os.environ.get("TEXTWRIGHT_SHARED", "../shared"))
SAMPLE = Path(textwright.__file__).parent / "packs/job_titles/sample.jsonl"
Find = Callable[[Sequence[str]], list[tuple[int, int]]]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    headlines = SHARED / "data/titles/unlabelled.jsonl"
    parser.add_argument("--texts", type=Path, default=headlines if headlines.exists() else SAMPLE)
    parser.add_argument("--only", choices=METHODS, help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.only:
        print(json.dumps(measure(chosen.only, chosen.texts)))
        return
    rows = {name: measured_apart(name, chosen.texts) for name in METHODS}
    print(f"{'':28}  build s   memory MB   p50 µs   p95 µs   matches")
    for name, row in rows.items():
        print(
            f"{name:28}  {row['build']:7.2f}   {row['memory']:9.0f}   {row['p50']:6.2f}   {row['p95']:6.2f}"
            f"   {row['matches']:7,}"
        )
    taken = rows["daachorse (ours)"]["p50"]
    print(f"\nlookup of the rules, p50: {taken:.2f} µs, target {TARGET:.0f}: {'met' if taken <= TARGET else 'MISSED'}")
    if len({row["matches"] for row in rows.values()}) > 1:
        sys.exit("the methods do not agree")


def measured_apart(name: str, texts: Path) -> dict[str, Any]:
    command = [sys.executable, __file__, "--only", name, "--texts", str(texts)]
    return dict(json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout))


def measure(name: str, path: Path) -> dict[str, Any]:
    titles = read_titles()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    started = time.process_time()
    find = METHODS[name](titles)
    find(["nurse"])
    build = time.process_time() - started
    memory = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    lines = path.read_text(encoding="utf-8").splitlines()[:MOST_TEXTS]
    texts = [cut(json.loads(line)["text"]).surfaces for line in lines]
    matches = sum(len(find(text)) for text in texts)
    best = sorted(min(each) for each in zip(*(timed(find, texts) for _ in range(ROUNDS)), strict=True))
    p50, p95 = (best[int(len(best) * share)] / 1000 for share in (0.5, 0.95))
    return {"build": build, "memory": memory, "p50": p50, "p95": p95, "matches": matches}


def timed(find: Find, texts: Sequence[Sequence[str]]) -> list[int]:
    took = []
    for text in texts:
        started = time.perf_counter_ns()
        find(text)
        took.append(time.perf_counter_ns() - started)
    return took


def read_titles() -> list[str]:
    spec = importlib.util.find_spec("find_job_titles")
    if spec is None or spec.origin is None:
        sys.exit("find-job-titles is not installed: pip install find-job-titles")
    packed = Path(spec.origin).with_name("data") / "titles_combined.txt.gz"
    return gzip.decompress(packed.read_bytes()).decode("utf-8").split("\n")


# --- the methods ------------------------------------------------------------------------------


def ours(titles: list[str]) -> Find:
    return Lookup(tuple(titles)).find


def by_ahocorasick_rs(titles: list[str], *, implementation: str) -> Find:
    """Run the other library over the same letters, in the same way."""
    from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

    class Other(Lookup):
        @property
        def _automaton(self) -> Any:
            return self.__dict__.get("other") or self.__dict__.setdefault("other", _Adapted(self._letters, self._forms))

    class _Adapted:
        def __init__(self, letters: dict[str, str], forms: set[tuple[str, ...]]) -> None:
            patterns = ["".join([letters[form] for form in entry]) for entry in forms]
            kind = getattr(Implementation, implementation)
            self.automaton = AhoCorasick(patterns, matchkind=MatchKind.LeftmostLongest, implementation=kind)

        def find(self, text: str) -> list[tuple[int, int, int]]:
            return [(start, end, number) for number, start, end in self.automaton.find_matches_as_indexes(text)]

    return Other(tuple(titles)).find


def by_dictionary(titles: list[str]) -> Find:
    """Look each sequence of words up, the longest first: what a few lines of Python would do."""
    forms = {entry for title in titles if (entry := entry_forms(title))}
    longest = max(map(len, forms))

    def find(surfaces: Sequence[str]) -> list[tuple[int, int]]:
        words = tuple(fold(surface) for surface in surfaces if surface != HYPHEN)
        found, place = [], 0
        while place < len(words):
            ends = range(min(len(words), place + longest), place, -1)
            end = next((end for end in ends if words[place:end] in forms), None)
            if end is not None:
                found.append((place, end))
            place = end or place + 1
        return found

    return find


METHODS: dict[str, Callable[[list[str]], Find]] = {
    "daachorse (ours)": ours,
    "ahocorasick_rs, DFA": partial(by_ahocorasick_rs, implementation="DFA"),
    "ahocorasick_rs, contiguous": partial(by_ahocorasick_rs, implementation="ContiguousNFA"),
    "dictionary of sequences": by_dictionary,
}

if __name__ == "__main__":
    main()
