"""What the formats of JSON objects share: decoding, checking and writing single records."""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Callable, Iterable, Iterator, Sequence
from math import isfinite
from pathlib import Path
from typing import Any

from textwright.errors import DataError
from textwright.formats.base import Identify, Options, Rejected, read_lines
from textwright.trust import parsed_json
from textwright.types import Example

Record = dict[str, Any]
Build = Callable[[Record, Identify, Options], Sequence[Example]]


def decode(line: str) -> Any:
    """Decode JSON. Raise `DataError` that says what is wrong with it."""
    try:
        return parsed_json(line)
    except json.JSONDecodeError as error:
        raise DataError(f"not JSON: {error.msg} at character {error.pos + 1}") from error
    except ValueError as error:  # a number of thousands of digits, or brackets without end
        raise DataError(f"not JSON: {error}") from error


def read_records(path: Path, options: Options, build: Build) -> Iterator[Example]:
    """Stream the examples that `build` makes of each line; hand each bad line to `options.on_reject`."""
    identify = Identify()
    for number, line in read_lines(path, options):
        try:
            made = build(_object(decode(line)), identify, options)
        except DataError as error:
            options.on_reject(Rejected(str(path), number, str(error), line.rstrip("\r\n")))
        else:
            yield from made


def _object(data: Any) -> Record:
    if type(data) is not dict:
        raise DataError(f"found {type(data).__name__}, expected an object")
    return data


def text_of(data: Record, *keys: str) -> str:
    """Return the text under the first of `keys` that is there. Raise `DataError` when none is."""
    for key in keys:
        if type(data.get(key)) is str:
            return check_text(data[key])
    found = next((f"{key!r} is {type(data[key]).__name__}" for key in keys if key in data), "no such key")
    raise DataError(f"the text is missing: {found}, expected a string under {' or '.join(map(repr, keys))}")


def check_text(text: str) -> str:
    """Return the text. Raise `DataError` when half of a surrogate pair stands in it alone."""
    try:
        text.encode()
    except UnicodeEncodeError as error:
        found = f"{ord(text[error.start]):04X}"
        reason = f"the text has the lone surrogate U+{found} at offset {error.start}"
        raise DataError(f"{reason}, half of a character: it cannot be stored as UTF-8") from None
    return text


def score_of(value: Any) -> float | None:
    """Return a score, or None. Raise `DataError` when it is not a number."""
    if value is None or (type(value) in {int, float} and value == value):
        return value  # type: ignore[no-any-return]  # its type was just looked at
    raise DataError(f"a score is {value!r}, expected a number")


def write_lines(path: Path, lines: Iterable[str]) -> None:
    """Write lines of JSON, or of text, as UTF-8.

    A lone surrogate is written as a JSON escape; in an example's text it raises `DataError`.
    """
    with path.open("wb") as file:
        file.writelines(_encoded(line) + b"\n" for line in lines)


def _encoded(line: str) -> bytes:
    try:
        return line.encode()
    except UnicodeEncodeError:
        data = decode(line)
        check_text(str(data.get("text", "")) if type(data) is dict else line)
        return json.dumps(data).encode()


def write_records(path: Path, records: Iterable[Record]) -> None:
    """Write one JSON object a line."""
    write_lines(path, (encode(record) for record in records))


def plain(value: Any) -> str:
    """Write as text what JSON has no kind for: bytes in base64; dates, times, decimals and the like as they print.

    >>> from decimal import Decimal
    >>> plain(b"two"), plain(Decimal("1.50"))
    ('dHdv', '1.50')
    """
    return b64encode(value).decode() if isinstance(value, bytes) else str(value)


_strictly = json.JSONEncoder(ensure_ascii=False, default=plain, allow_nan=False).encode


def encode(value: Any) -> str:
    """Write JSON. A number that is none, or has no end, becomes null, as JSON has no word for it.

    >>> encode({"a": float("nan"), "b": [1.5, float("inf")]})
    '{"a": null, "b": [1.5, null]}'
    """
    try:
        return _strictly(value)
    except ValueError:
        return _strictly(_finite(value))


def _finite(value: Any) -> Any:
    if isinstance(value, float):
        return value if isfinite(value) else None
    if isinstance(value, dict):
        return {key: _finite(each) for key, each in value.items()}
    return [_finite(each) for each in value] if isinstance(value, list | tuple) else value


def head_records(head: bytes, *, limit: int = 20) -> list[Record]:
    """Return the JSON objects of a file's first lines; none when its first line is no object."""
    lines = [line for line in head.lstrip(b"\xef\xbb\xbf").split(b"\n")[:limit] if line.strip()]
    return [data for line in lines if type(data := _loaded(line)) is dict]


def _loaded(line: bytes) -> Any:
    try:
        return parsed_json(line)
    except ValueError:
        return None
