"""A model that learns by one of our recipes. Its exact weights are kept beside it, so that it can be quantised.

Learning always goes on exact weights; the precision that was asked for is made of them at the end, and
the probabilities are calibrated on dev in each form. With `refit` all is learned once more from train and dev
together; what dev chose stays, and so do the figures on dev, which are of the model that it chose.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from textwright.experiment.methods.work import Fitted, Work, kept
from textwright.predictor import Exportable, Scorer
from textwright.references import open_reference

if TYPE_CHECKING:
    from textwright.bundle import Card
    from textwright.train.fitting import Progress
    from textwright.train.history import History
    from textwright.train.joint import PartTrainer
    from textwright.train.recipes import Wishes

EXACT = "exact"
# What the recipes make of their weights when nobody asks.
USUAL = "int8"


def fit(work: Work) -> Fitted:
    """Learn, and write the model with its card and the history of its learning."""
    from textwright.bundle import export
    from textwright.train.history import History

    history = History()
    trainer = _trainer(work, _wishes(work, history))
    chosen = trainer.fit(work.train, work.dev)
    again = _learned_again(work, trainer, chosen)
    precision = "float32" if work.method.settings["recipe"] == "linear" else _precision(work.method.settings)
    if precision != "float32":
        export(_finished(work, chosen, again, "float32")[1], work.folder / EXACT)
    judged, model = _finished(work, chosen, again, precision)
    return kept(work, model, card=_card(work, judged), extra=history.files())


def _learned_again(work: Work, trainer: Any, chosen: Exportable) -> Exportable | None:
    """Learn from dev as well, where that is asked for."""
    if not work.method.refits:
        return None
    work.tell("once more, from train and dev together")
    again: Exportable = trainer.refit(chosen, work.train, work.dev)
    return again


def _finished(
    work: Work, chosen: Exportable, again: Exportable | None, precision: str
) -> tuple[Exportable, Exportable]:
    """Return the model that dev can judge, and the one to keep, which may have learned from dev since."""
    from textwright.train.calibrate import calibrated
    from textwright.train.refit import tuned_as

    judged: Exportable = calibrated(_in_precision(chosen, precision), work.dev)
    return judged, judged if again is None else tuned_as(_in_precision(again, precision), judged)


def exact_weights(folder: Path) -> Path | None:
    """Find the exact weights that a run has beside its model, if any."""
    found = folder / EXACT
    return found if found.is_dir() else None


def _precision(settings: Mapping[str, object]) -> str:
    return str(settings.get("precision") or USUAL)


def _trainer(work: Work, wishes: Wishes) -> PartTrainer:
    from textwright.train.quick import quick_trainer
    from textwright.train.recipes import trainer_for

    if work.method.settings.get("quick"):
        return quick_trainer(work.train, wishes)
    return trainer_for(str(work.method.settings["recipe"]), work.train, wishes)


def _wishes(work: Work, history: History) -> Wishes:
    from textwright.train.recipes import Wishes

    settings = work.method.settings
    teachers, pool = _teachers(work) if settings["recipe"] == "distil" else ([], [])

    def report(part: str, progress: Progress) -> None:
        if not math.isnan(progress.score):
            history.add(part, progress)
        work.tell(line_of(part, progress))

    return Wishes(
        name=work.name,
        schema=work.schema,
        seed=work.seed,
        epochs=settings.get("epochs"),
        precision=None if settings["recipe"] == "linear" else "float32",
        encoder=Path(settings["encoder"]) if "encoder" in settings else None,
        teachers=teachers,
        pool=pool,
        checkpoint=work.learning,
        refit=work.method.refits,
        report=report,
        tell=work.tell,
        calibrate=False,
    )


def line_of(part: str, progress: Progress) -> str:
    """Say in a line how far learning is."""
    seconds = progress.seconds_left
    left = f"{seconds:.0f} s left" if seconds < 60 else f"{seconds / 60:.1f} min left"
    reached = "" if math.isnan(progress.score) else f", dev {progress.score:.3f}"
    return f"{part}, epoch {progress.epoch} of {progress.epochs}{reached}, {left}"


def _teachers(work: Work) -> tuple[list[Scorer], Sequence[str]]:
    """Open the teachers; return them with the texts of the pool that all of them answer."""
    from textwright.train.certain import ask_teacher

    teachers: list[Scorer] = []
    pool = work.unlabelled
    for name in work.method.settings["teachers"]:
        model = work.open_needed(name) if name in work.needs else open_reference(name)
        if isinstance(model, Scorer):
            teachers.append(model)
            continue
        certain = ask_teacher(name, model, pool, tell=work.tell)
        teachers.append(certain)
        pool = [text for text in pool if text in certain.said]
    return teachers, pool


def _in_precision(model: Exportable, precision: str) -> Exportable:
    from textwright.train.price import in_precision

    return model if precision == "float32" else in_precision(model, precision)  # type: ignore[arg-type]


def _card(work: Work, model: Exportable) -> Card:
    """Say of what the model was made, and what it is worth on dev, by which it was chosen."""
    from textwright.bundle import Card
    from textwright.evaluate.report import evaluate

    summary = f"The method {work.name!r} of the experiment {work.experiment.name!r}, seed {work.seed}."
    if work.method.refits:
        summary += (
            " Learned once more from train and dev together; the figures are of the model before, which dev chose."
        )
    figures = evaluate(model, work.dev).to_markdown()
    return Card(summary=summary, figures=figures, made_with=f"textwright experiment run {work.experiment.path.name}")
