"""The same 50 titles in a real doccano 1.8.4 and in textwright: what a person does by hand, and what survives export.

    python bench/doccano.py [--pictures] [--titles 50]

Starts a doccano of its own and `textwright annotate`, and works in both pages in Chromium, by mouse and keys alone.
Makes doccano's environment once, in the cache folder that its tests use. Prints the tables of
docs/compared-with-doccano.md; `--pictures` also writes its pictures. Takes about ten minutes.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path
from statistics import mean, median
from typing import TYPE_CHECKING, Any

import doccano_ours
from doccano_hands import Doccano
from doccano_ours import Ours, annotate
from doccano_plans import Mark, flat
from doccano_server import COMMANDS, backend_of, doccano, installed

from textwright import formats
from textwright.experiment.measure.chromium import chromium as found_chromium
from textwright.packs.job_titles import PACK
from textwright.types import Example

if TYPE_CHECKING:
    from playwright.sync_api import Page

ROOT = Path(__file__).parents[1]
SAMPLE = ROOT / "src/textwright/packs/job_titles/sample.jsonl"
PICTURES = ROOT / "docs/pictures"
CHROMIUM = found_chromium()
FLAGS = ["--no-sandbox", "--disable-gpu"]
SIZE = (1280, 800)
PICTURE_HEIGHT = 580

KEYS = {label.name: str(label.key) for label in PACK.schema.labels}
COLOURS = {label.name: str(label.colour) for label in PACK.schema.labels}
EMOJI = "🚀 Senior 👩‍💻 UX Designer, Leeds"
EMOJI_MARKS: list[Mark] = [(2, 8, "SENIORITY"), (13, 24, "COREJOBTITLE"), (26, 31, "LOCATION")]
OVERLAP = "Allow overlapping"
NOTE = "which team?"

Done = list[Counter[str]]


@dataclass(frozen=True)
class Title:
    id: str
    text: str
    marks: list[Mark]
    meta: dict[str, Any]


@dataclass(frozen=True)
class Found:
    """What one way of working gave: what was done a title, and the exported lines."""

    done: Done
    lines: list[dict[str, Any]]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pictures", action="store_true")
    parser.add_argument("--titles", type=int, default=50)
    chosen = parser.parse_args()
    titles = list(nested_titles())[: chosen.titles]
    pictures = PICTURES if chosen.pictures else None
    marks = sum(len(title.marks) for title in titles)
    print(f"{len(titles)} titles with {marks} spans, {count_nested(titles)} of them inside another or on its place\n")
    with tempfile.TemporaryDirectory() as folder, browser_page() as page:
        write_files(Path(folder), titles)
        ours = in_textwright(page, Path(folder), titles, pictures)
        theirs = in_doccano(page, Path(folder), titles, pictures)
    print_all(titles, theirs, ours)


# --- the titles -----------------------------------------------------------------------------------


def nested_titles() -> Iterator[Title]:
    """Read the titles of the sample in which a span stands inside another or on its place."""
    for example in formats.read(SAMPLE):
        marks = [(span.start, span.end, span.label) for span in example.gold.spans or ()]
        title = Title(str(example.id), example.text, marks, dict(example.meta))
        if count_nested([title]):
            yield title


def count_nested(titles: Sequence[Title]) -> int:
    return sum(any(inside(mark, other) for other in title.marks) for title in titles for mark in title.marks)


def inside(mark: Mark, other: Mark) -> bool:
    return mark != other and other[0] <= mark[0] and mark[1] <= other[1]


def write_files(folder: Path, titles: Sequence[Title]) -> None:
    """Write the texts for both programs, and the labels as doccano reads them. The last text has emoji."""
    every = [*titles, Title("emoji", EMOJI, [], titles[0].meta)]
    formats.write(folder / "titles.jsonl", [Example(each.id, each.text, meta=each.meta) for each in every])
    lines = [{"id": each.id, "text": each.text, "label": [], **each.meta} for each in every]
    (folder / "doccano.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    labels = [
        {"text": name, "suffix_key": key, "background_color": COLOURS[name], "text_color": "#ffffff"}
        for name, key in KEYS.items()
    ]
    (folder / "labels.json").write_text(json.dumps(labels), encoding="utf-8")


@contextmanager
def browser_page() -> Iterator[Page]:
    from playwright.sync_api import sync_playwright

    if CHROMIUM is None:
        raise SystemExit("no Chromium: make setup")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser.new_page(viewport={"width": SIZE[0], "height": SIZE[1]})
        browser.close()


# --- doccano --------------------------------------------------------------------------------------


def in_doccano(page: Page, folder: Path, titles: Sequence[Title], pictures: Path | None) -> dict[str, Any]:
    """Do all titles with overlap allowed, and again as a project is without that; try an emoji, undo, a comment."""
    say("doccano starts")
    home = folder / "doccano"
    home.mkdir()
    texts, labels = folder / "doccano.jsonl", folder / "labels.json"
    found: dict[str, Any] = {}
    with doccano(home) as url:
        person = Doccano(page, url)
        page.set_default_timeout(30_000)
        person.sign_in()
        signing_in = person.hands.taken()
        person.make_project("titles", [OVERLAP], labels, texts)
        found["steps"] = signing_in + first_label_in_doccano(person, titles[0])
        done = work_in_doccano(person, titles, pictures)
        found |= tried_in_doccano(person)
        files, found["formats"] = person.export()
        found["file"], lines = next(iter(files.items()))
        found["nested"] = Found(done, lines)
        person.leave()
        person.make_project("as it comes", [], labels, texts)
        found["default"] = default_in_doccano(person, titles, pictures)
    return found


def first_label_in_doccano(person: Doccano, title: Title) -> Counter[str]:
    """Make the first span, count all until then, and take it away again."""
    person.wait_for_text(title.text)
    start, end, label = next(mark for mark in title.marks if mark[0] == 0)
    person.hands.key(KEYS[label])
    person.mark(title.text, (start, end))
    steps = person.hands.taken()
    person.page.locator(".annotation-text svg g > text[dy]").first.click(button="right")
    person.rest(1)
    person.chosen = label
    return steps


def work_in_doccano(person: Doccano, titles: Sequence[Title], pictures: Path | None) -> Done:
    person.hands.taken()
    done = []
    for title, after in zip_longest(titles, titles[1:]):
        next_labels = {label for _, _, label in after.marks} if after else set()
        person.annotate(title.text, title.marks, KEYS, next_labels)
        if title is titles[0]:
            take(person.page, pictures, "doccano-nested.png")
        person.hand_in()
        done.append(person.hands.taken())
        say(f"doccano: {len(done)} titles")
    return done


def tried_in_doccano(person: Doccano) -> dict[str, Any]:
    """On the text with emoji: spans, Ctrl+Z, taking a span away, a comment."""
    person.annotate(EMOJI, EMOJI_MARKS, KEYS, set())
    before = person.drawn()
    person.page.keyboard.press("Control+z")
    person.rest(1.5)
    undone = before - person.drawn()
    person.comment(NOTE)
    return {"undone": undone}


def default_in_doccano(person: Doccano, titles: Sequence[Title], pictures: Path | None) -> dict[str, Any]:
    """Try every span where overlap is not allowed, in the order in which most find room; see what is refused."""
    refused = 0
    for title in titles:
        person.wait_for_text(title.text)
        first = flat(title.marks)
        for start, end, label in [*first, *(mark for mark in title.marks if mark not in first)]:
            person.hands.key(KEYS[label])
            refused += not person.mark(title.text, (start, end))
        if title is titles[0]:
            take(person.page, pictures, "doccano-default.png")
        person.hand_in()
        say(f"doccano as it comes: {title.id}")
    [lines] = person.export()[0].values()
    return {"refused": refused, "lines": lines}


def marks_of(line: dict[str, Any]) -> list[Mark]:
    return sorted((start, end, label) for start, end, label in line["label"])


# --- textwright -----------------------------------------------------------------------------------


def in_textwright(page: Page, folder: Path, titles: Sequence[Title], pictures: Path | None) -> dict[str, Any]:
    """Do all titles by keys alone, with mouse and keys, and with suggestions."""
    page.set_default_timeout(30_000)
    ways = {
        "keys": ([], False),
        "mouse": ([], True),
        "suggested": (["--suggest", "job_titles", "--blind-share", "0"], False),
    }
    found: dict[str, Any] = {}
    for way, (options, mouse) in ways.items():
        own = folder / way
        own.mkdir()
        shutil.copy(folder / "titles.jsonl", own)
        with annotate(own, own / "titles.jsonl", "--schema", "job_titles", *options) as url:
            person = Ours(page, url)
            person.open()
            if way == "keys":
                found["steps"] = first_label_in_textwright(person, titles[0])
            if way == "suggested":
                wait_for_suggestions(person)
            done = work_in_textwright(person, titles, mouse, pictures if way == "keys" else None)
            if way == "keys":
                found |= tried_in_textwright(person, len(titles) + 1)
            person.wait_until_saved()
            found[way] = Found(done, person.export())
            page.goto("about:blank")
    return found


def first_label_in_textwright(person: Ours, title: Title) -> Counter[str]:
    """Make the first span, count all until then, and take it back."""
    person.wait_for_text(title.id)
    for press in person.plan(title.marks, KEYS, mouse=False):
        person.do(press)
        if press in KEYS.values():
            break
    steps = person.hands.taken()
    person.page.keyboard.press("Control+z")
    person.page.reload()
    return steps


def wait_for_suggestions(person: Ours) -> None:
    """Wait until the first text comes up with its suggestion: the model is opened in the background."""
    for _ in range(60):
        person.text.wait_for()
        if person.seen()["drawn"]:
            return
        person.page.wait_for_timeout(1000)
        person.page.reload()
    raise SystemExit("no suggestion after a minute")


def work_in_textwright(person: Ours, titles: Sequence[Title], mouse: bool, pictures: Path | None) -> Done:
    person.hands.taken()
    done = []
    for title in titles:
        person.annotate(title.id, title.marks, KEYS, mouse=mouse)
        if title is titles[0]:
            take(person.page, pictures, "annotate-nested.png")
        person.hand_in()
        done.append(person.hands.taken())
    say(f"textwright: {len(done)} titles")
    return done


def tried_in_textwright(person: Ours, number: int) -> dict[str, Any]:
    """On the text with emoji: spans, Ctrl+Z, a note; then see what the history holds."""
    person.annotate("emoji", EMOJI_MARKS, KEYS)
    before = len(person.drawn())
    person.page.keyboard.press("Control+z")
    undone = before - len(person.drawn())
    person.page.keyboard.press("Control+Shift+z")
    person.page.get_by_label("Note").first.fill(NOTE)
    person.text.focus()
    person.hand_in()
    person.wait_until_saved()
    person.page.wait_for_timeout(1000)
    return {"undone": undone, "acts": person.history(number)}


# --- what comes out -------------------------------------------------------------------------------


def print_all(titles: Sequence[Title], theirs: dict[str, Any], ours: dict[str, Any]) -> None:
    print_steps(theirs["steps"], ours["steps"])
    columns = {
        "doccano": theirs["nested"].done,
        "textwright, keys alone": ours["keys"].done,
        "textwright, mouse and keys": ours["mouse"].done,
        "textwright, keys, suggestions": ours["suggested"].done,
    }
    print_actions(columns)
    print_suggested(titles, ours["suggested"].done)
    print_survival(titles, theirs, ours)
    print_source(backend_of(installed()))


def print_steps(theirs: Counter[str], ours: Counter[str]) -> None:
    print("| from nothing to the first label | doccano | textwright |\n| --- | ---: | ---: |")
    print(f"| commands | {len(COMMANDS)} | {len(doccano_ours.COMMANDS)} |")
    print("| terminals that stay open | 2 | 1 |")
    print("| files to write beside the texts | 1 (labels) | 0 (the schema comes with it) |")
    for kind in ("clicks", "fields", "files", "keys", "drags"):
        print(f"| {PLAIN[kind]} | {theirs[kind]} | {ours[kind]} |")
    print(f"| together, in the page | {theirs.total()} | {ours.total()} |\n")


PLAIN = {
    "clicks": "clicks",
    "fields": "fields filled in",
    "files": "files chosen",
    "keys": "key presses",
    "drags": "drags with the mouse",
}


def print_actions(columns: dict[str, Done]) -> None:
    print(f"| actions a title: median (mean) | {' | '.join(columns)} |\n| --- |{' ---: |' * len(columns)}")
    for kind in ("drags", "clicks", "keys"):
        print(f"| {PLAIN[kind]} | {' | '.join(shown([each[kind] for each in done]) for done in columns.values())} |")
    print(f"| together | {' | '.join(shown([each.total() for each in done]) for done in columns.values())} |")
    print(
        f"| most in one title | {' | '.join(str(max(each.total() for each in done)) for done in columns.values())} |\n"
    )


def shown(numbers: Sequence[int]) -> str:
    return f"{median(numbers):g} ({mean(numbers):.1f})"


def print_suggested(titles: Sequence[Title], done: Done) -> None:
    once = sum(each.total() == 1 for each in done)
    print(f"With suggestions, {once} of {len(titles)} titles took one key press: Enter.\n")


def print_survival(titles: Sequence[Title], theirs: dict[str, Any], ours: dict[str, Any]) -> None:
    nested, default, keys = theirs["nested"].lines, theirs["default"]["lines"], ours["keys"].lines
    print("| in the exported file | doccano, overlap allowed | doccano as it comes | textwright |")
    print("| --- | --- | --- | --- |")
    wanted = {title.id: {*title.marks} for title in titles}
    total = sum(map(len, wanted.values()))
    counts = [kept(wanted, doccano_marks(nested)), kept(wanted, doccano_marks(default)), kept(wanted, our_marks(keys))]
    print(f"| spans | {' | '.join(f'{count} of {total}' for count in counts)} |")
    print(
        f"| whole titles right | {' | '.join(f'{n} of {len(titles)}' for n in whole(wanted, nested, default, keys))} |"
    )
    emoji = [doccano_marks(nested)["emoji"], our_marks(keys)["emoji"]]
    right = [len(each & {*EMOJI_MARKS}) for each in emoji]
    print(f"| spans behind an emoji | {right[0]} of {len(EMOJI_MARKS)} | | {right[1]} of {len(EMOJI_MARKS)} |")
    print(f"| keys of a line | `{', '.join(nested[-1])}` | | `{', '.join(keys[-1])}` |\n")
    print(f"{EMOJI!r}: wanted {EMOJI_MARKS}")
    print(f"  doccano {sorted(emoji[0])}")
    print(f"  textwright {sorted(emoji[1])}")
    print(f"doccano as it comes: {theirs['default']['refused']} of {total} drags were refused, without a word")
    print(f"doccano's file: {theirs['file']}; formats offered: {', '.join(theirs['formats'])}")
    print(f"textwright's formats: {', '.join(formats.FORMATS)}")
    print(f"doccano's line: {json.dumps(nested[-1], ensure_ascii=False)}")
    print(f"textwright's line: {json.dumps(keys[-1], ensure_ascii=False)}")
    print(f"Ctrl+Z took back: doccano {theirs['undone']} spans, textwright {ours['undone']}")
    print(f"textwright's history of the text with emoji: {' '.join(act['kind'] for act in ours['acts'])}\n")


def doccano_marks(lines: Sequence[dict[str, Any]]) -> dict[str, set[Mark]]:
    return {str(line["id"]): {*marks_of(line)} for line in lines}


def our_marks(lines: Sequence[dict[str, Any]]) -> dict[str, set[Mark]]:
    return {line["id"]: {(each["start"], each["end"], each["label"]) for each in line["spans"]} for line in lines}


def kept(wanted: dict[str, set[Mark]], found: dict[str, set[Mark]]) -> int:
    return sum(len(marks & found[name]) for name, marks in wanted.items())


def whole(wanted: dict[str, set[Mark]], nested: Any, default: Any, keys: Any) -> list[int]:
    every = [doccano_marks(nested), doccano_marks(default), our_marks(keys)]
    return [sum(found[name] == marks for name, marks in wanted.items()) for found in every]


def print_source(backend: Path) -> None:
    """Look for words in doccano's own Python files, without its tests."""
    files = [path for path in backend.rglob("*.py") if "tests" not in path.parts]
    texts = [path.read_text(encoding="utf-8").casefold() for path in files]
    for word in ("agreement", "kappa", "krippendorff", "undo", "history"):
        print(f"doccano's {len(files)} Python files with {word!r}: {sum(word in text for text in texts)}")


def take(page: Page, pictures: Path | None, name: str) -> None:
    """Take a picture of the upper part of the page, where the text stands."""
    if pictures is not None:
        page.screenshot(path=pictures / name, clip={"x": 0, "y": 0, "width": SIZE[0], "height": PICTURE_HEIGHT})


def say(words: str) -> None:
    print(words, file=sys.stderr, flush=True)


if __name__ == "__main__":
    try:
        main()
    except subprocess.CalledProcessError as error:
        raise SystemExit(f"{error}\n{error.stderr}") from error
