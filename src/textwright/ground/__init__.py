"""Answers of language models found in the text: all mentions of an answer together, no offset invented."""

from textwright.ground.grounding import ground, locate
from textwright.ground.mentions import Grounding, Mention, Place, Repair

__all__ = ["Grounding", "Mention", "Place", "Repair", "ground", "locate"]
