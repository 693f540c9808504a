"""A run is one method with one seed; a judgement says what its model is worth on one test set in one runtime."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Literal, get_args

from textwright.errors import DataError

Runtime = Literal["python", "node", "chromium"]
RUNTIMES: tuple[Runtime, ...] = get_args(Runtime)
Data = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Judgement:
    """A model on a test set in a runtime.

    `report` has the keys of a report's JSON (`Report.to_data`); `sources` names where each of its texts
    comes from, in the order of `report["ids"]`, None where nobody knows. `calibration` has for each
    layer (`spans`, or a task) `error`, `brier` and `claims`; None: the model knows no probabilities.
    `memory_bytes` is the peak of a process of its own that opens the model and answers;
    `opening_seconds` is the time until it can answer. `other_answers` counts texts answered otherwise than in Python.
    `empty_bytes` is the same peak of a process that opens nothing. `download_bytes` is what a page loads at its first
    visit, as served. `parts` has for each key that the texts were sliced by the value of each text, in the order of
    `report["ids"]`. `unable` says why the model does not run in this runtime; the report is empty then.
    """

    test: str
    runtime: Runtime
    key: str
    report: Data
    sources: tuple[str | None, ...]
    calibration: Data | None = None
    memory_bytes: int | None = None
    opening_seconds: float | None = None
    other_answers: int | None = None
    parts: Mapping[str, Sequence[str]] = field(default_factory=dict)
    empty_bytes: int | None = None
    download_bytes: int | None = None
    unable: str | None = None

    def to_data(self) -> dict[str, Any]:
        """Return plain data for JSON."""
        return {**asdict(self), "sources": list(self.sources)}

    @staticmethod
    def from_data(data: Data, *, where: str) -> Judgement:
        """Read plain data. Raise `DataError` that names `where` when a key is missing or unknown."""
        fields = _fields(Judgement, data, where)
        return Judgement(**{**fields, "sources": tuple(fields["sources"])})


@dataclass(frozen=True, slots=True)
class Run:
    """One method fitted with one seed.

    `key` is the SHA-256 of all that can change what is learned. `settings` are the method's as the experiment file
    has them; `data` has for `train`, `dev` and the like the name, size and fingerprint; `needs` names the
    run of each other method that this one is made of. `model` is a reference, relative to the folder
    where it is a folder in it. `seconds` and `cpu_seconds` are what the fit took, `failed` says why there is
    no model. `began` is in UTC, ISO 8601. `commit` is the working directory's, with `+` when files had changed.
    `not_judged` says by `TEST.RUNTIME` why a judgement could not be made; the next time it is tried again.
    """

    id: str
    experiment: str
    method: str
    kind: str
    seed: int
    key: str
    settings: Data
    data: Data
    needs: Mapping[str, str]
    model: str
    size_bytes: int | None
    began: str
    seconds: float
    cpu_seconds: float
    environment: Data
    commit: str | None = None
    failed: str | None = None
    judgements: tuple[Judgement, ...] = ()
    not_judged: Mapping[str, str] = field(default_factory=dict)
    folder: Path = Path()

    def judged(self, test: str, runtime: Runtime = "python") -> Judgement | None:
        """Return what the model is worth on a test set, if that is known."""
        return next((each for each in self.judgements if (each.test, each.runtime) == (test, runtime)), None)

    def to_data(self) -> dict[str, Any]:
        """Return plain data for `run.json`; judgements are files of their own."""
        return {key: value for key, value in asdict(self).items() if key not in ELSEWHERE}

    @staticmethod
    def from_data(data: Data, *, where: str) -> Run:
        """Read plain data. Raise `DataError` that names `where` when a key is missing or unknown."""
        return Run(**_fields(Run, data, where))


ELSEWHERE = ("judgements", "not_judged", "folder")
OPTIONAL = frozenset(
    {"calibration", "commit", "download_bytes", "empty_bytes", "failed", "memory_bytes"}
    | {"opening_seconds", "other_answers", "parts", "unable"}
)


def _fields(record: type, data: Any, where: str) -> dict[str, Any]:
    """Check that decoded JSON has the fields of a record that must be there, and no other."""
    if not isinstance(data, dict):
        raise DataError(f"{where}: found {type(data).__name__}, expected an object")
    known = [name for name in record.__dataclass_fields__ if name not in ELSEWHERE]  # type: ignore[attr-defined]
    missing = [name for name in known if name not in data and name not in OPTIONAL]
    strange = [name for name in data if name not in known]
    if missing or strange:
        said = f"the key {missing[0]!r} is missing" if missing else f"the key {strange[0]!r} is unknown"
        raise DataError(f"{where}: {said}; it was written by another version, or changed by hand")
    return dict(data)
