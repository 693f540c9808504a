"""What an experiment file says, as values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, get_args

from textwright.runs.record import Runtime
from textwright.schema import Schema

Kind = Literal["model", "recipe", "quantise", "prompt", "tune", "cascade", "fit", "function"]
KINDS: tuple[Kind, ...] = get_args(Kind)
LEARNING: tuple[Kind, ...] = ("recipe", "tune", "fit")


@dataclass(frozen=True, slots=True)
class DataSpec:
    """Where one of the experiment's data sets comes from: a file, or what another left over.

    `where` keeps the examples whose `meta` has these values (a list: one of them), `without` leaves such
    out. Of what is left `share` takes a part, by `by` (a `meta` key that is never divided; None: single
    texts), near-same texts kept together from the similarity `near` on; `rest_of` is what the share of
    another set left over. `sample` draws so many texts at most.
    """

    name: str
    file: Path | None = None
    format: str | None = None
    column: str = "text"
    where: Mapping[str, Any] = field(default_factory=dict)
    without: Mapping[str, Any] = field(default_factory=dict)
    share: float | None = None
    by: str | None = None
    near: float | None = None
    rest_of: str | None = None
    sample: int | None = None
    seed: int = 0


@dataclass(frozen=True, slots=True)
class Method:
    """One row of the table: a way to answer, and what it learns from.

    `settings` are the method's own, as the file has them, paths made whole. `train`, `dev` and
    `unlabelled` name data sets; `needs` names the methods that this one is made of (teachers, steps of
    a cascade, what is quantised). `seeds` is empty for what no seed changes.
    """

    name: str
    kind: Kind
    settings: Mapping[str, Any]
    train: str = "train"
    dev: str = "dev"
    unlabelled: str | None = None
    needs: tuple[str, ...] = ()
    seeds: tuple[int, ...] = ()

    @property
    def learns(self) -> bool:
        """Say whether the method learns from the train set."""
        return self.kind in LEARNING

    @property
    def refits(self) -> bool:
        """Say whether the method learns from dev, too, once dev has chosen."""
        return bool(self.settings.get("refit"))

    @property
    def uses(self) -> Mapping[str, str]:
        """Name the data sets that the method really takes something from, by their role."""
        roles: dict[str, str] = {}
        if self.learns or _shows_examples(self):
            roles["train"] = self.train
        if self.learns or self.settings.get("below") == "dev":
            roles["dev"] = self.dev
        return roles if self.unlabelled is None else {**roles, "unlabelled": self.unlabelled}


def _shows_examples(method: Method) -> bool:
    """Say whether a prompt shows examples of the train set; those of a file of its own are in its settings."""
    examples = method.settings["prompt"].get("examples") if method.kind == "prompt" else None
    return examples is not None and "file" not in examples


@dataclass(frozen=True, slots=True)
class CurveSpec:
    """A method trained on growing shares of its train set, for the forecast."""

    method: str
    shares: tuple[float, ...]
    seeds: int


@dataclass(frozen=True, slots=True)
class Change:
    """Two test sets with the same texts: as annotated before a label's definition changed, and after."""

    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Experiment:
    """What an experiment file says. `path` is the file; runs are kept in `runs`, beside it unless it says otherwise.

    `patience` is for how many minutes, with a second more for each text, judging may give no sign of life.
    """

    name: str
    path: Path
    data: Mapping[str, DataSpec]
    methods: tuple[Method, ...]
    tests: tuple[str, ...] = ("test",)
    schema: Schema | None = None
    labels: tuple[str, ...] = ()
    measure: str = "whole_text"
    seeds: tuple[int, ...] = (0,)
    runtimes: tuple[Runtime, ...] = ("python",)
    slice_by: tuple[str, ...] = ()
    leaks: Literal["refuse", "drop", "tell"] = "refuse"
    curves: tuple[CurveSpec, ...] = ()
    changes: tuple[Change, ...] = ()
    runs: Path = Path("runs")
    patience: float = 20.0

    def method(self, name: str) -> Method:
        """Return the method of this name."""
        return next(each for each in self.methods if each.name == name)
