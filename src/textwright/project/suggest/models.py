"""Models that are installed and know some of what the project looks for."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches

from textwright import packs
from textwright.errors import DataError, ModelError
from textwright.references import model_names
from textwright.schema import Schema


@dataclass(frozen=True, slots=True)
class Offer:
    """A model that may suggest, with what it knows of the project's labels and questions. `about` is a sentence."""

    reference: str
    pack: str
    about: str
    labels: tuple[str, ...]
    tasks: tuple[str, ...]


def offers(schema: Schema) -> list[Offer]:
    """List the models of packs that share a label or a question with the schema, those that share most first."""
    found = [offer for name in packs.installed() for offer in _of_pack(name, schema)]
    return sorted(found, key=lambda offer: -len(offer.labels) - len(offer.tasks))


def check_offered(reference: str) -> None:
    """Raise `DataError` at a model that no page offers: a project's file, or a request, may name anything."""
    names = model_names()
    if reference not in names:
        near = get_close_matches(reference, names, n=1)
        guess = f" Did you mean {near[0]}?" if near else ""
        raise DataError(f"the model {reference} was not offered here.{guess} Offered are: {', '.join(names)}")


def shared(schema: Schema, other: Schema) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the labels and the questions of `schema` that another schema knows by the same names."""
    answers = {task.name: {label.name for label in task.labels} for task in other.tasks}
    labels = tuple(label for label in schema.spans if label in other.spans)
    tasks = [each for each in schema.tasks if answers.get(each.name, set()) & {label.name for label in each.labels}]
    return labels, tuple(task.name for task in tasks)


def _of_pack(name: str, schema: Schema) -> Iterator[Offer]:
    """Offer the models of a pack; one that cannot be loaded offers none, and `textwright models` says why."""
    try:
        pack = packs.open_pack(name)
    except ModelError:
        return
    labels, tasks = shared(schema, pack.schema)
    if not labels and not tasks:
        return
    for model in sorted(pack.models, key=lambda each: each != pack.best):
        reference = name if model == pack.best else f"{name}.{model}"
        yield Offer(reference, pack.summary, _about(pack.models[model]), labels, tasks)


def _about(opener: Callable[[], object]) -> str:
    """Return the sentence that says what a model is: the first line of its opener, without the order to open it."""
    line = (opener.__doc__ or "").strip().partition("\n")[0].removeprefix("Open ")
    return line[:1].upper() + line[1:]
