"""Requests made up from /openapi.json: no fault, and no answer that the description does not know."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from tests.server.annotation.conftest import made_desk
from textwright.server.annotation.app import create_annotation_app
from textwright.server.annotation.limits import AnnotationLimits
from textwright.store.accounts import add_account
from textwright.store.sessions import begin_session

MANY = 1e9
NO_LIMITS = AnnotationLimits(requests_burst=MANY, stranger_requests_burst=MANY, acts_burst=MANY, log_in_burst=MANY)
CHECKS = (
    schemathesis.checks.not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
)


def fuzz(folder: Path, *, examples: int, logged_in: bool) -> None:
    """Ask every route `examples` times."""
    desk = made_desk(str(folder / "work.sqlite"))
    headers = {"Host": "127.0.0.1"}
    if logged_in:
        add_account(desk.database, "ann", "correct horse", "owner", by="test")
        headers["Cookie"] = f"textwright_80={begin_session(desk.database, 'ann')}"
    app = create_annotation_app(desk, limits=NO_LIMITS)
    described = schemathesis.openapi.from_asgi("/openapi.json", app, headers=headers)
    for operation in described.get_all_operations():
        _ask(operation.ok(), headers, examples)
    desk.close()
    desk.database.close()


def _ask(operation: Any, headers: dict[str, str], examples: int) -> None:
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
        case.call_and_validate(headers=headers, checks=CHECKS)

    run()


@pytest.mark.parametrize("logged_in", [False, True])
def test_requests_made_up_do_no_harm(tmp_path: Path, logged_in: bool) -> None:
    fuzz(tmp_path, examples=4, logged_in=logged_in)


@pytest.mark.verify
@pytest.mark.parametrize("logged_in", [False, True])
def test_many_requests_made_up_do_no_harm(tmp_path: Path, logged_in: bool) -> None:
    fuzz(tmp_path, examples=500, logged_in=logged_in)
