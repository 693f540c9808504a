"""`textwright train`: learn a model from annotated texts."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from textwright.cli.options import ModelFolder, SchemaOption, TrainData, TrainingSeed
from textwright.cli.telling import say, tell
from textwright.dataset import Dataset
from textwright.errors import DataError, MissingExtraError, ModelError
from textwright.leakage import leaks
from textwright.predictor import Scorer
from textwright.references import find_schema, open_model
from textwright.schema import Schema

if TYPE_CHECKING:
    from textwright.evaluate.report import Report
    from textwright.predictor import Exportable
    from textwright.train.fitting import Progress
    from textwright.train.history import History


class Recipe(StrEnum):
    """The ways to learn."""

    linear = "linear"
    network = "network"
    transformer = "transformer"
    distil = "distil"


class Precision(StrEnum):
    """How exactly weights are kept."""

    float32 = "float32"
    float16 = "float16"
    int8 = "int8"
    int4 = "int4"


RECIPE_HELP = (
    "linear: the baseline to try first. network: from scratch, small and fast. "
    "transformer: fine-tunes a pretrained encoder. distil: a network that learns from teachers as well."
)


def train(
    recipe: Annotated[Recipe, typer.Argument(metavar="RECIPE", help=RECIPE_HELP)],
    train_data: TrainData,
    dev_data: Annotated[Path, typer.Option("--dev", metavar="DATA", help="Annotated texts to choose the best by.")],
    out: ModelFolder,
    seed: TrainingSeed = 0,
    unlabelled: Annotated[
        Path | None, typer.Option(metavar="DATA", help="Texts that nobody annotated, for distil.")
    ] = None,
    teacher: Annotated[
        list[str] | None, typer.Option(metavar="MODEL", help="A model to learn from, for distil; may be repeated.")
    ] = None,
    schema: SchemaOption = None,
    epochs: Annotated[
        int | None, typer.Option(min=1, help="How often to go through the texts, at most; else the recipe's own.")
    ] = None,
    precision: Annotated[Precision | None, typer.Option(help="How exactly weights are kept; else int8.")] = None,
    encoder: Annotated[
        Path | None, typer.Option(metavar="FOLDER", help="A pretrained encoder, for transformer; else MiniLM.")
    ] = None,
) -> None:
    """Train a model on annotated texts, in minutes.

    Spans, categories or both are learned, whichever the train set has. The dev set chooses the best
    epoch and is reported in the model's card; judge on other texts. FOLDER can be used as a model at
    once; one that holds a model is replaced. A training that was stopped goes on when the same
    command is given again: until the end its state lies in FOLDER.part.

    Example:
        textwright train network --train train.jsonl --dev dev.jsonl -o model/
        textwright train network --schema job_titles --train train.jsonl --dev dev.jsonl -o big/
        textwright train distil --teacher big/ --unlabelled pool.jsonl --train train.jsonl --dev dev.jsonl -o small/
    """
    from textwright.bundle import refuse_other_content

    refuse_other_content(out)
    _refuse_unused(recipe, unlabelled, teacher, encoder, precision)
    rules = schema_named(schema)
    data, dev = Dataset.read(train_data, schema=rules), Dataset.read(dev_data, schema=rules)
    _tell_shared(data, dev)
    choice = Choice(recipe, out.resolve().name, rules, seed, epochs, precision, encoder, teacher or [], unlabelled)
    with state_of_learning(out) as folder:
        model, history = _fitted(choice, data, dev, folder)
        _finish(model, dev, out, history)


@dataclass(frozen=True, slots=True)
class Choice:
    """What was asked for."""

    recipe: Recipe
    name: str
    schema: Schema | None
    seed: int
    epochs: int | None
    precision: Precision | None
    encoder: Path | None
    teachers: list[str]
    unlabelled: Path | None


def _refuse_unused(
    recipe: Recipe,
    unlabelled: Path | None,
    teacher: list[str] | None,
    encoder: Path | None,
    precision: Precision | None,
) -> None:
    """Refuse an option that the recipe would pass over, and distil without what it learns from."""
    if recipe is Recipe.distil and (unlabelled is None or not teacher):
        raise DataError("distil needs --unlabelled DATA and at least one --teacher MODEL")
    if recipe is not Recipe.distil and (unlabelled or teacher):
        raise DataError(f"{recipe} takes neither --unlabelled nor --teacher; distil does")
    if recipe is not Recipe.transformer and encoder:
        raise DataError(f"{recipe} takes no --encoder; transformer does")
    if recipe is Recipe.linear and precision:
        raise DataError("linear takes no --precision; textwright export makes a model smaller")


def schema_named(reference: str | None) -> Schema | None:
    """Open the schema of a pack or a file, if one is named."""
    return None if reference is None else find_schema(reference)


def _tell_shared(data: Dataset, dev: Dataset) -> None:
    """Say how many texts of dev are in train too; so many that they cannot recur by chance are refused later."""
    shared = {leak.id_b for leak in leaks(data, dev, near=1)}
    if shared:
        tell(f"{len(shared)} of {len(dev)} dev texts are in the train set too")


@contextmanager
def state_of_learning(out: Path) -> Iterator[Path]:
    """Give the folder for the state of learning; it stays when the training ends early, for the next time."""
    folder = out.resolve().with_name(f"{out.resolve().name}.part")
    if folder.exists() and not folder.is_dir():
        raise ModelError(f"{folder} is a file, but the state of learning goes there; move it away")
    folder.mkdir(parents=True, exist_ok=True)
    try:
        yield folder
    except BaseException:
        if any(folder.iterdir()):
            tell(f"stopped; the same command goes on from {folder}")
        else:
            folder.rmdir()
        raise
    shutil.rmtree(folder)


def _fitted(choice: Choice, data: Dataset, dev: Dataset, folder: Path) -> tuple[Exportable, History]:
    """Train; where a package is missing, say which, before anything is learned that could not be written."""
    try:
        import onnx  # noqa: F401  # every recipe ends in a graph

        from textwright.train.history import History
        from textwright.train.recipes import Wishes, trainer_for
    except ImportError as error:
        raise MissingExtraError(error.name or "torch", "train") from error
    history = History()

    def report(part: str, progress: Progress) -> None:
        history.add(part, progress)
        say(line_of(part, progress))

    texts = list(dict.fromkeys(Dataset.read(choice.unlabelled).texts)) if choice.unlabelled else []
    teachers, pool = _teachers(choice, texts)
    wishes = Wishes(
        name=choice.name,
        schema=choice.schema,
        seed=choice.seed,
        epochs=choice.epochs,
        precision=choice.precision.value if choice.precision else None,
        encoder=choice.encoder,
        teachers=teachers,
        pool=pool,
        checkpoint=folder,
        report=report,
        tell=tell,
    )
    return trainer_for(choice.recipe, data, wishes).fit(data, dev), history


def _teachers(choice: Choice, pool: list[str]) -> tuple[list[Scorer], list[str]]:
    """Open the teachers; return them with the texts of the pool that all of them answer."""
    from textwright.train.certain import ask_teacher

    teachers: list[Scorer] = []
    for reference in choice.teachers:
        model = open_model(reference)
        if isinstance(model, Scorer):
            teachers.append(model)
            continue
        certain = ask_teacher(reference, model, pool, tell=tell)
        teachers.append(certain)
        pool = [text for text in pool if text in certain.said]
    return teachers, pool


def line_of(part: str, progress: Progress) -> str:
    """Say in a line how far learning is; `*` marks the best epoch so far."""
    mark = " *" if progress.best else "  "
    left = f"{progress.seconds_left / 60:.1f} min left"
    figures = f"loss {progress.loss:.3f}  dev {progress.score:.4f}{mark}"
    return f"{part}: epoch {progress.epoch}/{progress.epochs}  {figures}  {left}"


def _finish(model: Exportable, dev: Dataset, out: Path, history: History) -> None:
    """Judge the model on the dev set, write its folder and say how to use it."""
    from textwright.bundle import Card, export
    from textwright.cli.parity import broken
    from textwright.cli.reports import show
    from textwright.evaluate.report import evaluate
    from textwright.evaluate.tables import report_lines, report_tables
    from textwright.train.calibrate import in_words
    from textwright.variants import varied

    report = evaluate(model, dev)
    extra = history.files()
    export(model, out, samples=varied(()), card=Card(figures=_figures(report, extra)), extra=extra)
    show(report_lines(report), [table for table in report_tables(report) if table.title != "Mistakes"], stderr=True)
    for line in in_words(model.config):
        say(line)
    for said in broken(out, node=None):
        tell(f"{out} does not keep its promises (textwright parity {out}/): {said}")
    say(f"{out}: {model.size_bytes / 1e6:.2f} MB. Try it: textwright predict {out}/ FILE")


def _figures(report: Report, extra: Mapping[str, bytes]) -> str:
    """Give the card's figures, with the picture of the training where there is one."""
    from textwright.train.history import PICTURE

    pictured = f"\n\n![Loss and dev score by epoch]({PICTURE})" if PICTURE in extra else ""
    return report.to_markdown() + pictured
