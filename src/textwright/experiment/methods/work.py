"""What a method is given to make its model of, and what it gives back."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from textwright.dataset import Dataset
from textwright.errors import DataError, ModelError
from textwright.experiment.file.experiment import Experiment, Method
from textwright.predictor import Exportable, Predictor
from textwright.references import open_reference
from textwright.runs.folder import MODEL, read_record
from textwright.runs.record import Run
from textwright.schema import Schema

if TYPE_CHECKING:
    from textwright.bundle import Card

# The reference of a model that lies in the run's folder.
HERE = f"{MODEL}/"
# Where the state of learning lies until a run is whole.
LEARNING = "learning"


@dataclass(frozen=True, slots=True)
class Fitted:
    """A model by reference, relative to the run's folder where it lies there; and its size, where it has one."""

    model: str
    size_bytes: int | None


@dataclass(frozen=True, slots=True)
class Work:
    """One method with one seed: what there is to make its model of.

    `data` has the method's data sets by role (`train`, `dev`, `unlabelled`), `needs` the folder of the run
    of each method that this one is made of. `folder` is the run's, in which the model is put. `tell` hears how
    far it is.
    """

    experiment: Experiment
    method: Method
    seed: int
    data: Mapping[str, Dataset]
    needs: Mapping[str, Path]
    folder: Path
    tell: Callable[[str], None] = print

    @property
    def name(self) -> str:
        """Return the method's name."""
        return self.method.name

    @property
    def train(self) -> Dataset:
        """Return the texts to learn from."""
        return self._texts("train")

    @property
    def dev(self) -> Dataset:
        """Return the texts to choose by."""
        return self._texts("dev")

    @property
    def unlabelled(self) -> Sequence[str]:
        """Return the texts that nobody annotated, each once."""
        return list(dict.fromkeys(self._texts("unlabelled").texts))

    def _texts(self, role: str) -> Dataset:
        if role not in self.data:
            raise DataError(f"{self.name}: there is no data set to {role.replace('train', 'learn')} from")
        return self.data[role]

    @property
    def schema(self) -> Schema | None:
        """Return the experiment's schema, if it has one."""
        return self.experiment.schema

    def run_of(self, name: str) -> Run:
        """Return the run of a method that this one is made of."""
        return read_record(self.needs[name])

    def open_needed(self, name: str) -> Predictor:
        """Open the model of a method that this one is made of, or that of a reference."""
        return open_reference(f"run:{self.needs[name]}" if name in self.needs else name)

    @property
    def learning(self) -> Path:
        """Return the folder for the state of learning; a run that was stopped finds it again."""
        return self.folder / LEARNING


def kept(
    work: Work, model: Exportable, *, card: Card | None = None, extra: Mapping[str, bytes] | None = None
) -> Fitted:
    """Write a model into the run's folder as a model folder."""
    from textwright.bundle import export
    from textwright.variants import varied

    export(model, work.folder / MODEL, samples=varied(()), card=card, extra=extra or {})
    return Fitted(HERE, model.size_bytes)


def as_exportable(model: Predictor) -> Exportable | None:
    """Return the model when it can be written to a folder and opened from there, else None."""
    from textwright.bundle import exportable
    from textwright.references import KINDS

    try:
        found = exportable(model, "")
    except ModelError:
        return None
    return found if found.config.get("kind") in KINDS else None
