"""A schema, examples and templates that the tests of this folder share."""

from __future__ import annotations

from pathlib import Path

from textwright.llm.prompts.template import Template, open_template
from textwright.schema import Label, Rule, Schema, Task
from textwright.types import Annotation, Category, Example, Span

TRADES = Schema(
    "trades",
    labels=(
        Label("TRADE", "What somebody does for a living."),
        Label("RANK", "A word of rank.", parent="TRADE"),
        Label("TOWN", "A place where people live."),
    ),
    rules=(Rule("no_overlap", label="TOWN"),),
    guideline="Mark `Head Baker` whole.",
)
MOOD = Task("mood", (Label("good", "It pleases."), Label("bad", "It does not.")), meaning="How the guest felt.")
TOPIC = Task("topic", (Label("food"), Label("room"), Label("staff")), multiple=True)
STARS = Task("stars", (Label("one"), Label("two"), Label("three")))


def trade(name: str, text: str, *spans: tuple[str, str]) -> Example:
    """Make an example whose spans are the first places of some words."""
    found = tuple(Span(text.index(words), text.index(words) + len(words), label) for label, words in spans)
    return Example(name, text, Annotation(spans=found))


def review(name: str, text: str, *categories: tuple[str, str]) -> Example:
    """Make an example with categories."""
    return Example(name, text, Annotation(categories=tuple(Category(task, label) for task, label in categories)))


BAKER = trade("e-1", "Head Baker, Lewes", ("RANK", "Head"), ("TRADE", "Head Baker"), ("TOWN", "Lewes"))
COOPER = trade("e-2", "Cooper wanted", ("TRADE", "Cooper"))
SALE = trade("e-3", "Everything must go")
FARRIER = trade("e-4", "Farrier in Ripon", ("TRADE", "Farrier"), ("TOWN", "Ripon"))
STOCK = (BAKER, COOPER, SALE, FARRIER)


def written(folder: Path, source: str, *, name: str = "mine") -> Template:
    """Write a template into a folder and open it."""
    path = folder / f"{name}.md"
    path.write_text(source, encoding="utf-8")
    return open_template(str(path))


def spans_template(folder: Path, body: str, *, front: str = "", name: str = "mine") -> Template:
    """Write a template that asks for spans, with this body."""
    return written(folder, f'+++\ntask = "spans"\n{front}\n+++\n{body}', name=name)


PLAIN = "{% block system %}Mark.{% endblock %}{% block user %}{{ text }}{% endblock %}"
