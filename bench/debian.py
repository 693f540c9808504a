"""Texts of another domain that any Debian machine holds: descriptions of packages, to be sorted into sections.

    python bench/debian.py FOLDER

It writes train.jsonl (about 6,000), dev.jsonl (1,000) and test.jsonl (2,000): a package's one-line description with its
section, 40 of them, as the category. All packages built from one source stand in one file, so that near-same
descriptions do not leak. It reads `apt-cache dumpavail`.
"""

from __future__ import annotations

import hashlib
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from textwright.dataset import Dataset
from textwright.types import Annotation, Category, Example

SIZES = {"train": 6000, "dev": 1000, "test": 2000}
# Sections that say nothing of what a package is for, or that come from one source.
NO_TOPIC = ("oldlibs", "metapackages", "tasks")
SECTIONS, MOST = 40, 400


def main() -> None:
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    for name, examples in parts(described_packages()).items():
        Dataset(examples).write(folder / f"{name}.jsonl")


def described_packages() -> Iterator[tuple[str, Example]]:
    """Yield each package's description with the name of the source it is built from."""
    listing = subprocess.run(["apt-cache", "dumpavail"], check=True, capture_output=True, text=True).stdout
    for block in listing.split("\n\n"):
        field = dict(line.split(": ", 1) for line in block.splitlines() if ": " in line and not line.startswith(" "))
        if not {"Package", "Section", "Description"} <= field.keys() or field["Section"] in NO_TOPIC:
            continue
        category = Category("section", field["Section"])
        example = Example(field["Package"], field["Description"], Annotation(categories=(category,)))
        yield field.get("Source", field["Package"]).split()[0], example


def parts(packages: Iterator[tuple[str, Example]]) -> dict[str, list[Example]]:
    """Take the largest sections, at most so many texts of each, and cut them by source, always in the same way."""
    by_section: dict[str, dict[str, tuple[str, Example]]] = defaultdict(dict)
    for source, example in packages:
        by_section[section_of(example)].setdefault(example.text, (source, example))
    largest = sorted(by_section.values(), key=len, reverse=True)[:SECTIONS]
    kept = [each for section in largest for each in sorted(section.values(), key=lambda one: drawn(one[1].id))[:MOST]]
    by_source: dict[str, list[Example]] = defaultdict(list)
    for source, example in kept:
        by_source[source].append(example)
    found: dict[str, list[Example]] = {name: [] for name in SIZES}
    for source in sorted(by_source, key=drawn):
        part = next((name for name, size in SIZES.items() if len(found[name]) < size), "")
        found.get(part, []).extend(by_source[source])
    return found


def section_of(example: Example) -> str:
    return (example.gold.categories or ())[0].label


def drawn(name: str) -> str:
    return hashlib.sha256(name.encode()).hexdigest()


if __name__ == "__main__":
    main()
