"""What a model is worth on a test set, and what it takes to answer: in Python, in Node, in Chromium.

Names are loaded when they are first used: the process whose memory is measured holds nothing that its model needs not.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from textwright.lazy import fetch_names

if TYPE_CHECKING:
    from textwright.experiment.measure.cost import Cost, per_thousand
    from textwright.experiment.measure.judging import Judged, judge

__all__ = ["Cost", "Judged", "judge", "per_thousand"]

fetch_names(__name__, {"cost": ("Cost", "per_thousand"), "judging": ("Judged", "judge")})
