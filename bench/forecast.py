"""How often the truth lies in the band of a forecast: all of the data forecast from half of it, with `linear`.

    python bench/forecast.py [--splits 10] [--data ux,general,adverts,emotion] [--each]

Each split draws texts to train on and others to judge on: job titles of other sources (general), titles and comments
of other texts (ux, emotion), adverts of other advertisers; near-same texts never stand on both sides. As `textwright
curve` does, growing shares of half the texts are trained on, three times each; the law of their scores says what all
the texts will bring, and one training on all of them is the truth. Scores are kept in out/forecast, so that another
way to forecast needs no training. Beside it stands the forecast that nothing changes: the mean at half the texts,
plus and minus what trainings and the texts that are judged on vary by (twice the standard deviation of both).

The data sets are those of ../shared/data or $TEXTWRIGHT_SHARED/data, the train files alone.
"""

from __future__ import annotations

import os

os.environ.setdefault("OMP_NUM_THREADS", "1")

import argparse
import functools
import gzip
import json
import random
import statistics
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, NamedTuple

from textwright.dataset import Dataset
from textwright.leakage import leaks
from textwright.predictor import Predictor
from textwright.predictors import linear as asked
from textwright.predictors import text_features
from textwright.schema import Schema
from textwright.train import linear as taught
from textwright.train.curve import Plan, Run, run_all
from textwright.train.power_law import fitted
from textwright.train.prepare import schema_to_learn
from textwright.train.recipes import Wishes, trainer_for
from textwright.types import Annotation, Category, Example

ROOT = Path(__file__).parents[1]
SHARED = Path(os.environ.get("TEXTWRIGHT_SHARED", ROOT.parent / "shared")) / "data"
KEPT = ROOT / "out" / "forecast"
ADVERT = 400  # characters: as much as a search result shows


class Task(NamedTuple):
    """A data set, how many texts are trained on, judged on and stopped by, and what never stands on both sides."""

    read: Callable[[], Dataset]
    train: int
    test: int
    stop: int
    by: str | None
    measures: tuple[str, ...]


def main() -> None:
    # The same texts are read by every training of a split: their features are kept.
    read = functools.cache(text_features.encode_text)
    for module in (taught, asked):
        setattr(module, "encode_text", read)  # noqa: B010
    parser = argparse.ArgumentParser()
    parser.add_argument("--splits", type=int, default=10)
    parser.add_argument("--data", default=",".join(TASKS))
    parser.add_argument("--each", action="store_true", help="show each forecast")
    parser.add_argument("--kept", action="store_true", help="train nothing: show the splits that are kept")
    wanted = parser.parse_args()
    names = wanted.data.split(",")
    opened: dict[str, Dataset] = {}
    for split in range(0 if wanted.kept else wanted.splits):
        for name in names:
            if not kept(name, split).exists():
                data = opened.setdefault(name, TASKS[name].read())
                keep(name, split, trained(TASKS[name], data, split))
    show([each for name in names for each in forecasts(name, wanted.splits)], each=wanted.each)


# --- data -----------------------------------------------------------------------------------


def titles(domain: str) -> Callable[[], Dataset]:
    from textwright.packs.job_titles import SCHEMA

    def read() -> Dataset:
        whole = Dataset.read(SHARED / "titles/train.jsonl", schema=SCHEMA)
        return whole.with_examples(each for each in whole if each.meta["domain"] == domain)

    return read


def adverts() -> Dataset:
    """Give British adverts of 2019 and later with a label, cut to what a search result shows."""
    rows = [row for row in lines("adverts/adverts.jsonl.gz") if row["weak_label"] and row["market"] == "UK"]
    return Dataset(
        labelled(row["id"], row["text"][:ADVERT], "advertiser", [row["weak_label"]], {"company": row["company"]})
        for row in rows
        if int(str(row["year"] or 0)[:4]) >= 2019
    )


def emotions() -> Dataset:
    """Give comments with Ekman's groups of emotions."""
    groups = json.loads((SHARED / "emotion/labels.json").read_text())["label_to_ekman"]
    return Dataset(
        labelled(row["id"], row["text"], "ekman", sorted({groups[label] for label in row["labels"]}), {})
        for row in lines("emotion/train.jsonl.gz")
    )


def lines(path: str) -> Iterator[dict[str, Any]]:
    with gzip.open(SHARED / path, "rt", encoding="utf-8") as file:
        yield from map(json.loads, file)


def labelled(name: str, text: str, task: str, labels: Sequence[str], meta: Mapping[str, Any]) -> Example:
    return Example(name, text, Annotation(None, tuple(Category(task, label) for label in labels)), meta)


TASKS = {
    "ux": Task(titles("ux"), 400, 240, 60, None, ("whole text", "span F1")),
    "general": Task(titles("general"), 1200, 1000, 150, "source", ("whole text", "span F1")),
    "titles": Task(titles("general"), 4000, 2500, 150, "source", ("whole text", "span F1")),
    "adverts": Task(adverts, 1600, 1000, 200, "company", ("advertiser",)),
    "emotion": Task(emotions, 1200, 1500, 200, None, ("ekman",)),
}


# --- trainings ------------------------------------------------------------------------------


@dataclass(frozen=True)
class Stopping:
    """A trainer that stops by texts of its own, so that those that it is judged on are judged on alone."""

    stop: Dataset
    schema: Schema
    seed: int

    def fit(self, train: Sequence[Example], dev: Sequence[Example]) -> Predictor:
        """Learn from `train`. The texts of `dev` are those that are judged on."""
        del dev
        wishes = Wishes(schema=self.schema, seed=self.seed, calibrate=False)
        return trainer_for("linear", train, wishes).fit(train, self.stop)


