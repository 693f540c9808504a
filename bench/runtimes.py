"""Browser or API? One model in Python, in Node, in Chromium and behind `textwright serve`, on the same texts.

    python bench/runtimes.py [MODEL...] [--data FILE] [--times N]

Each figure is the median of N runs, each in new processes. The server runs on this machine and is asked over HTTP by
one client, so that its latency holds no network: add the round trip of your users. docs/experiment-measures.md says
what each figure is.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median

from textwright.dataset import Dataset
from textwright.errors import ModelError
from textwright.experiment.measure import judge
from textwright.runs import Judgement, Runtime

ROOT = Path(__file__).parents[1]
SAMPLE = ROOT / "src/textwright/packs/job_titles/sample.jsonl"
HEAD = "| where | p50 ms | p95 ms | texts/s | opens in s | memory MB | of it empty | first visit MB | other answers |"
RULE = "| --- |" + " ---: |" * 8


def main() -> None:
    asked = arguments()
    test = Dataset.read(asked.data)
    for model in asked.models:
        print(f"\n{model}, {len(test):,} texts\n\n{HEAD}\n{RULE}")
        show("Python", [judged(model, test, "python") for _ in range(asked.times)])
        show("Node", [judged(model, test, "node") for _ in range(asked.times)])
        show("Chromium", [judged(model, test, "chromium") for _ in range(asked.times)])
        with served(model) as address:
            show("textwright serve", [judged(address, test, "python") for _ in range(asked.times)])


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("models", nargs="*", default=["job_titles", "job_titles.rules"], help="packs or model folders")
    parser.add_argument(
        "--data", type=Path, default=SAMPLE, help="annotated texts; the sample of job_titles without it"
    )
    parser.add_argument("--times", type=int, default=3, help="measure so often")
    return parser.parse_args()


def judged(opened: str, test: Dataset, runtime: Runtime) -> Judgement:
    found = judge(opened, test, test_name="test", runtime=runtime, labels=None, slice_by=(), key="", name=opened)
    if found.judgement.unable is not None:
        raise ModelError(f"{opened}: {found.judgement.unable}")
    return found.judgement


def show(where: str, judgements: list[Judgement]) -> None:
    speed = [each.report["speed"] for each in judgements]
    cells = [
        middle((each["latency_ms_p50"] for each in speed), "{:.2f}"),
        middle((each["latency_ms_p95"] for each in speed), "{:.2f}"),
        middle((each["texts_per_second"] for each in speed), "{:,.0f}"),
        middle((each.opening_seconds for each in judgements), "{:.2f}"),
        middle((each.memory_bytes for each in judgements), "{:,.0f}", by=1e6),
        middle((each.empty_bytes for each in judgements), "{:,.0f}", by=1e6),
        middle((each.download_bytes for each in judgements), "{:.2f}", by=1e6),
        middle((each.other_answers for each in judgements), "{:.0f}"),
    ]
    print(f"| {where} | {' | '.join(cells)} |", flush=True)


def middle(figures: Iterable[float | None], form: str, *, by: float = 1.0) -> str:
    known = [figure for figure in figures if figure is not None]
    return form.format(median(known) / by) if known else "–"


@contextmanager
def served(model: str) -> Iterator[str]:
    """Serve a model from a process of its own; give its address."""
    command = [sys.executable, "-m", "textwright", "serve", model, "--port", "0", "--no-token"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        found = next(filter(None, (re.search(r"http://127\.0\.0\.1:\d+", line) for line in process.stderr)))
        drain: Callable[[], str] = process.stderr.read
        threading.Thread(target=drain, daemon=True).start()
        yield f"{found[0]}/v1/models/{Path(model).name}"
        process.terminate()


if __name__ == "__main__":
    main()
