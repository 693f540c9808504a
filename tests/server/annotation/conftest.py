from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from argon2 import PasswordHasher
from starlette.testclient import TestClient

from tests.store.conftest import backend, postgres, where  # noqa: F401 - fixtures
from textwright.annotate.desk import Desk
from textwright.annotate.settings import Settings
from textwright.schema import Schema
from textwright.server.annotation.app import create_annotation_app
from textwright.server.annotation.limits import AnnotationLimits
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
QUICK = PasswordHasher(time_cost=1, memory_cost=1024, parallelism=1)
PEOPLE: dict[str, Role] = {"ann": "owner", "rev": "reviewer", "bob": "annotator"}
MANY = 1e9
NO_LIMITS = AnnotationLimits(requests_burst=MANY, stranger_requests_burst=MANY, acts_burst=MANY, log_in_burst=MANY)
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
    monkeypatch.setattr(accounts, "HASHER", QUICK)


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


@pytest.fixture(scope="module")
def standing(begun: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """Be asked by every test of a file that changes nothing: what is refused, and what is only read."""
    desk = made_desk(shutil.copy(begun, tmp_path_factory.mktemp("standing")))
    app = create_annotation_app(desk, limits=NO_LIMITS)
    with TestClient(app, base_url=ADDRESS, client=("127.0.0.1", 50_000), raise_server_exceptions=False) as client:
        yield client
    desk.close()
    desk.database.close()


@pytest.fixture
def client_of() -> Iterator[Client]:
    """Make a client of an application, from this machine; one event loop answers all that it asks."""
    with ExitStack() as opened:

        def make(desk: Desk, *, peer: str = "127.0.0.1", base: str = ADDRESS, **settings: Any) -> TestClient:
            app = create_annotation_app(desk, **settings)
            client = TestClient(app, base_url=base, client=(peer, 50_000), raise_server_exceptions=False)
            return opened.enter_context(client)

        yield make


@pytest.fixture
def client(desk: Desk, client_of: Client) -> TestClient:
    """Be the one annotator of a server without accounts."""
    return client_of(desk)


@pytest.fixture(scope="session")
def peopled(begun: Path) -> Path:
    """Give each role an account once; each test gets a copy."""
    path = Path(shutil.copy(begun, begun.with_name("peopled.sqlite")))
    database = open_database(path)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(accounts, "HASHER", QUICK)
        for name, role in PEOPLE.items():
            add_account(database, name, PASSWORD, role, by="test")
    database.close()
    return path


@pytest.fixture
def people(peopled: Path, tmp_path: Path) -> Iterator[Desk]:
    """Have an account for each role."""
    made = made_desk(shutil.copy(peopled, tmp_path))
    yield made
    made.close()
    made.database.close()


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
