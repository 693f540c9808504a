"""Write docs/llms.txt, the map of the documents for readers that are programs: `python tools/make_llms.py`.

It is made of the site's nav and each page's first sentence, in the form of https://llmstxt.org.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from mkdocs.utils.yaml import yaml_load

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
FILE = DOCS / "llms.txt"
# What a first sentence is looked for in: paragraphs, not headings, code, tables, lists, pictures or directives.
NO_SENTENCE = re.compile(r"^(#|```|\||[-*] |!\[|:::|<)")


def nav() -> list[Any]:
    """Return the site's nav as it stands in mkdocs.yml."""
    found: list[Any] = settings()["nav"]
    return found


def settings() -> dict[str, Any]:
    """Return what mkdocs.yml says."""
    return yaml_load((ROOT / "mkdocs.yml").read_text(encoding="utf-8"))


def pages(entries: list[Any]) -> Iterator[tuple[str, str]]:
    """Yield title and file of each page below nav entries, in order."""
    for entry in entries:
        for title, target in entry.items():
            if isinstance(target, str):
                yield title, target
            else:
                yield from pages(target)


def first_sentence(text: str) -> str:
    """Return the first sentence of a page, without links and line breaks.

    >>> first_sentence("# Title\\n\\nSee [this](a.md), e.g.\\nhere. And that.")
    'See this, e.g. here.'
    """
    bare = re.sub(r"^```.*?^```$", "", text, flags=re.MULTILINE | re.DOTALL)
    paragraphs = (part for part in re.split(r"\n\s*\n", bare) if part.strip())
    found = next((part for part in map(_below_heading, paragraphs) if part and not NO_SENTENCE.match(part)), "")
    plain = re.sub(r"!?\[([^\]]*)\]\([^)]*\)", r"\1", " ".join(found.split())).replace("**", "")
    return re.split(r"(?<=[.?!:])\s(?=[A-Z`])", plain, maxsplit=1)[0].rstrip(":")


def _below_heading(part: str) -> str:
    return "\n".join(line for line in part.strip().split("\n") if not line.startswith("#"))


def sections() -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """Yield the parts of the nav with their pages; single pages come first."""
    for entry in nav():
        for title, target in entry.items():
            yield title, list(pages([{title: target}]))


def short() -> str:
    """Return the map: each page with its first sentence."""
    lines = ["# textwright", "", f"> {settings()['site_description']}"]
    for title, found in sections():
        lines += ["", f"## {title}", ""]
        lines += [f"- [{name}]({file}): {first_sentence(source(file))}" for name, file in found]
    return "\n".join(lines) + "\n"


def full() -> str:
    """Return all pages, one after another."""
    return "\n\n".join(source(file).strip() for _, found in sections() for _, file in found) + "\n"


def source(file: str) -> str:
    """Return a page as it was written."""
    return (DOCS / file).read_text(encoding="utf-8")


if __name__ == "__main__":
    FILE.write_text(short(), encoding="utf-8")
