"""Run the lessons and write each with its outputs as a page: `python tools/export_lessons.py out/lessons [NAME...]`.

A page that is newer than its lesson and the package's version of the frame is left as it is; `--again` makes all anew.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
from pathlib import Path

from textwright.notebook.frame import lesson as lessons

FRAME = Path(lessons.__file__).parent
DOCS = Path(__file__).parent.parent / "docs"
NAMED = re.compile(r"<code>([\w-]+)\.md</code>")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("names", nargs="*")
    parser.add_argument("--again", action="store_true")
    asked = parser.parse_args()
    asked.folder.mkdir(parents=True, exist_ok=True)
    chosen = [lessons.find_lesson(name) for name in asked.names] or lessons.installed_lessons()
    return max((export(each, asked.folder, again=asked.again) for each in chosen), default=0)


def export(lesson: lessons.Lesson, folder: Path, *, again: bool) -> int:
    """Write a lesson's page in a process of its own, so that no lesson can lean on another."""
    page = folder / f"{lesson.name}.html"
    if not again and is_current(page, lesson.path):
        return 0
    command = [sys.executable, "-m", "textwright", "notebook", lesson.name, "--html", str(page)]
    status = subprocess.run([*command, "--folder", str(folder)], check=False).returncode
    if not status:
        page.write_text(linked(page.read_text(encoding="utf-8")), encoding="utf-8")
    return status


def linked(page: str) -> str:
    """Make links of the documents that a lesson names: in the site its page stands in a folder beside theirs."""
    return NAMED.sub(lambda named: _link(named) if (DOCS / f"{named[1]}.md").is_file() else named[0], page)


def _link(named: re.Match[str]) -> str:
    return f'<a href="../{named[1]}.html">{named[0]}</a>'


def is_current(page: Path, source: Path) -> bool:
    made_from = [source, Path(__file__), *FRAME.glob("*.py"), *FRAME.glob("*.css")]
    return page.is_file() and page.stat().st_mtime > max(each.stat().st_mtime for each in made_from)


if __name__ == "__main__":
    sys.exit(main())
