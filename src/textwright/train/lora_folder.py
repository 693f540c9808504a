"""Write a tuned language model as a folder: weights, template, schema, and a card that says how it was made."""

from __future__ import annotations

import hashlib
import json
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from textwright.bundle import refuse_other_content
from textwright.dataset import Dataset
from textwright.errors import ModelError
from textwright.llm.prompts.prompt import Prompt
from textwright.train.fitting import Progress
from textwright.train.lora import LoraSettings, Tuned
from textwright.train.lora_base import Base
from textwright.train.lora_gguf import GgufPrecision, write_gguf

KIND, VERSION = "language_model", 1
WEIGHTS, TEMPLATE, SCHEMA, CARD = "model.gguf", "template.md", "schema.json", "README.md"
LIMITS = (
    "It answers the question of its template and nothing else; it is no longer a model to talk to.",
    "It was chosen by its dev set: judge it on other texts (textwright evaluate).",
    "What it says is sought in the text; words that do not stand there give no span.",
)


@dataclass(frozen=True, slots=True)
class Recipe:
    """All that a tuned model was made of."""

    name: str
    base: Base
    prompt: Prompt
    settings: LoraSettings
    train: Dataset
    dev: Dataset
    precision: GgufPrecision = "q8_0"


def write_folder(recipe: Recipe, tuned: Tuned, folder: Path, *, seconds: float) -> int:
    """Write the folder, whole or not at all; one that holds a model is replaced. Return its weights' bytes.

    Raise `ModelError` when it holds something else, or when the disk is full.
    """
    refuse_other_content(folder)
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder.parent, prefix=f".{folder.name}-") as made:
            size = _fill(recipe, tuned, Path(made) / "model", seconds)
            if folder.exists():
                folder.rename(Path(made) / "old")
            (Path(made) / "model").rename(folder)
    except OSError as error:
        raise ModelError(f"{folder}: cannot be written: {error.strerror or error}") from error
    return size


def _fill(recipe: Recipe, tuned: Tuned, new: Path, seconds: float) -> int:
    new.mkdir()
    write_gguf(tuned.network, recipe.base.path, new / WEIGHTS, name=recipe.name, precision=recipe.precision)
    size = (new / WEIGHTS).stat().st_size
    texts = {
        **recipe.prompt.template.files,
        SCHEMA: _json(recipe.prompt.schema.to_data()),
        CARD: card(recipe, tuned, size=size, seconds=seconds),
    }
    for name, text in texts.items():
        (new / name).write_text(text, encoding="utf-8")
    sums = {name: _sha256(new / name) for name in sorted((WEIGHTS, *texts))}
    config = {**config_of(recipe, tuned, seconds=seconds), "files": sums}
    (new / "config.json").write_text(_json(config), encoding="utf-8")
    return size


def config_of(recipe: Recipe, tuned: Tuned, *, seconds: float) -> dict[str, Any]:
    """Return what `config.json` holds beside the SHA-256 of the files."""
    settings = recipe.settings
    return {
        "kind": KIND,
        "version": VERSION,
        "name": recipe.name,
        "template": TEMPLATE,
        "schema": SCHEMA,
        "values": dict(recipe.prompt.values),
        "parameters": {**recipe.prompt.parameters, "max_tokens": most_tokens(tuned)},
        "base": {"name": recipe.base.name, "sha256": recipe.base.sha256, "licence": recipe.base.licence},
        "precision": recipe.precision,
        "recipe": {
            "rank": settings.rank,
            "rate": settings.rate,
            "batch": settings.batch,
            "epochs": settings.epochs,
            "best_epoch": tuned.best.epoch,
            "seed": settings.seed,
            "seconds": round(seconds, 1),
        },
        "trained": {"train": _about(recipe.train), "dev": _about(recipe.dev)},
    }


def most_tokens(tuned: Tuned) -> int:
    """Say where an answer is cut off: at twice the longest that was learned, for then it goes in circles.

    >>> most_tokens(Tuned(None, (), longest=156))
    312
    """
    return max(64, 2 * tuned.longest)


def _about(data: Dataset) -> dict[str, Any]:
    return {"name": data.name, "examples": len(data), "fingerprint": data.fingerprint}


def card(recipe: Recipe, tuned: Tuned, *, size: int, seconds: float) -> str:
    """Write the README: a YAML head that model hubs read, then what a person must know."""
    base, settings = recipe.base, recipe.settings
    head = {
        "license": base.licence or "unknown",
        "library_name": "textwright",
        "pipeline_tag": "text-generation",
        "base_model": base.name,
        "tags": ["textwright", "gguf", "lora", *recipe.prompt.schema.spans],
    }
    how = [
        f"LoRA of rank {settings.rank} on every linear layer of {base.name} ({base.parameters / 1e6:.0f} million "
        f"weights, SHA-256 `{base.sha256}`), added to its own weights and written in {recipe.precision}.",
        f"Rate {settings.rate:g}, batches of {settings.batch}, seed {settings.seed}, {len(tuned.epochs)} epochs in "
        f"{seconds / 60:.1f} minutes; epoch {tuned.best.epoch} is kept, which did best on the dev set.",
    ]
    parts = [
        "---\n" + "".join(f"{key}: {json.dumps(value)}\n" for key, value in head.items()) + "---",
        f"# {recipe.name}\n\nA small language model, tuned for one question ({TEMPLATE}) with one schema ({SCHEMA}). "
        f"Size: {size / 1e6:.1f} MB.",
        "## Data\n\n" + "\n".join(_line(part, data) for part, data in (("train", recipe.train), ("dev", recipe.dev))),
        "## How it was made\n\n" + "\n\n".join(how),
        "## Dev set by epoch\n\n" + epoch_table(tuned.epochs),
        "## Limits\n\n" + "\n".join(f"- {line}" for line in LIMITS),
        f"## Licence\n\nThat of {base.name}: {base.licence or 'not stated in its file'}.",
    ]
    return "\n\n".join(parts) + "\n"


def _line(part: str, data: Dataset) -> str:
    return f"- {part}: {len(data):,} texts ({data.name or 'unnamed'}), SHA-256 `{data.fingerprint}`"


def epoch_table(epochs: Sequence[Progress]) -> str:
    """Show how the loss and the dev set went; the epoch that is kept is marked."""
    best = next(each.epoch for each in reversed(epochs) if each.best)
    rows = [
        f"| {each.epoch}{' *' if each.epoch == best else ''} | {each.loss:.3f} | {max(0.0, each.score):.3f} |"
        for each in epochs
    ]
    return "\n".join(["| epoch | loss on train | dev answers word for word |", "| --- | --- | --- |", *rows])


def _json(data: Mapping[str, Any]) -> str:
    return json.dumps(data, indent=1, ensure_ascii=False) + "\n"


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
