"""The step as a page or a notebook draws it: plain data with all words in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from textwright.project.judge import words
from textwright.project.judge.asking import can_be_large, can_learn, key_of, methods_of, title_of
from textwright.project.judge.judged import Judged, Method, judged
from textwright.project.judge.looked import look
from textwright.project.judge.parts import ENOUGH, parts_of
from textwright.project.judge.running import LEARNS, Judging
from textwright.store.tasks import numbers_by_id

if TYPE_CHECKING:
    from textwright.project.workbench import Workbench

REPORT = "report.html"


def shown(bench: Workbench, work: Judging) -> dict[str, Any]:
    """Return all that the step shows.

    `wanted` says that judging would bring something; `stale` that what was found is of other texts, labels or rules,
    and `outdated` that what is being judged is.
    """
    project, parts, found = bench.project, parts_of(bench.desk), judged(bench.project)
    key = key_of(project, parts)
    stale = found is not None and found.key != key
    if found is not None:
        look(project, found, [each.id for each in parts.held_out])
    lacking = parts.lacking or ("" if methods_of(project) else LEARNS)
    return {
        "lacking": lacking,
        "annotated": len(parts),
        "enough": ENOUGH,
        "can_learn": can_learn(),
        "can_be_large": can_be_large(),
        "learns": LEARNS,
        "large": project.state.large,
        "wanted": not lacking and (found is None or stale or not found.whole),
        "stale": stale,
        "outdated": work.running and work.key != key,
        "alike": words.alike_of(parts),
        "schema": {key: value for key, value in project.schema.to_data().items() if key != "guideline"},
        "found": None if found is None else found_data(found, _numbers(bench, found)),
        "report": (project.folder / REPORT).is_file(),
        **progress(work),
    }


def progress(work: Judging) -> dict[str, Any]:
    """Return how far judging is, what went wrong with it, and how often it found something."""
    now = work.progress
    return {"running": None if now is None else asdict(now), "fault": work.fault, "news": work.news}


def found_data(found: Judged, numbers: Mapping[str, int]) -> dict[str, Any]:
    """Return what judging found, said and drawn; `numbers` are those of the texts at the desk, by their ids."""
    return {
        "finished": found.finished,
        "failed": len(found.failed),
        "headline": words.headline_of(found),
        "marks": words.marks_of(found),
        "meaning": words.meaning_of(found),
        "answers": words.answers_of(found),
        "labels": len(found.labels),
        "questions": len(found.questions),
        "comparisons": [*words.comparisons(found), words.winner_of(found.methods)],
        "forecast": words.forecast_words(found),
        "spoils": words.spoils(found),
        "texts": found.texts,
        "learned": found.learned,
        "methods": [{**method_data(each), "note": words.note_of(each.name, found)} for each in found.methods],
        "titles": {name: title_of(name) for name in _named(found)},
        "mistakes": [{**each, "number": numbers.get(str(each["id"]))} for each in found.mistakes],
    }


def _numbers(bench: Workbench, found: Judged) -> Mapping[str, int]:
    """Find the texts with mistakes at the desk, so that they can be opened there."""
    return numbers_by_id(bench.desk.database, bench.desk.project, [str(each["id"]) for each in found.mistakes])


def _named(found: Judged) -> list[str]:
    return [*(each.name for each in found.methods), *found.partial, *found.failed]


def method_data(method: Method) -> dict[str, Any]:
    """Return a method with its scores."""
    scores = [{"name": name, **asdict(score)} for name, score in method.scores.items()]
    return {
        "name": method.name,
        "title": method.title,
        "right": method.right,
        "low": method.low,
        "high": method.high,
        "count": round(method.right * method.texts),
        "scores": scores,
    }
