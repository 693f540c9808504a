"""Advice in words: which method to ship, whether to label more, which texts next, which definitions are unclear.

Each part is a value with its numbers, its sentences (`in_words`) and its plain data (`to_data`).
"""

from __future__ import annotations

from textwright.experiment.advice.advising import Advice, Part, advise
from textwright.experiment.advice.budget import Budget
from textwright.experiment.advice.next_texts import NextText, next_texts

__all__ = ["Advice", "Budget", "NextText", "Part", "advise", "next_texts"]
