"""How exact a network is on boards that it never saw: each fifth of the sources is held out in turn.

    python bench/sources.py [--folds 5] [--epochs 25]

It trains the recipe `network` from scratch, without teachers or pool, on ../shared/data/titles/train.jsonl less the
sources held out, and judges it and the rules on the held-out ones. About four minutes a fold on one core.
"""

from __future__ import annotations

import argparse
import os
from collections import Counter
from pathlib import Path

from textwright.dataset import Dataset
from textwright.evaluate.report import Report, evaluate
from textwright.packs.job_titles import SCHEMA, open_rules
from textwright.train.fitting import Settings
from textwright.train.trainers import NetworkTrainer
from textwright.types import Example

ROOT = Path(__file__).parents[1]
SHARED = Path(os.environ.get("TEXTWRIGHT_SHARED", ROOT.parent / "shared"))
TITLES = SHARED / "data" / "titles"


def main() -> None:
    settings = arguments()
    train, dev = (Dataset.read(TITLES / f"{part}.jsonl", schema=SCHEMA) for part in ("train", "dev"))
    print(f"{'held out':40} {'n':>5}  {'method':8}  JOBTITLE              SENIORITY             whole title")
    for sources in folds(train, settings.folds):
        held_out = train.with_examples(each for each in train if source_of(each) in sources)
        seen, chosen = (part.with_examples(e for e in part if source_of(e) not in sources) for part in (train, dev))
        network = NetworkTrainer(schema=SCHEMA, settings=Settings(epochs=settings.epochs)).fit(seen, chosen)
        name = " ".join(sorted(source.split("/")[0] for source in sources))
        for method, model in (("network", network), ("rules", open_rules())):
            print(f"{name[:40]:40} {len(held_out):5}  {method:8}  {figures(evaluate(model, held_out))}", flush=True)


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--folds", type=int, default=5)
    parser.add_argument("--epochs", type=int, default=25)
    return parser.parse_args()


def source_of(example: Example) -> str:
    """Name the repository or board, without the file and its version."""
    return str(example.meta["source"]).split("@")[0].split(":")[0]


def folds(data: Dataset, count: int) -> list[set[str]]:
    """Share out the sources, the largest first, each to the fold that has the fewest texts."""
    sizes = Counter(map(source_of, data))
    made: list[set[str]] = [set() for _ in range(count)]
    for source, _ in sorted(sizes.items(), key=lambda each: (-each[1], each[0])):
        min(made, key=lambda fold: sum(sizes[each] for each in fold)).add(source)
    return made


def figures(report: Report) -> str:
    data = report.to_data()
    shares = data["exact"]["JOBTITLE"], data["exact"]["SENIORITY"], data["whole_text"]
    return "  ".join(f"{each['accuracy']:.3f} [{each['low']:.3f}, {each['high']:.3f}]" for each in shares)


if __name__ == "__main__":
    main()
