"""How far each method is behind the best, on the same texts, and whether chance alone could do that."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import ceil
from typing import Any

from textwright.evaluate.paired import Paired, paired
from textwright.evaluate.statistics import holm, texts_needed
from textwright.evaluate.tables import chance
from textwright.experiment.table.columns import measure_title
from textwright.experiment.table.naming import listed_names
from textwright.experiment.table.rows import Entry

ALPHA = 0.05


@dataclass(frozen=True, slots=True)
class Difference:
    """A method less the best one by a measure; `found` has the difference, its interval and its p value.

    `p_holm` is corrected for all methods that were compared with the best. `needed` is how many texts would tell
    the two apart; None: no number would, they are level.
    """

    method: str
    best: str
    measure: str
    found: Paired
    p_holm: float = 1.0
    needed: int | None = None

    @property
    def told_apart(self) -> bool:
        """Say whether the difference is more than chance, all methods considered."""
        return self.p_holm < ALPHA

    def in_words(self) -> str:
        """Say what the numbers mean."""
        own, best = listed_names([self.method]), listed_names([self.best])
        points = f"{100 * abs(self.found.difference):.1f} percentage points"
        if self.told_apart:
            low, high = sorted(-100 * end for end in self.found.interval)
            return f"{own} is {points} behind {best} (95 % interval {low:.1f} to {high:.1f}; {self._by_chance()})."
        if self.needed is None:
            return f"{own} and {best} are right equally often, so no difference can be shown."
        return (
            f"{own} cannot be told apart from {best} ({points} between them; {self._by_chance()}): "
            f"about {two_digits(self.needed):,} texts would tell, here are {self.found.texts:,}."
        )

    def _by_chance(self) -> str:
        return f"p {_is(self.p_holm)} with all methods considered, Holm's correction"

    def to_data(self) -> dict[str, Any]:
        """Return plain data for JSON."""
        found = self.found
        return {
            "best": self.best,
            "measure": self.measure,
            "difference": found.difference,
            "low": found.interval.low,
            "high": found.interval.high,
            "only_method": found.only_a,
            "only_best": found.only_b,
            "p_value": found.p_value,
            "p_holm": self.p_holm,
            "texts": found.texts,
            "texts_needed": self.needed,
            "told_apart": self.told_apart,
            "how": found.told,
            "verdict": self.in_words(),
        }


def _is(p_value: float) -> str:
    written = chance(p_value)
    return written if written.startswith("<") else f"= {written}"


def two_digits(number: int) -> int:
    """Round a number up to the two digits that mean something.

    >>> two_digits(1234), two_digits(7)
    (1300, 7)
    """
    step = int(10 ** max(0, len(str(number)) - 2))
    return -(-number // step) * step


def differences(best: Entry, others: Sequence[Entry], measure: str) -> dict[str, Difference]:
    """Compare each method with the best by a measure; Holm's correction covers them all. By method."""
    made = [_difference(best, other, measure) for other in others]
    corrected = holm([each.found.p_value for each in made])
    return {
        each.method: replace(each, p_holm=p_holm, needed=_needed(each.found, len(made)))
        for each, p_holm in zip(made, corrected, strict=True)
    }


def _difference(best: Entry, other: Entry, measure: str) -> Difference:
    sources = best.judgements[0].sources or None
    return Difference(
        other.method, best.method, measure, paired(other.rights(measure), best.rights(measure), sources=sources)
    )


def _needed(found: Paired, questions: int) -> int | None:
    """Say how many texts would do; texts of few sources count for less than their number."""
    ahead, texts = abs(found.difference), found.texts
    more, fewer = (round((found.differ + sign * ahead) / 2 * texts) for sign in (1, -1))
    needed = texts_needed(more, fewer, texts, alpha=ALPHA / questions)
    return None if needed is None else ceil(needed * max(1.0, found.design_effect))


def in_words(best: str, measure: str, found: Sequence[Difference]) -> list[str]:
    """Say which methods are level with the best as far as these texts can tell, and what was drawn to find out."""
    ranked = f"{listed_names([best])} is the best by {measure_title(measure)} on these texts"
    if not found:
        return [f"{ranked}; there is no other to compare it with."]
    level = [each for each in found if not each.told_apart]
    behind = "all others are behind it by more than chance"
    hows = dict.fromkeys(each.found.how for each in found)
    apart = f"cannot be told apart from it: {listed_names(each.method for each in level)}" if level else behind
    return [f"{ranked}; {apart}.", *(each.in_words() for each in level), f"Compared {'; '.join(hows)}."]
