"""Annotated texts as lessons for a language model: the tokens of the question and those of the answer."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from textwright.errors import DataError
from textwright.llm.prompts.prompt import Prompt, answer_text
from textwright.types import Example

# Batches of similar length are sought among so many batches at a time.
AHEAD = 16


class Cutter(Protocol):
    """What cuts conversations and answers into tokens: a `Loaded` base, or a test's stand-in."""

    def asked(self, messages: Sequence[dict[str, str]]) -> list[int]:
        """Cut a conversation up to where the answer begins."""

    def answered(self, answer: str) -> list[int]:
        """Cut an answer, with the token that ends it."""


@dataclass(frozen=True, slots=True)
class Lesson:
    """A question and its answer in tokens; only the answer's are learned."""

    asked: tuple[int, ...]
    answered: tuple[int, ...]

    def __len__(self) -> int:
        """Return the number of tokens."""
        return len(self.asked) + len(self.answered)


def lessons(
    examples: Iterable[Example],
    prompt: Prompt,
    cutter: Cutter,
    *,
    longest: int,
    tell: Callable[[str], None],
    what: str = "train",
) -> list[Lesson]:
    """Make the lessons of the examples that have gold for the prompt's task and are not too long.

    Raise `DataError` when none is left.
    """
    annotated = [example for example in examples if has_gold(example, prompt.task)]
    if not annotated:
        raise DataError(f"the {what} set has no text annotated with {prompt.task}; there is nothing to learn from")
    made = [lesson(example, prompt, cutter) for example in annotated]
    fitting = [each for each in made if len(each) <= longest]
    if len(fitting) < len(made):
        tell(f"{len(made) - len(fitting)} of {len(made)} {what} texts are left out: longer than {longest} tokens")
    if not fitting:
        raise DataError(f"every text of the {what} set is longer than {longest} tokens with its question and answer")
    return fitting


def short_template(task: str) -> Path:
    """Return the file of the question that is asked when no template is named."""
    return Path(__file__).parent / f"lora_{task}.md"


def has_gold(example: Example, task: str) -> bool:
    """Say whether an example shows how to answer."""
    if task == "answer":
        return "answer" in example.extra
    return (example.gold.spans if task == "spans" else example.gold.categories) is not None


def lesson(example: Example, prompt: Prompt, cutter: Cutter) -> Lesson:
    """Make the lesson of one example: the very question that will be asked, and the answer without spaces."""
    messages = [{"role": each.role, "content": each.content} for each in prompt.messages(example.text)]
    return Lesson(tuple(cutter.asked(messages)), tuple(cutter.answered(compact(answer_text(example, prompt.task)))))


def compact(answer: str) -> str:
    """Write JSON without spaces between its parts: fewer tokens to learn and to wait for.

    >>> compact('{"spans": [{"label": "ROLE", "text": "Chef de rang"}]}')
    '{"spans":[{"label":"ROLE","text":"Chef de rang"}]}'
    """
    return json.dumps(json.loads(answer), separators=(",", ":"), ensure_ascii=False)


def batches(cases: Sequence[Lesson], size: int, random_: random.Random) -> list[list[Lesson]]:
    """Part lessons into batches of similar length, in an order that chance decides."""
    order = list(cases)
    random_.shuffle(order)
    found = []
    for begin in range(0, len(order), size * AHEAD):
        near = sorted(order[begin : begin + size * AHEAD], key=len)
        found += [near[i : i + size] for i in range(0, len(near), size)]
    random_.shuffle(found)
    return found
