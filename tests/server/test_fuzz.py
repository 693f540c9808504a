"""Requests made up from the description of `serve`."""

from __future__ import annotations

from collections import Counter
from typing import Any

from hypothesis import strategies as st

from tests.server.conftest import LIMITS
from tests.server.fuzzing import asked_of
from textwright.references import open_model
from textwright.server.app import create_app
from textwright.server.hosted import host

KEY = "a-key-for-the-fuzz"
NAMES = ("rules", "split", "none")
HEADERS = st.fixed_dictionaries(
    {},
    optional={
        "Accept-Encoding": st.sampled_from(["br", "gzip;q=0.5, *;q=0", "identity", ";q=", "\xff"]),
        "X-Request-Id": st.sampled_from(["one", "x" * 99, "a b", "\xe9"]),
        "Origin": st.sampled_from(["https://a.example", "https://b.example", "null", "*"]),
        "Range": st.sampled_from(["bytes=0-", "bytes=-", "x"]),
    },
)


def fuzz_serve(*, examples: int) -> Counter[int]:
    """Ask every route `examples` times, and each time with our key, too."""
    models = [host("rules", open_model("job_titles.rules")), host("split", open_model("job_titles.split"))]
    app = create_app(models, limits=LIMITS, keys=[KEY], cors=["https://a.example"])

    def name_one(case: Any) -> None:
        if case.path_parameters:
            case.path_parameters = {"name": NAMES[len(str(case.body)) % len(NAMES)]}

    return asked_of([(app, {}), (app, {"X-API-Key": KEY})], examples=examples, change=name_one, headers=HEADERS)


def test_requests_made_up_do_no_harm() -> None:
    assert fuzz_serve(examples=8)[200] > 0
