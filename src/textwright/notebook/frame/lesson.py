"""The list of lessons, and how one gets a copy of one's own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from textwright.errors import DataError

FOLDER = Path(__file__).parents[1] / "lessons"


@dataclass(frozen=True, slots=True)
class Lesson:
    """A notebook that ships with the package. `seconds` is about how long its cells take on two cores."""

    name: str
    summary: str
    seconds: int

    @property
    def path(self) -> Path:
        """Return where the package keeps it."""
        return FOLDER / f"{self.name}.py"


LESSONS = (
    Lesson("wrangling", "What is a text? From an advert's HTML to words, a tree and tables of numbers.", 25),
    Lesson("annotate", "Mark spans inside the notebook, get them back as data, and ask how far two people agree.", 5),
    Lesson("rules", "From one split at a comma to a dictionary and patterns, scored after each step.", 10),
    Lesson("prompts", "Ask a language model for spans and categories, and find its answers in the text.", 10),
    Lesson("network", "A small network from scratch: from letters to spans, and what it gets wrong.", 20),
    Lesson("transformer", "Tune a small transformer, put it into few bits, and run it in a page.", 35),
    Lesson("comparison", "Every method on the same texts: exact match with intervals, speed, size and cost.", 30),
    Lesson("how_much_data", "Is it worth labelling more texts, and which ones?", 30),
    Lesson("your_own_domain", "Not jobs: lines of recipes, from the first label to a form that fills itself.", 25),
)


def installed_lessons() -> tuple[Lesson, ...]:
    """Return the lessons in the order in which they tell the story."""
    return tuple(lesson for lesson in LESSONS if lesson.path.is_file())


def find_lesson(name: str) -> Lesson:
    """Return the lesson called `name`. Raise `DataError` with the names that there are."""
    wanted = name.removesuffix(".py").replace("-", "_")
    for lesson in installed_lessons():
        if lesson.name == wanted:
            return lesson
    raise DataError(
        f"no lesson is called {name!r}. Lessons: {', '.join(lesson.name for lesson in installed_lessons())}"
    )


def is_changed(lesson: Lesson, copy: Path) -> bool:
    """Say whether a copy holds something else than the lesson does."""
    return copy.read_bytes() != lesson.path.read_bytes()


def copy_lesson(lesson: Lesson, folder: Path) -> Path:
    """Write the lesson into a folder, which may be new; a copy that stands there stays as it is."""
    folder.mkdir(parents=True, exist_ok=True)
    copy = folder / lesson.path.name
    if not copy.exists():
        copy.write_bytes(lesson.path.read_bytes())
    return copy


def put_aside(copy: Path) -> Path:
    """Rename a copy, so that nothing which somebody wrote is lost, and return its new place."""
    aside = next(path for path in _names_aside(copy) if not path.exists())
    return copy.rename(aside)


def _names_aside(copy: Path) -> Iterator[Path]:
    return (copy.with_name(f"{copy.stem}_{number}.py") for number in count(1))
