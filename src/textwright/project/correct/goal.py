"""How many texts are corrected, how many are enough to judge from, and how many are good to have."""

from __future__ import annotations

from dataclasses import dataclass

from textwright.store.counts import Handed

# About so many texts are good to have; so many are enough for a first judgement.
AIM, ENOUGH = 100, 40


@dataclass(frozen=True, slots=True)
class Goal:
    """Corrected texts: `done` of about `aim`; `tests` of them were set aside. From `enough` on one can judge."""

    total: int
    done: int
    tests: int
    aim: int
    enough: int

    @property
    def learned(self) -> int:
        """Return how many of the corrected texts a model learns from."""
        return self.done - self.tests

    @property
    def left(self) -> int:
        """Return how many texts are not corrected."""
        return max(0, self.total - self.done)

    @property
    def is_enough(self) -> bool:
        """Say whether one can judge from what is corrected."""
        return 0 < self.enough <= self.done


def goal_from(handed: Handed) -> Goal:
    """Set the goal for a project: of few texts, all of them."""
    return Goal(handed.total, handed.done, handed.tests, min(AIM, handed.total), min(ENOUGH, handed.total))
