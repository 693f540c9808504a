"""Annotations that differ, side by side, and what reviewers decide: gold, with reasons that become guideline notes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from textwright.errors import DataError, TextwrightError
from textwright.schema import Schema
from textwright.store import decisions
from textwright.store.database import Database
from textwright.store.decisions import Conflict, Decision, KeptDecision, Side
from textwright.store.projects import Project
from textwright.store.state import State, layers, state_data, state_of
from textwright.store.tables import KEY_SIZE, LARGEST
from textwright.store.tasks import texts_by_numbers
from textwright.store.texts import StoredText
from textwright.types import Annotation

LONGEST_REASON = 10_000


class ConflictError(TextwrightError):
    """Somebody decided on the text meanwhile; `decision` is the one in force."""

    def __init__(self, decision: KeptDecision | None) -> None:
        """Say who decided and when."""
        known = f"{decision.by} decided at {decision.at}" if decision else "there is no decision yet"
        super().__init__(f"the text was decided elsewhere: {known}")
        self.decision = decision


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision that is kept: its number and time."""

    id: int
    at: str


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A text with what each annotator handed in, and the decision in force."""

    text: StoredText
    sides: Sequence[Side]
    decision: KeptDecision | None


@dataclass(frozen=True, slots=True)
class Disagreements:
    """Texts that differ; `more` says that there are others behind them, `left` counts those without a decision."""

    texts: Sequence[Disagreement]
    more: bool
    left: int


@dataclass(frozen=True, slots=True)
class Note:
    """The reason of a decision, with the labels that the annotators did not agree on."""

    number: int
    text: str
    reason: str
    by: str
    at: str
    labels: Sequence[str]


def disagreements(
    database: Database, project: Project, *, people: int, after: int, limit: int, decided: bool
) -> Disagreements:
    """List texts that enough annotators handed in and that differ: those decided on, or the others."""
    found = decisions.differing_texts(database, project, people=people, decided=decided, after=after, limit=limit + 1)
    numbers = [text.number for text in found[:limit]]
    sides, known = decisions.sides_of(database, numbers), decisions.decisions_of(database, numbers)
    texts = [Disagreement(text, sides[text.number], known.get(text.number)) for text in found[:limit]]
    return Disagreements(texts, len(found) > limit, decisions.count_differing(database, project, people=people))


def decide(database: Database, project: Project, by: str, decision: Decision) -> Decided:
    """Keep a decision. Raise `DataError` when it does not fit, `ConflictError` when somebody was quicker."""
    if not 0 < len(decision.key) <= KEY_SIZE or not decision.key.isprintable():
        raise DataError(f"the key of a decision has 1 to {KEY_SIZE} printable characters")
    if len(decision.reason) > LONGEST_REASON or not 0 <= decision.base <= LARGEST:
        raise DataError(f"a reason has at most {LONGEST_REASON:,} characters, and the base is a decision's number or 0")
    kept = decisions.keep_decision(database, by, _checked(database, project, decision))
    if isinstance(kept, Conflict):
        raise ConflictError(kept.latest)
    return Decided(kept.id, kept.at)


def _checked(database: Database, project: Project, decision: Decision) -> Decision:
    """Check that the text is there, the annotation possible and the side one that was handed in."""
    number = decision.text
    text = texts_by_numbers(database, project, [number]).get(number) if 0 < number <= LARGEST else None
    if text is None:
        raise DataError(f"the project has no text {number}")
    names = [side.annotator for side in decisions.sides_of(database, [number]).get(number, ())]
    if decision.took is not None and decision.took not in names:
        raise DataError(f"text {number}: {decision.took!r} has handed in nothing. Those who have: {', '.join(names)}")
    said = State(decision.annotation.spans or (), decision.annotation.categories or (), note=decision.reason)
    whole = state_of(state_data(said), text.text, project.schema)
    kept = layers(Annotation(whole.spans, whole.categories), project.schema)
    return Decision(decision.key, number, decision.base, decision.took, kept, whole.note)


def notes(database: Database, project: Project) -> list[Note]:
    """List the reasons of the decisions in force, the newest first."""
    found = decisions.reasoned_decisions(database, project)
    numbers = {each.text for each in found}
    texts, sides = texts_by_numbers(database, project, numbers), decisions.sides_of(database, numbers)
    return [
        Note(
            each.text, texts[each.text].text, each.reason, each.by, each.at, differing_labels(sides.get(each.text, ()))
        )
        for each in found
    ]


def differing_labels(sides: Sequence[Side]) -> list[str]:
    """List the labels of spans and categories that some sides have and others do not, sorted."""
    said = [_said(side.annotation) for side in sides]
    disputed = set().union(*said) - set(said[0]).intersection(*said[1:]) if said else set()
    return sorted({str(each[-1]) for each in disputed})


def _said(annotation: Annotation) -> set[tuple[object, ...]]:
    spans = ((span.start, span.end, span.label) for span in annotation.spans or ())
    return {*spans, *((each.task, each.label) for each in annotation.categories or ())}


def notes_markdown(found: Sequence[Note], schema: Schema) -> str:
    """Write notes as Markdown, by label, ready to go into a guideline."""
    labels = [*schema.spans, *(label.name for task in schema.tasks for label in task.labels)]
    by_label: Mapping[str, list[Note]] = {label: [note for note in found if label in note.labels] for label in labels}
    other = [note for note in found if not set(note.labels) & set(labels)]
    sections = [*((label, notes) for label, notes in by_label.items() if notes), *([("Other", other)] if other else [])]
    lines = chain.from_iterable(_section(title, notes) for title, notes in sections)
    return "# Notes from adjudication\n" + "".join(lines)


def _section(title: str, notes: Sequence[Note]) -> list[str]:
    return [f"\n## {title}\n\n", *(f"- {_code(note.text)}: {_plain(note.reason)} ({note.by})\n" for note in notes)]


def _code(text: str) -> str:
    """Quote a text as code, whatever stands in it."""
    line = " ".join(text.split())
    ticks = "`" * (max(map(len, "".join(c if c == "`" else " " for c in line).split()), default=0) + 1)
    return f"{ticks} {line} {ticks}" if "`" in line else f"`{line}`"


def _plain(reason: str) -> str:
    """Fold a reason into one line that Markdown shows as it is, without tags."""
    return " ".join(reason.split()).replace("&", "&amp;").replace("<", "&lt;")
