"""How exact, how fast and how large the networks of the job_titles pack are; pass model folders to compare others.

    python bench/network.py [FOLDER...]

It reads ../shared/data/titles/dev.jsonl (or $TEXTWRIGHT_SHARED/data/titles/dev.jsonl). One title is timed alone with
one thread; batches, in memory and from file to file (textwright predict), with one thread and with two, and by what
they take of a processor too, which a busy machine does not change.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

from textwright.dataset import Dataset
from textwright.evaluate.report import Report, evaluate
from textwright.packs.job_titles import SCHEMA
from textwright.predictors.onnx import OnnxPredictor

ROOT = Path(__file__).parents[1]
SHARED = Path(os.environ.get("TEXTWRIGHT_SHARED", ROOT.parent / "shared"))
SHIPPED = ROOT / "src/textwright/packs/job_titles/model"
SHOWN = ("JOBTITLE", "COREJOBTITLE", "SENIORITY")


def main() -> None:
    folders = [Path(folder) for folder in sys.argv[1:]] or [SHIPPED]
    dev = Dataset.read(SHARED / "data/titles/dev.jsonl", schema=SCHEMA)
    domains = ("ux", "general")
    parts = {name: dev.with_examples(each for each in dev if each.meta["domain"] == name) for name in domains}
    for folder in folders:
        model = OnnxPredictor.open(folder)
        print(f"{folder}: {model.size_bytes / 1e6:.2f} MB, {speed(folder, model, dev.texts)}")
        for name, part in parts.items():
            print(f"  {name:8} n={len(part)}  {figures(evaluate(model, part))}")


def speed(folder: Path, model: OnnxPredictor, texts: list[str]) -> str:
    alone = []
    for text in texts:
        began = time.perf_counter()
        model.predict([text])
        alone.append(time.perf_counter() - began)
    lines = [f"one title p50 {statistics.median(alone) * 1000:.2f} ms"]
    many = headlines()
    for threads in (1, 2):
        several = replace(model, threads=threads)
        lines.append(
            f"batch, {threads} threads: {in_memory(several, many)}; file to file {through_files(folder, many, threads)}"
        )
    return "\n  ".join(lines)


def headlines() -> list[str]:
    """Take the headlines beside the project that nobody annotated: all different."""
    rows = (SHARED / "data/titles/unlabelled.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(row)["text"] for row in rows]


def in_memory(model: OnnxPredictor, texts: list[str]) -> str:
    began, of_core = time.perf_counter(), time.process_time()
    model.predict(texts)
    taken, worked = time.perf_counter() - began, time.process_time() - of_core
    return f"{len(texts) / taken:,.0f} titles/s, {worked / len(texts) * 1e6:.0f} µs of a core each"


def through_files(folder: Path, texts: list[str], threads: int) -> str:
    """Let the command annotate a file of lines, its start included."""
    with tempfile.TemporaryDirectory() as made:
        given, out = Path(made) / "titles.txt", Path(made) / "out.jsonl"
        given.write_text("".join(" ".join(text.split()) + "\n" for text in texts), encoding="utf-8")
        command = [sys.executable, "-m", "textwright", "predict", f"{folder}/", str(given), "-o", str(out)]
        began = time.perf_counter()
        subprocess.run([*command, "--threads", str(threads)], check=True, capture_output=True)
        return f"{len(texts) / (time.perf_counter() - began):,.0f} titles/s"


def figures(report: Report) -> str:
    data = report.to_data()
    shares = {label: data["exact"][label] for label in SHOWN} | {"whole": data["whole_text"]}
    return "  ".join(f"{k} {v['accuracy']:.4f} [{v['low']:.3f}, {v['high']:.3f}]" for k, v in shares.items())


if __name__ == "__main__":
    main()
