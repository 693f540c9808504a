"""Two methods on the same texts: how far one is ahead, whatever the texts share and however often each was trained.

Titles of one source resemble each other, so a hundred of one board tell less than a hundred of a hundred
boards. Where sources are known, whole sources are drawn and exchanged, never single texts.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import lcm, sqrt
from statistics import NormalDist
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from textwright.errors import DataError
from textwright.evaluate.statistics import (
    FEWEST_SOURCES,
    Interval,
    mcnemar,
    paired_difference,
    student,
    too_few_sources,
)

DRAWS = 10_000
FLIPS = 99_999
MOST_CELLS = 10**8  # beyond it the exact distribution would take seconds

Rights: TypeAlias = Sequence[bool | None]
Runs: TypeAlias = Rights | Sequence[Rights]
Whole = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Paired:
    """How far a is ahead of b on texts that both were judged on.

    `difference` is a's share of right texts less b's, `interval` its 95 % interval, `p_value` two-sided. `only_a`
    counts the `texts` that a has right more often than b, `only_b` the others that differ. `differ` is the
    mean square of a text's difference: of single runs the share of texts that just one has right.
    `design_effect` says how many times as many texts these sources need as single texts would. `how` says in words
    what was drawn and tested, `beware` what to keep in mind of it ("": nothing).
    """

    difference: float
    interval: Interval
    p_value: float
    only_a: int
    only_b: int
    texts: int
    differ: float
    design_effect: float
    how: str
    beware: str = ""

    @property
    def told(self) -> str:
        """Return both in one."""
        return f"{self.how}; {self.beware}" if self.beware else self.how


def paired(rights_a: Runs, rights_b: Runs, *, sources: Sequence[str | None] | None = None, seed: int = 0) -> Paired:
    """Compare two methods text by text.

    `rights_*` say of each text whether it was right (None: no gold), or hold that for each of several seeds: then
    each text counts with its mean. `sources` names where each text comes from; None: nobody knows, it stands alone.

    Single runs on single texts: McNemar's exact test and Tango's interval. Else: sources (or texts) are drawn
    with replacement for the interval, and its two sides exchanged at random in each source for the p value, which
    for single texts is McNemar's test again. Raise `DataError` when the lengths differ.
    """
    runs_a, runs_b = _runs(rights_a), _runs(rights_b)
    scale = lcm(len(runs_a), len(runs_b))
    _check([*runs_a, *runs_b], sources)
    kept = [place for place in range(len(runs_a[0])) if all(run[place] is not None for run in (*runs_a, *runs_b))]
    ahead = _times_right(runs_a, kept, scale) - _times_right(runs_b, kept, scale)
    grouping = _grouping([None if sources is None else sources[place] for place in kept])
    if scale == 1 and grouping.by == "text":
        return _of_counts(ahead, grouping)
    return _of_groups(ahead, grouping, scale, seed)


def _runs(rights: Runs) -> list[Rights]:
    """Return the runs, of which there may be one only, that is no list of lists."""
    if rights and isinstance(rights[0], Sequence):
        return list(rights)  # type: ignore[arg-type]  # what the first is, all are
    return [rights]  # type: ignore[list-item]


def _check(runs: Sequence[Rights], sources: Sequence[str | None] | None) -> None:
    lengths = {len(run) for run in runs} | ({len(sources)} if sources is not None else set())
    if len(lengths) > 1:
        found = ", ".join(map(str, sorted(lengths)))
        raise DataError(f"found {found} texts, expected the same texts for each run and a source for each")


def _times_right(runs: Sequence[Rights], kept: Sequence[int], scale: int) -> Whole:
    """Say how often each text was right, as if there had been `scale` runs."""
    right = np.array([[bool(run[place]) for place in kept] for run in runs], dtype=np.int64)
    return np.asarray(right.sum(axis=0) * (scale // len(runs)))


# --- what is drawn together -----------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Grouping:
    """The group of each text, what the groups are, a clause that says so, and what to keep in mind of it."""

    by: str
    place: Whole
    said: str
    beware: str = ""


def _grouping(sources: Sequence[str | None]) -> _Grouping:
    """Group texts by their source where there are enough of them; a text without one stands alone."""
    known = {source for source in sources if source is not None}
    alone = np.arange(len(sources))
    if not known:
        return _Grouping("text", alone, "text by text")
    if len(known) == len(sources):
        return _Grouping("text", alone, "text by text, each of another source")
    if len(known) < FEWEST_SOURCES:
        return _Grouping("text", alone, "text by text", too_few_sources(len(known)))
    numbers: dict[tuple[str, int], int] = {}
    keys = [("", place) if source is None else (source, -1) for place, source in enumerate(sources)]
    place = np.array([numbers.setdefault(key, len(numbers)) for key in keys], dtype=np.int64)
    return _Grouping("source", place, f"by {len(known)} whole sources")


# --- one run each, texts one by one ---------------------------------------------------------


def _of_counts(ahead: Whole, grouping: _Grouping) -> Paired:
    only_a, only_b, texts = int((ahead > 0).sum()), int((ahead < 0).sum()), len(ahead)
    return Paired(
        difference=(only_a - only_b) / texts if texts else 0.0,
        interval=paired_difference(only_a, only_b, texts),
        p_value=mcnemar(only_a, only_b),
        only_a=only_a,
        only_b=only_b,
        texts=texts,
        differ=(only_a + only_b) / texts if texts else 0.0,
        design_effect=1.0,
        how=f"{grouping.said} (McNemar's exact test, Tango's interval)",
        beware=grouping.beware,
    )


# --- several runs, or sources ---------------------------------------------------------------


def _of_groups(ahead: Whole, grouping: _Grouping, scale: int, seed: int) -> Paired:
    texts = len(ahead)
    sums = np.bincount(grouping.place, weights=ahead).astype(np.int64)
    sizes = np.bincount(grouping.place)
    squares, apart = float((ahead**2).sum()), float(np.abs(ahead).sum())
    inflation = float((sums**2).sum()) / scale
    seeds = "with means over the seeds, " if scale > 1 else ""
    return Paired(
        difference=float(ahead.sum()) / scale / texts if texts else 0.0,
        interval=_interval(ahead / scale, sums / scale, sizes, inflation / apart if apart else 1.0, seed),
        p_value=sign_flips(sums.tolist(), seed=seed),
        only_a=int((ahead > 0).sum()),
        only_b=int((ahead < 0).sum()),
        texts=texts,
        differ=squares / scale**2 / texts if texts else 0.0,
        design_effect=inflation * scale / squares if squares else 1.0,
        how=f"{seeds}{grouping.said} (bootstrap, sign-flip permutation)",
        beware=grouping.beware,
    )


def _interval(
    ahead: NDArray[np.float64], sums: NDArray[np.float64], sizes: Whole, inflation: float, seed: int
) -> Interval:
    """Draw groups, and widen to Tango's interval of as many texts as the groups are worth.

    Few groups that differ are drawn as if they could not have been more, or other ones; none that differ would give an
    interval without width. Rao, J. N. K., Scott, A. J. (1992), Biometrics 48, 577-585, divide counts by
    the design effect and go on as with single texts.
    """
    if not len(ahead):
        return Interval(-1.0, 1.0)
    drawn = drawn_interval(sums, sizes, seed=seed)
    only_a, only_b = float(ahead[ahead > 0].sum()), float(-ahead[ahead < 0].sum())
    tango = paired_difference(only_a / inflation, only_b / inflation, len(ahead) / inflation)
    return Interval(min(drawn.low, tango.low), max(drawn.high, tango.high))


def drawn_interval(sums: NDArray[np.float64], sizes: Whole, *, seed: int = 0, draws: int = DRAWS) -> Interval:
    """Draw as many groups as there are, with replacement: give the middle of sum over size, for a mean of all texts.

    Field, C. A., Welsh, A. H. (2007), J. R. Stat. Soc. B 69, 369-390 (the cluster bootstrap). The middle is a
    little more than 95 %, as Student's distribution is wider: Hesterberg, T. C. (2015), Am. Stat. 69, 371-386.
    """
    groups = len(sums)
    if groups < 2:
        return Interval(-1.0, 1.0)
    # Groups that are alike need not be told apart: how often each kind comes is drawn.
    kinds, times = np.unique(np.column_stack([sums, sizes]), axis=0, return_counts=True)
    generator = np.random.default_rng(seed)
    values = [_means(kinds, generator.multinomial(groups, times / groups, size=part)) for part in _parts(draws)]
    tail = NormalDist().cdf(-sqrt(groups / (groups - 1)) * student(groups - 1))
    low, high = np.quantile(np.concatenate(values), [tail, 1 - tail])
    return Interval(float(low), float(high))


def _means(kinds: NDArray[np.float64], times: NDArray[np.int64]) -> NDArray[np.float64]:
    totals = times @ kinds
    return np.asarray(totals[:, 0] / totals[:, 1])


def _parts(draws: int, size: int = 1000) -> Iterable[int]:
    """Draw a thousand at a time: what is drawn stays small in memory."""
    return (min(size, draws - begin) for begin in range(0, draws, size))


# --- the p value ----------------------------------------------------------------------------


def sign_flips(sums: Sequence[int], *, seed: int = 0) -> float:
    """Say how often chance alone brings the groups' sums so far from zero, if each could as well have its other sign.

    Exact, by counting all ways as Pagano, M., Tritchler, D. (1983), J. Am. Stat. Assoc. 78, 435-440 do; of
    very many groups 99,999 ways are drawn (Phipson, B., Smyth, G. K. (2010), Stat. Appl. Genet. Mol. Biol. 9, 39).
    In clusters: Durkalski, V. L. et al. (2003), Statistics in Medicine 22, 2417-2428 test the same hypothesis.

    >>> sign_flips([1] * 9 + [-1])
    0.021484375
    """
    sizes = np.abs(np.array([each for each in sums if each], dtype=np.int64))
    found, most = abs(sum(sums)), int(sizes.sum())
    if len(sizes) * most > MOST_CELLS:
        return _drawn_flips(sizes, found, seed)
    ways = np.zeros(most + 1)  # ways[k]: the chance that the groups with a plus add up to k
    ways[0], reached = 1.0, 0
    for size in map(int, sizes):
        reached += size
        ways[size : reached + 1] += ways[: reached - size + 1].copy()
        ways[: reached + 1] /= 2
    totals = np.abs(2 * np.arange(most + 1) - most)
    return min(1.0, float(ways[totals >= found].sum()))


def _drawn_flips(sizes: Whole, found: int, seed: int) -> float:
    kinds, times = np.unique(sizes, return_counts=True)
    generator = np.random.default_rng(seed)
    pluses = (generator.binomial(times, 0.5, size=(part, len(times))) for part in _parts(FLIPS))
    far = sum(int((np.abs((2 * each - times) @ kinds) >= found).sum()) for each in pluses)
    return (far + 1) / (FLIPS + 1)
