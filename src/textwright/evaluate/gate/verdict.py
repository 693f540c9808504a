"""What became of a gate's rules, each with a sentence."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, get_args

from textwright.evaluate.gate.rules import Budget, NotWorse, Rule, Threshold

Outcome = Literal["missed", "undecidable", "passed"]
OUTCOMES: tuple[Outcome, ...] = get_args(Outcome)
KINDS: dict[type, str] = {Threshold: "threshold", NotWorse: "not_worse", Budget: "budget"}


@dataclass(frozen=True, slots=True)
class Verdict:
    """A rule, what became of it and why.

    `asked` is a short name for what the rule asks, `words` a sentence that says what was asked, what was found and by
    how much; `needs` says of a margin how many texts it needs, before anybody looks who is ahead. `found`, `low`
    and `high` are in the unit of the rule, None where there is nothing.
    """

    rule: Rule
    model: str
    asked: str
    outcome: Outcome
    words: str
    found: float | None = None
    low: float | None = None
    high: float | None = None
    texts: int | None = None
    texts_needed: int | None = None
    needs: str | None = None
    how: str | None = None

    @property
    def kind(self) -> str:
        """Return the table of the file that the rule stands in."""
        return KINDS[type(self.rule)]

    def to_data(self) -> dict[str, Any]:
        """Return plain data for JSON."""
        return {
            "rule": self.kind,
            "line": self.rule.line,
            "model": self.model,
            "asked": self.asked,
            "outcome": self.outcome,
            "verdict": self.words,
            "needs": self.needs,
            "found": self.found,
            "low": self.low,
            "high": self.high,
            "texts": self.texts,
            "texts_needed": self.texts_needed,
            "how": self.how,
        }


@dataclass(frozen=True, slots=True)
class Verdicts:
    """All verdicts of a gate, in the order of its file."""

    path: Path
    verdicts: tuple[Verdict, ...]

    @property
    def outcome(self) -> Outcome:
        """Return the worst outcome. One that was missed is certain, so it goes before one that nobody can tell."""
        return min((each.outcome for each in self.verdicts), key=OUTCOMES.index, default="passed")

    def of(self, outcome: Outcome) -> list[Verdict]:
        """Return the verdicts with an outcome."""
        return [each for each in self.verdicts if each.outcome == outcome]

    def summary(self) -> str:
        """Say in a line what became of the gate.

        >>> Verdicts(Path("gate.toml"), ()).summary()
        'gate.toml: passed (0 of 0 rules).'
        """
        counted = ", ".join(f"{len(self.of(outcome))} {outcome}" for outcome in OUTCOMES if self.of(outcome))
        if self.outcome == "passed":
            return f"{self.path.name}: passed ({len(self.verdicts)} of {len(self.verdicts)} rules)."
        return f"{self.path.name}: {self.outcome} ({counted})."

    def before(self) -> Iterator[str]:
        """Say what margins need and how they are tested: what one should know before the verdicts."""
        yield from (each.needs for each in self.verdicts if each.needs)
        yield from (
            f"Margins are tested {how}." for how in dict.fromkeys(each.how for each in self.verdicts if each.how)
        )

    def lines(self) -> Iterator[str]:
        """Say what is to be known before, then each verdict."""
        yield from self.before()
        yield from (f"{each.outcome}: {each.words}" for each in self.verdicts)
        yield self.summary()

    def to_data(self) -> dict[str, Any]:
        """Return plain data for JSON."""
        return {
            "file": self.path.name,
            "outcome": self.outcome,
            "summary": self.summary(),
            "verdicts": [each.to_data() for each in self.verdicts],
        }
