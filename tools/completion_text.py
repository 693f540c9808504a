"""What the model of the code completion page learns from: Python's standard library, less tests and tables."""

from __future__ import annotations

import ast
import hashlib
import json
import sysconfig
import textwrap
from collections.abc import Iterable, Iterator
from pathlib import Path

# Tests, what is generated or is data, and what is not the library's own.
LEFT_OUT = {
    "__phello__",
    "encodings",
    "ensurepip",
    "idlelib",
    "lib2to3",
    "pydoc_data",
    "site-packages",
    "test",
    "tests",
}
LEFT_OUT |= {"turtledemo"}
TABLES = {"html/entities.py", "locale.py", "sre_constants.py", "tkinter/tix.py", "token.py", "stringprep.py", "this.py"}
# Never learned from: the loss on them chose the settings.
DEV = {"bisect.py", "colorsys.py", "graphlib.py", "sched.py", "shlex.py", "statistics.py", "textwrap.py"}
LONGEST_FUNCTION = 60


def library() -> dict[str, str]:
    """Return the standard library's files by their paths in it, sorted."""
    root = Path(sysconfig.get_paths()["stdlib"])
    found = {path.relative_to(root): path for path in sorted(root.rglob("*.py"))}
    wanted = {name.as_posix(): path for name, path in found.items() if is_wanted(name)}
    return {name: path.read_text(encoding="utf-8", errors="replace") for name, path in wanted.items()}


def is_wanted(name: Path) -> bool:
    return not LEFT_OUT & set(name.parts[:-1]) and name.as_posix() not in TABLES


def fingerprint(files: dict[str, str]) -> str:
    """Return the SHA-256 of the names and contents, which are all that the model learns from."""
    content = json.dumps(sorted(files.items()), ensure_ascii=True)
    return hashlib.sha256(content.encode("ascii")).hexdigest()


def functions_of(text: str) -> Iterator[str]:
    """Give each function that says what it does, by itself and not indented: so it stands in the page."""
    lines = text.splitlines()
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and ast.get_docstring(node):
            first = min((each.lineno for each in node.decorator_list), default=node.lineno) - 1
            last = node.end_lineno or node.lineno
            if last - first <= LONGEST_FUNCTION:
                yield textwrap.dedent("\n".join(lines[first:last])) + "\n"


def refuse_held_out(held_out: str, texts: Iterable[str]) -> None:
    """Raise `SystemExit` when a docstring, or a body of several lines, of the held-out functions stands in a text."""
    learned = "\n".join(squeezed(text) for text in texts)
    for node in ast.parse(held_out).body:
        if isinstance(node, ast.FunctionDef):
            told, *body = (ast.get_source_segment(held_out, each) or "" for each in node.body)
            long = squeezed("\n".join(body)) if len("\n".join(body).splitlines()) > 1 else squeezed(told)
            if squeezed(told) in learned or long in learned:
                raise SystemExit(f"{node.name} of the held-out functions stands in the texts to learn from")


def squeezed(text: str) -> str:
    """Take all white space out, so that indents and ends of lines do not matter."""
    return "".join(text.split())
