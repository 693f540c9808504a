"""Requests made up from /openapi.json: no fault, and no answer that the description does not know."""

from __future__ import annotations

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

from tests.server.conftest import LIMITS
from textwright.references import open_model
from textwright.server.app import create_app
from textwright.server.hosted import host

KEY = "a-key-for-the-fuzz"
CHECKS = (
    schemathesis.checks.not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
)
NAMES = st.sampled_from(["rules", "split", "none"])
HEADERS = st.fixed_dictionaries(
    {},
    optional={
        "Accept-Encoding": st.sampled_from(["br", "gzip;q=0.5, *;q=0", "identity", ";q=", "\xff"]),
        "X-Request-Id": st.sampled_from(["one", "x" * 99, "a b", "\xe9"]),
        "Origin": st.sampled_from(["https://a.example", "null", "*"]),
        "Range": st.sampled_from(["bytes=0-", "bytes=-", "x"]),
    },
)


def fuzz(*, examples: int) -> None:
    """Ask every route `examples` times, and each time with our key, too."""
    models = [host("rules", open_model("job_titles.rules")), host("split", open_model("job_titles.split"))]
    app = create_app(models, limits=LIMITS, keys=[KEY], cors=["https://a.example"])
    described = schemathesis.openapi.from_asgi("/openapi.json", app)
    for operation in described.get_all_operations():
        _ask(operation.ok(), examples)


def _ask(operation: Any, examples: int) -> None:
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
    @given(case=cases, name=NAMES, headers=HEADERS)
    def run(case: Any, name: str, headers: dict[str, str]) -> None:
        if case.path_parameters:
            case.path_parameters = {"name": name}
        for own in ({}, {"X-API-Key": KEY}):
            case.call_and_validate(headers=headers | own, checks=CHECKS)

    run()


def test_requests_made_up_do_no_harm() -> None:
    fuzz(examples=8)


@pytest.mark.verify
def test_many_requests_made_up_do_no_harm() -> None:
    fuzz(examples=1_000)
