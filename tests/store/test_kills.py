"""What was said to be kept is kept, whenever the process is killed."""

from __future__ import annotations

import os
import random
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from uuid import uuid4

import pytest
from sqlalchemy import Engine, event, func, select
from sqlalchemy.exc import OperationalError

from tests.postgres import Server
from tests.store.conftest import titles
from tests.store.working import Hasty, killed_at_work, lost, state
from textwright.errors import StoreError
from textwright.store.acts import Act, Outcome, history, record
from textwright.store.database import Database, open_database
from textwright.store.projects import Project
from textwright.store.tables import ACTS

KILLS = 3  # `make verify` kills more often
PATIENCE_SECONDS = 30


def test_what_was_answered_survives_kills(database: Database, project: Project) -> None:
    said = [act for _ in range(KILLS) for act in killed_at_work(database.where, random.uniform(0, 0.4))]
    assert len(said) >= KILLS
    assert lost(database.where, said) == []


def test_answers_before_the_commit_are_caught_by_a_kill(database: Database, project: Project) -> None:
    said = killed_at_work(database.where, 0.05, hasty=True)
    assert any("is lost" in each for each in lost(database.where, said))


@pytest.mark.parametrize(("kind", "kept"), [(Database, True), (Hasty, False)])
def test_an_answer_comes_after_the_commit(
    database: Database, project: Project, kind: Callable[..., Database], kept: bool
) -> None:
    """A reader of his own sees the act as soon as it is answered; with commit and answer swapped he does not."""
    [outcome] = record(kind(database.engine), project, "ann", [act("a", 0)])
    assert outcome.version == 1
    assert (count_acts(database) == 1) is kept
    wait_for(lambda: count_acts(database) == 1)


@pytest.mark.parametrize("kind", [Database, Hasty])
def test_a_commit_that_fails_gives_no_answer(
    database: Database, project: Project, kind: Callable[..., Database]
) -> None:
    """The swapped one answers all the same: this is what the first must never do."""
    answered: list[Outcome] = []
    with failing_commits(database.engine):
        try:
            answered += record(kind(database.engine), project, "ann", [act("a", 0)])
        except StoreError:
            assert kind is Database
        for thread in threading.enumerate():
            if thread.name == "hasty":
                thread.join()
    assert bool(answered) is (kind is Hasty)
    assert count_acts(database) == 0
    assert record(database, project, "ann", [act("a", 0)])[0].version == 1


def test_a_killed_backend_loses_no_answered_act(postgres: Server) -> None:
    name = f"test_{uuid4().hex}"
    database = open_database(postgres.create(name))
    try:
        project = titles(database)
        answered = worked_while(database, project, lambda: kill_a_backend(postgres, name))
        keys = {each.state["note"] for number in (1, 2, 3) for each in history(database, project, number)}
        assert len(answered) > 10
        assert answered <= keys
    finally:
        database.close()
        postgres.drop(name)


def worked_while(database: Database, project: Project, happens: Callable[[], None]) -> set[str]:
    """Let three annotators work, each sending an act again until it is answered, while something happens."""
    answered: set[str] = set()
    over = threading.Event()

    def work(name: str) -> None:
        for version in range(10_000):
            if over.is_set():
                return
            key = f"{name} {version}"
            patiently(lambda key=key, version=version: record(database, project, name, [act(key, version)]))
            answered.add(key)

    threads = [threading.Thread(target=work, args=(f"ann{i}",)) for i in range(3)]
    for thread in threads:
        thread.start()
    for _ in range(2):
        wait_for_more(answered)
        happens()
    wait_for_more(answered)
    over.set()
    for thread in threads:
        thread.join()
    return answered


def wait_for_more(answered: set[str]) -> None:
    before = len(answered)
    wait_for(lambda: len(answered) > before + 5)


def patiently(send: Callable[[], list[Outcome]]) -> None:
    for _ in range(PATIENCE_SECONDS * 10):
        try:
            [outcome] = send()
        except StoreError:
            threading.Event().wait(0.1)
        else:
            assert outcome.problem is None
            return
    raise AssertionError("the server did not come back")


def kill_a_backend(server: Server, name: str) -> None:
    ask = f"SELECT pid FROM pg_stat_activity WHERE datname = '{name}' LIMIT 1"
    os.kill(int(server.say(ask)), signal.SIGKILL)


@contextmanager
def failing_commits(engine: Engine) -> Iterator[None]:
    def fail(_: object) -> None:
        raise OperationalError("COMMIT", {}, Exception("database or disk is full"))

    event.listen(engine, "commit", fail)
    yield
    event.remove(engine, "commit", fail)


def act(key: str, base: int) -> Act:
    return Act(key, 1, base, "edit", state((0, 4, "RANK"), note=key))


def count_acts(database: Database) -> int:
    with database.read() as connection:
        return connection.scalar(select(func.count()).select_from(ACTS)) or 0


def wait_for(happened: Callable[[], bool]) -> None:
    for _ in range(PATIENCE_SECONDS * 50):
        if happened():
            return
        threading.Event().wait(0.02)
    raise AssertionError("it did not happen")
