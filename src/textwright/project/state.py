"""What a project remembers beside its texts, labels and annotations: a small frozen value, kept as JSON."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from typing import Any, Literal, get_args

from textwright.errors import DataError

Step = Literal["bring", "look_for", "suggest", "correct", "judge", "ship"]
STEPS: tuple[Step, ...] = get_args(Step)
# What suggests spans while one corrects: nothing, a model by reference, the project's own rules, its own prompt.
Suggesting = Literal["nothing", "model", "rules", "prompt"]
SUGGESTING: tuple[Suggesting, ...] = get_args(Suggesting)
VERSION = 1


@dataclass(frozen=True, slots=True)
class State:
    """Where somebody is in a project, and what he chose.

    `source` says in words where the texts come from. `model` is the reference of the model that suggests, where
    `suggesting` is "model". `shipped` is the name of the method that was chosen to ship; None: the best one. `large`
    says that a large network is judged too, which takes minutes. `example` names the example that was brought.
    `read` says by the name of each file what it held when its texts were read: a fingerprint.
    """

    name: str
    step: Step = "bring"
    seed: int = 0
    source: str = ""
    suggesting: Suggesting = "nothing"
    model: str | None = None
    shipped: str | None = None
    large: bool = False
    example: str | None = None
    read: Mapping[str, str] = field(default_factory=dict)

    def to_data(self) -> dict[str, Any]:
        """Return plain data for JSON."""
        return {"version": VERSION, **asdict(self)}


def state_of(data: Any) -> State:
    """Read a state from plain data. Raise `DataError` at what is none."""
    if not isinstance(data, Mapping) or data.get("version") != VERSION:
        raise DataError(_other_version(data.get("version") if isinstance(data, Mapping) else None))
    known = {each.name for each in fields(State)}
    state = State(**{name: value for name, value in data.items() if name in known})
    _check(state)
    return state


def _other_version(version: object) -> str:
    if isinstance(version, int) and version > VERSION:
        return (
            f"was written by a newer textwright, as version {version}; this one reads {VERSION}. Start it with that one"
        )
    return f"is no project of version {VERSION}"


def _check(state: State) -> None:
    if not isinstance(state.name, str) or not state.name.strip():
        raise DataError("a project's name is missing")
    if state.step not in STEPS:
        raise DataError(f"no step is called {state.step!r}. Steps: {', '.join(STEPS)}")
    if not isinstance(state.read, Mapping):
        raise DataError(f"read is {state.read!r}, expected the files that were read")
    if state.suggesting not in SUGGESTING:
        raise DataError(f"suggesting is {state.suggesting!r}, expected one of {', '.join(SUGGESTING)}")
