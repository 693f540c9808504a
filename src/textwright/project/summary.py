"""A project in one line: what is in it so far."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from textwright.errors import TextwrightError
from textwright.project.extra import start_extra
from textwright.project.files import Project
from textwright.wrangle.counted import counted


def summary_of(project: Project) -> str:
    """Say what is in a project; of what cannot be read, why. It changes nothing and raises nothing."""
    parts = (_texts, _looked_for, _corrected, _judged, _shipped)
    said = dict.fromkeys(_words(part, project) for part in parts)
    return "; ".join(filter(None, said)) or "no texts yet"


def _words(part: Callable[[Project], str], project: Project) -> str:
    """Ask for the words of a step; what cannot be read of one hinders no other."""
    try:
        with start_extra():
            return part(project)
    except (TextwrightError, OSError) as error:
        return str(error)


def _texts(project: Project) -> str:
    from textwright.store.held_out import is_held_out

    texts = project.texts
    return f"{counted(len(texts), 'text')}, {sum(map(is_held_out, texts)):,} for the test" if len(texts) else ""


def _looked_for(project: Project) -> str:
    names = list(_names(project))
    return f"looks for {', '.join(names)}" if names else ""


def _names(project: Project) -> Iterator[str]:
    schema = project.schema
    yield from schema.spans
    yield from (task.name for task in schema.tasks)


def _corrected(project: Project) -> str:
    texts = project.annotated
    return f"{len(texts):,} corrected" if len(texts) else ""


def _judged(project: Project) -> str:
    from textwright.project.judge.judged import judged
    from textwright.project.judge.words import in_sentence, short_of

    found = judged(project)
    best = None if found is None else found.best
    return "" if best is None else f"best: {in_sentence(best.title)}, {short_of(best)} texts of the test"


def _shipped(project: Project) -> str:
    from textwright.project.judge.asking import title_of
    from textwright.project.judge.words import in_sentence
    from textwright.project.ship.shipping import shipped

    note = shipped(project)
    return "" if note is None else f"shipped: {in_sentence(title_of(note.method))}"
