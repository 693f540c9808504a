"""The value that `profile` returns."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import Any

from textwright.wrangle.profile.values import (
    Annotations,
    Characters,
    Column,
    Copies,
    Finding,
    Languages,
    Lengths,
    Oddity,
    Unread,
    Words,
)


@dataclass(frozen=True, slots=True)
class Profile:
    """What texts are like. It shows itself in a notebook; `to_html` gives a page that stands alone.

    `languages` is None where it was not looked for, `annotations` where nothing is annotated. The texts in it are
    quoted from the file: treat it as you treat the file.
    """

    name: str
    seed: int
    texts: int
    empty: int
    unread: int
    first_unread: tuple[Unread, ...]
    lengths: tuple[Lengths, ...]
    languages: Languages | None
    characters: Characters
    oddities: tuple[Oddity, ...]
    personal: tuple[Oddity, ...]
    words: Words
    copies: Copies
    columns: tuple[Column, ...]
    annotations: Annotations | None
    missing: tuple[str, ...] = ()

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Return what it means, in words, the most pressing first, each with the command that comes next."""
        from textwright.wrangle.profile.findings import findings_of

        return findings_of(self)

    def to_data(self) -> dict[str, Any]:
        """Return plain data for JSON: all figures, and the findings."""
        return asdict(self) | {"findings": [asdict(finding) for finding in self.findings]}

    def to_json(self) -> str:
        """Return all figures and findings as JSON. Half a surrogate pair is written as an escape."""
        written = json.dumps(self.to_data(), ensure_ascii=False, indent=1) + "\n"
        return written.encode("utf-8", "backslashreplace").decode("utf-8")

    def to_html(self) -> str:
        """Return a page that stands alone, without any address in it: for light and dark, phone and paper."""
        from textwright.wrangle.profile.page import profile_page

        return profile_page(self)

    def __repr__(self) -> str:
        """Show the size; the rest is for `findings`, `to_html` or a notebook."""
        return f"Profile({self.name!r}, {self.texts:,} texts, {len(self.findings)} findings)"

    def _repr_html_(self) -> str:
        from textwright.wrangle.profile.page import profile_fragment

        return profile_fragment(self)
