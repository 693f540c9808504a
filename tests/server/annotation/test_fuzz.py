"""Requests made up from the description of `annotate`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.server.annotation.conftest import NO_LIMITS, made_desk
from tests.server.fuzzing import asked_of
from textwright.annotate.desk import Desk
from textwright.server.annotation.app import create_annotation_app
from textwright.store.accounts import add_account
from textwright.store.sessions import begin_session

HOST = {"Host": "127.0.0.1"}


def fuzz_annotate(folder: Path, *, examples: int) -> Counter[int]:
    """Ask every route `examples` times where there are no accounts, and as often where an owner asks."""
    with desk_in(folder / "anybody") as anybody, desk_in(folder / "owner") as owner:
        add_account(owner.database, "ann", "correct horse", "owner", by="test")
        cookie = {"Cookie": f"textwright_80={begin_session(owner.database, 'ann')}"}
        app, owned = (create_annotation_app(desk, limits=NO_LIMITS) for desk in (anybody, owner))
        return asked_of([(app, HOST), (owned, {**HOST, **cookie})], examples=examples)


@contextmanager
def desk_in(folder: Path) -> Iterator[Desk]:
    folder.mkdir()
    desk = made_desk(str(folder / "work.sqlite"))
    yield desk
    desk.close()
    desk.database.close()


def test_requests_made_up_do_no_harm(tmp_path: Path) -> None:
    assert fuzz_annotate(tmp_path, examples=4)[200] > 0
