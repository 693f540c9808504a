"""What may be shipped: the methods that were judged, the best first, or what there is before anybody judged."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from textwright.errors import DataError
from textwright.project.files import Project
from textwright.project.judge.judged import Judged, Method, judged
from textwright.project.judge.words import answers_in, counts_in, winner_of

CONFIG = "config.json"
# What cannot be put into a folder, by how its reference begins.
NOT_A_FOLDER = {
    "prompt:": "it asks a language model for each text, so that there is no model of your own to take with you",
    "cascade:": "it is several models that ask each other, which no folder holds",
    "run:": "it runs in Python alone",
    "python:": "it runs in Python alone",
    "http://": "it lies on a server",
    "https://": "it lies on a server",
}


@dataclass(frozen=True, slots=True)
class Score:
    """The share of texts that are right, from 0 to 1, with its 95 % interval, among so many held-out texts.

    `counts` says what must be right in a text. `apart` are sentences on what the share does not say: questions that
    are counted by themselves, luck in the choice. `seen` counts the texts that were shown as mistakes to whoever wrote
    the method, before it was changed.
    """

    right: float
    low: float
    high: float
    texts: int
    counts: str = "every mark"
    apart: tuple[str, ...] = ()
    seen: int = 0


@dataclass(frozen=True, slots=True)
class Choice:
    """A method that may be shipped. `reference` is what `open_reference` takes; `ms` is the time of a text.

    `score` is None before it was judged. `why_not` says why it cannot be shipped.
    """

    method: str
    title: str
    reference: str
    score: Score | None = None
    size_bytes: int | None = None
    ms: float | None = None
    why_not: str | None = None


def choices(project: Project) -> tuple[Choice, ...]:
    """Return what may be shipped, the best first. Raise `DataError` when what was judged cannot be read."""
    return judged_choices(project) or tuple(unjudged_choices(project))


def chosen(found: Sequence[Choice], method: str | None = None) -> Choice:
    """Return the method of this name, or without a name the best that can be shipped. Raise `DataError`."""
    can = [each for each in found if each.why_not is None]
    if method is None:
        if can:
            return can[0]
        raise DataError(_nothing(found))
    named = next((each for each in found if each.method == method), None)
    if named is None:
        raise DataError(f"there is no method {method!r}. Methods: {', '.join(each.method for each in found) or 'none'}")
    if named.why_not is not None:
        others = f" These can: {', '.join(each.method for each in can)}" if can else ""
        raise DataError(f"{method} cannot be shipped: {named.why_not}.{others}")
    return named


def _nothing(found: Sequence[Choice]) -> str:
    if found:
        return f"no method can be shipped: {'; '.join(f'{each.method}: {each.why_not}' for each in found)}"
    return "there is nothing to ship yet. Correct some texts, so that a model learns, then judge it"


def why_not(reference: str) -> str | None:
    """Say why a model cannot be put into a folder; None: it can."""
    return next((why for begin, why in NOT_A_FOLDER.items() if reference.lower().startswith(begin)), None)


# --- what was judged --------------------------------------------------------------------------


def judged_choices(project: Project) -> tuple[Choice, ...]:
    """Return the judged methods, the best first; none before anybody judged."""
    found = judged(project)
    return () if found is None else tuple(_judged_choice(each, found) for each in found.methods)


def _judged_choice(method: Method, found: Judged) -> Choice:
    seen, apart = found.seen.get(method.name, 0), (*answers_in(method, found), *_of_winner(method, found))
    score = Score(method.right, method.low, method.high, method.texts, counts_in(found), apart, seen)
    why = None if method.shippable else why_not(method.reference) or "its model is no folder"
    return Choice(method.name, method.title, method.reference, score, method.size_bytes, method.ms, why)


def _of_winner(method: Method, found: Judged) -> Iterator[str]:
    """Say of the method that is offered first what being the best of several does to its score."""
    if method == found.best_shippable and (said := winner_of(found.methods)):
        yield said


# --- what there is before -----------------------------------------------------------------------


def unjudged_choices(project: Project) -> list[Choice]:
    """Return what there is without figures: what was trained in the background last, then the project's own rules."""
    trained = _last_trained(project.models)
    found = [] if trained is None else [Choice("network", "The network", f"{trained}/")]
    if (project.rules / CONFIG).is_file():
        found.append(Choice("rules", "Your rules", f"{project.rules}/"))
    return found


def _last_trained(models: Path) -> Path | None:
    """Return the folder of the last model that was trained in the background."""
    rounds = sorted(models.glob("project-*/round-*"), key=lambda each: each.name)
    whole = [
        each / "model" for each in rounds if (each / "result.json").is_file() and (each / "model" / CONFIG).is_file()
    ]
    return whole[-1] if whole else None
