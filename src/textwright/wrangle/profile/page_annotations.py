"""What annotations are like, on the page of a profile: labels, nesting, tasks, annotators, what looks like a slip."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textwright.wrangle.profile.markup import (
    bars,
    element,
    escaped,
    folded,
    histogram,
    number,
    quoted,
    sightings,
    table,
)
from textwright.wrangle.profile.values import Annotations, Pairing, Suspicion, TaskUse
from textwright.wrangle.profile.wording import counted, share

if TYPE_CHECKING:
    from textwright.wrangle.profile.result import Profile

MATRIX = 20


def annotations_drawn(profile: Profile) -> str:
    """Draw how many texts are annotated, and with what."""
    found = profile.annotations
    if found is None:
        return ""
    layers = (("spans", found.with_spans), ("categories", found.with_categories))
    how = ", ".join(f"{counted(texts, 'text')} annotated with {layer}" for layer, texts in layers if texts)
    said = f"{how}; in {found.empty:,} nothing is there." if found.empty else f"{how}."
    parts = (
        element("p", said),
        _labels(found),
        _nesting(found),
        *(_task(task) for task in found.tasks),
        _annotators(found),
    )
    return "".join(parts)


def _labels(found: Annotations) -> str:
    if not found.labels:
        return ""
    rows = (
        (
            escaped(each.name),
            number(each.spans),
            number(each.texts),
            share(each.texts, found.with_spans),
            f"{each.shortest}, {each.median}, {each.longest}",
            ", ".join(f"{quoted(text)} {element('small', number(count))}" for text, count in each.often),
        )
        for each in found.labels
    )
    head = ("label", "spans", "texts", "share", "words: least, median, most", "most often")
    figure = element("figure", element("figcaption", "Spans a text"), histogram(found.per_text, "spans"))
    return table(head, rows, title="Labels", worded=True) + element("div", figure, class_="tw-figures")


def _nesting(found: Annotations) -> str:
    kinds = (
        ("Inside another", "The label of a column inside that of a row.", found.nested),
        ("On the same words", "", found.same),
        ("Crossing", "Neither holds the other.", found.crossing),
    )
    return "".join(
        element("h3", title) + (element("p", said) if said else "") + _matrix(pairs, title=title)
        for title, said, pairs in kinds
        if pairs
    )


def _matrix(pairs: Sequence[Pairing], *, title: str) -> str:
    """Draw pairs of labels as a table, darker where more."""
    counts = {(pair.outer, pair.inner): pair.count for pair in pairs}
    outer = list(dict.fromkeys(pair.outer for pair in pairs))[:MATRIX]
    inner = list(dict.fromkeys(pair.inner for pair in pairs))[:MATRIX]
    most = max(counts.values())
    rows = ([escaped(row), *(_cell(counts.get((row, column), 0), most) for column in inner)] for row in outer)
    return table(("label", *inner), rows, title=title)


def _cell(count: int, most: int) -> str:
    return element("span", number(count), class_="tw-heat", style=f"--w:{70 * count / most:.0f}%") if count else "·"


def _task(task: TaskUse) -> str:
    said = f"{counted(task.texts, 'text')}; {task.several:,} with several labels."
    drawn = element("h3", escaped(task.name)) + element("p", said)
    drawn += bars(task.labels, of=task.texts, title=f"Labels of {task.name}")
    if task.together:
        drawn += folded("Which labels stand on the same text", _matrix(task.together, title="Labels together"))
    return drawn


def _annotators(found: Annotations) -> str:
    if not found.annotators:
        return ""
    said = f"{counted(found.by_several, 'text')} annotated by several people."
    return (
        element("h3", "Annotators") + element("p", said) + bars(found.annotators, of=0, title="Texts of each annotator")
    )


def suspicions_drawn(profile: Profile) -> str:
    """Draw what looks like a slip, with the texts where it stands."""
    found = profile.annotations
    if found is None:
        return ""
    if not found.suspicions:
        return element("p", "None of the slips that were looked for.")
    return "".join(map(_suspicion, found.suspicions))


def _suspicion(each: Suspicion) -> str:
    head = element("h3", escaped(each.title), " ", element("small", number(each.count)))
    return element("article", head, element("p", escaped(each.advice)), sightings(each.sightings))
