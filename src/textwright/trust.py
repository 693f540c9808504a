"""What is data and what is code, and who may be sent anything: docs/security.md is this module in words.

Texts, schemas, rules, prompts, projects and model folders are data, whoever made them: opening them runs nothing,
sends nothing and writes nothing outside their folder. Code runs, and an address is asked, only where the person who
started this process named it; processes that it starts inherit what was named, by their environment.
"""

from __future__ import annotations

import json
import os
import re
import tomllib
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any

from textwright.addresses import OPENAI_BASE_URL, normalised
from textwright.errors import DataError, ModelError
from textwright.private import config_folder, write_private

NAMED = "TEXTWRIGHT_NAMED"
ADDRESSES = "addresses.txt"
CODE, RUN = "python:", "run:"
SERVED = ("http://", "https://")
# Modules of ours that are made to be named in an experiment.
OURS = "textwright.experiment.peers."
SERVED_MODEL = re.compile(r"/models/[^/]+(/predict)?/?$")
# A file of settings; those of the largest model that is shipped have a tenth of that.
MOST_BYTES = 64 * 1024 * 1024
MOST_DEEP = 100
TOO_DEEP = f"nested too deeply: more than {MOST_DEEP} brackets in each other"

# --- what the person named -------------------------------------------------------------------


def name(words: Iterable[str]) -> None:
    """Take note of what the person named on the command line, or a program in its own code: references, addresses."""
    os.environ[NAMED] = json.dumps(sorted({*named(), *words}))


def named() -> frozenset[str]:
    """Return what was named for this process or for one that started it."""
    return frozenset(json.loads(os.environ.get(NAMED) or "[]"))


# --- code ------------------------------------------------------------------------------------


def check_code(reference: str, *, run: str | None = None) -> None:
    """Raise `ModelError` unless the person named the code of a reference `python:module:name`.

    A module is run whole when it is imported, so that who names something of it names all of it, and its package.
    `run` is the reference of the run that the code belongs to: who names the run names its code.
    """
    if run in named():
        name([reference])
    packages = {_package(word) for word in named() if word.startswith(CODE)}
    if _package(reference) in packages or _is_ours(reference):
        return
    of_run = f", or name the run itself, {run}, as the model of a command" if run else ""
    raise ModelError(
        f"{reference} is code, and a file or a page cannot have it run. If you know what it does, name it: "
        f"textwright --code {reference} ...{of_run}"
    )


def names_code() -> bool:
    """Say whether the person named any code, so that the folder beside it is a place of modules."""
    return any(word.startswith((CODE, RUN)) for word in named())


def _package(reference: str) -> str:
    """Return the top package of `python:package.module:name`.

    >>> _package("python:mine.titles:find")
    'python:mine'
    """
    return ":".join(reference.split(":")[:2]).partition(".")[0]


def _is_ours(reference: str) -> bool:
    return reference.startswith(f"{CODE}{OURS}") and reference.endswith(":fit")


# --- addresses -------------------------------------------------------------------------------


def check_address(address: str) -> None:
    """Raise `ModelError` unless the person named this address of a server, now or earlier in this installation."""
    if not is_confirmed(address):
        raise ModelError(
            f"nobody has confirmed {normalised(address)} here, so nothing was sent there. If your texts, and your key "
            f"for it, may go there, say so once: textwright --base-url {normalised(address)} ..."
        )


def is_confirmed(address: str) -> bool:
    """Say whether texts, and the key for it, may be sent to an address."""
    typed = [SERVED_MODEL.sub("", word) for word in named() if word.lower().startswith(SERVED)]
    shell = os.environ.get(OPENAI_BASE_URL)
    return normalised(address) in {*_confirmed(), *map(normalised, [*typed, *([shell] if shell else [])])}


def confirm(address: str) -> bool:
    """Let this installation send to an address from now on; say whether that is new.

    Raise `ModelError` at what is no address. Where the settings' folder cannot be written, it holds for this process.
    """
    address = normalised(address)
    name([address])
    known = _confirmed()
    if address in known:
        return False
    with suppress(OSError):
        write_private(addresses_file(), "".join(f"{each}\n" for each in sorted({*known, address})))
    return True


