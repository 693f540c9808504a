"""How exact, how fast and how large the networks of the job_titles pack are; pass model folders to compare others.

    python bench/network.py [FOLDER...]

It reads ../shared/data/titles/dev.jsonl (or $TEXTWRIGHT_SHARED/data/titles/dev.jsonl) and times one thread.
"""

from __future__ import annotations

import os
import statistics
import sys
import time
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
        print(f"{folder}: {model.size_bytes / 1e6:.2f} MB, {speed(model, dev.texts)}")
        for name, part in parts.items():
            print(f"  {name:8} n={len(part)}  {figures(evaluate(model, part))}")


def speed(model: OnnxPredictor, texts: list[str]) -> str:
    alone = []
    for text in texts:
        began = time.perf_counter()
        model.predict([text])
        alone.append(time.perf_counter() - began)
    many = texts * 10
    began = time.perf_counter()
    model.predict(many)
    rate = len(many) / (time.perf_counter() - began)
    return f"one title p50 {statistics.median(alone) * 1000:.2f} ms, batch {rate:,.0f} titles/s on one core"


def figures(report: Report) -> str:
    data = report.to_data()
    shares = {label: data["exact"][label] for label in SHOWN} | {"whole": data["whole_text"]}
    return "  ".join(f"{k} {v['accuracy']:.4f} [{v['low']:.3f}, {v['high']:.3f}]" for k, v in shares.items())


if __name__ == "__main__":
    main()
