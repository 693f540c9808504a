"""Ten thousand requests made up from the description of each server: none is answered with a fault of ours."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.server.annotation.test_fuzz import fuzz_annotate
from tests.server.start.test_fuzz import fuzz_start
from tests.server.test_fuzz import fuzz_serve

pytestmark = pytest.mark.verify
REQUESTS = 10_000
# Examples for each route, so that all routes together are asked as often; each is asked once, or twice by two people.
FUZZED: dict[str, tuple[Callable[[Path], Counter[int]], int]] = {
    "serve": (lambda _: fuzz_serve(examples=1_000), REQUESTS),
    "annotate": (lambda folder: fuzz_annotate(folder, examples=220), REQUESTS),
    "start": (lambda folder: fuzz_start(folder, examples=220), REQUESTS),
}


@pytest.mark.parametrize("name", sorted(FUZZED))
def test_ten_thousand_requests_made_up_do_no_harm(name: str, tmp_path: Path) -> None:
    fuzz, wanted = FUZZED[name]
    found = fuzz(tmp_path)
    print(f"{name}: {found.total():,} requests, {dict(sorted(found.items()))}")
    assert found.total() >= wanted
    assert not any(status >= 500 and status not in (501, 503) for status in found)
