"""What a cascade of two models wins on job titles: exactness against the share of texts passed on.

    python bench/cascade.py [FIRST SECOND] [--html FILE]

Without models: the rules of the pack, then its network. It reads ../shared/data/titles/dev.jsonl (or
$TEXTWRIGHT_SHARED/data/titles/dev.jsonl).
"""

from __future__ import annotations

import argparse
import os
from pathlib import Path

from textwright.cli.reports import show
from textwright.dataset import Dataset
from textwright.packs.job_titles import SCHEMA
from textwright.references import open_model
from textwright.train.trade_off import trade_off

ROOT = Path(__file__).parents[1]
SHARED = Path(os.environ.get("TEXTWRIGHT_SHARED", ROOT.parent / "shared"))


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("models", nargs="*", default=["job_titles.rules", "job_titles.network"])
    parser.add_argument("--html", type=Path)
    arguments = parser.parse_args()
    if len(arguments.models) != 2:
        parser.error(f"found {len(arguments.models)} models, expected two")
    first, second = arguments.models
    dev = Dataset.read(SHARED / "data/titles/dev.jsonl", schema=SCHEMA)
    found = trade_off(open_model(first), open_model(second), dev, names=(first, second))
    show(found.lines(), [found.table()])
    if arguments.html:
        arguments.html.write_text(found.to_html(), encoding="utf-8")


if __name__ == "__main__":
    main()
