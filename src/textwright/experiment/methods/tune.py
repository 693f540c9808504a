"""A small language model tuned on the train set, as `textwright tune local` does it."""

from __future__ import annotations

import random
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from textwright.dataset import Dataset
from textwright.errors import DataError
from textwright.experiment.methods.work import HERE, Fitted, Work
from textwright.llm.local.embedded import default_gguf
from textwright.llm.prompts.prompt import Prompt
from textwright.llm.prompts.template import open_template
from textwright.packs.templates import template_folders
from textwright.runs.folder import MODEL
from textwright.schema import Schema

if TYPE_CHECKING:
    from textwright.train.fitting import Progress
    from textwright.train.lora_folder import Recipe


def fit(work: Work) -> Fitted:
    """Tune, and write the model's folder. A tuning that was stopped goes on after its last whole epoch."""
    from textwright.train.lora_folder import write_folder
    from textwright.train.lora_run import tuned_by

    began = time.monotonic()
    recipe = _recipe(work)
    tuned = tuned_by(recipe, state=work.learning / "lora.pt", report=_reporting(work), tell=work.tell)
    size = write_folder(recipe, tuned, work.folder / MODEL, seconds=time.monotonic() - began)
    return Fitted(HERE, size)


def _recipe(work: Work) -> Recipe:
    from textwright.leakage import refuse_leaks
    from textwright.train.lora import LoraSettings
    from textwright.train.lora_base import open_base
    from textwright.train.lora_folder import Recipe
    from textwright.train.prepare import schema_to_learn

    asked: dict[str, Any] = dict(work.method.settings["tune"])
    if not len(work.train) or not len(work.dev):
        raise DataError(f"{work.name}: there are no texts to learn from, or none to choose the epoch by")
    refuse_leaks(work.train, work.dev)
    prompt = prompt_for(asked.get("template"), work.schema or schema_to_learn(work.train), work.train)
    named = {key: asked[key] for key in ("epochs", "rank", "rate", "threads") if key in asked}
    base = open_base(Path(asked["gguf"]) if "gguf" in asked else default_gguf())
    train = limited(work.train, asked.get("limit"), work.seed)
    settings = LoraSettings(seed=work.seed, **named)
    return Recipe(work.name, base, prompt, settings, train, work.dev, asked.get("precision", "q8_0"))


def prompt_for(template: str | None, schema: Schema, data: Dataset) -> Prompt:
    """Put the template that is named, or the short one for what the texts are annotated with, to the schema."""
    from textwright.train import lora_data

    if template is not None:
        return Prompt(open_template(template, folders=template_folders()), schema)
    has_spans = any(lora_data.has_gold(example, "spans") for example in data)
    return Prompt(open_template(str(lora_data.short_template("spans" if has_spans else "categories"))), schema)


def limited(data: Dataset, limit: int | None, seed: int) -> Dataset:
    """Draw at most so many texts, in their order."""
    if limit is None or limit >= len(data):
        return data
    drawn = sorted(random.Random(seed).sample(range(len(data)), limit))
    return data.with_examples(data[place] for place in drawn)


def _reporting(work: Work) -> Any:
    def report(progress: Progress) -> None:
        left = f"{progress.seconds_left / 60:.1f} min left"
        score = max(0.0, progress.score)
        work.tell(f"epoch {progress.epoch} of {progress.epochs}, dev word for word {score:.3f}, {left}")

    return report
