"""`textwright curve`: how much data is enough."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from textwright.cli.options import SchemaOption
from textwright.cli.output import refuse_same
from textwright.cli.reports import check_folders, show, write_json, write_text
from textwright.cli.telling import say
from textwright.cli.train import Recipe, schema_named
from textwright.dataset import Dataset
from textwright.errors import DataError, MissingExtraError
from textwright.schema import Schema

if TYPE_CHECKING:
    from textwright.train.curve import Plan, Run

JSON_HELP = "Write each training as it ends, and the curve; a file that holds some of them is continued."


def curve(
    recipe: Annotated[
        Recipe,
        typer.Argument(metavar="RECIPE", help="How to train: a recipe of textwright train, except distil."),
    ],
    train_data: Annotated[Path, typer.Option("--train", metavar="DATA", help="Annotated texts to take shares of.")],
    dev_data: Annotated[Path, typer.Option("--dev", metavar="DATA", help="Annotated texts to judge on.")],
    seeds: Annotated[int, typer.Option(min=1, help="How often each share is drawn and trained.")] = 3,
    shares: Annotated[str, typer.Option(help="The shares to train on, commas between.")] = "0.06,0.12,0.25,0.5,1",
    schema: SchemaOption = None,
    epochs: Annotated[int | None, typer.Option(min=1, help="How often to go through the texts, at most.")] = None,
    json_file: Annotated[Path | None, typer.Option("--json", help=JSON_HELP)] = None,
    html_file: Annotated[Path | None, typer.Option("--html", help="Write a page with the curves drawn.")] = None,
) -> None:
    """Train on growing shares, and say what twice the texts would bring and when more stop paying.

    Example:
        textwright curve linear --train train.jsonl --dev dev.jsonl
        textwright curve network --train train.jsonl --dev dev.jsonl --json curve.json --html curve.html
    """
    for data in (train_data, dev_data):
        refuse_same(data, json_file, html_file)
    check_folders(json_file, html_file)
    if recipe is Recipe.distil:
        raise DataError("distil learns from texts that nobody annotated, too; take the curve of network")
    rules = schema_named(schema)
    plan = _plan(Dataset.read(train_data, schema=rules), Dataset.read(dev_data, schema=rules), shares, seeds)
    settings = _settings(recipe, plan, rules, epochs)
    runs = _all_runs(plan, settings, rules, json_file)
    from textwright.train.curve import Curve

    found = Curve.of(recipe.value, runs)
    show(found.in_words(), found.tables())
    write_json(json_file, lambda: {"settings": settings, **found.to_data()})
    write_text(html_file, found.to_html)


def _plan(train: Dataset, dev: Dataset, shares: str, seeds: int) -> Plan:
    try:
        from textwright.train.curve import Plan
    except ImportError as error:
        raise MissingExtraError(error.name or "numpy", "train") from error
    try:
        numbers = [float(share) for share in shares.split(",")]
    except ValueError as error:
        raise DataError(f"--shares is {shares!r}, expected numbers with commas between, such as 0.1,0.5,1") from error
    return Plan(train, dev, numbers, seeds)


def _settings(recipe: Recipe, plan: Plan, schema: Schema | None, epochs: int | None) -> dict[str, Any]:
    """Name what the runs depend on, so that those of other settings are not taken for these."""
    return {
        "recipe": recipe.value,
        "epochs": epochs,
        "schema": schema.to_data() if schema else None,
        "train": plan.train.fingerprint,
        "dev": plan.dev.fingerprint,
    }


def _all_runs(plan: Plan, settings: Mapping[str, Any], schema: Schema | None, file: Path | None) -> list[Run]:
    """Train what is not in the file, and keep each run there as it ends."""
    try:
        from textwright.train.curve import run_all
        from textwright.train.recipes import Wishes, trainer_for
    except ImportError as error:
        raise MissingExtraError(error.name or "torch", "train") from error
    runs = _kept(file, settings)
    wanted = plan.runs()
    done = [run for run in runs if (run.texts, run.seed) in wanted]
    if done:
        say(f"{len(done)} of {len(wanted)} trainings are in {file}")

    def make(part: Dataset, seed: int) -> Any:
        wishes = Wishes(schema=schema, seed=seed, epochs=settings["epochs"], calibrate=False)
        return trainer_for(settings["recipe"], part, wishes)

    for run in run_all(plan, make, done):
        runs.append(run)
        done.append(run)
        _save(file, settings, runs)
        say(_line(run, len(done), plan))
    return sorted(done, key=lambda run: (run.texts, run.seed))


def _kept(file: Path | None, settings: Mapping[str, Any]) -> list[Run]:
    """Read the runs of a file that was begun with the same settings. Raise `DataError` with others."""
    from textwright.train.curve import Run

    if file is None or not file.exists():
        return []
    try:
        data = json.loads(file.read_text(encoding="utf-8"))
        before, runs = data["settings"], [Run(**each) for each in data["runs"]]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise DataError(f"{file}: holds no curve that could be continued; name another file") from error
    changed = [name for name, value in settings.items() if before.get(name) != value]
    if changed:
        raise DataError(f"{file}: its trainings had another {' and '.join(changed)}; name another file")
    return runs


def _save(file: Path | None, settings: Mapping[str, Any], runs: list[Run]) -> None:
    if file is not None:
        part = file.with_name(f"{file.name}.part")
        part.write_text(json.dumps({"settings": settings, "runs": [asdict(run) for run in runs]}, indent=1) + "\n")
        part.replace(file)


def _line(run: Run, number: int, plan: Plan) -> str:
    """Say how far it is; later trainings take longer, as they have more texts."""
    ahead = sum(size for size, _ in plan.runs()[number:])
    what = run.failed or ", ".join(f"{name} {score:.3f}" for name, score in run.scores.items())
    left = run.seconds / run.texts * ahead / 60
    rest = f"about {left:.0f} min left" if ahead else "done"
    begun = f"training {number}/{len(plan.runs())}: {run.texts:,} texts, seed {run.seed}"
    return f"{begun}: {what}  {run.seconds:.0f} s, {rest}"
