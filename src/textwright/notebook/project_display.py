"""How a project looks in a notebook: where each of its steps stands, its labels, and the lines that go on."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from textwright.draw import escaped
from textwright.errors import TextwrightError
from textwright.notebook.displays import framed, label_html, table_html

if TYPE_CHECKING:
    from textwright.project.files import Project

SUGGESTS = {"nothing": "nothing", "rules": "rules of your own", "prompt": "a prompt of your own"}


def project_html(project: Project) -> str:
    """Show a project: its folder, what there is of each step, and how to go on."""
    where = f'<p class="tw-known"><code>{escaped(str(project.folder))}</code></p>'
    head = f"<p><strong>{escaped(project.name)}</strong></p>{where}"
    return framed(head + table_html(("step", "what there is"), _rows(project)) + _onward(project))


def _rows(project: Project) -> Iterator[tuple[str, str]]:
    steps = {
        "Texts": _texts,
        "Looked for": _labels,
        "Suggests": _suggests,
        "Corrected": _corrected,
        "Judged": _judged,
        "Shipped": _shipped,
    }
    for name, words in steps.items():
        yield name, _words(words, project)


def _words(words: Callable[[Project], str], project: Project) -> str:
    """Ask for the words of a step; what cannot be read of one hinders no other."""
    try:
        return words(project)
    except TextwrightError as error:
        return escaped(str(error))


def _texts(project: Project) -> str:
    from textwright.store.held_out import is_held_out

    texts = project.texts
    aside = sum(map(is_held_out, texts))
    return f"{len(texts):,}, of which {aside:,} are set aside for the test" if len(texts) else "none yet"


def _labels(project: Project) -> str:
    schema = project.schema
    tasks = [escaped(task.name) for task in schema.tasks]
    named = [label_html(label.name, schema) for label in schema.labels] + tasks
    return " &ensp;".join(named) or "nothing yet"


def _suggests(project: Project) -> str:
    state = project.state
    return escaped(SUGGESTS.get(state.suggesting) or state.model or "nothing")


def _corrected(project: Project) -> str:
    from textwright.store.held_out import is_held_out

    texts = project.annotated
    aside = sum(map(is_held_out, texts))
    return f"{len(texts):,}, of which {aside:,} for the test" if len(texts) else "none yet"


def _judged(project: Project) -> str:
    from textwright.project.judge.judged import judged
    from textwright.project.judge.words import headline_of

    found = judged(project)
    return "not yet" if found is None else escaped(headline_of(found))


def _shipped(project: Project) -> str:
    from textwright.project.judge.asking import title_of
    from textwright.project.ship.shipping import shipped

    note = shipped(project)
    if note is None:
        return "not yet"
    return f"{escaped(title_of(note.method))}, in <code>{escaped(str(project.model))}</code>"


def _onward(project: Project) -> str:
    from textwright.project.standing import command

    return (
        "<p class='tw-known'>Go on with <code>project.texts</code>, <code>project.schema</code>, "
        "<code>project.judge()</code>, <code>project.ship()</code>, or in the page: "
        f"<code>{escaped(command('start', project.folder))}</code></p>"
    )
