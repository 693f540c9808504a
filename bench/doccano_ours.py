"""The same person at work in textwright's page: by the keys of its help alone, or with the mouse as well."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

sys.path.insert(0, str(Path(__file__).parent))

from doccano_hands import Hands, units
from doccano_plans import Look, Mark, Place, Text, presses
from doccano_server import end

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

COMMANDS = ("pip install 'textwright[annotate]'", "textwright annotate titles.jsonl --schema job_titles")
SEEN = """() => {
  const { text, ruler, selection, state } = document.querySelector("span-annotator");
  const points = (place) => Array.from(text.slice(0, place)).length;
  const place = ({ start, end }) => [points(start), points(end)];
  return { text, words: ruler.words.map(place), selection: place(selection),
    drawn: [...state.spans, ...state.proposed.spans].map(span => [...place(span), span.label]) };
}"""
ENDS = """([start, end]) => {
  const text = document.querySelector('[role=group][aria-label="Text"]');
  const walker = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
  while (walker.nextNode() && walker.currentNode.length < end);
  const box = place => {
    const range = document.createRange();
    range.setStart(walker.currentNode, place);
    range.setEnd(walker.currentNode, place + 1);
    return range.getBoundingClientRect();
  };
  const [first, last] = [box(start), box(end - 1)];
  return [[first.left + 1, first.top + first.height / 2], [last.right - 1, last.top + last.height / 2]];
}"""


@contextmanager
def annotate(folder: Path, texts: Path, *options: str) -> Iterator[str]:
    """Keep `textwright annotate` running on a free port; give its address."""
    program = Path(sys.executable).with_name("textwright")
    command: list[str | Path] = [
        program,
        "annotate",
        texts,
        "--no-browser",
        "--port",
        "0",
        "--annotator",
        "ann",
        *options,
    ]
    with subprocess.Popen(
        command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, start_new_session=True
    ) as process:
        assert process.stdout is not None
        try:
            yield next(found[0] for line in process.stdout if (found := re.search(r"http://\S+", line)))
        finally:
            end(process)


class Ours:
    """A person at work in textwright's page."""

    def __init__(self, page: Page, url: str) -> None:
        self.hands, self.page, self.url = Hands(page), page, url

    @property
    def text(self) -> Locator:
        return self.page.locator('[role=group][aria-label="Text"]')

    def open(self) -> None:
        self.page.goto(self.url)

    def wait_for_text(self, name: str) -> None:
        self.page.locator(f'[role=group][aria-label="Text"][data-id="{name}"]:focus').wait_for()

    def seen(self) -> dict[str, Any]:
        found: dict[str, Any] = self.page.evaluate(SEEN)
        return found

    def plan(self, marks: Sequence[Mark], keys: dict[str, str], *, mouse: bool) -> list[str]:
        """Read what the page shows and find the fewest presses that lead to the marks."""
        seen = self.seen()
        words: list[Place] = [(start, end) for start, end in seen["words"]]
        drawn = frozenset((start, end, label) for start, end, label in seen["drawn"])
        start, end = seen["selection"]
        return presses(
            Text(words, len(seen["text"]), frozenset(marks), keys), Look((start, end), None, drawn), mouse=mouse
        )

    def annotate(self, name: str, marks: Sequence[Mark], keys: dict[str, str], *, mouse: bool = False) -> None:
        """Make the marks of the text that is shown."""
        self.wait_for_text(name)
        for press in self.plan(marks, keys, mouse=mouse):
            self.do(press)
        if (drawn := self.drawn()) != sorted(marks):
            raise SystemExit(f"textwright shows {drawn}, expected {sorted(marks)}")

    def do(self, press: str) -> None:
        if press.startswith("drag "):
            _, start, end = press.split()
            self.drag((int(start), int(end)))
        else:
            self.hands.key(press)

    def drag(self, place: Place) -> None:
        text = self.seen()["text"]
        begin, end = self.page.evaluate(ENDS, [units(text, place[0]), units(text, place[1])])
        self.hands.drag(begin, end)

    def drawn(self) -> list[Mark]:
        """Read the spans that are drawn, proposed ones too."""
        found = self.text.locator("[data-start]").evaluate_all(
            "marks => marks.map(({ dataset: d }) => [Number(d.start), Number(d.end), d.label])"
        )
        return sorted({(start, end, label) for start, end, label in found})

    def hand_in(self) -> None:
        self.hands.key("Enter")

    def wait_until_saved(self) -> None:
        self.page.get_by_role("status").filter(has_text=re.compile(r"^\s*✓?\s*Saved")).first.wait_for()

    def export(self) -> list[dict[str, Any]]:
        answer = self.page.request.get(f"{self.url.partition('?')[0]}api/export?format=jsonl")
        return [json.loads(line) for line in answer.text().splitlines()]

    def history(self, number: int) -> list[dict[str, Any]]:
        acts: list[dict[str, Any]] = self.page.request.get(
            f"{self.url.partition('?')[0]}api/history?text={number}"
        ).json()["acts"]
        return acts
