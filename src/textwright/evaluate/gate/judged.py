"""What is known of each model that a gate is asked about."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any, TypeAlias

from textwright.errors import DataError
from textwright.evaluate.gate.rules import Measure
from textwright.trust import parsed_json

Data: TypeAlias = Mapping[str, Any]
# A report, or one for each seed; what is known beside it by runtime, likewise.
Reports: TypeAlias = Mapping[str, Data | Sequence[Data]]
Extras: TypeAlias = Mapping[str, Mapping[str, Data | Sequence[Data]]]


@dataclass(frozen=True, slots=True)
class Judged:
    """A model's reports, one for each seed, and what is known beside them by runtime."""

    name: str
    reports: tuple[Data, ...]
    extras: Mapping[str, tuple[Data, ...]]

    @property
    def first(self) -> Data:
        """Return the first seed's report; texts and gold are the same for all."""
        return self.reports[0]

    @property
    def beside(self) -> Data:
        """Return what is known of the texts: their `sources`, and the part each belongs to."""
        known = self.extras.get("python", ())
        return known[0] if known else {}

    def rights(self, measure: Measure) -> list[list[bool | None]]:
        """Say for each seed which texts were right. Raise `DataError` for a measure that was not scored."""
        for report in self.reports:
            known(f"{self.name} was not scored for {{}}", measure.figure, report["right"])
        kept = self._part(measure)
        return [_where(kept, report["right"][measure.figure]) for report in self.reports]

    def _part(self, measure: Measure) -> list[bool]:
        """Say which texts belong to the slice of a measure."""
        texts = len(self.first["ids"])
        if measure.key is None:
            return [True] * texts
        parts = self.beside.get("parts", {})
        known("the texts were not sliced by {}", measure.key, parts)
        values = [str(value) for value in parts[measure.key]]
        known(f"no text has {measure.key} = {{}}", str(measure.value), dict.fromkeys(values))
        return [value == measure.value for value in values]


def _where(kept: Sequence[bool], rights: Sequence[bool | None]) -> list[bool | None]:
    return [right if keep else None for right, keep in zip(rights, kept, strict=True)]


def judged_by(reports: Reports, extras: Extras) -> dict[str, Judged]:
    """Bring together what is known of each model that has a report. Raise `DataError` when they are of other texts."""
    found = {
        name: Judged(name, _listed(report), {key: _listed(each) for key, each in extras.get(name, {}).items()})
        for name, report in reports.items()
        if report
    }
    if not found:
        raise DataError("there is no report to hold against the gate")
    first = next(iter(found.values()))
    for each in found.values():
        for report in each.reports:
            refuse_other_texts(each.name, report, first)
    return found


def _listed(one_or_more: Data | Sequence[Data]) -> tuple[Data, ...]:
    return (one_or_more,) if isinstance(one_or_more, Mapping) else tuple(one_or_more)


def refuse_other_texts(name: str, report: Data, other: Judged) -> None:
    """Raise `DataError` unless a report is on the same texts and gold as another."""
    try:
        ours, theirs = report["dataset"]["fingerprint"], other.first["dataset"]["fingerprint"]
        same = ours == theirs and report["ids"] == other.first["ids"]
    except (KeyError, TypeError) as error:
        raise DataError(f"{name} is no report that says which texts were right: {error} is missing") from error
    if not same:
        shared = len(set(report["ids"]) & set(other.first["ids"]))
        raise DataError(
            f"{name} was judged on other texts or gold ({ours[:12]}, {len(report['ids'])} texts) than {other.name} "
            f"({theirs[:12]}, {len(other.first['ids'])} texts); {shared} ids are in both. Judge both on one file"
        )


def known(message: str, name: str, names: Mapping[str, Any]) -> None:
    """Raise `DataError` unless a name is known; `message` has a place for it."""
    if name in names:
        return
    near = get_close_matches(name, list(names), n=1, cutoff=0.5)
    guess = f" Did you mean {near[0]}?" if near else ""
    raise DataError(f"{message.format(name)}.{guess} Known: {', '.join(names) or 'none'}")


# --- an earlier report ----------------------------------------------------------------------


def read_baseline(path: Path, *, than: str | None, model: str) -> Judged:
    """Read the JSON of `evaluate`, or of `compare`: there `than` names the report, else `model` does.

    Raise `DataError` when it cannot be read or holds no such report.
    """
    try:
        data = parsed_json(path.read_bytes())
    except OSError as error:
        raise DataError(f"{path}: the baseline cannot be read: {error.strerror or error}") from error
    except (ValueError, RecursionError) as error:
        raise DataError(f"{path}: the baseline is no JSON: {error}") from error
    report = _one_of(path, data["reports"], than or model) if isinstance(data, dict) and "reports" in data else data
    if not _is_report(report):
        raise DataError(f"{path}: is no report; textwright evaluate MODEL DATA --json {path.name} writes one")
    return Judged(path.name, (report,), {})


def _is_report(data: Any) -> bool:
    """Say whether decoded JSON has what a comparison needs: which of which texts were right."""
    if not isinstance(data, dict) or not all(isinstance(data.get(key), dict) for key in ("dataset", "right")):
        return False
    ids, fingerprint, rights = data.get("ids"), data["dataset"].get("fingerprint"), data["right"].values()
    if not isinstance(ids, list) or not isinstance(fingerprint, str):
        return False
    return all(isinstance(each, list) and len(each) == len(ids) for each in rights)


def _one_of(path: Path, reports: Any, name: str) -> Any:
    try:
        by_name = {report["model"]["name"]: report for report in reports}
    except (KeyError, TypeError) as error:
        raise DataError(f"{path}: holds something else than reports: {error}") from error
    known(f"{path}: has no report of {{}}", name, by_name)
    return by_name[name]
