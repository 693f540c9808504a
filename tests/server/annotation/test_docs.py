"""docs/annotation-server.md names every route with its role, every problem and every limit."""

from __future__ import annotations

import re
from pathlib import Path

from textwright.server.annotation.limits import AnnotationLimits
from textwright.server.annotation.routes import ROUTES
from textwright.store import audit

ROOT = Path(__file__).parents[3]
PAGE = (ROOT / "docs/annotation-server.md").read_text(encoding="utf-8")
SERVER = ROOT / "src/textwright/server"
# What other servers share: the gate without what pages of named sites are told, the token, bodies that are no texts.
SHARED = {"gate.py": "class OtherSites", "requests.py": "# --- a request to predict", "keys.py": "# --- keys"}


def sources() -> str:
    own = [path.read_text(encoding="utf-8") for path in (SERVER / "annotation").glob("*.py")]
    shared = [(SERVER / name).read_text(encoding="utf-8").partition(end)[0] for name, end in SHARED.items()]
    token = (SERVER / "keys.py").read_text(encoding="utf-8").partition("# --- the token of a run")[2]
    return "\n".join([*own, *shared, token])


def test_routes_are_documented_with_their_roles() -> None:
    documented = {}
    for requests, role in re.findall(r"^\| (`[A-Z]+ /api.*?) \| (\w*) ?\|", PAGE, re.MULTILINE):
        for method, path in re.findall(r"`([A-Z]+) ([^?`]+)", requests):
            documented[method, path] = role or None
    assert documented == {(route.method, route.path): route.role for route in ROUTES}


def test_problems_are_documented() -> None:
    raised = set(re.findall(r'HttpProblem\(\s*[\w.]+,\s*"(\w+)"', sources()))
    table = PAGE.partition("| status |")[2].partition("\n\n")[0]
    documented = {kind for row in table.splitlines()[2:] for kind in re.findall(r"`([a-z_]+)`", row.split("|")[2])}
    assert documented == raised | {"no_such_file", "method_not_allowed", "fault"}


def test_limits_are_documented() -> None:
    limits = AnnotationLimits()
    assert f"bodies up to {limits.body // 2**20} MiB (imports {limits.upload // 2**30} GiB" in PAGE
    assert f"{limits.acts:,} acts a request" in PAGE
    assert f"{limits.requests_a_second:.0f} requests and {limits.acts_a_second:.0f} acts a second" in PAGE
    assert f"({limits.requests_burst:,.0f} and {limits.acts_burst:,.0f} after a pause)" in PAGE
    assert f"{limits.log_in_burst:.0f} tries, then one in {limits.log_in_seconds:.0f} seconds, from each place" in PAGE
    assert (
        f"{limits.name_burst:.0f} tries from all places together, then\none in {limits.name_seconds:.0f} seconds"
        in PAGE
    )
    assert f"the last {audit.MOST:,} of each kind are kept" in PAGE
