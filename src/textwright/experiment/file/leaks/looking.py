"""Look for texts that are judged on and were learned, and do what the experiment says."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from textwright.dataset import Dataset
from textwright.errors import DataError
from textwright.experiment.file.contents.files import digest_of
from textwright.experiment.file.experiment import Experiment
from textwright.experiment.file.leaks.before import Trained, Unseen
from textwright.experiment.file.leaks.found import SHOWN, Checks, Found, Role
from textwright.experiment.file.leaks.learned import Learned, learned_before, learned_by
from textwright.leakage import NEAR, leaks
from textwright.trust import parsed_json

CHECKS = "checks.json"
# Near-same texts are looked for once none is the same: that takes much longer.
SAME = 1.0
Known = Mapping[str, Found]


def checked(experiment: Experiment, data: Mapping[str, Dataset]) -> tuple[Mapping[str, Dataset], Checks]:
    """Look for leaks; return the data sets to go on with, and what was found.

    With `leaks = "drop"` the tests lose what any method learned, so that all are judged on the same
    texts. What stands in the runs' `checks.json` of the same contents is not looked for again. Raise
    `DataError` with `leaks = "refuse"` when a text to judge on was learned, and when dropping leaves none.
    """
    known = _known(experiment.runs / CHECKS)
    learned, elsewhere = _all_learned(experiment, data)
    pairs = list(_pairs(experiment, data, learned))
    if experiment.leaks == "refuse":
        _refuse([_found(pair, known, near=SAME) for pair in pairs], experiment)
    found = tuple(_found(pair, known, near=NEAR) for pair in pairs)
    dropped = _dropped(found, data, experiment) if experiment.leaks == "drop" else {}
    checks = Checks(experiment.leaks, found, dropped, elsewhere)
    return {name: _without(each, dropped.get(name, ())) for name, each in data.items()}, checks


def _known(path: Path) -> Known:
    """Read what was found before; a file that cannot be read is as none."""
    try:
        checks = Checks.from_data(parsed_json(path.read_bytes()), where=str(path))
    except (OSError, ValueError, DataError):
        return {}
    return {found.key: found for found in checks.found}


# --- what was learned -----------------------------------------------------------------------


def _all_learned(experiment: Experiment, data: Mapping[str, Dataset]) -> tuple[list[Learned], dict[str, str]]:
    """Return all texts that methods learn or learned from; say of which models these are not here."""
    learned, said = list(learned_by(experiment, data)), dict[str, list[str]]()
    before = list(dict.fromkeys(learned_before(experiment)))
    here = _by_fingerprint(experiment, data) if before else {}
    for each in before:
        if isinstance(each, Learned):
            learned.append(each)
            continue
        name, fact = each
        if isinstance(fact, Trained) and fact.fingerprint in here:
            learned.append(_of_model(name, fact, here[fact.fingerprint]))
        elif isinstance(fact, Unseen) or fact.part != "dev":
            said.setdefault(name, []).append(_in_words(fact))
    return learned, {name: _joined(lines) for name, lines in said.items()}


def _in_words(fact: Trained | Unseen) -> str:
    """Say what nobody can look into."""
    if isinstance(fact, Unseen):
        return f"nobody here can see which texts {fact.model} learned from"
    called = f" ({fact.name})" if fact.name else ""
    return f"{fact.model} learned from {fact.examples:,} texts{called} that are not here"


def _joined(lines: Sequence[str]) -> str:
    """Say each once: a model and its parts learned from the same."""
    return "; ".join([*dict.fromkeys(lines), "whether texts to judge on are among them cannot be seen"])


def _of_model(method: str, fact: Trained, texts: Dataset) -> Learned:
    role: Role = "dev" if fact.part == "dev" else "model"
    return Learned(method, f"{texts.name}, the {fact.part} set of {fact.model}", role, texts)


def _by_fingerprint(experiment: Experiment, data: Mapping[str, Dataset]) -> dict[str, Dataset]:
    """Return the data sets by their content, and the whole files that parts of them come from."""
    files = {spec.file: spec for spec in experiment.data.values() if spec.file is not None}
    whole = [
        Dataset.read(path, format=spec.format, column=spec.column)
        for path, spec in files.items()
        if _is_part(experiment, path)
    ]
    return {each.fingerprint: each for each in (*whole, *data.values())}


def _is_part(experiment: Experiment, path: Path) -> bool:
    """Say whether no data set is the whole file."""
    specs = (spec for spec in experiment.data.values() if spec.file == path)
    return not any(spec.share is None and spec.sample is None and not spec.where and not spec.without for spec in specs)


# --- pairs ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Pair:
    """A test, and texts that some methods learned from in one role."""

    test: Dataset
    learned: Learned
    methods: tuple[str, ...]

    @property
    def key(self) -> str:
        """Return what tells the pair's contents apart from others."""
        return digest_of([self.test.fingerprint, self.learned.texts.fingerprint, NEAR])


