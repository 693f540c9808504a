"""How much data is enough: train on growing shares of a data set and look where the curve goes."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from textwright.dataset import Dataset
from textwright.errors import DataError
from textwright.evaluate.page import figures_page
from textwright.evaluate.report import Report, evaluate
from textwright.evaluate.tables import Table
from textwright.predictor import Predictor, Trainer
from textwright.train import drawing
from textwright.train.power_law import Fit, fitted
from textwright.wrangle.counted import counted

SHARES = (0.06, 0.12, 0.25, 0.5, 1.0)
SEEDS = 3
# With fewer texts nothing is learned that could be measured.
FEWEST = 10
WHOLE = "whole text"
F1 = "span F1"

Maker = Callable[[Dataset, int], Trainer]
Judge = Callable[[Predictor, Dataset], Mapping[str, float]]


@dataclass(frozen=True, slots=True)
class Run:
    """One training: on how many texts, with which seed, what it reached by each measure, and how long it took.

    `failed` says why there are no scores.
    """

    texts: int
    seed: int
    scores: Mapping[str, float]
    seconds: float
    failed: str | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """Which trainings are made: each share of the texts with each seed, the smallest first.

    The texts of a share are among those of every larger one with the same seed.
    """

    train: Dataset
    dev: Dataset
    shares: Sequence[float] = SHARES
    seeds: int = SEEDS

    def __post_init__(self) -> None:
        """Raise `DataError` for shares and seeds that make no curve."""
        wrong = [share for share in self.shares if not 0 < share <= 1]
        if wrong or not self.shares:
            raise DataError(f"the share {wrong[0] if wrong else 'list'} is empty or not above 0 and at most 1")
        if self.seeds < 1:
            raise DataError(f"seeds is {self.seeds}, must be at least 1")
        if len(self.sizes()) < 2:
            raise DataError(
                f"of {len(self.train)} texts these shares make fewer than two sizes of {FEWEST} texts or more; "
                "take more texts, or larger --shares"
            )

    def sizes(self) -> list[int]:
        """List the numbers of texts, the smallest first."""
        sizes = {round(share * len(self.train)) for share in self.shares}
        return sorted(size for size in sizes if size >= FEWEST)

    def runs(self) -> list[tuple[int, int]]:
        """List the trainings as (texts, seed)."""
        return [(size, seed) for size in self.sizes() for seed in range(self.seeds)]

    def part(self, texts: int, seed: int) -> Dataset:
        """Draw so many texts; more with the same seed hold these."""
        order = list(range(len(self.train)))
        random.Random(seed).shuffle(order)
        return self.train.with_examples(self.train[place] for place in sorted(order[:texts]))


def scores_of(model: Predictor, dev: Dataset) -> dict[str, float]:
    """Judge a model by all that the data can be judged by: whole texts, spans, and each task."""
    return dict(measures_of(evaluate(model, dev)))


def run_all(plan: Plan, make: Maker, done: Iterable[Run] = (), *, judge: Judge = scores_of) -> Iterator[Run]:
    """Yield those trainings of a plan that are not yet done, one after the other."""
    known = {(run.texts, run.seed) for run in done}
    for texts, seed in plan.runs():
        if (texts, seed) not in known:
            yield _run(plan, make, judge, texts, seed)


def _run(plan: Plan, make: Maker, judge: Judge, texts: int, seed: int) -> Run:
    part, began = plan.part(texts, seed), time.monotonic()
    try:
        model = make(part, seed).fit(part, plan.dev)
        scores = {name: round(value, 5) for name, value in judge(model, plan.dev).items()}
    except DataError as error:
        if texts == len(plan.train):
            raise
        return Run(texts, seed, {}, round(time.monotonic() - began, 1), str(error))
    return Run(texts, seed, scores, round(time.monotonic() - began, 1))


def measures_of(report: Report) -> Iterator[tuple[str, float]]:
    """Yield whole texts, span F1, and of each task the right sets and macro F1."""
    score = report.score
    if score.exact:
        yield WHOLE, score.whole_text.accuracy or 0.0
    if score.spans:
        yield F1, score.spans.micro.f1 or 0.0
    for task, each in score.categories.items():
        yield task, each.sets.accuracy or 0.0
        yield f"{task}, macro F1", each.labels.macro("f1") or 0.0


# --- what the runs say ----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Curve:
    """Runs with the law that each measure follows."""

    recipe: str
    runs: Sequence[Run]
    fits: Mapping[str, Fit]

    @staticmethod
    def of(recipe: str, runs: Iterable[Run]) -> Curve:
        """Fit a law to each measure."""
        made = list(runs)
        kept = [run for run in made if run.failed is None]
        measures = list(dict.fromkeys(name for run in kept for name in run.scores))
        return Curve(recipe, made, {name: _fit(kept, name) for name in measures if _sizes(kept, name) > 2})

    @property
    def texts(self) -> int:
        """Return the largest number of texts."""
        return max(run.texts for run in self.runs)

    def mean(self, measure: str) -> float:
        """Give the mean of a measure over the runs with all texts."""
        found = [run.scores[measure] for run in self.runs if run.texts == self.texts and measure in run.scores]
        return sum(found) / len(found)

    def measures(self) -> list[str]:
        """List what was measured."""
        return list(dict.fromkeys(name for run in self.runs for name in run.scores))

    def in_words(self) -> list[str]:
        """Say what there is, what twice the texts would bring, and when more stop paying; first of whole texts."""
        return [*(self._sentence(measure) for measure in self.measures()), *self._failures()]

    def _sentence(self, measure: str) -> str:
        fit = self.fits.get(measure)
        reached = f"With {self.texts:,} texts {_right(self.mean(measure), measure)}."
        if fit is None:
            return f"{reached} No forecast: fewer than three sizes were trained."
        if fit.doubt:
            return f"{reached} No forecast: {fit.doubt}."
        low, high = fit.band(2 * self.texts)
        ends = f"between {100 * (1 - high):.1f} and {100 * (1 - low):.1f}"
        expected = f"Twice as many would bring about {100 * (1 - fit.error(2 * self.texts)):.1f} ({ends})."
        return f"{reached} {expected} {_enough(fit, self.texts)}"

    def _failures(self) -> list[str]:
        failed = [run for run in self.runs if run.failed]
        if not failed:
            return []
        came = f"Of {counted(len(failed), 'training')} nothing came, the first one"
        return [f"{came} with {failed[0].texts} texts: {failed[0].failed}"]

    def tables(self) -> list[Table]:
        """Give each measure by number of texts: the mean over the seeds, the smallest and the largest."""
        sizes = sorted({run.texts for run in self.runs if not run.failed})
        return [
            Table(
                "By number of texts",
                ("", *(f"{size:,}" for size in sizes)),
                tuple(self._row(measure, sizes) for measure in self.measures()),
            )
        ]

    def _row(self, measure: str, sizes: Sequence[int]) -> tuple[str, ...]:
        cells = [measure]
        for size in sizes:
            found = [run.scores[measure] for run in self.runs if run.texts == size and measure in run.scores]
            cells.append(f"{sum(found) / len(found):.3f} ({min(found):.3f} to {max(found):.3f})" if found else "–")
        return tuple(cells)

    def to_data(self) -> dict[str, Any]:
        """Return runs and laws as plain data."""
        laws = {
            name: {
                **asdict(fit.law),
                "explained": fit.explained,
                "doubt": fit.doubt,
                "twice": None if fit.doubt else self._twice(fit),
                "enough": None if fit.doubt else round(fit.law.enough()),
            }
            for name, fit in self.fits.items()
        }
        return {
            "recipe": self.recipe,
            "words": self.in_words(),
            "laws": laws,
            "runs": [asdict(run) for run in self.runs],
        }

    def _twice(self, fit: Fit) -> dict[str, float]:
        low, high = fit.band(2 * self.texts)
        return {"score": 1 - fit.error(2 * self.texts), "low": 1 - high, "high": 1 - low}

    def to_html(self) -> str:
        """Return a page that stands alone: the words, the curves and the figures."""
        pictures = [drawing.svg(self.picture(measure)) for measure in self.measures()]
        return figures_page(f"{self.recipe}: how much data is enough", self.in_words(), self.tables(), pictures)

    def picture(self, measure: str) -> Any:
        """Draw the runs of a measure (Altair), and where they bear it the law with its band up to twice the texts."""
        from textwright.train.curve_picture import picture_of

        return picture_of(self, measure)


def _sizes(runs: Iterable[Run], measure: str) -> int:
    return len({run.texts for run in runs if measure in run.scores})


def _fit(runs: Iterable[Run], measure: str) -> Fit:
    return fitted((run.texts, 1 - run.scores[measure]) for run in runs if measure in run.scores)


def _right(score: float, measure: str) -> str:
    if measure == WHOLE:
        return f"{100 * score:.1f} of 100 are right"
    return f"{measure} is {100 * score:.1f} of 100"


def _enough(fit: Fit, texts: int) -> str:
    """Say from which number of texts on a doubling brings less than half a point."""
    enough = fit.law.enough()
    if enough <= texts:
        return "A doubling brings less than half a point already."
    if enough > 100 * texts:
        return "Where that stops paying lies too far away to be told."
    return f"Beyond about {_round(enough):,} texts a doubling brings less than half a point."


def _round(number: float) -> int:
    """Round to two digits.

    >>> _round(5149.0)
    5100
    """
    return int(float(f"{number:.1e}"))
