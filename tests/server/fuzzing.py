"""Requests made up from /openapi.json: no fault, and no answer that the description does not know."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import schemathesis
from fastapi import FastAPI
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

CHECKS = (
    schemathesis.checks.not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
)
NO_MORE: st.SearchStrategy[dict[str, str]] = st.just({})
Apps = Sequence[tuple[FastAPI, Mapping[str, str]]]


def asked_of(
    apps: Apps,
    *,
    examples: int,
    change: Callable[[Any], None] = lambda _: None,
    headers: st.SearchStrategy[dict[str, str]] = NO_MORE,
) -> Counter[int]:
    """Ask every route of each application so often, each with headers of its own; return the answers by status.

    What is asked is made up once for all, from the description of the first: that takes longer than the answers.
    """
    described = schemathesis.openapi.from_asgi("/openapi.json", apps[0][0], headers=dict(apps[0][1]))
    found = Counter[int]()
    for operation in described.get_all_operations():
        found += _asked(operation.ok(), apps, examples, change, headers)
    return found


def _asked(
    operation: Any,
    apps: Apps,
    examples: int,
    change: Callable[[Any], None],
    more: st.SearchStrategy[dict[str, str]],
) -> Counter[int]:
    found = Counter[int]()
    cases = st.one_of(
        [
            operation.as_strategy(generation_mode=mode)
            for mode in (schemathesis.GenerationMode.POSITIVE, schemathesis.GenerationMode.NEGATIVE)
        ]
    )

    @settings(
        max_examples=examples,
        deadline=None,
        derandomize=True,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=cases, headers=more)
    def run(case: Any, headers: dict[str, str]) -> None:
        change(case)
        for app, own in apps:
            answer = case.call_and_validate(headers={**headers, **own}, checks=CHECKS, app=app)
            found[int(answer.status_code)] += 1

    run()
    return found
