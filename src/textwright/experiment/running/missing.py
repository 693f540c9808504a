"""What of a plan is there already, and what is missing."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from textwright.dataset import Dataset
from textwright.errors import DataError
from textwright.experiment.file import Experiment, Planned, judgement_key
from textwright.experiment.running.order import Asked, FitOrder, JudgeOrder
from textwright.runs.record import Run


@dataclass(frozen=True, slots=True)
class Plan:
    """An experiment with its data sets and all runs that belong to it, in an order in which they can be made."""

    experiment: Experiment
    data: Mapping[str, Dataset]
    planned: tuple[Planned, ...]

    def fit_order(self, planned: Planned) -> FitOrder:
        """Give a run with the data sets that its method uses, by role."""
        data = {role: self.data[name] for role, name in planned.method.uses.items()}
        return FitOrder(self.experiment, planned, data)

    def judge_order(self, planned: Planned, run: Run | None) -> JudgeOrder | None:
        """Give the judgements that a run lacks; None when it lacks none."""
        asked = tuple(each for each in self._asked(planned) if not _stands(run, each))
        return JudgeOrder(self.experiment, planned, asked) if asked else None

    def judgements(self, planned: Planned) -> int:
        """Count the judgements that a run has when it is whole."""
        return len(list(self._asked(planned)))

    def _asked(self, planned: Planned) -> Iterator[Asked]:
        """Go through the tests and runtimes; Python first, with whose answers others are compared."""
        for test in self.experiment.tests:
            for runtime in sorted(self.experiment.runtimes, key=lambda each: each != "python"):
                data = self.data[test]
                yield Asked(test, data, runtime, judgement_key(planned, data, self.experiment, runtime))


def _stands(run: Run | None, asked: Asked) -> bool:
    judged = run.judged(asked.test, asked.runtime) if run is not None else None
    return judged is not None and judged.key == asked.key


def with_needs(planned: Sequence[Planned], only: Collection[str]) -> tuple[Planned, ...]:
    """Keep the runs of some methods, and of those that they are made of; all when none is named."""
    if not only:
        return tuple(planned)
    wanted = {each.run_id for each in planned if each.method.name in only}
    for each in reversed(planned):
        if each.run_id in wanted:
            wanted.update(each.needs.values())
    return tuple(each for each in planned if each.run_id in wanted)


def with_what_is_made_of(planned: Sequence[Planned], again: Collection[str]) -> set[str]:
    """Name the runs of some methods, and of those that are made of them."""
    found: set[str] = set()
    for each in planned:
        if each.method.name in again or found & set(each.needs.values()):
            found.add(each.run_id)
    return found


def refuse_unknown_methods(experiment: Experiment, names: Collection[str], option: str) -> None:
    """Raise `DataError` at a name that is no method."""
    known = [method.name for method in experiment.methods]
    for name in names:
        if name not in known:
            raise DataError(f"{option} {name}: no method has this name. The methods: {', '.join(known)}")


def whole(run: Run | None, planned: Planned) -> bool:
    """Say whether a run stands, as it is planned. A cascade must name the runs that it is made of as they are now."""
    if run is None or run.failed is not None or run.id != planned.run_id or run.key != planned.key:
        return False
    return planned.method.kind != "cascade" or run.needs == planned.needs
