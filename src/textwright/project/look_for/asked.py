"""Labels that a language model proposes; each is kept only where its words stand in one of the texts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from textwright.annotate.settings import chance
from textwright.errors import CallError, TextwrightError
from textwright.llm.asking import Settings, ask
from textwright.llm.calls import Completer, Message
from textwright.llm.opening import Connection, open_model_at
from textwright.project.files import Project
from textwright.project.look_for.changes import tidy_name
from textwright.project.look_for.shapes import Proposal
from textwright.project.look_for.shown import find_place, open_texts
from textwright.project.suggest.language_model import asked_of, at_hand

# So many texts are shown, none longer than this: what small models bear.
SHOWN, LONGEST, MOST_LABELS = 20, 200, 6
MOST_TOKENS = 400
SYSTEM = (
    "You help somebody to decide which parts of short texts a program should find. "
    "You name kinds of parts that occur in many of the texts."
)
USER = """These are some of the texts, one a line:

{texts}

Propose up to {most} labels for kinds of parts that stand in these texts. For each give a name of one word in capitals,
its meaning in one short sentence, and words copied from one of the texts above that it would mark."""


@dataclass(frozen=True, slots=True)
class Question:
    """The question for labels, asked of a model like any other."""

    @property
    def answer(self) -> Mapping[str, Any]:
        """Return the JSON Schema of the answer."""
        text = {"type": "string"}
        keys = {"name": text, "meaning": text, "words": text}
        label = {"type": "object", "properties": keys, "required": list(keys), "additionalProperties": False}
        labels = {"type": "array", "items": label, "minItems": 1, "maxItems": MOST_LABELS}
        return {
            "type": "object",
            "properties": {"labels": labels},
            "required": ["labels"],
            "additionalProperties": False,
        }

    def messages(self, text: str) -> tuple[Message, ...]:
        """Return the conversation that asks about texts, a line each."""
        return Message("system", SYSTEM), Message("user", USER.format(texts=text, most=MOST_LABELS))

    def problems(self, value: Any) -> list[str]:
        """Find nothing wrong: what stands in no text is left out afterwards."""
        del value
        return []


def connection_of(project: Project) -> Connection | None:
    """Return the model at the address of the project's prompt, else at that of the shell; None where there is none.

    The small model of this machine is left out: it names single things, not kinds of them.
    """
    asked = asked_of(project)
    address = (asked.address if asked else "") or at_hand().address
    if not address:
        return None
    return Connection(model=(asked.model if asked else "") or None, base_url=address)


def asked_proposals(project: Project, connection: Connection) -> list[Proposal]:
    """Ask a model for labels. Raise `TextwrightError` when it cannot be reached or has no answer."""
    texts = open_texts(project)
    opened = open_model_at(connection)
    try:
        settings = Settings(opened.address, opened.model, max_tokens=MOST_TOKENS)
        return proposed_by(opened.completer, settings, texts, seed=project.state.seed)
    finally:
        opened.close()


def proposed_by(completer: Completer, settings: Settings, texts: Sequence[str], *, seed: int = 0) -> list[Proposal]:
    """Ask about a few texts, the same ones each time, and keep the labels whose words stand in a text."""
    chosen = sorted(dict.fromkeys(texts), key=lambda text: chance("asked", seed, text))[:SHOWN]
    shown = "\n".join(" ".join(text.split())[:LONGEST] for text in chosen)
    reply = ask(Question(), shown, completer, settings)
    if reply.problem is not None:
        raise CallError(reply.problem.kind, f"the language model has no answer: {reply.problem.reason}")
    found = {each.name.casefold(): each for each in _grounded(reply.value["labels"], texts)}
    return list(found.values())


def _grounded(labels: Sequence[Mapping[str, str]], texts: Sequence[str]) -> Iterator[Proposal]:
    for label in labels:
        place = find_place(texts, label["words"])
        try:
            name = "_".join(tidy_name("label", label["name"]).upper().split())
        except TextwrightError:
            continue
        if place is not None:
            meaning = " ".join(label["meaning"].split())
            yield Proposal(name, meaning, "The language model", 0, (place,))
