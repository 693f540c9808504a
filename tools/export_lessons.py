"""Run the lessons and write each with its outputs as a page: `python tools/export_lessons.py out/lessons [NAME...]`.

A page that is newer than its lesson and the package's version of the frame is left as it is; `--again` makes all anew.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from pathlib import Path

from textwright.notebook.frame import lesson as lessons

FRAME = Path(lessons.__file__).parent


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
    return subprocess.run([*command, "--folder", str(folder)], check=False).returncode


def is_current(page: Path, source: Path) -> bool:
    made_from = [source, *FRAME.glob("*.py"), *FRAME.glob("*.css")]
    return page.is_file() and page.stat().st_mtime > max(each.stat().st_mtime for each in made_from)


if __name__ == "__main__":
    sys.exit(main())
