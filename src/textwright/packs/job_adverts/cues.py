"""The cheap baseline: an advert that speaks of a client or calls itself an agency is an agency's."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from textwright.predictor import InOneLine, refuse_one_text
from textwright.schema import Schema
from textwright.types import Annotation, Category

CUES = re.compile(
    r"\b(?:our|my|the) client\b|\bclient is (?:looking|seeking)|\bon behalf of (?:our|my|a)\b|\bclient of ours\b"
    r"|\bemployment (?:agency|business)\b|\brecruitment (?:agency|consultancy|specialists?)\b"
    r"|\b(?:working|partnering|partnered|collaborating) (?:exclusively )?with an? |\binside ir35\b|\boutside ir35\b",
    re.IGNORECASE,
)
REFUSING = re.compile(r"\bno (?:recruit\w+|agenc\w+)|\bnot accept\b|\bstrictly no\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True, repr=False)
class CuesPredictor(InOneLine):
    """Look for a handful of phrases that agencies use."""

    schema: Schema

    @property
    def size_bytes(self) -> int:
        """Return the bytes of this file: it holds the phrases, and nothing else is loaded."""
        return Path(__file__).stat().st_size

    def predict(self, texts: Sequence[str]) -> list[Annotation]:
        """Annotate each text."""
        refuse_one_text(texts)
        return [Annotation(categories=(Category("advertiser", self._label(text)),)) for text in texts]

    def _label(self, text: str) -> str:
        return "agency" if CUES.search(text) and not REFUSING.search(text) else "direct"
