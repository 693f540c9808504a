"""What differs between two runs: what they were made of, and what they are worth."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from textwright.evaluate.paired import Paired, paired
from textwright.runs import Judgement, Run

# What of a run is compared, key by key.
PARTS = ("settings", "data", "needs", "environment")
ALONE = ("kind", "seed", "commit", "size_bytes")
Value = str | None


@dataclass(frozen=True, slots=True)
class Differs:
    """A place in the records at which two runs are not the same; None: one has nothing there."""

    place: str
    a: Any
    b: Any


@dataclass(frozen=True, slots=True)
class Compared:
    """Two judgements on the same texts by a measure: a's share of right texts less b's, with its interval."""

    test: str
    runtime: str
    measure: str
    a: float
    b: float
    paired: Paired

    def to_data(self) -> dict[str, Any]:
        """Return plain data for JSON."""
        return asdict(self)


def differences(a: Run, b: Run) -> list[Differs]:
    """List what differs in kind, seed, settings, data, needs, environment and commit."""
    one, other = dict(_places(a)), dict(_places(b))
    places = dict.fromkeys([*one, *other])
    return [Differs(each, one.get(each), other.get(each)) for each in places if one.get(each) != other.get(each)]


def _places(run: Run) -> Iterator[tuple[str, Any]]:
    for name in ALONE:
        yield name, getattr(run, name)
    for part in PARTS:
        yield from _flat(getattr(run, part), part)


def _flat(data: Mapping[str, Any], before: str) -> Iterator[tuple[str, Any]]:
    for key, value in data.items():
        place = f"{before}.{key}"
        if isinstance(value, Mapping):
            yield from _flat(value, place)
        else:
            yield place, value


def comparisons(a: Run, b: Run) -> list[Compared]:
    """Compare two runs on each test, runtime and measure that both were judged by on the same texts and gold."""
    pairs = ((each, b.judged(each.test, each.runtime)) for each in a.judgements)
    return [found for one, other in pairs if other is not None for found in _compared(one, other)]


def _compared(a: Judgement, b: Judgement) -> Iterator[Compared]:
    if not a.report or not b.report or _fingerprint(a) != _fingerprint(b):
        return
    right_a, right_b = a.report["right"], b.report["right"]
    for measure in (each for each in right_a if each in right_b):
        if not any(each is not None for each in right_a[measure]):
            continue
        found = paired(right_a[measure], right_b[measure], sources=list(a.sources) or None)
        yield Compared(a.test, a.runtime, measure, _share(right_a[measure]), _share(right_b[measure]), found)


def _fingerprint(judgement: Judgement) -> str:
    return str(judgement.report["dataset"]["fingerprint"])


def _share(rights: list[bool | None]) -> float:
    known = [each for each in rights if each is not None]
    return sum(known) / len(known)