def addresses_file() -> Path:
    """Return the list of the addresses that were confirmed in this installation, one a line, for anybody to shorten."""
    return config_folder() / ADDRESSES


def _confirmed() -> set[str]:
    """Read the addresses that were confirmed in this installation."""
    try:
        lines = addresses_file().read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError):
        return set()
    return {line.strip() for line in lines if line.strip()}


# --- files -----------------------------------------------------------------------------------


def inside(folder: Path, name: str, *, where: str) -> Path:
    """Return the path of what a file of `folder` names; it must lie in the folder, links followed.

    Raise `DataError` that begins with `where` at an absolute path, at one that leaves the folder, and at what no file
    system takes for a name.
    """
    path = folder / name
    try:
        os.lstat(path)
    except (OSError, ValueError) as error:
        if not isinstance(error, FileNotFoundError | NotADirectoryError):
            raise DataError(f"{where}: {name[:80]!r} can be no file: {error.args[-1]}") from error
    if Path(name).is_absolute() or not path.resolve().is_relative_to(folder.resolve()):
        raise DataError(f"{where}: {name} lies outside {folder}. What a file names must stand in its own folder")
    return path


def read_bytes(path: Path, *, most_bytes: int = MOST_BYTES) -> bytes:
    """Read a file of settings that anybody may have made. Raise `DataError` at one that is missing or too large."""
    try:
        with path.open("rb") as file:
            content = file.read(most_bytes + 1)
    except OSError as error:
        raise DataError(f"{path}: {error.strerror or error}") from error
    except ValueError as error:
        raise DataError(f"{path}: is no name of a file: {error}") from error
    if len(content) > most_bytes:
        raise DataError(f"{path}: is larger than {most_bytes:,} bytes, which is more than a file of settings has")
    return content


def read_json(path: Path, *, most_bytes: int = MOST_BYTES) -> Any:
    """Read a JSON file that anybody may have made. Raise `DataError` at one that is too large, too deep or no JSON."""
    try:
        return parsed_json(read_bytes(path, most_bytes=most_bytes))
    except ValueError as error:
        raise DataError(f"{path}: is no JSON: {error}") from error


def parsed_json(content: str | bytes) -> Any:
    """Parse JSON that anybody may have written. Raise `ValueError` at what is none, brackets without end included."""
    data = _bounded(json.loads, content)
    brackets = (
        content.count("[") + content.count("{")
        if isinstance(content, str)
        else content.count(b"[") + content.count(b"{")
    )
    if brackets > MOST_DEEP:
        _refuse_deep(data)
    return data


def parsed_toml(content: str) -> dict[str, Any]:
    """Parse TOML that anybody may have written. Raise `TOMLDecodeError`, brackets without end included."""
    try:
        if any(_is_long_key(piece) for line in content.split("\n") for piece in _pieces(line)):
            raise ValueError(TOO_DEEP)
        data: dict[str, Any] = _bounded(tomllib.loads, content)
        _refuse_deep(data)
    except tomllib.TOMLDecodeError:
        raise
    except ValueError as error:
        raise tomllib.TOMLDecodeError(str(error)) from error
    return data


def _pieces(line: str) -> Iterable[str]:
    return re.split(r"[=,{}\[\]]", line) if line.count(".") > MOST_DEEP else ()


def _is_long_key(piece: str) -> bool:
    """Say whether this may be a key of so many names that to read it takes the square of their number."""
    names = [name.strip() for name in piece.split(".")]
    return len(names) > MOST_DEEP and all(names) and not any(" " in name for name in names)


def _bounded(parse: Callable[[Any], Any], content: str | bytes) -> Any:
    try:
        return parse(content)
    except RecursionError:
        raise ValueError(TOO_DEEP) from None


def _refuse_deep(data: Any) -> None:
    """Raise `ValueError` where what was parsed is deeper than others can walk through it."""
    level = [data]
    for _ in range(MOST_DEEP):
        level = [inner for each in level if isinstance(each, dict | list) for inner in _inside_of(each)]
        if not level:
            return
    raise ValueError(TOO_DEEP)


def _inside_of(value: dict[str, Any] | list[Any]) -> Iterable[Any]:
    return value.values() if isinstance(value, dict) else value
