"""Hooks of the documentation site: what docs/ links to outside itself comes along, GitHub's Markdown is understood.

`mkdocs build` runs them. A page is written for a code host; in the site, files from elsewhere in the
project lie below `project/`, and links to them and from them are turned round.
"""

from __future__ import annotations

import posixpath
import re
import shutil
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files
    from mkdocs.structure.pages import Page

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
NOTEBOOKS = ROOT / "src/textwright/notebook/lessons"
# What tools/export_lessons.py wrote: each lesson as a page with its output, which stands in the notebook's place.
LESSONS = ROOT / "out/lessons"
ELSEWHERE = "project"
STARTS = ("README.md", "CONTRIBUTING.md", "CHANGELOG.md")
LINK = re.compile(r"(?<=\]\()(?![a-z]+:|#)([^)#\s]+)")
FENCE = re.compile(r"^ *(```|~~~)")
EVERY_NAME = re.compile(r"^::: ([\w.]+)\.\*$", re.MULTILINE)
ITEM = re.compile(r"(?:[-*]|\d+\.) ")


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the files outside docs/ that some page links to, the lessons, and each page as it was written."""
    from mkdocs.structure.files import File

    for path in sorted(linked_elsewhere()):
        name = f"{ELSEWHERE}/{path.relative_to(ROOT).as_posix()}"
        content = path.read_text(encoding="utf-8") if path.suffix == ".md" else path.read_bytes()
        files.append(File.generated(config, name, content=content))
    for lesson in sorted(LESSONS.glob("*.html")):
        files.append(File.generated(config, f"lessons/{lesson.name}", abs_src_path=str(lesson)))
    return files


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Turn links round and read Markdown as code hosts do."""
    del config, files
    here = page.file.src_uri
    markdown = EVERY_NAME.sub(lambda every: one_by_one(every[1]), markdown)
    return as_python_markdown(LINK.sub(lambda link: relinked(link[1], here), markdown))


def on_post_page(output: str, page: Page, config: MkDocsConfig) -> str:
    """Name the search for those who do not see it; the theme forgets to."""
    del page, config
    return output.replace(
        'data-md-component="search" role="dialog"', 'data-md-component="search" role="dialog" aria-label="Search"'
    )


def on_post_build(config: MkDocsConfig) -> None:
    """Put each page beside its HTML as it was written, and all in one file, for readers that are programs."""
    sys.path.insert(0, str(Path(__file__).parent))
    from make_llms import full

    site = Path(config.site_dir)
    for path in DOCS.glob("*.md"):
        shutil.copy(path, site / path.name)
    (site / "llms-full.txt").write_text(full(), encoding="utf-8")


# --- files from elsewhere -------------------------------------------------------------------


def linked_elsewhere() -> set[Path]:
    """Find what lies outside docs/ and is linked from its pages, or from such a page in turn."""
    found = {ROOT / name for name in STARTS}
    waiting = [*DOCS.glob("*.md"), *found]
    while waiting:
        path = waiting.pop()
        new = {each for each in links_of(path) if not each.is_relative_to(DOCS)} - found
        found |= new
        waiting += [each for each in new if each.suffix == ".md"]
    return found


def links_of(path: Path) -> Iterator[Path]:
    """Give the files of the project that a page links to."""
    for target in LINK.findall(path.read_text(encoding="utf-8")):
        file = (path.parent / target).resolve()
        if file.is_file() and file.is_relative_to(ROOT):
            yield file


def virtual(path: Path) -> str:
    """Say where a file lies in the site.

    >>> virtual(DOCS / "rules.md"), virtual(ROOT / "README.md")
    ('rules.md', 'project/README.md')
    """
    if path.is_relative_to(DOCS):
        return path.relative_to(DOCS).as_posix()
    if path.parent == NOTEBOOKS and (LESSONS / f"{path.stem}.html").is_file():
        return f"lessons/{path.stem}.html"
    return f"{ELSEWHERE}/{path.relative_to(ROOT).as_posix()}"


def actual(name: str) -> Path:
    """Say which file stands behind a name in the site."""
    parts = Path(name).parts
    return ROOT.joinpath(*parts[1:]) if parts[0] == ELSEWHERE else DOCS / name


def relinked(target: str, here: str) -> str:
    """Give a link as it must be in the site; one that leads to no file stays, and the build says so.

    >>> relinked("../README.md", "rules.md"), relinked("docs/rules.md", "project/README.md")
    ('project/README.md', '../rules.md')
    """
    file = (actual(here).parent / target).resolve()
    if not file.is_file():
        return target
    return posixpath.relpath(virtual(file), posixpath.dirname(here) or ".")


def one_by_one(package: str) -> str:
    """Name each public name of a package by its home: what is fetched late is not seen otherwise.

    >>> one_by_one("textwright").split()[:2]
    [':::', 'textwright.types.Annotation']
    """
    module = import_module(package)
    return "\n\n".join(f"::: {home_of(getattr(module, name), package, name)}" for name in module.__all__)


def home_of(value: Any, package: str, name: str) -> str:
    """Say where a public value is defined; a plain constant is looked for in each module of the package."""
    if isinstance(value, ModuleType):
        return value.__name__
    if hasattr(value, "__qualname__"):
        return f"{value.__module__}.{value.__qualname__}"
    return f"{package}.{getattr(import_module(package), 'home_of', {}).get(name, '')}.{name}".replace("..", ".")


# --- Markdown -------------------------------------------------------------------------------


def as_python_markdown(text: str) -> str:
    """Part lists and tables from the paragraph before them, and free the bars in code inside tables.

    >>> print(as_python_markdown("Two:\\n- a\\n- b"))
    Two:
    <BLANKLINE>
    - a
    - b
    """
    return "\n".join(_parted(text.split("\n")))


def _parted(lines: list[str]) -> Iterator[str]:
    before, inside = "", False
    for line in lines:
        if FENCE.match(line):
            inside = not inside
        elif not inside and begins_block(line, before):
            yield ""
        yield line.replace("\\|", "&#124;" if "`" not in line else "|") if is_row(line) and not inside else line
        before = line


def is_row(line: str) -> bool:
    """Say whether a line is a table's."""
    return line.startswith("|")


def begins_block(line: str, before: str) -> bool:
    """Say whether a list or table begins right below a paragraph."""
    if not before.strip() or before.startswith(("#", " ")):
        return False
    return bool(ITEM.match(line) and not ITEM.match(before)) or (is_row(line) and not is_row(before))
