"""Requests made up from /openapi.json: no fault, and no answer that the description does not know."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from fastapi import FastAPI
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from tests.server.annotation.conftest import NO_LIMITS, made_desk
from textwright.annotate.desk import Desk
from textwright.server.annotation.app import create_annotation_app
from textwright.store.accounts import add_account
from textwright.store.sessions import begin_session

HOST = {"Host": "127.0.0.1"}
CHECKS = (
    schemathesis.checks.not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
)


def fuzz(folder: Path, *, examples: int) -> None:
    """Ask every route `examples` times where there are no accounts, and as often where an owner asks.

    What is asked is made up once for both: that takes longer than the answers.
    """
    with desk_in(folder / "anybody") as anybody, desk_in(folder / "owner") as owner:
        add_account(owner.database, "ann", "correct horse", "owner", by="test")
        cookie = {"Cookie": f"textwright_80={begin_session(owner.database, 'ann')}"}
        app, owned = (create_annotation_app(desk, limits=NO_LIMITS) for desk in (anybody, owner))
        described = schemathesis.openapi.from_asgi("/openapi.json", app, headers=HOST)
        for operation in described.get_all_operations():
            _ask(operation.ok(), {app: HOST, owned: {**HOST, **cookie}}, examples)


@contextmanager
def desk_in(folder: Path) -> Iterator[Desk]:
    folder.mkdir()
    desk = made_desk(str(folder / "work.sqlite"))
    yield desk
    desk.close()
    desk.database.close()


def _ask(operation: Any, apps: Mapping[FastAPI, dict[str, str]], examples: int) -> None:
    cases = st.one_of(
        operation.as_strategy(generation_mode=mode)
        for mode in (schemathesis.GenerationMode.POSITIVE, schemathesis.GenerationMode.NEGATIVE)
    )

    @settings(
        max_examples=examples,
        deadline=None,
        derandomize=True,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=cases)
    def run(case: Any) -> None:
        for app, headers in apps.items():
            case.call_and_validate(headers=headers, checks=CHECKS, app=app)

    run()


def test_requests_made_up_do_no_harm(tmp_path: Path) -> None:
    fuzz(tmp_path, examples=4)


@pytest.mark.verify
def test_many_requests_made_up_do_no_harm(tmp_path: Path) -> None:
    fuzz(tmp_path, examples=500)
