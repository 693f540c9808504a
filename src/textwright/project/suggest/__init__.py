"""The step `suggest`: rules that are written in the page, a model, a prompt or nothing marks the texts first."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from textwright.project.standing import Standing, command
from textwright.types import NOTHING

if TYPE_CHECKING:
    from textwright.project.files import Project
    from textwright.project.workbench import Workbench

SHORT = 16


def follow_schema(bench: Workbench, *, renamed: Mapping[str, str] = NOTHING) -> None:
    """Bring the rules up to date with the project's labels; `renamed` maps their old names to the new ones.

    Rules that cannot follow keep nobody from changing labels: it is said.
    """
    from textwright.errors import TextwrightError
    from textwright.project.suggest import folder

    try:
        folder.follow_schema(bench.project, renamed)
    except TextwrightError as error:
        bench.say(f"the rules do not follow the labels: {error}")


def standing(bench: Workbench) -> Standing:
    """Say where the step stands: it is done when something suggests, or when people went on without."""
    from textwright.errors import TextwrightError
    from textwright.project.suggest.choosing import suggester_of
    from textwright.store.kept import count_handed_in_annotations

    try:
        words, reference = _words(bench.project), suggester_of(bench.project)
    except TextwrightError:  # the step itself says what is wrong
        words, reference = "", None
    if reference is not None and words:
        return Standing(True, words, _commands(bench, reference))
    went_on = count_handed_in_annotations(bench.database, bench.desk.project) > 0
    return Standing(went_on, "nothing" if went_on else "")


def _words(project: Project) -> str:
    """Say in a line's few letters what suggests; nothing of rules that are not written yet."""
    if project.state.suggesting == "rules":
        return _of_rules(project)
    model = project.state.model or ""
    suggests = {"model": model if 0 < len(model) <= SHORT else "a model", "prompt": "a language model"}
    return suggests.get(project.state.suggesting, "")


def _of_rules(project: Project) -> str:
    from textwright.project.suggest.folder import is_by_hand
    from textwright.project.suggest.forms import read_rules
    from textwright.wrangle.counted import counted

    count = len(read_rules(project).rules)
    if is_by_hand(project):
        return "rules"
    return counted(count, "rule") if count else ""


def _commands(bench: Workbench, reference: str) -> tuple[str, ...]:
    """Return what shows the suggestions, and what annotates with them: the same line as in the next step."""
    from textwright.project.correct.commands import commands_of

    project, annotate = bench.project, commands_of(bench)
    if project.state.suggesting == "rules":
        look = command("predict", reference, project.texts_file, "--explain")
        return (command("rules", "check", project.rules), look, *annotate)
    return (command("predict", reference, project.texts_file), *annotate)
