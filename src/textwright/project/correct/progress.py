"""How far the step is: the goal, the models so far, and what more texts would bring."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from textwright.annotate.learning import counted
from textwright.project.correct import words
from textwright.project.correct.forecast import Forecast, forecast_of
from textwright.project.correct.goal import Goal, goal_from
from textwright.project.correct.rounds import Trained, trained_of
from textwright.project.workbench import ME, Workbench
from textwright.store.counts import count_handed
from textwright.store.rounds import rounds_of


@dataclass(frozen=True, slots=True)
class Progress:
    """The step as it stands. `every` so many texts a model is trained; None: torch is missing.

    `handed_in` texts were there when the latest was trained. `suggests` names what suggests now.
    """

    goal: Goal
    trained: tuple[Trained, ...]
    handed_in: int
    every: int | None
    running: bool
    suggests: str | None
    forecast: Forecast | str | None

    def to_data(self) -> dict[str, Any]:
        """Return plain data for JSON, the sentences with it."""
        latest = self.trained[-1] if self.trained else None
        return {
            "done": self.goal.done,
            "tests": self.goal.tests,
            "aim": self.goal.aim,
            "enough": self.goal.enough,
            "goal": words.goal_words(self.goal),
            "running": self.running,
            "counts": "" if latest is None else counted(latest.measure),
            "rounds": [_round_data(each) for each in self.trained],
            "model": words.model_words(latest) if self.every else words.MISSING,
            "suggests": words.suggests_words(self.suggests, latest),
            "forecast": words.forecast_words(self.forecast),
            "next": self._next(),
            "missing": None if self.every else "pip install 'textwright[train]'",
        }

    def _next(self) -> str:
        if self.every is None:
            return ""
        return words.next_words(self.goal, handed_in=self.handed_in, every=self.every, running=self.running)


def _round_data(each: Trained) -> dict[str, Any]:
    return {"learned": each.learned, "right": round(each.right), "tests": each.tests, "whole": each.whole}


def goal_of(bench: Workbench) -> Goal:
    """Return how far the correcting is."""
    return goal_from(count_handed(bench.database, bench.desk.project))


def progress_of(bench: Workbench) -> Progress:
    """Return where the step stands."""
    goal, desk = goal_of(bench), bench.desk
    rounds = rounds_of(bench.database, desk.project)
    trained = tuple(trained_of(rounds))
    seen = desk.progress(ME, everybody=False)
    return Progress(
        goal=goal,
        trained=trained,
        handed_in=int(rounds[-1].facts["handed_in"]) if rounds else 0,
        every=desk.settings.retrain,
        running=seen["training"]["running"],
        suggests=desk.suggests,
        forecast=forecast_of(trained, goal, seen["mine"]["seconds_per_text"]),
    )
