"""What was found: which texts of a test were learned, by which methods, and what was done about it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Literal, get_args

from textwright.errors import DataError

Role = Literal["train", "unlabelled", "examples", "model", "dev"]
ROLES: tuple[Role, ...] = get_args(Role)
SHOWN = 3


@dataclass(frozen=True, slots=True)
class Found:
    """What a test shares with texts that were learned from, or chosen on (`dev`).

    `learned` says which: the name of a data set, or the model that learned from it, or the file of a prompt's
    examples. `methods` are those that did, and those that are made of them. `same` and `near` are ids of the
    test's texts, in its order; a text that is the same is not near too. `shown` are a few of the same
    texts. `key` tells both contents apart from others.
    """

    test: str
    learned: str
    role: Role
    methods: tuple[str, ...]
    texts: int
    same: tuple[str, ...]
    near: tuple[str, ...]
    shown: tuple[str, ...]
    key: str

    @property
    def counts(self) -> bool:
        """Say whether a text that is the same is a leak; to have been chosen on it is only told."""
        return self.role != "dev" and bool(self.same)

    def in_words(self) -> str:
        """Say in a line what is shared."""
        parts = [f"{len(self.same)} the same"] if self.same else []
        parts += [f"{len(self.near)} near-same"] if self.near else []
        return (
            f"{self.test}: {' and '.join(parts)} of {self.texts} texts in {self.learned} "
            f"({self.role} of {', '.join(self.methods)})"
        )


@dataclass(frozen=True, slots=True)
class Checks:
    """All that was found, in the order of the tests.

    `dropped` names, by test, the ids of the texts that were left out, for all methods alike. `elsewhere` says of
    methods what they learned from that is not here, so that nobody can look into it.
    """

    leaks: Literal["refuse", "drop", "tell"]
    found: tuple[Found, ...] = ()
    dropped: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    elsewhere: Mapping[str, str] = field(default_factory=dict)

    def near(self, test: str) -> tuple[str, ...]:
        """Return the ids of a test's texts that are near-same to something learned, each once."""
        ids = (each for found in self.found if found.test == test and found.role != "dev" for each in found.near)
        return tuple(dict.fromkeys(ids))

    def same(self, test: str) -> tuple[str, ...]:
        """Return the ids of a test's texts that were learned, each once; those that were dropped too."""
        ids = (each for found in self.found if found.test == test and found.role != "dev" for each in found.same)
        return tuple(dict.fromkeys(ids))

    def lines(self) -> Iterator[str]:
        """Say what was found, a line each."""
        yield from (found.in_words() for found in self.found if found.same or found.near)
        for test, ids in self.dropped.items():
            yield f"{test}: {len(ids)} texts that were learned are left out, for all methods"
        yield from (f"{method}: {said}" for method, said in self.elsewhere.items())

    def to_data(self) -> dict[str, Any]:
        """Return plain data for JSON."""
        return {
            "leaks": self.leaks,
            "found": [asdict(each) for each in self.found],
            "dropped": {test: list(ids) for test, ids in self.dropped.items()},
            "elsewhere": dict(self.elsewhere),
        }

    @staticmethod
    def from_data(data: Any, *, where: str) -> Checks:
        """Read plain data. Raise `DataError` that names `where` when it is of another shape."""
        try:
            found = tuple(Found(**{key: _tupled(value) for key, value in each.items()}) for each in data["found"])
            dropped = {test: tuple(ids) for test, ids in data["dropped"].items()}
            return Checks(data["leaks"], found, dropped, dict(data["elsewhere"]))
        except (KeyError, TypeError, AttributeError) as error:
            raise DataError(f"{where}: was written by another version, or changed by hand: {error!r}") from error


def _tupled(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value
