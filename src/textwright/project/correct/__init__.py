"""The fourth step: texts are corrected, and a model learns from them in the background.

`progress` says how far the work is, `rounds` how well the model did, `forecast` what more texts would bring, `words`
puts it into sentences.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from textwright.lazy import fetch_names
from textwright.project.standing import Standing

if TYPE_CHECKING:
    from textwright.project.correct.progress import Progress, progress_of
    from textwright.project.workbench import Workbench

__all__ = ["Progress", "progress_of", "standing"]


def standing(bench: Workbench) -> Standing:
    """Say where the step stands."""
    from textwright.project.correct.commands import commands_of
    from textwright.project.correct.progress import goal_of

    goal = goal_of(bench)
    words = f"{goal.done} of {goal.aim}" if goal.done < goal.aim else f"{goal.done} texts"
    return Standing(goal.is_enough, words if goal.done else "", commands_of(bench))


fetch_names(__name__, {"progress": ("Progress", "progress_of")})
