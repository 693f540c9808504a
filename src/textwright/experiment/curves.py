"""The learning curves of an experiment: methods trained on growing shares of their train set, each training once.

`RUNS/curves/METHOD.json` holds the trainings that are done. Models stop by the dev set, and are judged on
the first test set, as those of the table are.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from textwright.dataset import Dataset
from textwright.errors import DataError, MissingExtraError, TextwrightError
from textwright.evaluate import evaluate
from textwright.experiment.file.experiment import CurveSpec, Experiment, Method
from textwright.experiment.file.names import slug
from textwright.formats.files import atomically
from textwright.predictor import Predictor, Trainer
from textwright.trust import parsed_json
from textwright.types import Example

if TYPE_CHECKING:
    from textwright.train.curve import Curve, Judge, Plan, Run
    from textwright.train.recipes import Wishes

FOLDER = "curves"
# Another number makes all curves anew: raise it when a training of the same settings gives something else.
VERSION = 1
Data = Mapping[str, Dataset]


@dataclass(frozen=True, slots=True)
class MethodCurve:
    """The curve of a method on a test set. `planned` is how many trainings the file asks for."""

    method: str
    test: str
    curve: Curve
    planned: int

    @property
    def done(self) -> bool:
        """Say whether all trainings were made."""
        return len(self.curve.runs) >= self.planned

    def name_of(self, measure: str) -> str | None:
        """Return what the curve calls a measure of reports; None when it was not judged by it."""
        return next((name for name in (measure, _plain(measure)) if name in self.curve.measures()), None)


def run_curves(experiment: Experiment, data: Data, *, tell: Callable[[str], None] = print) -> dict[str, str]:
    """Make the trainings of each `[[curve]]` that are missing, and keep each as it ends.

    A curve that fails costs only itself: returned is the reason by the method's name.
    """
    failed = {}
    for spec in experiment.curves:
        try:
            _run_curve(experiment, spec, data, tell)
        except TextwrightError as error:
            failed[spec.method] = str(error)
            tell(f"the curve of {spec.method} failed: {error}")
    return failed


def missing_trainings(experiment: Experiment, data: Data) -> int:
    """Count the trainings of all curves that are still to be made."""
    return sum(_missing(experiment, spec, data) for spec in experiment.curves)


def curves_of(experiment: Experiment, data: Data) -> list[MethodCurve]:
    """Read the curves that were made with these settings and data, as far as they are."""
    return [found for spec in experiment.curves if (found := _read_curve(experiment, spec, data)) is not None]


# --- one curve ------------------------------------------------------------------------------


def _run_curve(experiment: Experiment, spec: CurveSpec, data: Data, tell: Callable[[str], None]) -> None:
    method = experiment.method(spec.method)
    run_all = _trained_by().run_all
    plan, key, file = _plan(experiment, spec, data), curve_key(experiment, method, data), curve_file(experiment, method)
    runs = _kept(file, key)
    wanted = plan.runs()
    for run in run_all(plan, _maker(experiment, method, data), runs, judge=_judge(experiment)):
        runs.append(run)
        _keep(file, experiment, method, key, runs)
        count = sum((each.texts, each.seed) in wanted for each in runs)
        tell(f"curve of {method.name}: training {count} of {len(wanted)}, {_reached(run)}, {run.seconds:.0f} s")


def _reached(run: Run) -> str:
    scores = ", ".join(f"{name} {score:.3f}" for name, score in run.scores.items())
    return f"{run.texts:,} texts, seed {run.seed}: {run.failed or scores}"


def _missing(experiment: Experiment, spec: CurveSpec, data: Data) -> int:
    method, plan = experiment.method(spec.method), _plan(experiment, spec, data)
    done = {(run.texts, run.seed) for run in _kept(curve_file(experiment, method), curve_key(experiment, method, data))}
    return len(set(plan.runs()) - done)


def _read_curve(experiment: Experiment, spec: CurveSpec, data: Data) -> MethodCurve | None:
    method, plan = experiment.method(spec.method), _plan(experiment, spec, data)
    runs = _kept(curve_file(experiment, method), curve_key(experiment, method, data))
    wanted = plan.runs()
    made = sorted((run for run in runs if (run.texts, run.seed) in wanted), key=lambda run: (run.texts, run.seed))
    if not any(run.failed is None for run in made):
        return None
    return MethodCurve(method.name, experiment.tests[0], _trained_by().Curve.of(method.name, made), len(wanted))


def _plan(experiment: Experiment, spec: CurveSpec, data: Data) -> Plan:
    method = experiment.method(spec.method)
    taught = _both(method, data) if method.refits else data[method.train]
    plan: Plan = _trained_by().Plan(taught, data[experiment.tests[0]], spec.shares, spec.seeds)
    return plan


def _both(method: Method, data: Data) -> Dataset:
    train = data[method.train]
    return train.with_examples([*train, *data[method.dev]])


def _trained_by() -> Any:
    """Load what trains. Raise `MissingExtraError` when it is not installed."""
    try:
        from textwright.train import curve
    except ImportError as error:
        raise MissingExtraError(error.name or "numpy", "train") from error
    return curve


# --- how a part is learned and judged -------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Stopping:
    """A trainer that stops by the dev set, so that the texts it is judged on choose nothing."""

    trainer: Trainer
    dev: Dataset

    def fit(self, train: Sequence[Example], dev: Sequence[Example]) -> Predictor:
        """Learn from `train`. The texts of `dev` are those of the test set."""
        del dev
        return self.trainer.fit(train, self.dev)


@dataclass(frozen=True, slots=True)
class _Refitting:
    """A trainer that learns from a part of all texts what a model was chosen for, as the method's own model is."""

    trainer: Any
    chosen: Predictor

    def fit(self, train: Sequence[Example], dev: Sequence[Example]) -> Predictor:
        """Learn from `train`. The texts of `dev` are those of the test set."""
        del dev
        model: Predictor = self.trainer.refit(self.chosen, train, ())
        return model


