"""`textwright train`: learn a model from annotated texts."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from textwright import packs
from textwright.dataset import Dataset
from textwright.errors import DataError, MissingExtraError
from textwright.leakage import leaks
from textwright.predictor import Scorer
from textwright.references import open_model
from textwright.schema import Schema

if TYPE_CHECKING:
    from textwright.predictors.onnx import OnnxPredictor
    from textwright.train.fitting import Progress
    from textwright.train.trainers import NetworkTrainer


class Recipe(StrEnum):
    """The ways to learn."""

    network = "network"
    distil = "distil"


def train(
    recipe: Annotated[Recipe, typer.Argument(help="network: from scratch. distil: from teachers as well.")],
    train_data: Annotated[Path, typer.Option("--train", metavar="DATA", help="Annotated texts to learn from.")],
    dev_data: Annotated[Path, typer.Option("--dev", metavar="DATA", help="Annotated texts to choose the best by.")],
    out: Annotated[Path, typer.Option("-o", "--out", metavar="FOLDER", help="Where the model goes.")],
    seed: Annotated[int, typer.Option(help="Another seed gives another model, the same one the same.")] = 0,
    unlabelled: Annotated[
        Path | None, typer.Option(metavar="DATA", help="Texts that nobody annotated, for distil.")
    ] = None,
    teacher: Annotated[
        list[str] | None, typer.Option(metavar="MODEL", help="A model to learn from, for distil; may be repeated.")
    ] = None,
    schema: Annotated[
        str | None, typer.Option(metavar="PACK_OR_FILE", help="Labels and rules; else the labels that occur.")
    ] = None,
    epochs: Annotated[int, typer.Option(min=1, help="How often to go through the texts, at most.")] = 25,
) -> None:
    """Train a model on annotated texts, in minutes.

    The dev set chooses the best epoch and is reported in the model's card; judge on other texts.
    FOLDER can be used as a model at once. A folder that holds a model is replaced.

    Example:
        textwright train network --train train.jsonl --dev dev.jsonl -o model/
        textwright train network --schema job_titles --train train.jsonl --dev dev.jsonl -o big/
        textwright train distil --teacher big/ --unlabelled pool.jsonl --train train.jsonl --dev dev.jsonl -o small/
    """
    from textwright.bundle import refuse_other_content

    refuse_other_content(out)
    rules = _schema(schema)
    data, dev = Dataset.read(train_data, schema=rules), Dataset.read(dev_data, schema=rules)
    student = _network(out.name, seed, epochs)
    _tell_shared(data, dev)
    if recipe is Recipe.network:
        model = student.fit(data, dev)
    else:
        model = _distil(student, teacher or [], unlabelled, data, dev)
    _finish(model, dev, out)


def _tell_shared(data: Dataset, dev: Dataset) -> None:
    """Say how many texts of dev are in train too; so many that they cannot recur by chance are refused later."""
    shared = {leak.id_b for leak in leaks(data, dev, near=1)}
    if shared:
        print(f"textwright: {len(shared)} of {len(dev)} dev texts are in the train set too", file=sys.stderr)


def _schema(reference: str | None) -> Schema | None:
    if reference is None:
        return None
    if reference in packs.installed():
        return packs.open_pack(reference).schema
    return Schema.read(reference)


def _network(name: str, seed: int, epochs: int) -> NetworkTrainer:
    try:
        from textwright.train.fitting import Settings
        from textwright.train.trainers import NetworkTrainer
    except ImportError as error:
        raise MissingExtraError(error.name or "torch", "train") from error
    return NetworkTrainer(name=name, settings=Settings(seed=seed, epochs=epochs), report=_show)


def _distil(
    student: NetworkTrainer, teachers: list[str], unlabelled: Path | None, data: Dataset, dev: Dataset
) -> OnnxPredictor:
    from textwright.train.trainers import DistilTrainer

    if unlabelled is None or not teachers:
        raise DataError("distil needs --unlabelled DATA and at least one --teacher MODEL")
    opened = [_scorer(reference) for reference in teachers]
    pool = list(dict.fromkeys(Dataset.read(unlabelled).texts))
    return DistilTrainer(teachers=opened, pool=pool, student=student).fit(data, dev)


def _scorer(reference: str) -> Scorer:
    model = open_model(reference)
    if not isinstance(model, Scorer):
        raise DataError(f"{reference} gives no probabilities, so that it cannot teach; a trained network can")
    return model


def _show(progress: Progress) -> None:
    """Print a line for each epoch."""
    mark = " *" if progress.best else ""
    left = f"{progress.seconds_left / 60:.1f} min left"
    line = (
        f"epoch {progress.epoch}/{progress.epochs}  loss {progress.loss:.3f}  dev F1 {progress.score:.4f}{mark}  {left}"
    )
    print(line, file=sys.stderr, flush=True)


def _finish(model: OnnxPredictor, dev: Dataset, out: Path) -> None:
    """Judge the model on the dev set, write its folder and say how to use it."""
    from textwright.bundle import Card, export
    from textwright.evaluate.report import evaluate
    from textwright.testing import HOSTILE_TEXTS

    report = evaluate(model, dev)
    export(model, out, samples=HOSTILE_TEXTS, card=Card(figures=report.to_markdown()))
    print(f"{out}: {model.size_bytes / 1e6:.2f} MB. Try it: textwright predict {out}/ FILE", file=sys.stderr)
