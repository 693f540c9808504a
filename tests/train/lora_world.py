"""A tiny model and a tiny task that the tests of tuning share: texts with one word, or nothing, to find."""

from __future__ import annotations

from pathlib import Path

from tests.train.tiny_gguf import written
from textwright.llm.prompts.prompt import Prompt
from textwright.llm.prompts.template import open_template
from textwright.schema import schema_of
from textwright.train.lora_data import short_template
from textwright.types import Annotation, Example, Span

SCHEMA = schema_of(["ROLE"])
WORDS = ("nurse", "chef", "clerk", "cook", "guard", "smith")
TEXTS = [f"{opening} {word}" for opening in ("the", "one", "a new") for word in WORDS]


def example(text: str) -> Example:
    word = text.split()[-1]
    return Example(text, text, Annotation(spans=(Span(len(text) - len(word), len(text), "ROLE"),)))


def nothing(text: str) -> Example:
    return Example(text, text, Annotation(spans=()))


EXAMPLES = [example(text) for text in TEXTS]
EMPTY = [nothing(text) for text in TEXTS]


def prompt() -> Prompt:
    return Prompt(open_template(str(short_template("spans"))), SCHEMA)


def tiny_model(folder: Path) -> Path:
    # "35" becomes a piece that the rule "each digit alone" keeps from ever being used.
    pieces = [
        *TEXTS,
        *["35"] * 30,
        '{"spans":[{"label":"ROLE","text":"nurse"}]}',
        "system",
        "user",
        "assistant",
        "Mark the text.",
    ]
    return written(folder / "tiny.gguf", pieces * 3)
