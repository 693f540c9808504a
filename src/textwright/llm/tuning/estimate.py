"""What tuning will take: tokens and, where the price is known, money."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from textwright.llm.calls import Message
from textwright.llm.tuning.lessons import Lesson

Count = Callable[[Sequence[Message]], int]
MILLION = 1_000_000


@dataclass(frozen=True, slots=True)
class Estimate:
    """Tokens of one pass over the training file; `exact` says whether a tokenizer counted them.

    `price` is in dollars for a million trained tokens; None where it is not known.
    """

    tokens: int
    longest: int
    exact: bool
    epochs: int | None = None
    price: float | None = None

    @property
    def cost(self) -> float | None:
        """Return the cost in dollars of all epochs, of one where their number is the server's choice."""
        return None if self.price is None else self.tokens * (self.epochs or 1) * self.price / MILLION

    def lines(self, base_model: str | None) -> list[str]:
        """Say it in sentences."""
        about = "" if self.exact else "about "
        said = [f"{about}{self.tokens:,} tokens an epoch, the longest example {about}{self.longest:,}"]
        if base_model is None:
            return said
        if self.cost is None:
            how = "add its `training` price to the price table to see the cost (docs/cache-and-cost.md)"
            return [*said, f"no training price is known for {base_model}: {how}"]
        times = f"for {self.epochs} epochs" if self.epochs else "for one epoch; the server chooses how many"
        return [*said, f"about ${self.cost:.2f} {times}, at ${self.price:g} for a million tokens"]


def estimate(
    taught: Sequence[Lesson], count: Count, *, exact: bool, epochs: int | None, price: float | None
) -> Estimate:
    """Count the tokens of every lesson, question and answer."""
    counts = [count(lesson.messages) for lesson in taught]
    return Estimate(sum(counts), max(counts, default=0), exact, epochs, price)


def within(taught: Sequence[Lesson], count: Count, context: int) -> tuple[list[Lesson], list[str]]:
    """Return the lessons that fit into the model's context, and the ids of the others: they would be cut."""
    fits, long = [], []
    for lesson in taught:
        if count(lesson.messages) <= context:
            fits.append(lesson)
        else:
            long.append(lesson.id)
    return fits, long
