"""Projects behind a client, without a network."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any, Protocol

import pytest
from starlette.testclient import TestClient

from textwright.dataset import Dataset
from textwright.project import open_project
from textwright.project.files import Project
from textwright.project.workbench import Workbench
from textwright.server.gate import place_of
from textwright.server.start.app import create_start_app
from textwright.types import Example

ADDRESS = "http://127.0.0.1"


@dataclass(frozen=True)
class At:
    """A project and a client that asks about it."""

    client: TestClient
    bench: Workbench

    @property
    def project(self) -> Project:
        return self.bench.project

    def get(self, path: str) -> Any:
        answer = self.client.get(path)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def post(self, path: str, **body: Any) -> Any:
        answer = self.client.post(path, json=body)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def refused(self, path: str, *, status: int = 422, **body: Any) -> str:
        """Ask for what cannot be, and return what is said of it."""
        answer = self.client.post(path, json=body)
        assert answer.status_code == status, answer.text
        return str(answer.json()["detail"])

    def standing(self, step: str) -> Any:
        return next(each for each in self.get("/api/steps")["steps"] if each["name"] == step)


class ProjectAt(Protocol):
    """Opens a project, with texts and labels in it or without."""

    def __call__(
        self,
        texts: Sequence[str | Example] = ...,
        *,
        schema: str = ...,
        before: Callable[[Project], None] | None = ...,
    ) -> At: ...


@pytest.fixture
def project_at(tmp_path: Path) -> Iterator[ProjectAt]:
    """Open projects; nothing works in their background. `schema` is the text of a schema file in TOML."""
    numbers = count()
    with ExitStack() as stack:

        def make(
            texts: Sequence[str | Example] = (),
            *,
            schema: str = "",
            before: Callable[[Project], None] | None = None,
        ) -> At:
            project = _project(tmp_path / str(next(numbers)), texts)
            if schema:
                project.schema_file.write_text(schema, encoding="utf-8")
            if before is not None:
                before(project)
            bench = Workbench(project, say=lambda _: None)
            stack.callback(bench.close)
            app = create_start_app(bench, place=place_of("127.0.0.1", 80))
            client = stack.enter_context(TestClient(app, base_url=ADDRESS, headers={"Origin": ADDRESS}))
            return At(client, bench)

        yield make


def _project(folder: Path, texts: Sequence[str | Example]) -> Project:
    folder.mkdir()
    if not texts:
        return open_project(folder / "mine.textwright")
    examples = (Example(f"t{n}", each) if isinstance(each, str) else each for n, each in enumerate(texts, 1))
    Dataset(examples).write(folder / "mine.jsonl")
    return open_project(folder / "mine.jsonl")
