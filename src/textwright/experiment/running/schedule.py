"""Which run can be fitted next: each when what it needs stands."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from textwright.experiment.file import Planned


@dataclass(slots=True)
class Schedule:
    """Runs that wait, that are being fitted, and that failed with the reason."""

    waiting: list[Planned]
    making: dict[str, Planned] = field(default_factory=dict)
    failed: dict[str, str] = field(default_factory=dict)

    @property
    def is_done(self) -> bool:
        """Say whether nothing waits and nothing is being fitted."""
        return not self.waiting and not self.making

    def take(self) -> Planned | None:
        """Take the first run that waits for no other; None while all do."""
        unmade = {*self.making, *(each.run_id for each in self.waiting)}
        ready = (each for each in self.waiting if unmade.isdisjoint(each.needs.values()))
        planned = next(ready, None)
        if planned is not None:
            self.waiting.remove(planned)
            self.making[planned.run_id] = planned
        return planned

    def end(self, run_id: str, failed: str | None) -> None:
        """Note that a run is fitted, or why it failed."""
        del self.making[run_id]
        if failed is not None:
            self.failed[run_id] = failed

    def hopeless(self) -> Iterable[tuple[Planned, str]]:
        """Take the runs that need one that failed, and give the reason that this is for them."""
        while found := next(
            (each for each in self.waiting if not self.failed.keys().isdisjoint(each.needs.values())), None
        ):
            self.waiting.remove(found)
            reason = f"it needs {_named(found, self.failed)}, which failed"
            self.failed[found.run_id] = reason
            yield found, reason


def _named(planned: Planned, failed: Iterable[str]) -> str:
    return ", ".join(name for name, run_id in planned.needs.items() if run_id in failed)
