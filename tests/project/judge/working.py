"""Projects with annotated texts, a quarter of them set aside."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from textwright.dataset import Dataset
from textwright.project import open_project
from textwright.project.files import Project
from textwright.project.suggest.folder import save_rules
from textwright.project.suggest.forms import PageRule
from textwright.project.workbench import Workbench
from textwright.store.held_out import HELD_OUT
from textwright.types import Annotation, Category, Example, Span

SCHEMA = '[labels.TOWN]\nmeaning = "A town."\n[labels.DAY]\nmeaning = "A day."\n'
TOWNS = ("Leeds", "York", "Hull", "Bath", "Ely", "Ryde", "Deal", "Wells")
DAYS = ("Monday", "Tuesday", "Friday", "Sunday")
WHAT = ("Market in {} on {}", "{} fair, every {}", "Open day: {}, {}", "{} {} parade", "No trains to {} on {}")
# What the rules of these projects know: every other town of the texts that are set aside.
KNOWN = TOWNS[:4]


def annotated(number: int, *, held_out: bool) -> Example:
    """Make an annotated text; each number makes another."""
    town, day = TOWNS[number % len(TOWNS)], DAYS[number // 3 % len(DAYS)]
    text = f"{WHAT[number % len(WHAT)].format(town, day)} no {number}"
    spans = tuple(Span(text.index(word), text.index(word) + len(word), label) for word, label in _marks(town, day))
    meta = {HELD_OUT: True} if held_out else {}
    return Example(f"t-{number:03}", text, Annotation(tuple(sorted(spans, key=lambda span: span.start))), meta, "me")


def _marks(town: str, day: str) -> Sequence[tuple[str, str]]:
    return ((town, "TOWN"), (day, "DAY"))


def examples(count: int) -> list[Example]:
    """Make so many annotated texts, every fourth set aside."""
    return [annotated(number, held_out=number % 4 == 3) for number in range(count)]


def with_tone(example: Example, tone: str) -> Example:
    """Answer a question about a text."""
    gold = Annotation(example.gold.spans, (Category("tone", tone),))
    return Example(example.id, example.text, gold, example.meta, example.annotator)


def project_in(
    folder: Path,
    count: int = 32,
    *,
    rules: bool = True,
    schema: str = SCHEMA,
    change: Callable[[Example], Example] = lambda each: each,
) -> Project:
    """Make a project with so many annotated texts, and rules that know half of the towns and all days."""
    project = open_project(folder / "towns.textwright")
    project.schema_file.write_text(schema, encoding="utf-8")
    if rules:
        save_rules(project, [PageRule("TOWN", "words", ", ".join(KNOWN)), PageRule("DAY", "words", ", ".join(DAYS))])
    Dataset(map(change, examples(count))).write(project.texts_file)
    Workbench(project, say=lambda _: None).close()
    return project
