"""`textwright tune local`: tune a small language model on this machine."""

from __future__ import annotations

import time
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from textwright.cli.options import ModelFolder, SchemaOption, TrainData, TrainingSeed
from textwright.cli.telling import say, tell
from textwright.cli.train import schema_named, state_of_learning
from textwright.dataset import Dataset
from textwright.errors import DataError, MissingExtraError

if TYPE_CHECKING:
    from textwright.train.fitting import Progress
    from textwright.train.lora_folder import Recipe


class Precision(StrEnum):
    """How exactly the tuned weights are written."""

    q8_0 = "q8_0"
    f16 = "f16"


def local(
    train_data: TrainData,
    dev_data: Annotated[Path, typer.Option("--dev", metavar="DATA", help="Annotated texts to choose the epoch by.")],
    out: ModelFolder,
    template: Annotated[
        str | None, typer.Option(metavar="TEMPLATE", help="What is asked; else a question of one line.")
    ] = None,
    schema: SchemaOption = None,
    gguf: Annotated[
        Path | None, typer.Option(metavar="FILE", help="The language model to tune; else the small packaged one.")
    ] = None,
    epochs: Annotated[int, typer.Option(min=1, help="How often to go through the texts.")] = 4,
    rank: Annotated[int, typer.Option(min=1, max=256, help="How many weights a layer are added.")] = 16,
    rate: Annotated[float, typer.Option(min=1e-6, max=0.1, help="How fast to learn.")] = 1e-3,
    seed: TrainingSeed = 0,
    limit: Annotated[
        int | None, typer.Option(min=1, help="Learn from so many texts of DATA at most, drawn by the seed.")
    ] = None,
    precision: Annotated[Precision, typer.Option(help="How exactly the weights are written.")] = Precision.q8_0,
    threads: Annotated[int, typer.Option(min=1, max=64, help="How many processors to use.")] = 2,
) -> None:
    """Tune a small language model on annotated texts, on this machine's processor.

    LoRA adds a few weights to each layer; they learn to answer the template's question as the texts
    are annotated, and are then added to the model's own. The dev set chooses the epoch: judge on
    other texts. FOLDER can be used as a model at once. A run that was stopped goes on after its last whole epoch when
    the same command is given again: until the end its state lies in FOLDER.part.

    Example:
        textwright tune local --train train.jsonl --dev dev.jsonl --schema job_titles -o tuned/
        textwright evaluate tuned/ test.jsonl
    """
    from textwright.bundle import refuse_other_content

    refuse_other_content(out)
    rules = schema_named(schema)
    data, dev = Dataset.read(train_data, schema=rules), Dataset.read(dev_data, schema=rules)
    try:
        from textwright.experiment.methods.tune import limited, prompt_for
        from textwright.leakage import refuse_leaks
        from textwright.train.lora import LoraSettings
        from textwright.train.lora_base import open_base
        from textwright.train.lora_folder import Recipe
        from textwright.train.prepare import schema_to_learn
    except ImportError as error:
        raise MissingExtraError(error.name or "torch", "tune") from error
    if not len(data) or not len(dev):
        raise DataError(f"{train_data if not len(data) else dev_data}: no texts, so there is nothing to learn from")
    refuse_leaks(data, dev)
    prompt = prompt_for(template, rules or schema_to_learn(data), data)
    settings = LoraSettings(epochs=epochs, rank=rank, rate=rate, seed=seed, threads=threads)
    base = open_base(gguf or _packaged())
    recipe = Recipe(out.resolve().name, base, prompt, settings, limited(data, limit, seed), dev, precision.value)
    _tune(recipe, out)


def _packaged() -> Path:
    from textwright.llm.local.embedded import default_gguf

    return default_gguf()


def _tune(recipe: Recipe, out: Path) -> None:
    """Tune, write the folder and say how to use it."""
    from textwright.train.lora_folder import write_folder
    from textwright.train.lora_run import tuned_by

    began = time.monotonic()
    with state_of_learning(out) as folder:
        tuned = tuned_by(recipe, state=folder / "lora.pt", report=_report, tell=tell)
        size = write_folder(recipe, tuned, out, seconds=time.monotonic() - began)
    say(f"{out}: {size / 1e6:.1f} MB, epoch {tuned.best.epoch} kept. Try it: textwright predict {out}/ FILE")


def _report(progress: Progress) -> None:
    mark = " *" if progress.best else "  "
    figures = f"loss {progress.loss:.3f}  dev answers word for word {max(0.0, progress.score):.3f}{mark}"
    say(f"epoch {progress.epoch}/{progress.epochs}  {figures}  {progress.seconds_left / 60:.1f} min left")
