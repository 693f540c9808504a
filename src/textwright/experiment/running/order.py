"""What a process of its own is asked to do, as plain values: to fit one run, or to judge one."""

from __future__ import annotations

import copyreg
import io
import pickle
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from textwright.dataset import Dataset
from textwright.experiment.file import Planned
from textwright.experiment.file.experiment import Experiment
from textwright.runs.record import Runtime

Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class FitOrder:
    """Fit a planned run on its method's data sets, by role."""

    experiment: Experiment
    planned: Planned
    data: Mapping[str, Dataset]

    @property
    def name(self) -> str:
        """Say which run it is, as a person would."""
        return name_of(self.planned)


@dataclass(frozen=True, slots=True)
class Asked:
    """A judgement that is missing: on which texts, where, and the key that says what it depends on."""

    test: str
    data: Dataset
    runtime: Runtime
    key: str


@dataclass(frozen=True, slots=True)
class JudgeOrder:
    """Judge a run on each of these."""

    experiment: Experiment
    planned: Planned
    asked: tuple[Asked, ...]

    @property
    def patience(self) -> float:
        """Return for how many seconds it may give no sign of life: other runtimes tell nothing until all is done."""
        return 60 * self.experiment.patience + max(len(each.data) for each in self.asked)

    @property
    def name(self) -> str:
        """Say which run it is, as a person would."""
        return name_of(self.planned)


Order = FitOrder | JudgeOrder


def name_of(planned: Planned) -> str:
    """Name a run by its method, and by its seed where the method has seeds.

    A method that no seed changes has none.
    """
    return f"{planned.method.name}, seed {planned.seed}" if planned.method.seeds else planned.method.name


def _view(held: dict[Any, Any]) -> Mapping[Any, Any]:
    return MappingProxyType(held)


class _Pickler(pickle.Pickler):
    """Takes views of mappings, too, which Python's own refuses."""

    dispatch_table = copyreg.dispatch_table.copy()
    dispatch_table[MappingProxyType] = lambda view: (_view, (dict(view),))


def packed(order: Order) -> bytes:
    """Write an order for another process."""
    file = io.BytesIO()
    _Pickler(file, protocol=pickle.HIGHEST_PROTOCOL).dump(order)
    return file.getvalue()


def unpacked(file: Any) -> Order:
    """Read an order that the process which started this one wrote."""
    order: Order = pickle.load(file)
    return order
