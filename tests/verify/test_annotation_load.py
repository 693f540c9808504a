"""Many annotators at once through the real server: 50 on SQLite, 200 on PostgreSQL, an act a second each."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.verify
BENCH = Path(__file__).parents[2] / "bench" / "annotation.py"
WANTED = {"SQLite": 50 * 115, "PostgreSQL": 200 * 115}  # the last ones end a little early


@pytest.mark.parametrize("kind", sorted(WANTED))
def test_many_annotators_are_answered_at_once(kind: str) -> None:
    line = [sys.executable, str(BENCH), "--load-only", kind]
    found = json.loads(subprocess.run(line, check=True, stdout=subprocess.PIPE, text=True).stdout)
    print(found)
    assert found["errors"] == 0, found["first_error"]
    assert found["acts"] == found["kept"] >= WANTED[kind]
    assert found["act_p95"] <= 200
