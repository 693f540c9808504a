"""Write constraints.txt again: exact versions for every system and Python, with the hashes of all files of each.

`make constraints` keeps the versions that stand there and adds what is missing. `make constraints NEWER=--upgrade`
takes the newest of all, `NEWER="--upgrade-package numpy"` of one. What is installed by itself is named with its
version: `python tools/make_constraints.py --alone NAME==VERSION`.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys

from install import LOCK, ROOT, locked

UV = [sys.executable, "-m", "uv", "pip", "compile", "--quiet", "--universal", "--generate-hashes", "--no-annotate"]
COMPILE = [*UV, "--no-header", "--python-version", "3.11"]
# What installs the rest: pip itself, and what hatchling asks for where the code is left where it is.
BESIDE = "pip\neditables\n"
# Its makers publish builds without CUDA elsewhere under the same version, and a machine may be set up with these.
BUILT_TWICE = "torch"


def main() -> None:
    """Resolve all extras for all systems at once, and put what is installed by itself among them."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--alone", action="append", default=[], metavar="NAME==VERSION")
    asked, newer = parser.parse_known_args()
    together = [*COMPILE, *newer, "--all-extras", "pyproject.toml", "-", "--output-file", str(LOCK)]
    subprocess.run(together, cwd=ROOT, input=BESIDE, text=True, check=True, stdout=subprocess.DEVNULL)
    alone = "\n".join(asked.alone)
    found = subprocess.run([*COMPILE, "--no-deps", "-"], input=alone, text=True, check=True, stdout=subprocess.PIPE)
    LOCK.write_text(in_order(with_this_build(LOCK.read_text(encoding="utf-8")) + found.stdout), encoding="utf-8")


def in_order(lock: str) -> str:
    """Sort the packages by their names."""
    return "".join(sorted(re.findall(r"^[^ \n](?:.*\\\n)*.*\n", lock, re.MULTILINE)))


def with_this_build(lock: str) -> str:
    """Add the hash of the file that pip takes here, where the registry has another file of the same version."""
    entry = locked(lock, BUILT_TWICE)
    pinned = entry.split(" ")[0]
    ask = [sys.executable, "-m", "pip", "install", "--quiet", "--dry-run", "--no-deps", "--ignore-installed"]
    told = subprocess.run([*ask, "--report", "-", pinned], text=True, check=True, stdout=subprocess.PIPE).stdout
    [installed] = json.loads(told)["install"]
    taken = f"--hash=sha256:{installed['download_info']['archive_info']['hashes']['sha256']}"
    return lock if taken in entry else lock.replace(entry, entry.replace("\\\n", f"\\\n    {taken} \\\n", 1))


if __name__ == "__main__":
    main()
