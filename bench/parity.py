"""How many texts each model answers otherwise in Node, Chromium, Firefox and WebKit than in Python.

    python bench/parity.py [MODEL]... [--titles FILE] [--adverts FILE] [--comments FILE]

Asked are the texts of the model's parity.json (samples, hostile texts, long ones, and variants of all) and, where a
file is named for its kind, up to 2,000 of its texts. Spans and categories must be the same, and scores lie within
`TOLERANCE` of `textwright.parity`, as everywhere; Python's answers are asked for anew. It needs Node and the three
browsers: `make setup`.
"""

from __future__ import annotations

import argparse
import gzip
import json
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from tests import spec  # noqa: E402  # the tests' own way to Node and the browsers
from tests.browser.conftest import served  # noqa: E402
from tests.browser.engines import ENGINES, Engines  # noqa: E402
from tests.browser.test_parity import NAMES, answers  # noqa: E402

from textwright.formats.jsonl import annotation_data  # noqa: E402
from textwright.parity import differences, promised  # noqa: E402
from textwright.references import open_model  # noqa: E402

MOST = 2_000
# Which file of texts a model reads.
KINDS = {"job_titles": "titles", "job_adverts": "adverts", "emotion": "comments"}
Answer = Mapping[str, Any]


def texts_of(folder: Path, file: Path | None) -> list[str]:
    """List the texts of a model's promises, and those of a file."""
    mine = [each["text"] for each in promised(folder)]
    return mine if file is None else list(dict.fromkeys([*mine, *lines_of(file)]))


def lines_of(file: Path) -> Iterator[str]:
    content = gzip.decompress(file.read_bytes()) if file.suffix == ".gz" else file.read_bytes()
    return (json.loads(line)["text"] for line in content.splitlines()[:MOST])


def other(texts: Sequence[str], expected: Sequence[Answer], found: Sequence[Answer]) -> int:
    """Count the texts that are answered otherwise; show the first."""
    known = [{"text": text, **answer} for text, answer in zip(texts, expected, strict=True)]
    faults = differences(known, found)
    if faults:
        print(f"  {faults[0]}", file=sys.stderr)
    return len(faults)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("models", nargs="*", metavar="MODEL", help=", ".join(NAMES.values()))
    for kind in KINDS.values():
        parser.add_argument(f"--{kind}", type=Path, metavar="FILE", help=f"more {kind}: JSONL, or that packed by gzip")
    given = parser.parse_args()
    chosen = {folder: name for folder, name in NAMES.items() if not given.models or name in given.models}
    with ExitStack() as stack:
        engines = Engines(
            stack.enter_context(sync_playwright()), Path(stack.enter_context(tempfile.TemporaryDirectory())), stack
        )
        url = stack.enter_context(served(*chosen.values()))
        tabs = {engine: stack.enter_context(engines.tab(engine)) for engine in ENGINES}
        for tab in tabs.values():
            tab.open(f"{url}runtime/textwright.worker.js")
        versions = [f"{engine} {engines.version(engine)}" for engine in ENGINES]
        print("| model | texts | Node | " + " | ".join(versions) + " |\n| --- |" + " --- |" * 5)
        for folder, name in chosen.items():
            texts = texts_of(folder, getattr(given, KINDS[name.partition(".")[0]]))
            expected = [annotation_data(each) for each in open_model(name).predict(texts)]
            found = [spec.in_node("model", texts, folder), *(answers(tab, name, texts) for tab in tabs.values())]
            counts = [str(other(texts, expected, each)) for each in found]
            print(f"| `{name}` | {len(texts):,} | {' | '.join(counts)} |", flush=True)


if __name__ == "__main__":
    main()
