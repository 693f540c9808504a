"""Which texts of the test somebody was shown mistakes of, and what people had written until then.

Rules that are mended by the mistakes of a test know its texts: their score on it says less of other texts. So it is
remembered in `looked.json` when mistakes are first shown, and compared with what is judged later.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from textwright.errors import DataError
from textwright.project.files import Project, write_json
from textwright.project.judge.asking import PROMPT, RULES
from textwright.project.judge.judged import WORDING, Judged
from textwright.schema import Schema
from textwright.trust import parsed_json

FILE = "looked.json"


@dataclass(frozen=True, slots=True)
class Looked:
    """`texts` are the ids of those shown as mistakes; `written` sums up what people had written before: SHA-256."""

    texts: frozenset[str] = frozenset()
    written: Mapping[str, str] = field(default_factory=dict)


def look(project: Project, found: Judged, test: Iterable[str]) -> None:
    """Remember that mistakes are shown from now on; `test` names all texts of the test, by their ids.

    A disk that is full keeps nobody from seeing them.
    """
    before = read_looked(project.folder)
    kept = before.texts.intersection(test)
    texts = kept.union(str(each["id"]) for each in found.mistakes)
    if texts != before.texts:
        written = before.written if kept else written_in(project)
        with suppress(DataError):
            write_json(project.folder / FILE, {"texts": sorted(texts), "written": dict(written)})


def read_looked(folder: Path) -> Looked:
    """Read what was shown; nothing, where nobody can read it."""
    try:
        data = parsed_json((folder / FILE).read_bytes())
        return Looked(frozenset(map(str, data["texts"])), dict(data["written"]))
    except (OSError, ValueError, TypeError, KeyError):
        return Looked()


def seen_in(project: Project, test: Iterable[str]) -> dict[str, int]:
    """Count the texts of a test that were shown as mistakes before the rules, the prompt or the labels were changed.

    Only what was changed since is named: "rules", "prompt", `WORDING`. A prompt asks in the words of the labels.
    """
    looked = read_looked(project.folder)
    count = len(looked.texts.intersection(test))
    now = written_in(project)
    changed = {name for name in now if now[name] != looked.written.get(name)} if count else set()
    if WORDING in changed and project.prompt_file.is_file():
        changed.add(PROMPT)
    return {name: count for name in (RULES, PROMPT, WORDING) if name in changed}


def written_in(project: Project) -> dict[str, str]:
    """Sum up what people write in a project."""
    rules = sorted(path for path in project.rules.rglob("*") if path.is_file())
    prompt = [project.prompt_file] if project.prompt_file.is_file() else []
    wording = json.dumps(list(_wording(project.schema))).encode()
    return {
        RULES: _summed(each for path in rules for each in (path.name.encode(), path.read_bytes())),
        PROMPT: _summed(path.read_bytes() for path in prompt),
        WORDING: _summed([wording]),
    }


def _wording(schema: Schema) -> Iterator[Any]:
    for label in schema.labels:
        yield [label.name, label.meaning]
    for task in schema.tasks:
        yield [task.name, task.meaning, [[each.name, each.meaning] for each in task.labels]]


def _summed(contents: Iterable[bytes]) -> str:
    digest = hashlib.sha256()
    for content in contents:
        digest.update(hashlib.sha256(content).digest())
    return digest.hexdigest()