def trained(task: Task, data: Dataset, split: int) -> dict[str, Any]:
    """Train on shares of half the texts, and once on all."""
    stop, train, test = parts(task, data, split)
    schema = data.schema if data.declared else schema_to_learn(data)

    def make(_: Dataset, seed: int) -> Stopping:
        return Stopping(stop, schema, seed)

    half = train.with_examples(list(train)[: len(train) // 2])
    runs = list(run_all(Plan(half, test), make))
    whole = Plan(train, test, shares=(0.5, 1.0), seeds=1)
    [truth] = run_all(whole, make, [Run(whole.sizes()[0], 0, {}, 0.0)])
    return {"half": [asdict(run) for run in runs], "all": asdict(truth), "test": len(test)}


def parts(task: Task, data: Dataset, split: int) -> tuple[Dataset, Dataset, Dataset]:
    """Draw what learning stops by, what is trained on, in any order, and what is judged on."""
    wanted = task.train + task.test + task.stop
    drawn = random.Random(split).sample(list(data), min(len(data), wanted * 2))
    rest, held = data.with_examples(drawn).split(task.test / wanted, seed=split, by=task.by)
    near = {leak.id_a for leak in leaks(rest, held)}
    left = [each for each in rest if each.id not in near]
    random.Random(split).shuffle(left)
    train = left[: task.train] if len(left) > task.train + task.stop else left[: -task.stop]
    return tuple(map(data.with_examples, (left[-task.stop :], train, list(held)[: task.test])))  # type: ignore[return-value]


def kept(name: str, split: int) -> Path:
    return KEPT / f"{name}-{split}.json"


def keep(name: str, split: int, found: Mapping[str, Any]) -> None:
    KEPT.mkdir(parents=True, exist_ok=True)
    kept(name, split).write_text(json.dumps(found, indent=1) + "\n")
    seconds = sum(run["seconds"] for run in [*found["half"], found["all"]])
    print(f"{name}, split {split}: {seconds:.0f} s", file=sys.stderr, flush=True)


# --- forecasts ------------------------------------------------------------------------------


class Forecast(NamedTuple):
    """What was said of all the texts from half of them, and what came; shares of 1. None: nothing was said."""

    data: str
    measure: str
    truth: float
    half: float
    doubt: str | None
    said: float
    band: tuple[float, float]
    constant: tuple[float, float]


def forecasts(name: str, splits: int) -> Iterator[Forecast]:
    for split in range(splits):
        if not kept(name, split).exists():
            continue
        found = json.loads(kept(name, split).read_text())
        for measure in TASKS[name].measures:
            yield forecast(name, measure, found)


def forecast(name: str, measure: str, found: Mapping[str, Any]) -> Forecast:
    runs = [run for run in found["half"] if measure in run["scores"]]
    last = max(run["texts"] for run in runs)
    at_half = [run["scores"][measure] for run in runs if run["texts"] == last]
    fit, texts = fitted((run["texts"], 1 - run["scores"][measure]) for run in runs), found["all"]["texts"]
    low, high = fit.band(texts)
    mean = statistics.mean(at_half)
    spread = 2 * (statistics.variance(at_half) + mean * (1 - mean) / found["test"]) ** 0.5
    return Forecast(
        name,
        measure,
        found["all"]["scores"][measure],
        mean,
        fit.doubt,
        1 - fit.error(texts),
        (1 - high, 1 - low),
        (mean - spread, mean + spread),
    )


def interval_score(band: tuple[float, float], truth: float) -> float:
    """Give the width of a band with a fine for each point that the truth lies outside, 40 times the distance.

    Gneiting & Raftery (2007), Strictly proper scoring rules, prediction, and estimation, for 95 %.
    """
    low, high = band
    return high - low + 40 * (max(0.0, low - truth) + max(0.0, truth - high))


HEAD = ("data", "measure", "splits", "told", "inside", "width", "score", "constant: inside", "width", "score")


def show(found: Sequence[Forecast], *, each: bool) -> None:
    if each:
        for one in found:
            band = f"{100 * one.band[0]:5.1f} to {100 * one.band[1]:5.1f}"
            print(f"{one.data:8} {one.measure:10} half {100 * one.half:5.1f} said {100 * one.said:5.1f} ({band}) "
                  f"came {100 * one.truth:5.1f}  {one.doubt or ''}")  # fmt: skip
    print("| " + " | ".join(HEAD) + " |\n|" + " --- |" * len(HEAD))
    groups: dict[tuple[str, str], list[Forecast]] = {}
    for one in found:
        groups.setdefault((one.data, one.measure), []).append(one)
    for (data, measure), some in groups.items():
        row(data, measure, some)
    row("all", "", found)
    reasons = Counter(" ".join(one.doubt.split()[:4]) for one in found if one.doubt)
    for reason, times in reasons.most_common():
        print(f"no forecast, {times} of {len(found)}: {reason} ...")


def row(data: str, measure: str, found: Sequence[Forecast]) -> None:
    told = [one for one in found if one.doubt is None]
    cells = [data, measure, str(len(found)), str(len(told))]
    if told:
        cells += [
            *figures([(one.band, one.truth) for one in told]),
            *figures([(one.constant, one.truth) for one in told]),
        ]
    print("| " + " | ".join(cells) + " |")


def figures(pairs: Sequence[tuple[tuple[float, float], float]]) -> list[str]:
    """Give the share of truths inside, the median width and the mean interval score, in points."""
    inside = statistics.mean(low <= truth <= high for (low, high), truth in pairs)
    width = statistics.median(high - low for (low, high), _ in pairs)
    score = statistics.mean(interval_score(band, truth) for band, truth in pairs)
    return [f"{inside:.0%}", f"{100 * width:.1f}", f"{100 * score:.1f}"]


if __name__ == "__main__":
    main()
