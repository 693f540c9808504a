"""What could spoil the figures: told before any of them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from textwright.evaluate.figure import Figure
from textwright.evaluate.statistics import wilson
from textwright.evaluate.tables import figure as share
from textwright.experiment.file import Checks, Found
from textwright.experiment.table.columns import Column, Source, measure_title
from textwright.experiment.table.naming import listed_names
from textwright.runs.record import Judgement, Run
from textwright.wrangle.counted import counted

WITHOUT = "without_known"
ROLES = {
    "train": "learned by",
    "unlabelled": "read without annotations by",
    "examples": "shown as examples by",
    "model": "learned before by what is taken by",
    "dev": "which chose among the epochs or settings of",
}


def failures(runs: Sequence[Run], test: str) -> Iterator[str]:
    """Say which methods have no model or no figures, and why; what cannot run in a runtime is named once."""
    for run in runs:
        if run.failed:
            yield f"{_name(run)} failed, so it is not in the table: {run.failed}"
    for run in runs:
        for place, reason in run.not_judged.items():
            if place.rpartition(".")[0] == test:
                yield f"{_name(run)} was not judged in {place.rpartition('.')[2]}: {reason}"
    for run in runs:
        yield from (
            _unanswered(run, each) for each in run.judgements if each.test == test and each.report.get("failed")
        )
    yield from _unpriced(runs, test)
    yield from _unable(runs, test)


def _unpriced(runs: Sequence[Run], test: str) -> Iterator[str]:
    asked = ((run.method, run.judged(test)) for run in runs)
    names = dict.fromkeys(method for method, found in asked if found and found.report.get("priced") is False)
    if names:
        yield f"No table of prices has the models of {listed_names(list(names))}, so what they cost is not known"


def _unanswered(run: Run, judgement: Judgement) -> str:
    """Count the texts without an answer, and say why the first of them has none."""
    report, where = judgement.report, "" if judgement.runtime == "python" else f" in {judgement.runtime}"
    faults = (fault for mistake in report["mistakes"] for fault in mistake["faults"])
    reason = next((fault["note"] for fault in faults if fault["kind"] == "failed"), "no reason was given")
    counted = f"{report['failed']:,} of {len(report['ids']):,} texts without an answer"
    return f"{_name(run)}{where}: {counted}; the first: {' '.join(reason.split())}"


def _name(run: Run) -> str:
    return f"{run.method} (seed {run.seed})" if run.seed else run.method


def _unable(runs: Sequence[Run], test: str) -> Iterator[str]:
    methods: dict[tuple[str, str], dict[str, None]] = {}
    for run in runs:
        for each in run.judgements:
            if each.test == test and each.unable:
                methods.setdefault((each.runtime, each.unable), {})[run.method] = None
    for (runtime, reason), names in methods.items():
        yield f"No figures in {runtime} for {listed_names(names)}: {reason}"


# --- texts that were learned ----------------------------------------------------------------


def of_methods(checks: Checks | None, methods: Collection[str]) -> Checks | None:
    """Keep what concerns these methods: what failed or nobody ran yet spoils no figure of this table."""
    if checks is None:
        return None
    kept = (replace(each, methods=tuple(name for name in each.methods if name in methods)) for each in checks.found)
    elsewhere = {method: said for method, said in checks.elsewhere.items() if method in methods}
    return replace(checks, found=tuple(each for each in kept if each.methods), elsewhere=elsewhere)


def known_texts(checks: Checks | None, test: str) -> frozenset[str]:
    """Return the ids of the texts of a test that some method learned, or learned nearly; what was dropped is gone."""
    if checks is None:
        return frozenset()
    return frozenset((*checks.same(test), *checks.near(test))).difference(checks.dropped.get(test, ()))


def leaks(checks: Checks | None, test: str, known: Collection[str], measure: str) -> Iterator[str]:
    """Say which texts of a test were learned, what was left out, and what nobody could look into."""
    if checks is None:
        return
    left = set(checks.same(test)).difference(checks.dropped.get(test, ()))
    if left:
        yield f"Texts of {test} that methods of this table learned: {len(left)}. Their figures are too good"
    yield from (_found(found) for found in checks.found if found.test == test and (found.same or found.near))
    if test in checks.dropped:
        gone = len(checks.dropped[test])
        yield f"Texts of {test} that were learned and are left out, for all methods: {gone}"
    if known:
        yield f"{without_title(measure, known)} leaves out what is the same as learned texts, or near so"
    yield from (f"{method}: {said}" for method, said in checks.elsewhere.items())


def _found(found: Found) -> str:
    """Say what a test shares with what was learned, and who learned it."""
    parts = [f"{len(found.same)} the same"] if found.same else []
    parts += [f"{len(found.near)} nearly the same"] if found.near else []
    verb = "stands" if len(found.same) + len(found.near) == 1 else "stand"
    shared = f"Of the {found.texts:,} texts of {found.test}, {' and '.join(parts)} {verb} in {found.learned}"
    return f"{shared}, {ROLES[found.role]} {listed_names(found.methods)}"


def without_title(measure: str, known: Collection[str]) -> str:
    """Call the measure without the texts that were learned."""
    return f"{measure_title(measure)} without {counted(len(known), 'known text')}"


def without_known(measure: str, known: Collection[str]) -> Column:
    """Give the column with the share of right texts among those that nobody learned."""
    return Column(WITHOUT, without_title(measure, known), "exactness", _without(measure, known), share, more=True)


def _without(measure: str, known: Collection[str]) -> Source:
    def figure(_run: Run, judgement: Judgement) -> Figure | None:
        names, rights = judgement.report["ids"], judgement.report["right"].get(measure, ())
        if not rights:
            return None
        left = [right for name, right in zip(names, rights, strict=True) if name not in known and right is not None]
        return Figure(sum(left) / len(left), *wilson(sum(left), len(left))) if left else None

    return figure
