"""Somebody who never trained anything, at the project page. What is clicked and pressed is counted."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Locator, Page, expect

from tests.browser.start.keys import Place, keys_for
from textwright.types import Example, Span

# Milliseconds: a machine that tests many things at once is slow.
PATIENCE = 30_000
NEXT = re.compile("^Next: ")
LOOK = """group => {
    const text = group.firstChild.data;
    const segments = [...new Intl.Segmenter("en", { granularity: "word" }).segment(text)];
    const words = segments.filter(({ isWordLike }) => isWordLike);
    const marks = [...group.querySelectorAll("[data-start]")];
    const labels = [...document.querySelectorAll("section[aria-label=Labels] button[value]")];
    return {
        text,
        words: words.map(({ index, segment }) => [index, index + segment.length]),
        drawn: marks.map(({ dataset: d }) => [Number(d.start), Number(d.end), d.label]),
        suggested: marks.filter((mark) => mark.matches("[data-suggested]")).length,
        keys: labels.map((button) => [button.value, button.getAttribute("aria-keyshortcuts")]),
    };
}"""


@dataclass(frozen=True)
class Shown:
    """A text as it is up: its words, what is drawn on it, and the key of each label."""

    text: str
    words: list[Place]
    drawn: list[Span]
    suggested: int
    keys: dict[str, str]

    @classmethod
    def of(cls, seen: dict[str, Any]) -> Shown:
        """Read what `LOOK` gives."""
        text, drawn = seen["text"], [Span(*each) for each in seen["drawn"]]
        words = [_glued(text, *place) for place in seen["words"]]
        return cls(text, words, drawn, seen["suggested"], dict(seen["keys"]))


@dataclass
class Newcomer:
    """Somebody at a page. `acts` are the clicks and presses outside of annotating, in words."""

    page: Page
    gold: Mapping[str, Example]
    acts: list[str] = field(default_factory=list)
    # Of each corrected text: how many keys it took, and how many spans were suggested.
    keys: list[int] = field(default_factory=list)
    suggested: list[int] = field(default_factory=list)

    # --- outside of annotating: everything counts ------------------------------------------------

    def click(self, target: Locator) -> None:
        words = target.inner_text().strip() or target.get_attribute("aria-label") or target.get_attribute("name")
        target.click()
        self.acts.append(f"click {words}")

    def type(self, target: Locator, text: str) -> None:
        """Type into a field: one act, and one more for the click where it has not the focus yet."""
        if not target.evaluate("field => field === document.activeElement"):
            self.click(target)
        target.fill(text)
        self.acts.append(f"type {text[:20]!r}")

    def paste(self, target: Locator, text: str) -> None:
        """Paste into a field, whatever number of lines: counted as typing is."""
        if not target.evaluate("field => field === document.activeElement"):
            self.click(target)
        self.page.evaluate("text => navigator.clipboard.writeText(text)", text)
        self.press("ControlOrMeta+v")

    def press(self, key: str) -> None:
        self.page.keyboard.press(key)
        self.acts.append(f"press {key}")

    def button(self, name: str) -> Locator:
        return self.page.get_by_role("main").get_by_role("button", name=name, exact=True)

    def go_on(self) -> None:
        """Follow the link that leads on to the next step."""
        link = self.page.get_by_role("link", name=NEXT)
        step = link.inner_text().removeprefix("Next: ")
        self.click(link)
        expect(self.page.get_by_role("heading", level=1)).to_have_text(step, timeout=PATIENCE)

    # --- annotating ------------------------------------------------------------------------------

    @property
    def text(self) -> Locator:
        return self.page.get_by_role("group", name="Text", exact=True)

    def look(self) -> Shown:
        """See what is up once it has the focus."""
        self.page.locator('[role=group][aria-label="Text"]:focus').wait_for()
        return Shown.of(self.text.evaluate(LOOK))

    def correct(self, count: int) -> list[str]:
        """Correct so many texts by the keyboard; return their texts."""
        return [self.correct_one() for _ in range(count)]

    def keys_of_this(self) -> list[str]:
        """List the keys that make the text that is up right, and hand it in."""
        shown = self.look()
        return keys_for(shown.words, shown.drawn, self.gold[shown.text].gold.spans or (), shown.keys)

    def correct_one(self) -> str:
        """Make of what is drawn what is right, and hand it in."""
        shown, name = self.look(), self.text.get_attribute("data-id")
        gold = self.gold[shown.text].gold.spans or ()
        *keys, last = keys_for(shown.words, shown.drawn, gold, shown.keys)
        for key in keys:
            self.page.keyboard.press(key)
        self._wait_drawn(gold)
        self.page.keyboard.press(last)
        self.page.locator(f'[role=group][data-id="{name}"]').wait_for(state="detached")
        self.keys.append(len(keys) + 1)
        self.suggested.append(shown.suggested)
        return shown.text

    def saved(self) -> None:
        """Wait until the page says that all is on disk."""
        self.page.get_by_role("status").filter(has_text=re.compile(r"^\s*Saved")).wait_for()

    def _wait_drawn(self, spans: Iterable[Span]) -> None:
        wanted = sorted((span.start, span.end, span.label) for span in spans)
        self.page.wait_for_function(
            """wanted => JSON.stringify([...document.querySelectorAll('[role=group] [data-start]')]
                .map(({ dataset: d }) => [Number(d.start), Number(d.end), d.label])
                .sort((a, b) => a[0] - b[0] || a[1] - b[1] || (a[2] < b[2] ? -1 : 1))) === wanted""",
            arg=_as_json(wanted),
        )


def _as_json(marks: list[tuple[int, int, str]]) -> str:
    return "[" + ",".join(f'[{start},{end},"{label}"]' for start, end, label in marks) + "]"


def _glued(text: str, start: int, end: int) -> Place:
    """A currency sign belongs to the number behind it, and `+`, `#` and `%` to the word before: as on the page."""
    if start > 0 and text[start - 1] in "£$€" and text[start].isdigit():
        start -= 1
    while end < len(text) and text[end] in "+#%":
        end += 1
    return start, end