def _pairs(experiment: Experiment, data: Mapping[str, Dataset], learned: Sequence[Learned]) -> Iterator[Pair]:
    """Put each test beside what was learned, once for each name and role."""
    groups: dict[tuple[str, Role, str], list[Learned]] = {}
    for each in learned:
        groups.setdefault((each.name, each.role, each.texts.fingerprint), []).append(each)
    for test in experiment.tests:
        for group in groups.values():
            yield Pair(data[test], group[0], _made_of(experiment, {each.method for each in group}))


def _made_of(experiment: Experiment, methods: set[str]) -> tuple[str, ...]:
    """Return the methods and those that are made of them, in the order of the file."""
    found, before = set(methods), set[str]()
    while found != before:
        before = set(found)
        found |= {method.name for method in experiment.methods if found.intersection(method.needs)}
    return tuple(method.name for method in experiment.methods if method.name in found)


def _found(pair: Pair, known: Known, *, near: float) -> Found:
    test, learned = pair.test, pair.learned
    before = known.get(pair.key)
    same, similar = (set(before.same), set(before.near)) if before else _shared(learned.texts, test, near)
    return Found(
        test=test.name,
        learned=learned.name,
        role=learned.role,
        methods=pair.methods,
        texts=len(test),
        same=_in_order(test, same),
        near=_in_order(test, similar - same),
        shown=tuple(example.text[:60] for example in test if example.id in same)[:SHOWN],
        key=pair.key,
    )


def _shared(learned: Dataset, test: Dataset, near: float) -> tuple[set[str], set[str]]:
    """Return the ids of a test's texts that were learned, and of those that are near to one."""
    found = leaks(learned, test, near=near)
    return {each.id_b for each in found if each.kind == "same"}, {each.id_b for each in found if each.kind == "near"}


def _in_order(test: Dataset, ids: set[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(example.id for example in test if example.id in ids))


# --- what is done about it ------------------------------------------------------------------


def _refuse(found: Sequence[Found], experiment: Experiment) -> None:
    """Raise `DataError` that counts and shows the texts, and says what would have worked."""
    leaking = [each for each in found if each.counts]
    if not leaking:
        return
    said = "; ".join(f"{replace(each, near=()).in_words()}: {_examples(each)}" for each in leaking[:SHOWN])
    more = f"; and {len(leaking) - SHOWN} more pairs of data sets" if len(leaking) > SHOWN else ""
    raise DataError(
        f"{experiment.path}: texts to judge on are learned. {said}{more}. Take them out of one of the two, divide "
        'the file with share and rest_of, or say leaks = "drop" (no method is judged on them) or "tell"'
    )


def _examples(found: Found) -> str:
    more = len(found.same) - len(found.shown)
    return ", ".join(map(repr, found.shown)) + (f" and {more} more" if more else "")


def _dropped(found: Sequence[Found], data: Mapping[str, Dataset], experiment: Experiment) -> dict[str, tuple[str, ...]]:
    """Collect, by test, the texts that any method learned. Raise `DataError` when those are all."""
    dropped: dict[str, tuple[str, ...]] = {}
    for test in experiment.tests:
        leaking = [each for each in found if each.test == test and each.counts]
        ids = tuple(dict.fromkeys(each for one in leaking for each in one.same))
        if not _without(data[test], ids):
            said = "; ".join(replace(each, near=()).in_words() for each in leaking[:SHOWN])
            raise DataError(
                f"{experiment.path}: no text is left to judge on when those that were learned are dropped. {said}"
            )
        if ids:
            dropped[test] = ids
    return dropped


def _without(data: Dataset, ids: Sequence[str]) -> Dataset:
    left_out = set(ids)
    return data.with_examples(each for each in data if each.id not in left_out) if ids else data
