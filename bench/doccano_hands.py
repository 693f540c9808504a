"""Hands that count what they do, and what they do in a doccano: everything by mouse and keys, as a person would."""

from __future__ import annotations

import io
import json
import sys
import time
import zipfile
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

sys.path.insert(0, str(Path(__file__).parent))

from doccano_plans import Mark, Place, drags
from doccano_server import NAME, PASSWORD

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

Point = tuple[float, float]

# Lines that doccano keeps for later use wait far above the page.
SHOWN = """() => [...document.querySelectorAll(".annotation-text svg text[id*=':']")]
  .filter(line => line.getBoundingClientRect().top > -1000)
  .sort((a, b) => parseInt(a.id) - parseInt(b.id))
  .map(line => line.textContent).join("")"""
ENDS = """([start, end]) => {
  const lines = [...document.querySelectorAll(".annotation-text svg text[id*=':']")]
    .filter(line => line.getBoundingClientRect().top > -1000);
  const box = place => {
    const line = lines.find(({ id }) => { const [a, b] = id.split(":").map(Number); return a <= place && place < b; });
    const range = document.createRange();
    const begin = Number(line.id.split(":")[0]);
    range.setStart(line.firstChild, place - begin);
    range.setEnd(line.firstChild, place - begin + 1);
    return range.getBoundingClientRect();
  };
  const [first, last] = [box(start), box(end - 1)];
  return [[first.left + 1, first.top + first.height / 2], [last.right - 1, last.top + last.height / 2]];
}"""
LABELS = ".annotation-text svg g > text[dy]"


