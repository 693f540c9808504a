"""Prompt and completion a line: the text with an end mark, and the answer as JSON."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from textwright.errors import DataError
from textwright.formats.base import Format, Identify, Options
from textwright.formats.chat import answered
from textwright.formats.mentions import answer_of, lost_in_mentions
from textwright.formats.records import Record, encode, head_records, read_records, write_records
from textwright.types import Annotation, Example

# The mark that tells a completion model where the prompt ends; the answer begins with a space.
END_OF_PROMPT = "\n\n###\n\n"


def read(path: Path, options: Options) -> Iterator[Example]:
    """Stream the examples of a file; hand each bad line to `options.on_reject`."""
    return read_records(path, options, _examples)


def _examples(data: Record, identify: Identify, options: Options) -> list[Example]:
    del options
    prompt, completion = data.get("prompt"), data.get("completion", "")
    if type(prompt) is not str or type(completion) is not str:
        raise DataError("the keys 'prompt' and 'completion' are not both strings")
    return [answered(prompt.removesuffix(END_OF_PROMPT), completion, data.get("id"), identify)]


def write(path: Path, examples: Iterable[Example], options: Options) -> None:
    """Write one prompt a line; one that is not annotated has an empty completion."""
    del options
    write_records(path, (_record(example) for example in examples))


def _record(example: Example) -> Record:
    annotated = example.gold != Annotation()
    answer = " " + encode(answer_of(example.gold, example.text)) + "\n" if annotated else ""
    return {"prompt": example.text + END_OF_PROMPT, "completion": answer}


def _recognise(path: Path, head: bytes) -> bool:
    del path
    return any(isinstance(data.get("prompt"), str) and "completion" in data for data in head_records(head))


FORMAT = Format("completion", (".jsonl",), _recognise, read, write, lost_in_mentions)
