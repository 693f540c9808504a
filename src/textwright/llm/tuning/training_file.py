"""A training file as it is read back before it is uploaded, whoever wrote it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from textwright.errors import DataError
from textwright.formats.records import decode
from textwright.llm.calls import Form
from textwright.llm.tuning.checks import LEAST

ROLES = ("system", "user", "assistant")


@dataclass(frozen=True, slots=True)
class Content:
    """What a training file holds."""

    form: Form
    examples: int


def content_of(path: Path) -> Content:
    """Look through a training file. Raise `DataError` that names the line which a server would refuse."""
    forms = [(number, _form(line, f"{path}:{number}")) for number, line in _lines(path)]
    if len(forms) < LEAST:
        raise DataError(f"{path}: holds {len(forms)} examples; {LEAST} are the least that servers take")
    first = forms[0][1]
    for number, form in forms:
        if form != first:
            raise DataError(f"{path}:{number}: is of the form {form}, but line {forms[0][0]} is {first}: use one form")
    return Content(first, len(forms))


def _lines(path: Path) -> Iterator[tuple[int, str]]:
    try:
        with path.open(encoding="utf-8") as file:
            yield from ((number, line) for number, line in enumerate(file, 1) if line.strip())
    except UnicodeDecodeError as error:
        raise DataError(f"{path}: not UTF-8 ({error.reason})") from error


def _form(line: str, where: str) -> Form:
    try:
        data = decode(line)
    except DataError as error:
        raise DataError(f"{where}: {error}") from error
    if type(data) is dict and "messages" in data:
        _check_messages(data["messages"], where)
        return "chat"
    if type(data) is dict and type(data.get("prompt")) is str and type(data.get("completion")) is str:
        return "completion"
    made = "textwright tune export makes a training file of annotations"
    raise DataError(f"{where}: has neither messages nor prompt and completion. {made}")


def _check_messages(messages: Any, where: str) -> None:
    if type(messages) is not list or not messages or not all(type(each) is dict for each in messages):
        raise DataError(f"{where}: messages is not a list of objects")
    for each in messages:
        if each.get("role") not in ROLES or type(each.get("content")) is not str:
            raise DataError(f"{where}: a message needs a role ({', '.join(ROLES)}) and a content that is a string")
    if messages[-1]["role"] != "assistant":
        raise DataError(f"{where}: the last message is the {messages[-1]['role']}'s, not the answer to learn")
