"""docs/http.md names every problem, metric and limit, and no other."""

from __future__ import annotations

import re
from dataclasses import asdict
from inspect import signature
from pathlib import Path

from starlette.testclient import TestClient

from textwright.cli.serve import serve
from textwright.server.limits import Limits

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs/http.md").read_text(encoding="utf-8")
SOURCES = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "src/textwright/server").glob("*.py"))


def test_problems_are_documented() -> None:
    raised = set(re.findall(r'(?:HttpProblem|problem_response)\([^"]*?[\w.]+,\s*"(\w+)"', SOURCES))
    table = PAGE.partition("| status |")[2].partition("\n\n")[0]
    documented = {kind for row in table.splitlines()[2:] for kind in re.findall(r"`([a-z_]+)`", row.split("|")[2])}
    assert documented == (raised | {"not_found", "method_not_allowed"}) - {"too_many_values"}  # of bodies without texts


def test_metrics_are_documented(client: TestClient) -> None:
    counted = set(
        re.findall(r"^# TYPE (textwright_\w+?)(?:_total|_created)? ", client.get("/metrics").text, re.MULTILINE)
    )
    assert set(re.findall(r"`(textwright_\w+?)(?:_total)?`", PAGE)) == counted


def test_limits_are_documented() -> None:
    for option, value in asdict(Limits()).items():
        assert f"| `--max-{option.replace('_', '-')}` | {value:,.0f} |" in PAGE


def test_the_command_s_limits_are_those_of_the_server() -> None:
    settings = signature(serve).parameters
    assert {f"max_{name}": value for name, value in asdict(Limits()).items()} == {
        name: each.default for name, each in settings.items() if name.startswith("max_")
    }
