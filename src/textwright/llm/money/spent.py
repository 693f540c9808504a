"""What a run has spent: whole numbers that add up exactly, and what is shown of them."""

from __future__ import annotations

from dataclasses import dataclass, field, fields

from textwright.llm.money.prices import Price

# Money is counted in millionths of the price of a million tokens' dollar: whole numbers leave no rest.
DOLLAR = 10**12


@dataclass(frozen=True, slots=True)
class Spent:
    """What a run has spent so far, for its summary.

    `uncertain` are the calls whose answer was lost on the way, or came without a count of its tokens: whether and how
    much was charged for them is not known here, `uncertain_tokens` and `uncertain_cost` say how much at most.
    `unpriced` are the calls of models whose price is unknown: no cost holds them.
    """

    prompt_tokens: int = 0
    completion_tokens: int = 0
    cost: float = 0.0
    calls: int = 0
    seconds: float = 0.0
    uncertain: int = 0
    uncertain_tokens: int = 0
    uncertain_cost: float = 0.0
    unpriced: int = 0

    @property
    def tokens(self) -> int:
        """Return the tokens of prompts and answers."""
        return self.prompt_tokens + self.completion_tokens

    @property
    def money(self) -> str:
        """Say what was spent, and what is not known of it.

        >>> Spent(cost=0.0123).money, Spent(unpriced=2).money
        ('$0.0123', 'price unknown')
        >>> Spent(cost=0.0123, uncertain=1, uncertain_cost=0.0005).money
        '$0.0123 and at most $0.0005 for 1 calls without a whole answer'
        """
        if self.unpriced and not self.cost and not self.uncertain_cost:
            return "price unknown"
        uncertain = f" and at most ${self.uncertain_cost:.4f} for {self.uncertain:,} calls without a whole answer"
        unpriced = f", without {self.unpriced:,} calls of unknown price"
        return f"${self.cost:.4f}{uncertain if self.uncertain_cost else ''}{unpriced if self.unpriced else ''}"


@dataclass(frozen=True, slots=True)
class Amount:
    """Tokens and what they cost, in trillionths of a dollar."""

    tokens: int = 0
    cost: int = 0

    def __add__(self, other: Amount) -> Amount:
        return Amount(self.tokens + other.tokens, self.cost + other.cost)

    def __sub__(self, other: Amount) -> Amount:
        return Amount(self.tokens - other.tokens, self.cost - other.cost)

    def __mul__(self, times: int) -> Amount:
        return Amount(self.tokens * times, self.cost * times)


def amount_of(price: Price | None, prompt_tokens: int, completion_tokens: int) -> Amount:
    """Return what tokens come to; of an unknown price only the tokens are known."""
    tokens = prompt_tokens + completion_tokens
    if price is None:
        return Amount(tokens)
    return Amount(tokens, prompt_tokens * round(price.prompt * 1e6) + completion_tokens * round(price.completion * 1e6))


@dataclass(frozen=True, slots=True)
class Bill:
    """What calls came to: `charged` for certain, `uncertain` at most."""

    charged: Amount = field(default_factory=Amount)
    uncertain: Amount = field(default_factory=Amount)
    prompt_tokens: int = 0
    completion_tokens: int = 0
    calls: int = 0
    seconds: float = 0.0
    uncertain_calls: int = 0
    unpriced: int = 0

    def __add__(self, other: Bill) -> Bill:
        return Bill(**{each.name: getattr(self, each.name) + getattr(other, each.name) for each in fields(self)})

    @property
    def at_most(self) -> Amount:
        """Return what was charged at most."""
        return self.charged + self.uncertain

    @property
    def spent(self) -> Spent:
        """Return the bill for people, in dollars."""
        return Spent(
            prompt_tokens=self.prompt_tokens,
            completion_tokens=self.completion_tokens,
            cost=self.charged.cost / DOLLAR,
            calls=self.calls,
            seconds=self.seconds,
            uncertain=self.uncertain_calls,
            uncertain_tokens=self.uncertain.tokens,
            uncertain_cost=self.uncertain.cost / DOLLAR,
            unpriced=self.unpriced,
        )
