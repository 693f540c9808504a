from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from argon2 import PasswordHasher
from starlette.testclient import TestClient

from tests.store.conftest import postgres, where  # noqa: F401 - fixtures
from textwright.annotate.desk import Desk
from textwright.annotate.settings import Settings
from textwright.schema import Schema
from textwright.server.annotation.app import create_annotation_app
from textwright.store import accounts
from textwright.store.accounts import Role, add_account
from textwright.store.database import open_database
from textwright.store.projects import open_project
from textwright.store.sessions import begin_session
from textwright.store.texts import count_texts
from textwright.types import Example

PASSWORD = "correct horse"
SCHEMA = {"labels": {"JOB": {}, "RANK": {}}, "tasks": {"kind": {"labels": ["a", "b"]}}}
TITLES = ("Lead UX researcher", "Nurse", "Senior Chef 🚀 Leeds")
ADDRESS = "http://127.0.0.1"
PEOPLE: dict[str, Role] = {"ann": "owner", "rev": "reviewer", "bob": "annotator"}
Client = Callable[..., TestClient]


def state(*spans: tuple[int, int, str], note: str = "", **more: Any) -> dict[str, Any]:
    return {
        "spans": [{"start": start, "end": end, "label": label} for start, end, label in spans],
        "categories": [],
        "proposed": {"spans": [], "categories": []},
        "note": note,
        "flagged": False,
        **more,
    }


def act(key: str, *, text: int = 1, base: int = 0, kind: str = "accept", **more: Any) -> dict[str, Any]:
    return {
        "key": key,
        "text": text,
        "base": base,
        "kind": kind,
        "state": state((0, 4, "RANK")),
        "seconds": 1.5,
        **more,
    }


def made_desk(where: str, *, people: int = 1) -> Desk:  # noqa: F811 - the same place
    database = open_database(where)
    project = open_project(database, "titles", Schema.from_data(SCHEMA), {})
    desk = Desk(database, project, Settings(people=people))
    if not count_texts(database, project):
        desk.add([Example(f"t{i}", text) for i, text in enumerate(TITLES, start=1)])
    return desk


@pytest.fixture(autouse=True)
def quick_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(accounts, "HASHER", PasswordHasher(time_cost=1, memory_cost=1024, parallelism=1))
    accounts._nobodys_hash.cache_clear()


@pytest.fixture(scope="session")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make the tables and the project once; each test gets a copy."""
    path = tmp_path_factory.mktemp("begun") / "work.sqlite"
    made = made_desk(str(path))
    made.close()
    made.database.close()
    return path


@pytest.fixture
def desk(begun: Path, tmp_path: Path) -> Iterator[Desk]:
    made = made_desk(shutil.copy(begun, tmp_path))
    yield made
    made.close()
    made.database.close()


@pytest.fixture
def client_of() -> Iterator[Client]:
    """Make a client of an application, from this machine."""
    opened: list[TestClient] = []

    def make(desk: Desk, *, peer: str = "127.0.0.1", base: str = ADDRESS, **settings: Any) -> TestClient:
        app = create_annotation_app(desk, **settings)
        client = TestClient(app, base_url=base, client=(peer, 50_000), raise_server_exceptions=False)
        opened.append(client)
        return client

    yield make
    for client in opened:
        client.close()


@pytest.fixture
def client(desk: Desk, client_of: Client) -> TestClient:
    """Be the one annotator of a server without accounts."""
    return client_of(desk)


@pytest.fixture
def people(desk: Desk) -> Desk:
    """Give each role an account."""
    for name, role in PEOPLE.items():
        add_account(desk.database, name, PASSWORD, role, by="test")
    return desk


@pytest.fixture
def logged_in(people: Desk, client_of: Client) -> Callable[[str], TestClient]:
    """Log somebody in."""

    def make(name: str) -> TestClient:
        client = client_of(people)
        client.cookies.set("textwright_80", begin_session(people.database, name))
        return client

    return make


def kind_of(answer: Any) -> str:
    return str(answer.json()["type"]).removeprefix("urn:textwright:problem:")
