"""Templates: what is asked of a language model, as files that anybody can read, copy and change.

A template is TOML between two `+++` lines, then Jinja2 with the blocks `system` and `user`. One that
`extends` another takes from it what it does not say itself, blocks and front matter alike.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Literal

from textwright.errors import ModelError
from textwright.llm.prompts import front_matter
from textwright.llm.prompts.front_matter import FrontMatter, Variable
from textwright.private import config_folder
from textwright.types import NOTHING

TemplateTask = Literal["spans", "categories", "answer"]
Choice = Literal["two", "one", "several"]
PACKAGED = Path(__file__).parent / "templates"
ENDING = ".md"
NAME = re.compile(r"[A-Za-z0-9_-]+")
EXTENDS = re.compile(r"""\{%-?\s*extends\s+(["'])(.*?)\1\s*-?%\}""")
COMMENT = re.compile(r"\{#.*?#\}", re.DOTALL)
TAG = re.compile(r"\{[{%].*?[%}]\}", re.DOTALL)

# Every template may use these without declaring them.
COMMON: Mapping[str, Variable] = {
    "domain": Variable("What the texts are, such as: headlines of job adverts."),
    "description": Variable("Anything else that the model should know."),
    "meanings": Variable("Whether the meanings of the labels are told, or their names alone.", True),
}


@dataclass(frozen=True, slots=True)
class Template:
    """A template with all that its front matter and those it extends say. `source` is its file's text.

    `answer` is the JSON Schema of a template whose task is "answer"; None there means plain text. `schema` names
    the pack or the file whose labels are asked for when nobody names others.
    """

    name: str
    task: TemplateTask
    description: str
    source: str
    variables: Mapping[str, Variable] = field(default_factory=lambda: NOTHING)
    answer: Mapping[str, Any] | None = None
    stop: tuple[str, ...] = ()
    parameters: Mapping[str, Any] = field(default_factory=lambda: NOTHING)
    path: Path | None = None
    choice: Choice | None = None
    schema: str | None = None
    parent: Template | None = None

    @property
    def lineage(self) -> tuple[Template, ...]:
        """Return the template, then the one that it extends, and so on."""
        return (self, *(self.parent.lineage if self.parent else ()))

    @property
    def files(self) -> dict[str, str]:
        """Return what to write into a folder so that its `template.md` opens as this template.

        Raise `ModelError` when two of the templates that it extends have one name.
        """
        found = {f"template{ENDING}": self.source}
        for child, parent in zip(self.lineage, self.lineage[1:], strict=False):
            name = f"{extended(child.source)}{ENDING}"
            if name in found:
                raise ModelError(f"template {self.name} extends two templates of the name {name}; rename one of them")
            found[name] = parent.source
        return found


def user_folder() -> Path:
    """Return the folder of the user's own templates; it need not exist."""
    return config_folder() / "templates"


def templates(folders: Sequence[Path] = ()) -> list[Template]:
    """Open every template by name: those of the folders, then the package's. Of one name the first counts."""
    return [open_template(name, folders=folders) for name in template_files(folders)]


def template_files(folders: Sequence[Path] = ()) -> dict[str, Path]:
    """Return the files that the names stand for, sorted by name, without opening them."""
    found: dict[str, Path] = {}
    for folder in (*folders, PACKAGED):
        for path in folder.glob(f"*{ENDING}") if folder.is_dir() else ():
            if NAME.fullmatch(path.stem):
                found.setdefault(path.stem, path)
    return dict(sorted(found.items()))


def open_template(reference: str, *, folders: Sequence[Path] = ()) -> Template:
    """Open a template by its path, or by its name in the folders and then in the package.

    Raise `ModelError` that says what would have worked.

    >>> open_template("ner").task
    'spans'
    """
    if _is_path(reference):
        return _opened(Path(reference), folders, ())
    files = template_files(folders)
    if reference not in files:
        raise ModelError(_unknown(reference, files))
    return _opened(files[reference], folders, ())


def _is_path(reference: str) -> bool:
    return not NAME.fullmatch(reference)


def _unknown(name: str, known: Mapping[str, Path]) -> str:
    near = get_close_matches(name, known, n=1)
    hint = f" Did you mean {near[0]!r}?" if near else ""
    return f"no template is called {name!r}.{hint} Known templates: {', '.join(known)}; or give the path of a file"


def _opened(path: Path, folders: Sequence[Path], children: tuple[Path, ...]) -> Template:
    """Open the file of a template and those that it extends; `children` are those that extend it."""
    source = _read(path)
    front = front_matter.parse(source, str(path))
    above = _extended(path, front, folders, (*children, path.resolve()))
    return _made(path, source, front, above)


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8"
        raise ModelError(f"{path}: the template cannot be read: {reason}") from error


def extended(source: str) -> str | None:
    """Return the name of the template that this one extends.

    >>> extended('{% extends "ner" %}')
    'ner'
    """
    found = EXTENDS.search(COMMENT.sub("", source))
    return found[2] if found else None


def _extended(path: Path, front: FrontMatter, folders: Sequence[Path], children: tuple[Path, ...]) -> Template | None:
    name = extended(front.body)
    if name is None:
        return None
    found = next((each for each in _candidates(name, path, folders) if each.resolve() not in children), None)
    if found is None:
        circle = any(each.stem == name for each in children)
        known = {each: file for each, file in template_files((path.parent, *folders)).items() if each != path.stem}
        reason = f"it extends {name!r}, which extends it" if circle else _unknown(name, known)
        raise ModelError(f"{path}: {reason}")
    return _opened(found, folders, children)


def _candidates(name: str, path: Path, folders: Sequence[Path]) -> Iterator[Path]:
    """Yield where an extended template may stand: beside the one that extends it, then wherever names are sought.

    A template may extend a packaged one of its own name.
    """
    if not NAME.fullmatch(name):
        return
    for folder in (path.parent, *folders, PACKAGED):
        file = folder / f"{name}{ENDING}"
        if file.is_file():
            yield file


def _made(path: Path, source: str, front: FrontMatter, above: Template | None) -> Template:
    given = {**_inherited(above), **front.given}
    if "task" not in given:
        known = ", ".join(front_matter.TASKS)
        raise ModelError(f"{path}:1: the front matter has no task, and nothing is extended. Known tasks: {known}")
    if given.get("answer") and given["task"] != "answer":
        raise ModelError(
            f'{path}: [answer] is for task = "answer"; for {given["task"]} the schema says what is answered'
        )
    return Template(
        name=front.given.get("name", path.stem),
        task=given["task"],
        description=given.get("description", ""),
        source=source,
        variables=_variables(front, above),
        answer=given.get("answer"),
        stop=given.get("stop", ()),
        parameters={**(above.parameters if above else {}), **front.given.get("parameters", {})},
        path=path,
        choice=given.get("choice"),
        schema=_schema(front, path) or (above.schema if above else None),
        parent=above,
    )


def _schema(front: FrontMatter, path: Path) -> str | None:
    """Return the schema that a template is for: a pack's name, or a file that is looked for beside the template."""
    given = front.given.get("schema")
    beside = path.parent / given if given else path
    return str(beside) if given and beside.is_file() else given


def _inherited(above: Template | None) -> dict[str, Any]:
    if above is None:
        return {}
    return {key: getattr(above, key) for key in ("task", "description", "answer", "stop", "choice")}


def _variables(front: FrontMatter, above: Template | None) -> dict[str, Variable]:
    """Return the declared variables, then the common ones that the body speaks of."""
    common = {name: variable for name, variable in COMMON.items() if name in mentioned(front.body)}
    known = {**common, **(above.variables if above else {}), **front.given.get("variables", {})}
    return {name: known[name] for name in sorted(known, key=lambda name: name in COMMON)}


def mentioned(body: str) -> set[str]:
    """Return every word that stands in the tags of a template's body.

    >>> sorted(mentioned("Text: {{ text }}{% if domain %}!{% endif %}"))
    ['domain', 'endif', 'if', 'text']
    """
    tags = TAG.findall(COMMENT.sub("", body))
    return {word for tag in tags for word in re.findall(r"[A-Za-z_]\w*", tag)}
