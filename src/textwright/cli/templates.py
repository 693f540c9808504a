"""`textwright templates`: what a language model can be asked."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from textwright.cli.telling import say
from textwright.errors import ModelError
from textwright.llm.prompts.front_matter import Variable
from textwright.llm.prompts.template import PACKAGED, Template, open_template, template_files, user_folder
from textwright.packs.templates import template_folders


def complete_template(incomplete: str) -> list[str]:
    """Offer the names of the templates that begin with what was typed."""
    return [name for name in template_files(template_folders()) if name.startswith(incomplete)]


def templates(
    name: Annotated[
        str | None,
        typer.Argument(
            metavar="[NAME]",
            help="Print the file of this template, or of the one at this path.",
            autocompletion=complete_template,
        ),
    ] = None,
) -> None:
    """List the templates for language models, with their variables; with a name, print its file.

    Your own stand in the folder that the list names. One may extend another: it changes what it states and
    leaves the rest.

    Example:
        textwright templates ner
    """
    folders = template_folders()
    if name is not None:
        sys.stdout.write(open_template(name, folders=folders).source)
        return
    for each, path in template_files(folders).items():
        print("\n".join(_lines(each, path, folders)))
    say(f"Your own templates stand in {user_folder()}")


def _lines(name: str, path: Path, folders: list[Path]) -> list[str]:
    """Describe a template; one of the user's that cannot be read does not hide the others."""
    try:
        template = open_template(name, folders=folders)
    except ModelError as error:
        return [f"{name}  cannot be used: {error}"]
    return lines_of(template, name, source_of(path))


def lines_of(template: Template, name: str, source: str) -> list[str]:
    """Say what a template asks for, where it comes from, and what can be set.

    >>> lines_of(open_template("qa"), "qa", "textwright")[0]
    'qa  answer, from textwright'
    """
    width = max(map(len, template.variables), default=0)
    variables = [f"  {each:{width}}  {described(variable)}" for each, variable in template.variables.items()]
    return [f"{name}  {template.task}, from {source}", f"  {template.description}", *variables]


def described(variable: Variable) -> str:
    """Say what a variable means and what it is when nothing is said.

    >>> described(Variable("How many questions.", 3)), described(Variable("The question.", required=True))
    ('How many questions. [3]', 'The question. [required]')
    """
    default = "required" if variable.required else shown(variable.default)
    return f"{variable.meaning} [{default}]" if default else variable.meaning


def shown(default: object) -> str:
    """Write a default as one would set it; nothing for what is empty."""
    if isinstance(default, list):
        return ",".join(map(str, default))
    return str(default).lower() if isinstance(default, bool) else str(default)


def source_of(path: Path) -> str:
    """Say whose a template is: the package's, a pack's or the user's."""
    if path.parent == PACKAGED:
        return "textwright"
    if path.parent.name == "prompts":
        return f"the pack {path.parent.parent.name}"
    return str(path)
