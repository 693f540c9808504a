"""All advice about an experiment: each part in words, with the numbers behind them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from textwright.dataset import Dataset
from textwright.errors import DataError
from textwright.experiment.advice.budget import Budget
from textwright.experiment.advice.candidates import Candidate, candidates_of
from textwright.experiment.advice.definitions import definitions_of
from textwright.experiment.advice.enough import enough_of
from textwright.experiment.advice.labelling import labelling_of, no_curve, seconds_a_text
from textwright.experiment.advice.shipping import Shipping, shipping_of
from textwright.experiment.curves import curves_of
from textwright.experiment.file import Checks, Experiment
from textwright.runs.record import Run, Runtime

SHIP, LABEL, DEFINE, TRUST = "Which method to ship", "Whether to label more", "Unclear labels", "The test set"


@dataclass(frozen=True, slots=True)
class Part:
    """One question, the sentences that answer it, and the numbers behind them."""

    title: str
    sentences: tuple[str, ...]
    data: Any

    def to_data(self) -> dict[str, Any]:
        """Return plain data for JSON."""
        return {"title": self.title, "words": list(self.sentences), "numbers": self.data}


@dataclass(frozen=True, slots=True)
class Advice:
    """What an experiment advises, judged on a test set in a runtime by a measure. `candidates` are what was weighed."""

    experiment: str
    test: str
    runtime: Runtime
    measure: str
    candidates: tuple[Candidate, ...]
    parts: tuple[Part, ...]

    def to_data(self) -> dict[str, Any]:
        """Return plain data for JSON."""
        return {
            "experiment": self.experiment,
            "test": self.test,
            "runtime": self.runtime,
            "measure": self.measure,
            "methods": [each.to_data() for each in self.candidates],
            "advice": [part.to_data() for part in self.parts],
        }


def advise(
    experiment: Experiment,
    runs: Sequence[Run],
    data: Mapping[str, Dataset],
    *,
    budget: Budget | None = None,
    test: str | None = None,
    runtime: Runtime = "python",
    measure: str | None = None,
    checks: Checks | None = None,
) -> Advice:
    """Say what an experiment advises.

    `runs` are those of the methods as the file has them now. `test` is the first test set by default, `measure`
    the experiment's. `checks` hold which test texts methods learned from.

    Raise `DataError` when no method was judged so.
    """
    test, measure = test or experiment.tests[0], measure or experiment.measure
    candidates, left_out = candidates_of(runs, test=test, measure=measure, runtime=runtime)
    if not candidates:
        raise DataError(_nothing(experiment, test, runtime, measure, left_out))
    shipping = shipping_of(candidates, budget or Budget(), measure=measure, left_out=left_out)
    enough = enough_of(candidates, shipping, test, learned=_learned(checks, test))
    definitions = definitions_of([each.entry for each in candidates], data.values())
    parts = (
        Part(SHIP, tuple(shipping.in_words()), shipping.to_data()),
        Part(TRUST, tuple(enough.in_words()), enough.to_data()),
        _labelling(experiment, data, shipping),
        Part(DEFINE, tuple(definitions.in_words()), definitions.to_data()),
    )
    return Advice(experiment.name, test, runtime, measure, tuple(candidates), parts)


def _learned(checks: Checks | None, test: str) -> dict[str, int]:
    """Count the test texts that were learned and not left out: the same, and near ones."""
    if checks is None:
        return {}
    dropped = set(checks.dropped.get(test, ()))
    same, near = ({*ids} - dropped for ids in (checks.same(test), checks.near(test)))
    return {"same": len(same), "near": len(near - same)}


def _nothing(experiment: Experiment, test: str, runtime: Runtime, measure: str, left_out: Mapping[str, str]) -> str:
    """Say why there is nothing to weigh, and what would change that."""
    if not left_out:
        return f"{experiment.path}: no method has run yet. Run: textwright experiment run {experiment.path.name}"
    name, reason = next(iter(left_out.items()))
    judged = f"no method can be weighed on {test} in {runtime} by {measure}"
    return f"{experiment.path}: {judged}; of {name}: {reason}"


def _labelling(experiment: Experiment, data: Mapping[str, Dataset], shipping: Shipping) -> Part:
    """Read the curves; without any, say what makes one, for the method to ship if it learns."""
    learning = [method for method in experiment.methods if method.kind == "recipe" and _has_curve(method.settings)]
    seconds = seconds_a_text(each for method in learning for each in data[method.train])
    curves = curves_of(experiment, data) if experiment.curves else []
    found = [each for curve in curves if (each := labelling_of(curve, shipping.measure, seconds=seconds)) is not None]
    if found:
        said = tuple(" ".join(each.in_words()) for each in found)
        return Part(LABEL, said, [each.to_data() for each in found])
    if experiment.curves:
        names = ", ".join(spec.method for spec in experiment.curves)
        return Part(LABEL, (f"The curve of {names} is not made yet; textwright experiment run makes it.",), [])
    if not learning:
        return Part(
            LABEL, ("No method learns by a recipe here, so that no curve can tell what more labels bring.",), []
        )
    shipped = {} if shipping.choice is None else {shipping.choice.method: 0}
    names_first = sorted((method.name for method in learning), key=lambda name: shipped.get(name, 1))
    return Part(LABEL, (no_curve(names_first),), [])


def _has_curve(settings: Mapping[str, Any]) -> bool:
    return settings.get("recipe") != "distil"
