"""An example as a language model learns it: the very question that will be asked, and the answer as it should be."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from textwright.formats.records import write_records
from textwright.llm.calls import Form, Message
from textwright.llm.prompts.prompt import answer_text
from textwright.llm.prompts.template import TemplateTask
from textwright.types import Example

# Ends a completion where the template names no stop: the answer is JSON on one line.
END = "\n"


class Teaches(Protocol):
    """What makes a question of a text: a `Prompt`, or a test's stand-in."""

    @property
    def task(self) -> TemplateTask:
        """Return what the answer is: spans, categories, or something else."""

    @property
    def stop(self) -> tuple[str, ...]:
        """Return what ends an answer."""

    def messages(self, text: str) -> tuple[Message, ...]:
        """Return the conversation that asks about a text."""


@dataclass(frozen=True, slots=True)
class Lesson:
    """One conversation to learn from."""

    id: str
    question: tuple[Message, ...]
    answer: str

    @property
    def messages(self) -> tuple[Message, ...]:
        """Return the whole conversation."""
        return (*self.question, Message("assistant", self.answer))


def lessons(prompt: Teaches, examples: Iterable[Example]) -> list[Lesson]:
    """Make a lesson of each example."""
    return [
        Lesson(example.id, prompt.messages(example.text), answer_text(example, prompt.task)) for example in examples
    ]


def record_of(lesson: Lesson, form: Form, stop: str) -> dict[str, Any]:
    r"""Return a line of the training file.

    >>> lesson = Lesson("t-1", (Message("user", "Nurse ->"),), '{"spans": []}')
    >>> record_of(lesson, "completion", END)
    {'prompt': 'Nurse ->', 'completion': ' {"spans": []}\n'}
    """
    if form == "chat":
        return {"messages": [{"role": message.role, "content": message.content} for message in lesson.messages]}
    prompt = "".join(message.content for message in lesson.question)
    return {"prompt": prompt, "completion": f" {lesson.answer}{stop}"}


def stop_of(prompt: Teaches) -> str:
    """Return what ends the completions of a prompt."""
    return prompt.stop[0] if prompt.stop else END


def write(path: Path, taught: Sequence[Lesson], form: Form, stop: str) -> None:
    """Write the training file, one lesson a line."""
    write_records(path, (record_of(lesson, form, stop) for lesson in taught))
