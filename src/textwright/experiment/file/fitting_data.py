"""What an experiment asks of its data sets, looked at before anything is learned."""

from __future__ import annotations

from collections.abc import Mapping

from textwright.dataset import Dataset, occurring_schema
from textwright.errors import DataError
from textwright.experiment.file.checks import guess, refuse_unknown
from textwright.experiment.file.experiment import Change, Experiment
from textwright.types import Annotation

LENGTH = "length"


def refuse_unfit(experiment: Experiment, data: Mapping[str, Dataset]) -> None:
    """Raise `DataError` when the data cannot answer what the experiment asks."""
    for name in experiment.tests:
        if all(example.gold == Annotation() for example in data[name]):
            raise DataError(
                f"{experiment.path}: data.{name}: none of {len(data[name])} texts is annotated, so that nothing "
                "can be judged on them: expected spans or categories, empty where nothing is"
            )
    _refuse_unknown_labels(experiment, data)
    _refuse_unknown_slices(experiment, data)
    for change in experiment.changes:
        _refuse_other_texts(change, data, str(experiment.path))


def _refuse_unknown_labels(experiment: Experiment, data: Mapping[str, Dataset]) -> None:
    """Look for the scored labels in the data where no schema lists them."""
    asked = {*experiment.labels, *filter(None, [experiment.measure.partition(":")[2]])}
    if not asked or (experiment.schema is not None and not experiment.schema.open):
        return
    found = occurring_schema(example for each in data.values() for example in each)
    known = [*found.spans, *(task.name for task in found.tasks)]
    for name in sorted(asked):
        refuse_unknown(name, known, f"{experiment.path}: labels", "label or task of the data")


def _refuse_unknown_slices(experiment: Experiment, data: Mapping[str, Dataset]) -> None:
    known = sorted({key for name in experiment.tests for example in data[name] for key in example.meta})
    for key in experiment.slice_by:
        if key != LENGTH and key not in known:
            choice = ", ".join([*known, LENGTH])
            raise DataError(
                f"{experiment.path}: slice_by: no test's text has meta.{key}.{guess(key, known)} There is: {choice}"
            )


def _refuse_other_texts(change: Change, data: Mapping[str, Dataset], where: str) -> None:
    """Raise `DataError` unless two data sets hold the same texts, in any order."""
    before, after = sorted(data[change.before].texts), sorted(data[change.after].texts)
    if before != after:
        missing = len(set(after) - set(before)), len(set(before) - set(after))
        raise DataError(
            f"{where}: [[change]] {change.label}: {change.before} and {change.after} must hold the same texts; "
            f"{missing[0]} are only in {change.after}, {missing[1]} only in {change.before}"
        )
