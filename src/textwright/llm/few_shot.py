"""Examples shown to a language model before the text that is asked about."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from textwright.types import Example

Choose = Literal["random", "similar", "cover", "first"]


@dataclass(frozen=True, slots=True)
class FewShot:
    """A stock of annotated examples, and how many of them are shown and how they are chosen."""

    examples: tuple[Example, ...]
    count: int = 5
    choose: Choose = "cover"
    seed: int = 0

    def chosen(self, text: str) -> tuple[Example, ...]:
        """Choose the examples for a text; never one with the same text, which would give the answer away."""
        return tuple(each for each in self.examples if each.text != text)[: self.count]
