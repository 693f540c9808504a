"""The folder of the project's own rules: written from the page, or by hand, and never one over the other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

from textwright.errors import DataError
from textwright.project.files import Project, write_json, write_text
from textwright.project.suggest.compiling import Compiled, compile_page, predictor_of
from textwright.project.suggest.forms import PageRule, PageRules, read_rules, renamed, write_rules
from textwright.project.suggest.toml import toml_of
from textwright.schema import Schema

RULES, CONFIG = "rules.toml", "config.json"
# Where rules that were written by hand are kept when the page's rules take their place.
PUT_ASIDE = "rules.by-hand.toml"
LAST = 2


def rules_file(project: Project) -> Path:
    """Return the file of the project's rules."""
    return project.rules / RULES


def save_rules(project: Project, rules: Sequence[PageRule]) -> Compiled:
    """Keep the page's rules, and make the folder of them. Raise `DataError` where that was written by hand."""
    if is_by_hand(project):
        raise DataError(f"{rules_file(project)} was changed by hand, and the page does not write over it")
    compiled = compile_page(rules, project.schema)
    predictor_of(compiled, project.schema)
    content = toml_of(compiled.rules)
    _note(project, rules, content)
    _write(project, content)
    return compiled


def is_by_hand(project: Project) -> bool:
    """Say whether somebody wrote or changed the rules outside of the page."""
    path = rules_file(project)
    return path.exists() and fingerprint(_content(path)) not in read_rules(project).written


def use_page_rules(project: Project) -> None:
    """Put what was written by hand aside, and make the folder of the page's rules again."""
    if not is_by_hand(project):
        return
    path = rules_file(project)
    try:
        path.replace(project.folder / PUT_ASIDE)
    except OSError as error:
        raise DataError(f"{path}: cannot be moved: {error.strerror}") from error
    save_rules(project, read_rules(project).rules)


def follow_schema(project: Project, renames: Mapping[str, str]) -> None:
    """Bring the rules up to date with the project's labels; `renames` maps old names to new ones.

    Rules of a label that is gone stay in the page's form and mark nothing. Rules that were written by hand stay as
    they are.
    """
    page = read_rules(project)
    if page.rules and renames:
        write_rules(project, replace(page, rules=renamed(page.rules, renames)))
    if not rules_file(project).exists():
        return
    if is_by_hand(project):
        _write_config(project, project.schema)
    else:
        save_rules(project, renamed(page.rules, renames))


def fingerprint(content: bytes | str) -> str:
    """Return what a content is known by."""
    return sha256(content.encode() if isinstance(content, str) else content).hexdigest()


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise DataError(f"{path}: {error.strerror}") from error


def _note(project: Project, rules: Sequence[PageRule], content: str) -> None:
    """Write the form first, with both fingerprints: whoever is killed before the folder finds it as the page's own."""
    written = list(dict.fromkeys([*read_rules(project).written, fingerprint(content)]))
    written.sort(key=fingerprint(content).__eq__)
    write_rules(project, PageRules(tuple(rules), tuple(written[-LAST:])))


def _write(project: Project, content: str) -> None:
    path = rules_file(project)
    try:
        path.parent.mkdir(exist_ok=True)
    except OSError as error:
        raise DataError(f"{path.parent}: cannot be made: {error.strerror}") from error
    _write_config(project, project.schema)
    write_text(path, content)


def _write_config(project: Project, schema: Schema) -> None:
    """Write the model's configuration with the labels in it, so that the folder can be taken elsewhere."""
    config = {"kind": "rules", "name": f"rules of {project.name}", "rules": RULES}
    write_json(project.rules / CONFIG, {**config, "schema": schema.to_data()})
