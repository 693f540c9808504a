"""What a thousand texts cost: tokens and money, from what the answers of a report used."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from textwright.runs import Judgement

THOUSAND = 1000


@dataclass(frozen=True, slots=True)
class Cost:
    """Tokens in and out, and dollars (None: nobody knows the price), of a thousand texts."""

    prompt_tokens: float
    completion_tokens: float
    dollars: float | None

    @property
    def tokens(self) -> float:
        """Return the tokens in and out together."""
        return self.prompt_tokens + self.completion_tokens


def per_thousand(judgement: Judgement) -> Cost | None:
    """Reckon what a thousand texts cost. None: no answer told what it used, as with everything that runs here.

    An answer that was kept from an earlier call counts as what it took then: what is asked for is what
    new texts would take. Texts without an answer count with what was paid for them.
    """
    usage: dict[str, Any] | None = judgement.report.get("usage")
    texts = judgement.report.get("dataset", {}).get("examples", 0)
    if usage is None or not texts:
        return None
    share = THOUSAND / texts
    dollars = None if judgement.report.get("priced") is False else share * usage["cost"]
    return Cost(share * usage["prompt_tokens"], share * usage["completion_tokens"], dollars)