def _maker(experiment: Experiment, method: Method, data: Data) -> Callable[[Dataset, int], Trainer]:
    recipe = str(method.settings["recipe"])
    if recipe == "distil":
        raise DataError(
            f"the curve of {method.name!r}: distil learns from texts that nobody annotated, too; take the curve of "
            "a method with the recipe network"
        )

    def trainer(part: Dataset, seed: int) -> Any:
        return _trainer(method, recipe, part, _wishes(experiment, method, seed))

    @cache
    def chosen() -> Predictor:
        model: Predictor = trainer(data[method.train], method.seeds[0]).fit(data[method.train], data[method.dev])
        return model

    def make(part: Dataset, seed: int) -> Trainer:
        learning = trainer(part, seed)
        return _Refitting(learning, chosen()) if method.refits else _Stopping(learning, data[method.dev])

    return make


def _trainer(method: Method, recipe: str, part: Dataset, wishes: Wishes) -> Trainer:
    from textwright.train.quick import quick_trainer
    from textwright.train.recipes import trainer_for

    return quick_trainer(part, wishes) if method.settings.get("quick") else trainer_for(recipe, part, wishes)


def _wishes(experiment: Experiment, method: Method, seed: int) -> Wishes:
    try:
        from textwright.train.recipes import Wishes
    except ImportError as error:
        raise MissingExtraError(error.name or "torch", "train") from error
    settings = method.settings
    return Wishes(
        name=method.name,
        schema=experiment.schema,
        seed=seed,
        epochs=settings.get("epochs"),
        encoder=Path(settings["encoder"]) if "encoder" in settings else None,
        tell=lambda _: None,
        calibrate=False,
        refit=method.refits,
    )


def _judge(experiment: Experiment) -> Judge:
    """Judge by what a curve is judged by anyway, and by the measure of the experiment."""
    from textwright.train.curve import measures_of

    def judge(model: Predictor, test: Dataset) -> dict[str, float]:
        report = evaluate(model, test, labels=experiment.labels or None)
        right = [each for each in report.rights.get(experiment.measure, ()) if each is not None]
        main = {experiment.measure: sum(right) / len(right)} if right else {}
        others = {name: value for name, value in measures_of(report) if _plain(experiment.measure) != name}
        return main | others

    return judge


def _plain(measure: str) -> str:
    """Give the name that curves have for a measure of reports."""
    return "whole text" if measure == "whole_text" else measure.removeprefix("category:")


# --- what is kept ---------------------------------------------------------------------------


def curve_file(experiment: Experiment, method: Method) -> Path:
    """Name the file that keeps the trainings of a method's curve."""
    return experiment.runs / FOLDER / f"{slug(method.name)}.json"


def curve_key(experiment: Experiment, method: Method, data: Data) -> str:
    """Return the SHA-256 of all that can change what a training reaches; shares and seeds only say which are made."""
    what = {
        "version": VERSION,
        "settings": dict(method.settings),
        "schema": experiment.schema.to_data() if experiment.schema else None,
        "labels": list(experiment.labels),
        "measure": experiment.measure,
        "data": {role: data[name].fingerprint for role, name in _sets(experiment, method).items()},
    }
    return hashlib.sha256(json.dumps(what, sort_keys=True, default=str).encode()).hexdigest()


def _sets(experiment: Experiment, method: Method) -> dict[str, str]:
    return {"train": method.train, "dev": method.dev, "test": experiment.tests[0]}


def _kept(file: Path, key: str) -> list[Run]:
    """Read the trainings that were made with the same key; those with another are of no use any more."""
    if not file.exists():
        return []
    make = _trained_by().Run
    try:
        data = parsed_json(file.read_bytes())
        return [make(**each) for each in data["runs"]] if data["key"] == key else []
    except OSError as error:
        raise DataError(f"{file}: cannot be read: {error.strerror or error}") from error
    except (ValueError, KeyError, TypeError) as error:
        raise DataError(f"{file}: holds no curve; take it away, and it is made anew") from error


def _keep(file: Path, experiment: Experiment, method: Method, key: str, runs: Sequence[Run]) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    data = {
        "experiment": experiment.name,
        "method": method.name,
        "settings": dict(method.settings),
        "data": _sets(experiment, method),
        "key": key,
        "runs": [asdict(run) for run in runs],
    }
    written = json.dumps(data, ensure_ascii=False, indent=1, default=str) + "\n"
    atomically(file, lambda path: _write(path, written))


def _write(path: Path, content: str) -> None:
    path.write_text(content, encoding="utf-8")
