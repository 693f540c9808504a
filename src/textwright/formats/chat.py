"""Chat messages a line, as OpenAI's fine-tuning takes them: system, user (the text), assistant (the answer).

Read, the last user message is the text and the assistant message after it the answer; mentions that
do not stand in the text exactly are kept under `not_in_text`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from textwright.errors import DataError
from textwright.formats.base import Format, Identify, Options
from textwright.formats.mentions import answer_of, gold_of, lost_in_mentions
from textwright.formats.records import Record, check_text, decode, encode, head_records, read_records, write_records
from textwright.types import NOTHING, Annotation, Example

INSTRUCTION = (
    "Mark every span in the user's text and classify the text. Answer with JSON alone: "
    '{"spans": [{"label": "LABEL", "text": "the exact words"}], '
    '"categories": [{"task": "TASK", "label": "LABEL"}]}. '
    "Give each mention once, in the order of the text."
)


def read(path: Path, options: Options) -> Iterator[Example]:
    """Stream the examples of a file; hand each bad line to `options.on_reject`."""
    return read_records(path, options, _examples)


def _examples(data: Record, identify: Identify, options: Options) -> list[Example]:
    del options
    messages = data.get("messages")
    if type(messages) is not list or not all(type(each) is dict for each in messages):
        raise DataError("the key 'messages' is not a list of objects")
    users = [i for i, each in enumerate(messages) if each.get("role") == "user"]
    if not users:
        raise DataError("there is no message whose role is 'user'")
    text = _content(messages[users[-1]])
    answers = [_content(each) for each in messages[users[-1] :] if each.get("role") == "assistant"]
    return [answered(text, answers[0] if answers else None, data.get("id"), identify)]


def answered(text: str, answer: str | None, given: Any, identify: Identify) -> Example:
    """Build the example of a text and its answer in JSON; without an answer it is not annotated."""
    name = identify(check_text(text), given)
    if answer is None or not answer.strip():
        return Example(name, text)
    gold, missing = gold_of(decode(answer), text)
    return Example(name, text, gold, extra={"not_in_text": missing} if missing else NOTHING)


def _content(message: Record) -> str:
    """Return the text of a message, which may come in parts."""
    content = message.get("content")
    if type(content) is list:
        content = "".join(part["text"] for part in content if type(part) is dict and type(part.get("text")) is str)
    if type(content) is not str:
        raise DataError(f"the content of a message is {type(content).__name__}, expected a string")
    return content


def write(path: Path, examples: Iterable[Example], options: Options) -> None:
    """Write one conversation a line; one that is not annotated has no answer."""
    instruction = INSTRUCTION + _labels(options)
    write_records(path, ({"messages": _messages(example, instruction)} for example in examples))


def _messages(example: Example, instruction: str) -> list[Record]:
    messages: list[Record] = [{"role": "system", "content": instruction}, {"role": "user", "content": example.text}]
    if example.gold == Annotation():
        return messages
    return [*messages, {"role": "assistant", "content": encode(answer_of(example.gold, example.text))}]


def _labels(options: Options) -> str:
    """Name the labels and tasks of the schema, with their meaning."""
    if options.schema is None:
        return ""
    labels = [f"{each.name}: {each.meaning}" if each.meaning else each.name for each in options.schema.labels]
    tasks = [f"{task.name}: {', '.join(each.name for each in task.labels)}" for task in options.schema.tasks]
    found = (["Labels:", *labels] if labels else []) + (["Tasks:", *tasks] if tasks else [])
    return "\n".join(["", *found]) if found else ""


def _recognise(path: Path, head: bytes) -> bool:
    del path
    return any(isinstance(data.get("messages"), list) for data in head_records(head))


FORMAT = Format("chat", (".jsonl",), _recognise, read, write, lost_in_mentions)
