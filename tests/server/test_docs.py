"""docs/http.md names every problem, metric and limit, and no other."""

from __future__ import annotations

import re
from pathlib import Path

from starlette.testclient import TestClient

from textwright.server.limits import Limits

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs/http.md").read_text(encoding="utf-8")
SOURCES = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "src/textwright/server").glob("*.py"))


def test_problems_are_documented() -> None:
    raised = set(re.findall(r'HttpProblem\(\s*[\w.]+,\s*"(\w+)"', SOURCES)) | {"wrong_shape", "fault"}
    table = PAGE.partition("| status |")[2].partition("\n\n")[0]
    documented = {kind for row in table.splitlines()[2:] for kind in re.findall(r"`([a-z_]+)`", row.split("|")[2])}
    assert documented == raised | {"not_found", "method_not_allowed"}


def test_metrics_are_documented(client: TestClient) -> None:
    counted = set(re.findall(r"^# TYPE (textwright_\w+?)(?:_created)? ", client.get("/metrics").text, re.MULTILINE))
    assert set(re.findall(r"`(textwright_\w+)`", PAGE)) == counted - {"textwright_requests", "textwright_texts"}


def test_limits_are_documented() -> None:
    limits = Limits()
    for option, value in (("texts", limits.texts), ("length", limits.length), ("body", limits.body)):
        assert f"| `--max-{option}` | {value:,} |" in PAGE
