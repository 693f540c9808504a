"""Ask whether faults are known of what is pinned, in Python and in Node: `make audit`. Silence is never a yes.

Ends with 1 where a fault is known, and with 2 where nobody could be asked: `pip-audit` passes what it did not find.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
PYTHON = [sys.executable, "-m", "pip_audit", "--disable-pip", "--require-hashes", "--format", "json", "-r"]
NODE = ["npm", "audit", "--json", "--package-lock-only"]
# Where each list of pins stands, what asks about it, and in which folder.
LISTS = (
    ("constraints.txt", [*PYTHON, "constraints.txt"], ROOT),
    ("web/package-lock.json", NODE, ROOT / "web"),
    ("bench/web/package-lock.json", NODE, ROOT / "bench" / "web"),
)
KNOWN, UNASKED = 1, 2


def main() -> None:
    """Ask about each list, say what came back, and end with the gravest."""
    status = 0
    for name, command, folder in LISTS:
        told = subprocess.run(command, cwd=folder, capture_output=True, text=True)
        found = python_faults(told.stdout) if command[0] == sys.executable else node_faults(told.stdout)
        print("\n".join(f"{name}: {line}" for line in lines_for(found)))
        status = KNOWN if found or status == KNOWN else UNASKED if found is None else status
    sys.exit(status)


def lines_for(found: list[str] | None) -> list[str]:
    """Say what is known, or that nobody could be asked."""
    if found is None:
        return ["NOT AUDITED: the advisories cannot be reached from here. Run `make audit` where they can."]
    return found or ["no fault is known."]


def python_faults(output: str) -> list[str] | None:
    """Read what pip-audit writes; None where it knows of no fault, but could not ask about every package."""
    packages = _read(output).get("dependencies", [])
    asked = [each for each in packages if "vulns" in each]
    found = [f"{each['name']} {each['version']}: {fault['id']}" for each in asked for fault in each["vulns"]]
    return found if found or 0 < len(asked) == len(packages) else None


def node_faults(output: str) -> list[str] | None:
    """Read what npm writes; None where it could not ask."""
    found = _read(output)
    if "auditReportVersion" not in found:
        return None
    return [f"{name} {fault['range']}: {fault['severity']}" for name, fault in found["vulnerabilities"].items()]


def _read(output: str) -> dict[str, Any]:
    try:
        found: dict[str, Any] = json.loads(output)
    except json.JSONDecodeError:
        return {}
    return found


if __name__ == "__main__":
    main()