class Hands:
    """One person's hands: each click, drag, key press, field filled in and file chosen is counted."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.done: Counter[str] = Counter()

    def click(self, target: Locator, **options: Any) -> None:
        target.click(**options)
        self.done["clicks"] += 1

    def key(self, stroke: str) -> None:
        """Press a key; with Shift or Ctrl held it counts once."""
        self.page.keyboard.press(stroke)
        self.done["keys"] += 1

    def fill(self, field: Locator, words: str) -> None:
        """Fill a field in; counted once, however long the words."""
        field.fill(words)
        self.done["fields"] += 1

    def choose(self, field: Locator, path: Path) -> None:
        field.set_input_files(path)
        self.done["files"] += 1

    def drag(self, begin: Point, end: Point) -> None:
        mouse = self.page.mouse
        mouse.move(*begin)
        mouse.down()
        mouse.move((begin[0] + end[0]) / 2, begin[1])
        mouse.move(*end)
        mouse.up()
        self.done["drags"] += 1

    def taken(self) -> Counter[str]:
        """Give what was done since the last time, and count anew."""
        done, self.done = self.done, Counter()
        return done


class Doccano:
    """A person at work in doccano."""

    def __init__(self, page: Page, url: str) -> None:
        self.hands, self.page, self.url = Hands(page), page, url
        self.chosen: str | None = None
        self.requests: Counter[str] = Counter()
        page.on(
            "response", lambda answer: self.requests.update([f"{answer.request.method} {answer.url.split('/')[-1]}"])
        )

    # --- from the first page to the first text ----------------------------------------------

    def sign_in(self) -> None:
        self.page.goto(self.url)
        self.hands.click(self.page.get_by_text("Login", exact=False).first)
        self.hands.fill(self.page.locator("input[name=username]"), NAME)
        self.hands.fill(self.page.locator("input[name=password]"), PASSWORD)
        self.hands.key("Enter")
        self.page.wait_for_url("**/projects**")
        self.page.get_by_role("button", name="Create").wait_for()

    def make_project(self, name: str, options: Sequence[str], labels: Path, texts: Path) -> None:
        """Make a project, bring labels and texts in, open the first text."""
        hands, page = self.hands, self.page
        hands.click(page.get_by_role("button", name="Create").or_(page.get_by_role("link", name="Create")).first)
        hands.click(page.locator(".v-card", has_text="Sequence Labeling").last)
        hands.fill(page.get_by_label("Project name"), name)
        hands.fill(page.get_by_label("Description"), name)
        for option in options:
            hands.click(page.get_by_text(option, exact=False))
        hands.click(page.get_by_role("button", name="Create"))
        page.get_by_text("Start Annotation").wait_for()
        self.rest(1.5)
        self.bring_in("Labels", labels, None)
        self.bring_in("Dataset", texts, "JSONL")
        self.begin()

    def bring_in(self, where: str, path: Path, kind: str | None) -> None:
        hands, page = self.hands, self.page
        self.open(where)
        self.act("Import")
        if kind is not None:
            self.pick(kind)
        hands.choose(page.locator("input[type=file]"), path)
        button = page.locator("button:not([disabled])", has_text="Import").last
        button.wait_for(timeout=120_000)
        self.rest(1.5)
        hands.click(button)
        page.wait_for_url(lambda url: not url.split("?")[0].endswith("/import"), timeout=60_000)
        self.rest(1)

    def open(self, where: str) -> None:
        self.hands.click(self.page.locator(".v-list-item", has_text=where).first)
        self.rest(1.5)

    def act(self, what: str) -> None:
        self.hands.click(self.page.get_by_role("button", name="Actions"))
        self.hands.click(self.page.locator(".menuable__content__active .v-list-item", has_text=what))
        self.rest(1.2)

    def pick(self, kind: str) -> list[str]:
        """Choose a file format; give all that are offered."""
        self.hands.click(self.page.locator(".v-select").first)
        offered = self.page.locator(".menuable__content__active .v-list-item")
        offered.first.wait_for()
        kinds = offered.all_inner_texts()
        self.hands.click(offered.filter(has_text=kind).first)
        self.rest(0.8)
        return [each.strip() for each in kinds]

    def begin(self) -> None:
        self.hands.click(self.page.get_by_text("Start Annotation"))
        self.page.locator(".annotation-text svg text[id*=':']").first.wait_for()
        self.rest(1)
        self.chosen = None

    def leave(self) -> None:
        """Go back to the list of projects."""
        self.page.get_by_role("button", name="Projects").click()
        self.page.get_by_role("button", name="Create").wait_for()
        self.rest(1)
        self.hands.taken()

    # --- texts ------------------------------------------------------------------------------

    def annotate(self, text: str, marks: Sequence[Mark], keys: dict[str, str], next_labels: set[str]) -> None:
        """Mark the spans of the text that is shown: the label's key, then a drag; the label stays chosen."""
        self.wait_for_text(text)
        for label, places in drags(marks, self.chosen, next_labels):
            if label != self.chosen:
                self.hands.key(keys[label])
                self.chosen = label
            for place in places:
                self.mark(text, place)

    def mark(self, text: str, place: Place) -> bool:
        """Drag over a place; say whether doccano took it as a span."""
        before, listed = self.requests["POST spans"], self.requests["GET spans"]
        begin, end = self.page.evaluate(ENDS, [units(text, place[0]), units(text, place[1])])
        self.hands.drag(begin, end)
        took = self.comes("POST spans", before, 0.8)
        if took:
            self.comes("GET spans", listed, 10)
        self.rest(0.15)
        return took

    def hand_in(self) -> None:
        """Mark the text as done and go to the next."""
        before = self.requests["GET progress"]
        self.hands.key("Enter")
        # A text asked for while doccano still fetches this one again never comes; its progress comes after that.
        if not self.comes("GET progress", before, 30):
            raise SystemExit("doccano did not take Enter")
        self.rest(0.2)
        self.hands.key("ArrowRight")

    def wait_for_text(self, text: str) -> None:
        shown = ""
        for _ in range(300):
            if (shown := self.page.evaluate(SHOWN)) == text:
                return
            self.rest(0.1)
        raise SystemExit(f"doccano shows {shown!r}, expected {text!r}")

    def drawn(self) -> int:
        return self.page.locator(LABELS).count()

    def comment(self, words: str) -> None:
        """Write a comment on the text that is shown; not counted."""
        self.page.locator(".v-btn-toggle button").nth(4).click()
        dialog = self.page.locator(".v-dialog--active")
        dialog.locator("textarea").fill(words)
        dialog.get_by_role("button", name="Send").click()
        self.rest(1)
        dialog.get_by_role("button", name="Close").click()
        self.rest(0.5)

    # --- out --------------------------------------------------------------------------------

    def export(self) -> tuple[dict[str, list[dict[str, Any]]], list[str]]:
        """Export by the page; give each file's lines, and the formats that are offered."""
        self.open("Dataset")
        self.act("Export")
        kinds = self.pick("JSONL")
        with self.page.expect_download(timeout=60_000) as coming:
            self.hands.click(self.page.locator("button", has_text="Export").last)
        archive = zipfile.ZipFile(io.BytesIO(Path(coming.value.path()).read_bytes()))
        files = {name: archive.read(name).decode("utf-8").splitlines() for name in archive.namelist()}
        return {name: [json.loads(line) for line in lines if line] for name, lines in files.items()}, kinds

    # --- waiting ----------------------------------------------------------------------------

    def comes(self, what: str, before: int, seconds: float) -> bool:
        """Wait until an answer has come since; say whether it came."""
        limit = time.monotonic() + seconds
        while self.requests[what] <= before and time.monotonic() < limit:
            self.rest(0.05)
        return self.requests[what] > before

    def rest(self, seconds: float) -> None:
        self.page.wait_for_timeout(1000 * seconds)


def units(text: str, place: int) -> int:
    """Convert a place in code points into UTF-16 units, as browsers count."""
    return len(text[:place].encode("utf-16-le")) // 2
