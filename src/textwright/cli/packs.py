"""`textwright packs`: what is installed for which kind of text."""

from __future__ import annotations

from textwright import packs as installed_packs
from textwright.schema import Schema


def packs() -> None:
    """List the installed packs with their labels and tasks, models and sample.

    Example:
        textwright packs
    """
    for name in installed_packs.installed():
        pack = installed_packs.open_pack(name)
        print(pack.name, pack.summary, sep="  ")
        for line in answers_of(pack.schema):
            print(f"  {line}")
        print(f"  models  {', '.join(f'{name}.{model}' for model in pack.models)}; best: {pack.best}")
        print(f"  sample  {pack.sample}")


def answers_of(schema: Schema) -> list[str]:
    """Say which labels spans have, and what is asked of a whole text.

    >>> answers_of(Schema.from_data({"tasks": {"mood": {"labels": ["joy", "fear"]}}}))
    ['mood: joy, fear']
    """
    labels = [f"labels  {', '.join(schema.spans)}"] if schema.labels else []
    return [*labels, *(f"{task.name}: {', '.join(label.name for label in task.labels)}" for task in schema.tasks)]
