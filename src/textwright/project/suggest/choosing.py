"""Choose what suggests, and open it."""

from __future__ import annotations

from textwright.errors import DataError
from textwright.predictor import Predictor
from textwright.project.files import Project
from textwright.project.state import Suggesting
from textwright.project.suggest.folder import fingerprint, rules_file, save_rules
from textwright.project.suggest.forms import read_rules
from textwright.project.suggest.language_model import Asked, asked_of, prompt_reference, write_prompt
from textwright.project.suggest.models import check_offered, shared
from textwright.references import open_reference

# A source's name stands in every suggestion that is kept.
LONGEST_NAME, SHORT = 150, 12


def choose(project: Project, suggesting: Suggesting, *, model: str | None = None) -> None:
    """Let something else suggest. Raise `DataError` when it cannot, and nothing is changed then.

    A model must know a label or a question of the project by its name.
    """
    if suggesting == "model":
        _check_model(project, model)
    elif suggesting == "rules" and not rules_file(project).exists():
        save_rules(project, read_rules(project).rules)
    elif suggesting == "prompt" and asked_of(project) is None:
        write_prompt(project, Asked())
    project.change(suggesting=suggesting, model=model if suggesting == "model" else project.state.model)


def _check_model(project: Project, model: str | None) -> None:
    if not model:
        raise DataError("no model was named. textwright models lists those that are installed")
    check_offered(model)
    labels, tasks = shared(project.schema, open_reference(model).schema)
    if not labels and not tasks:
        known = ", ".join((*project.schema.spans, *(task.name for task in project.schema.tasks))) or "none"
        raise DataError(f"{model} knows none of your labels: {known}. A model finds what it calls by the same name")


def source_of(project: Project, reference: str) -> str:
    """Name what suggests, so that rules or a prompt that were changed are another source, and suggest anew."""
    kind = project.state.suggesting
    file = {"rules": rules_file(project), "prompt": project.prompt_file}.get(kind)
    if file is None:
        return reference if len(reference) <= LONGEST_NAME else f"model {fingerprint(reference)[:SHORT]}"
    schema = project.schema_file.read_bytes() if project.schema_file.exists() else b""
    return f"{kind} {fingerprint(file.read_bytes() + schema)[:SHORT]}" if file.exists() else kind


def suggester_of(project: Project) -> str | None:
    """Return the reference of the model that suggests; None: nothing does, or its file is gone.

    Raise `DataError` at what a project cannot have named: a model that was not offered, a file outside its folder.
    """
    suggesting = project.state.suggesting
    if suggesting == "rules":
        return f"{project.rules}/" if rules_file(project).exists() else None
    if suggesting == "prompt":
        return prompt_reference(project) if project.prompt_file.exists() else None
    if suggesting == "model" and project.state.model:
        check_offered(project.state.model)
        return project.state.model
    return None


def open_suggester(project: Project) -> dict[str, Predictor]:
    """Open what suggests, under its name; nothing where nothing does. Raise `TextwrightError` when it cannot be."""
    reference = suggester_of(project)
    return {} if reference is None else {source_of(project, reference): open_reference(reference)}
