"""How a project is worked on."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Literal, get_args

from textwright.errors import DataError

Order = Literal["given", "random", "uncertain", "disagree", "diverse"]
ORDERS: tuple[Order, ...] = get_args(Order)


@dataclass(frozen=True, slots=True)
class Settings:
    """How a project is worked on.

    `people` annotate each text. `blind_share` of the texts are shown without a suggestion. After each
    `retrain` texts a network is trained. `suggesters` are the names of the predictors, the shown one first.
    `alone`: there is one annotator, so that nobody waits for a text that he has. One text in `held_out_every` is
    one of those whose `meta.held_out` is true: they are shown without a suggestion, never learned from, and trained
    models are judged on them; None: they are texts like all others.
    """

    people: int = 1
    order: Order = "given"
    seed: int = 0
    blind_share: float = 0.1
    retrain: int | None = None
    suggesters: tuple[str, ...] = ()
    alone: bool = False
    held_out_every: int | None = None

    def __post_init__(self) -> None:
        """Raise `DataError` for settings that cannot be followed."""
        if self.people < 1:
            raise DataError(f"people is {self.people}; a text goes to at least 1")
        if self.order not in ORDERS:
            raise DataError(f"no order is called {self.order!r}. Known: {', '.join(ORDERS)}")
        if not 0 <= self.blind_share <= 1:
            raise DataError(f"the blind share is {self.blind_share}; it lies between 0 and 1")
        if self.retrain is not None and self.retrain < 1:
            raise DataError(f"retrain is {self.retrain}; it is a number of texts, at least 1")
        if self.held_out_every is not None and self.held_out_every < 2:
            raise DataError(f"one text in {self.held_out_every} is to be set aside; it is one in 2 or more")


def chance(*parts: object) -> float:
    """Return a number in [0, 1) that is always the same for the same parts.

    >>> chance(7, "ann") == chance(7, "ann") != chance(7, "bob")
    True
    """
    digest = hashlib.blake2b("\x1f".join(map(str, parts)).encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "big") / 2**64
