"""The rules of a model on one core: a headline at a time, step by step, and from file to file.

    python bench/rules.py [--model job_titles.rules] [--texts FILE]

FILE is JSON lines with a text each (else the headlines beside the project, else the job_titles sample, many
times over). A step's time is what it adds to the steps before; each headline counts with the best of its rounds.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

import textwright
from textwright.predictors.rules import RulesPredictor
from textwright.predictors.rules.engine import find
from textwright.wrangle.clean import clean
from textwright.wrangle.words import cut

ROUNDS = 5
TIMED_TEXTS = 5_000
TARGET_P50, TARGET_RATE = 100.0, 6_000
SHARED = Path(os.environ.get("TEXTWRIGHT_SHARED", "../shared"))
SAMPLE = Path(textwright.__file__).parent / "packs/job_titles/sample.jsonl"
WANTED_LINES = 51_000


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    headlines = SHARED / "data/titles/unlabelled.jsonl"
    parser.add_argument("--texts", type=Path, default=headlines if headlines.exists() else SAMPLE)
    parser.add_argument("--model", default="job_titles.rules")
    chosen = parser.parse_args()
    texts = [json.loads(line)["text"] for line in chosen.texts.read_text(encoding="utf-8").splitlines()]
    model = opened(chosen.model)
    show_one_by_one(model, texts[:TIMED_TEXTS])
    show_steps(model, texts[:TIMED_TEXTS])
    with tempfile.TemporaryDirectory() as folder:
        for rounds in (1, 4):
            show_file_to_file(chosen.model, numbered(texts, rounds * max(WANTED_LINES, len(texts))), Path(folder))


def opened(name: str) -> RulesPredictor:
    started = time.process_time()
    model = textwright.open_model(name)
    if not isinstance(model, RulesPredictor):
        sys.exit(f"{name} is no rule set")
    read = time.process_time()
    model.predict(["nurse"])
    print(f"open {read - started:.2f} s, first answer {time.process_time() - read:.2f} s")
    return model


def best_of_rounds(step: Callable[[str], object], texts: Sequence[str]) -> list[float]:
    """Return the microseconds of each text."""
    rounds = [list(timed(step, texts)) for _ in range(ROUNDS)]
    return [min(each) / 1000 for each in zip(*rounds, strict=True)]


def timed(step: Callable[[str], object], texts: Sequence[str]) -> Iterator[int]:
    for text in texts:
        started = time.perf_counter_ns()
        step(text)
        yield time.perf_counter_ns() - started


def show_one_by_one(model: RulesPredictor, texts: Sequence[str]) -> None:
    took = sorted(best_of_rounds(lambda text: model.predict([text]), texts))
    p50, p95 = (took[int(len(took) * share)] for share in (0.5, 0.95))
    print(f"one headline: p50 {p50:.1f} µs, p95 {p95:.1f} µs", verdict(p50 <= TARGET_P50, f"p50 {TARGET_P50:.0f} µs"))
    started = time.process_time()
    model.predict(texts)
    print(f"bare loop: {len(texts) / (time.process_time() - started):,.0f} headlines/s")


def show_steps(model: RulesPredictor, texts: Sequence[str]) -> None:
    """Show what each step adds: the phases run one more at a time."""
    program = model.program
    steps: list[tuple[str, Callable[[str], object]]] = [
        ("clean", clean),
        ("cut", lambda text: cut(clean(text).text)),
        ("encode", partial(find, replace(program, phases=()))),
    ]
    for number, phase in enumerate(program.phases, start=1):
        part = replace(program, phases=program.phases[:number])
        steps.append((f"phase {phase.phase.name}", partial(find, part)))
    steps.append(("spans", lambda text: model.predict([text])))
    before = 0.0
    for name, step in steps:
        mean = statistics.fmean(best_of_rounds(step, texts))
        print(f"  {name:40} {mean - before:6.1f} µs, together {mean:6.1f} µs")
        before = mean


def numbered(texts: Sequence[str], count: int) -> list[str]:
    """Repeat texts up to a count, each time with another number, so that none is known already."""
    return [f"{texts[i % len(texts)]} {i // len(texts) or ''}".rstrip() for i in range(count)]


def show_file_to_file(model: str, texts: Sequence[str], folder: Path) -> None:
    source = folder / "titles.jsonl"
    lines = (json.dumps({"id": str(number), "text": text}) for number, text in enumerate(texts))
    source.write_text("\n".join(lines) + "\n", encoding="utf-8")
    command = [sys.executable, "-m", "textwright", "predict", model, str(source), "-o", str(folder / "out.jsonl")]
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    started = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True)
    seconds = time.perf_counter() - started
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    core = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    rate = len(texts) / core
    peak = after.ru_maxrss / 1024
    print(
        f"{len(texts):9,} headlines file to file: {seconds:.1f} s, {core:.1f} s of one core, {rate:,.0f} a second,"
        f" peak memory {peak:.0f} MB",
        verdict(rate >= TARGET_RATE, f"{TARGET_RATE:,} a second and core"),
    )


def verdict(met: bool, target: str) -> str:
    return f"(target {target}: {'met' if met else 'MISSED'})"


if __name__ == "__main__":
    main()
