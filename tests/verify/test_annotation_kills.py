"""Two hundred kills under load: every act that was answered is kept, on both databases."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.postgres import Server, running_server
from tests.store.conftest import titles
from tests.store.working import killed_at_work, lost

from textwright.store.database import open_database

pytestmark = pytest.mark.verify
KILLS = 100


@pytest.fixture(scope="module")
def postgres() -> Iterator[Server]:
    with running_server() as server:
        yield server


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_every_answered_act_survives_a_hundred_kills(kind: str, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    where = str(tmp_path / "work.sqlite") if kind == "sqlite" else request.getfixturevalue("postgres").create("kills")
    database = open_database(where)
    titles(database)
    database.close()
    said = [act for _ in range(KILLS) for act in killed_at_work(where, random.uniform(0, 1))]
    assert len(said) >= KILLS
    assert lost(where, said) == []
    print(f"{kind}: {KILLS} kills, {len(said):,} answered acts, none lost")
