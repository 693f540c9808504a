"""How good a model is once somebody has annotated 40, 75, 150 or 300 texts, by recipe and by the order of work.

    python bench/few_texts.py [--sizes 40,75,150,300] [--recipes linear,network] [--splits 5] [--keep runs.jsonl]
    python bench/few_texts.py --recipes network,network+refit --orders random

A recipe may have changes behind it: `refit` learns once more from all that is annotated when the fifth has chosen, as
`textwright start` does; `longer` goes through few texts more often (`linear`), `swaps` learns each text once more with
the words of other spans of a label in it, `tenth` chooses by a tenth of what is annotated.

Texts are those of the examples `products` and `tickets`, of which each split sets 80 aside for the test, and job
titles of ../shared/data/titles (or $TEXTWRIGHT_SHARED/data/titles): another part of train.jsonl in each split, judged
on dev.jsonl. A fifth of what is annotated chooses and stops, the rest is learned from.
`uncertain` takes twenty texts at random, then in rounds of twenty those of which the network of the round before is
least sure. The 95 % intervals are of the mean over splits (Student's t); differences are taken split by split.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import statistics
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from scipy.stats import t

from textwright.annotate.doubts import doubt
from textwright.dataset import Dataset
from textwright.project.examples import sample
from textwright.project.judge.asking import CHOOSING, can_be_large
from textwright.train.augment import swapped
from textwright.train.curve import F1, WHOLE, scores_of
from textwright.train.joint import JointTrainer
from textwright.train.quick import quick_trainer
from textwright.train.recipes import Wishes, trainer_for
from textwright.types import Example

ROOT = Path(__file__).parents[1]
SHARED = Path(os.environ.get("TEXTWRIGHT_SHARED", ROOT.parent / "shared"))
SUBJECTS = ("products", "tickets", "titles")
ORDERS = ("random", "uncertain")
RECIPES = ("linear", "network", "transformer")
CHANGES = ("refit", "longer", "swaps", "tenth")
LONGER = {"epochs": 40, "patience": 40, "batch": 16, "average": 0.95}
TESTED, POOL, ROUND = 80, 1_000, 20
MEASURES = (WHOLE, F1, "topic")


@dataclass(frozen=True, slots=True)
class Run:
    """One training: what was learned from how many texts, what each measure came to, and seconds of a core."""

    subject: str
    order: str
    texts: int
    recipe: str
    split: int
    scores: Mapping[str, float]
    seconds: float

    @property
    def key(self) -> tuple[str, str, int, str, int]:
        """Return what tells a run from the others."""
        return self.subject, self.order, self.texts, self.recipe, self.split


def main() -> None:
    options = asked()
    done = {run.key: run for run in kept(options.keep)}
    found = []
    for run in runs(options, done):
        if run.key not in done:
            keep(options.keep, run)
        found.append(run)
    print(table(found))
    print(differences(found, options))


def asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    recipes = RECIPES if can_be_large() else RECIPES[:2]
    parser.add_argument("--subjects", type=listed, default=SUBJECTS)
    parser.add_argument("--orders", type=listed, default=ORDERS)
    parser.add_argument("--sizes", type=listed, default=("40", "75", "150", "300"))
    parser.add_argument("--recipes", type=listed, default=recipes)
    parser.add_argument("--splits", type=int, default=5)
    parser.add_argument("--keep", type=Path, help="a file of runs; the same command goes on where it was stopped")
    return parser.parse_args()


def listed(text: str) -> tuple[str, ...]:
    return tuple(text.split(","))


# --- what is run ----------------------------------------------------------------------------


def runs(options: argparse.Namespace, done: Mapping[Any, Run]) -> Iterator[Run]:
    """Yield all runs, those that were done before too."""
    sizes = [int(size) for size in options.sizes]
    for split in range(options.splits):
        for subject in options.subjects:
            pool, test = parts(subject, split)
            fitting = [size for size in sizes if size <= len(pool)]
            wanted = [(o, s, r) for o in options.orders for s in fitting for r in options.recipes]
            for order, size, recipe in wanted:
                before = done.get((subject, order, size, recipe, split))
                yield before or run(subject, order, size, recipe, split, pool, test)


def run(subject: str, order: str, size: int, recipe: str, split: int, pool: Dataset, test: Dataset) -> Run:
    """Learn from the first texts of an order and judge on the test."""
    annotated = in_order(subject, order, split, size)
    began = time.process_time()
    model = learned(recipe, pool.with_examples(annotated), split)
    seconds = round(time.process_time() - began, 1)
    made = Run(subject, order, size, recipe, split, scores_of(model, test), seconds)
    print(json.dumps(asdict(made)), file=sys.stderr, flush=True)
    return made


@cache
def parts(subject: str, split: int) -> tuple[Dataset, Dataset]:
    """Give the texts that may be annotated, in an order by chance, and those of the test."""
    dice = random.Random(split)
    if subject == "titles":
        train, dev = titles()
        return train.with_examples(dice.sample(list(train), POOL)), dev
    whole = sample(subject).gold()
    mixed = dice.sample(list(whole), len(whole))
    return whole.with_examples(mixed[TESTED:]), whole.with_examples(mixed[:TESTED])


@cache
def titles() -> tuple[Dataset, Dataset]:
    schema = sample("titles").schema
    train, dev = (Dataset.read(SHARED / f"data/titles/{name}.jsonl", schema=schema) for name in ("train", "dev"))
    return train, dev


def in_order(subject: str, order: str, split: int, size: int) -> list[Example]:
    """Take the first texts of an order of work."""
    pool, _ = parts(subject, split)
    return list(pool[:size]) if order == "random" else uncertain_first(subject, split, size)


@cache
def uncertain_first(subject: str, split: int, size: int) -> list[Example]:
    """Add to the rounds before, cut off at `size`, what their network is least sure of."""
    pool, _ = parts(subject, split)
    if size <= ROUND:
        return list(pool[:size])
    before = uncertain_first(subject, split, (size - 1) // ROUND * ROUND)
    known = {example.id for example in before}
    free = [example for example in pool if example.id not in known]
    model = learned("network", pool.with_examples(before), split, calibrate=True)
    doubts = [doubt(scores, pool.schema) for scores in model.score([example.text for example in free])]
    ranked = sorted(range(len(free)), key=lambda place: -doubts[place])
    return [*before, *(free[place] for place in ranked[: size - len(before)])]


def learned(way: str, annotated: Dataset, seed: int, *, calibrate: bool = False) -> Any:
    """Train by a recipe with the changes behind it."""
    recipe, *changes = way.split("+")
    if unknown := set(changes) - set(CHANGES):
        raise SystemExit(f"{way}: no change is called {min(unknown)!r}. Known: {', '.join(CHANGES)}")
    mixed = random.Random(seed).sample(list(annotated), len(annotated))
    count = round((0.1 if "tenth" in changes else CHOOSING) * len(mixed))
    dev, train = annotated.with_examples(mixed[:count]), annotated.with_examples(mixed[count:])
    wishes = Wishes(schema=annotated.schema, seed=seed, calibrate=calibrate, refit="refit" in changes)
    trainer: Any = quick_trainer(train, wishes) if recipe == "network" else trainer_for(recipe, train, wishes)
    trainer = longer(trainer) if "longer" in changes else trainer
    chosen = trainer.fit(with_swaps(train, seed) if "swaps" in changes else train, dev)
    return trainer.refit(chosen, train, dev) if "refit" in changes else chosen


def longer(trainer: Any) -> Any:
    """Let a linear model, or both that learn together, go through few texts more often."""
    if isinstance(trainer, JointTrainer):
        return replace(trainer, spans=longer(trainer.spans), categories=longer(trainer.categories))
    return replace(trainer, span_settings=replace(trainer.span_settings, **LONGER))


def with_swaps(train: Dataset, seed: int) -> Dataset:
    """Add each text once more, its spans with the words of other spans of their label."""
    dice, names = random.Random(seed), dict[str, list[str]]()
    for example in train:
        for span in example.gold.spans or ():
            names.setdefault(span.label, []).append(example.text[span.start : span.end])
    more = [replace(swapped(example, names, dice), id=f"{example.id} swapped") for example in train]
    return train.with_examples([*train, *more])


def kept(file: Path | None) -> list[Run]:
    if file is None or not file.exists():
        return []
    return [Run(**json.loads(line)) for line in file.read_text(encoding="utf-8").splitlines()]


def keep(file: Path | None, run: Run) -> None:
    if file is not None:
        with file.open("a", encoding="utf-8") as out:
            out.write(json.dumps(asdict(run)) + "\n")


# --- what is printed ------------------------------------------------------------------------


def table(found: Sequence[Run]) -> str:
    """Write a row for each subject, order, size and recipe."""
    lines = [
        f"| texts of | order | annotated | recipe | {' | '.join(MEASURES)} | seconds |",
        f"| --- | --- | ---: | --- |{' --- |' * len(MEASURES)} ---: |",
    ]
    for (subject, order, texts, recipe), alike in grouped(found, lambda run: run.key[:-1]):
        cells = [mean_of([run.scores[name] for run in alike if name in run.scores]) for name in MEASURES]
        seconds = statistics.mean(run.seconds for run in alike)
        lines.append(f"| {subject} | {order} | {texts} | {recipe} | {' | '.join(cells)} | {seconds:.0f} |")
    return "\n".join(lines)


def grouped(found: Sequence[Run], key: Callable[[Run], Any]) -> list[tuple[Any, list[Run]]]:
    """Put runs with one key together, in the order in which keys first come, the sizes of a subject together."""
    keys = dict.fromkeys(map(key, found))
    return [(each, [run for run in found if key(run) == each]) for each in keys]


def mean_of(values: Sequence[float], *, signed: bool = False) -> str:
    """Write the mean of splits with its interval; of one split there is none.

    >>> mean_of([0.5, 0.7])
    '0.600 (-0.671 to 1.871)'
    """
    if not values:
        return "–"
    shape = "+.3f" if signed else ".3f"
    mean = statistics.mean(values)
    if len(values) < 2:
        return format(mean, shape)
    half = t.ppf(0.975, len(values) - 1) * statistics.stdev(values) / len(values) ** 0.5
    return f"{mean:{shape}} ({mean - half:{shape}} to {mean + half:{shape}})"


def differences(found: Sequence[Run], options: argparse.Namespace) -> str:
    """Write what each recipe has over another, and the other orders over the first, split by split."""
    lines = ["", f"| texts of | annotated | what | over what | {' | '.join(MEASURES)} |"]
    lines.append(f"| --- | ---: | --- | --- |{' --- |' * len(MEASURES)}")
    by_key = {run.key: run for run in found}
    for run in found:
        if run.split == 0:
            for base in bases(run, options):
                lines.append(_difference(run, base, by_key, options.splits))
    return "\n".join(lines)


def bases(run: Run, options: argparse.Namespace) -> Iterable[tuple[str, str]]:
    """Name the order and the recipe that a run is set beside: a recipe with changes beside itself without them."""
    plain = run.recipe.partition("+")[0]
    base = plain if plain != run.recipe and plain in options.recipes else options.recipes[0]
    if run.recipe != base:
        yield run.order, base
    if run.order != options.orders[0]:
        yield options.orders[0], run.recipe


def _difference(run: Run, base: tuple[str, str], by_key: Mapping[Any, Run], splits: int) -> str:
    order, recipe = base
    pairs = [
        (
            by_key[run.subject, run.order, run.texts, run.recipe, split].scores,
            by_key[run.subject, order, run.texts, recipe, split].scores,
        )
        for split in range(splits)
    ]
    cells = [mean_of([a[name] - b[name] for a, b in pairs if name in a], signed=True) for name in MEASURES]
    what, over = f"{run.recipe}, {run.order}", f"{recipe}, {order}"
    return f"| {run.subject} | {run.texts} | {what} | {over} | {' | '.join(cells)} |"


if __name__ == "__main__":
    main()
