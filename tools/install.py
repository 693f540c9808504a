"""Install this folder into the environment whose Python runs this; what is fetched must have its hash in the lock.

Run: `.venv/bin/python tools/install.py --editable annotate`. The lock is constraints.txt. pip knows no hash of a
folder, so that all that the extras ask for comes first, and then the folder alone.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from importlib.metadata import version
from pathlib import Path

ROOT = Path(__file__).parents[1]
LOCK = ROOT / "constraints.txt"
SELF = re.compile(r"textwright\[([\w,-]+)\]")
# What is imported is compiled then; all of it here would take a minute more.
PIP = [sys.executable, "-m", "pip", "install", "--quiet", "--no-compile", "--disable-pip-version-check"]
BUILDING = ["--build-constraint", str(LOCK)]
LOCKED = [*PIP, "--require-hashes", "--constraint", str(LOCK), *BUILDING]


def main(arguments: Sequence[str] | None = None) -> None:
    """Install what the command line names, each part after what it needs."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("extras", nargs="*", help="extras of pyproject.toml")
    parser.add_argument("--editable", action="store_true", help="leave the code where it is")
    parser.add_argument("--alone", action="append", default=[], metavar="PACKAGE", help="without what it asks for")
    asked = parser.parse_args(arguments)
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    known = project["optional-dependencies"]
    if unknown := set(asked.extras) - set(known):
        parser.error(f"unknown extras: {', '.join(sorted(unknown))}. Known: {', '.join(known)}")
    bring_pip(LOCK.read_text(encoding="utf-8"))
    wanted = needs(project, asked.extras)
    if any(each.startswith("torch>") for each in wanted):
        # A machine may hold a build without CUDA, gigabytes smaller: pip passes over a file whose hash it has yet to
        # compute for one whose hash an index tells, unless there is no index. Without such a file the next line acts.
        subprocess.run([*LOCKED, "--no-index", "--no-deps", "torch"], check=False, capture_output=True)
    subprocess.run([*LOCKED, *wanted], check=True)
    if asked.alone:
        subprocess.run([*LOCKED, "--no-deps", *asked.alone], check=True)
    folder = ["--editable", str(ROOT)] if asked.editable else [str(ROOT)]
    subprocess.run([*PIP, "--no-deps", *BUILDING, *folder], check=True)


def needs(project: Mapping[str, dict[str, list[str]]], extras: Iterable[str]) -> list[str]:
    """List what the project asks for with some extras, and with the extras that these bring."""
    waiting, seen, found = list(extras), set[str](), list(project["dependencies"])
    while waiting:
        extra = waiting.pop()
        if extra in seen:
            continue
        seen.add(extra)
        for each in project["optional-dependencies"][extra]:
            own = SELF.fullmatch(each)
            if own is None:
                found.append(each)
            else:
                waiting += own[1].split(",")
    return sorted(set(found))


def bring_pip(lock: str) -> None:
    """Bring the locked pip, since only newer ones look for hashes among constraints; any pip compares its own."""
    pinned = locked(lock, "pip")
    if pinned.startswith(f"pip=={version('pip')} "):
        return
    with tempfile.TemporaryDirectory() as folder:
        alone = Path(folder) / "pip.txt"
        alone.write_text(pinned, encoding="utf-8")
        subprocess.run([*PIP, "--require-hashes", "--requirement", str(alone)], check=True)


def locked(lock: str, name: str) -> str:
    """Return the lines of one package: its version, and the hashes of all files of that version."""
    found = re.search(rf"^{re.escape(name)}==(?:.*\\\n)*.*\n", lock, re.MULTILINE)
    if found is None:
        sys.exit(f"constraints.txt: no {name} in it. `make constraints` writes the file again.")
    return found[0]


if __name__ == "__main__":
    try:
        main()
    except subprocess.CalledProcessError as failed:
        sys.exit(failed.returncode)
