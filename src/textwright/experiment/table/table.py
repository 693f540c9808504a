"""One table of every method of an experiment, with all that a choice among them needs: `table_of`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from typing import Any

from textwright.errors import DataError
from textwright.experiment.file import Checks, Experiment
from textwright.experiment.table.across import Across, across_of
from textwright.experiment.table.answers import Disputed, disputed_of
from textwright.experiment.table.change import Changed, changed_of
from textwright.experiment.table.columns import Column, columns_of, has_answers
from textwright.experiment.table.differences import Difference, differences, in_words
from textwright.experiment.table.front import Front, fronts_of
from textwright.experiment.table.rows import Entry, Row, entries_of, row_of
from textwright.experiment.table.scopes import has, measures_of, shared_by, silent, with_one_whole_text
from textwright.experiment.table.slices import Slices, slices_of
from textwright.experiment.table.sources import few_sources
from textwright.experiment.table.spoils import failures, known_texts, leaks, of_methods, without_known
from textwright.runs.record import Run
from textwright.schema import Schema


@dataclass(frozen=True, slots=True)
class ExperimentTable:
    """What every method is worth on one test set, the best by `measure` first.

    `warnings` say what could spoil the figures. Methods that were not judged by `measure` stand last; `measures` are
    those that all have. `differences` has for each method but the best how far it is behind. `texts` is the number of
    test texts, `disputed` are those that some method got wrong.
    """

    name: str
    test: str
    measure: str
    measures: tuple[str, ...]
    texts: int
    schema: Schema
    warnings: tuple[str, ...]
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    differences: Mapping[str, Difference]
    fronts: tuple[Front, ...]
    slices: tuple[Slices, ...]
    changes: tuple[Changed, ...]
    across: Across | None
    disputed: tuple[Disputed, ...]

    @property
    def best(self) -> Row:
        """Return the row of the best method by the measure."""
        return self.rows[0]

    def verdicts(self) -> list[str]:
        """Say which methods can be told apart from the best, and of which parts of the test nothing can be said."""
        small = [each.in_words() for each in self.slices if not each.is_shown]
        return [*in_words(self.best.method, self.measure, list(self.differences.values())), *small]

    def to_data(self) -> dict[str, Any]:
        """Return plain data for JSON."""
        return {
            "experiment": self.name,
            "test": self.test,
            "measure": self.measure,
            "measures": list(self.measures),
            "texts": self.texts,
            "warnings": list(self.warnings),
            "methods": [self._method_data(row) for row in self.rows],
            "verdicts": self.verdicts(),
            "fronts": [each.to_data() for each in self.fronts],
            "slices": [each.to_data() for each in self.slices],
            "changes": [each.to_data() for each in self.changes],
            "tests": None if self.across is None else self.across.to_data(),
            "disputed": [{**each.to_data(), "right": self._right(each)} for each in self.disputed],
        }

    def _method_data(self, row: Row) -> dict[str, Any]:
        found = self.differences.get(row.method)
        return {**row.to_data(), "difference": None if found is None else found.to_data()}

    def _right(self, text: Disputed) -> dict[str, list[str]]:
        """Name for each measure the methods that have a text right."""
        methods = [row.method for row in self.rows]
        return {
            measure: [method for method, right in zip(methods, rights, strict=True) if right]
            for measure, rights in text.verdicts.items()
        }

    def to_markdown(self) -> str:
        """Return the tables and the words as Markdown."""
        from textwright.experiment.table.written import markdown_of

        return markdown_of(self)

    def to_html(self) -> str:
        """Return a page that stands alone: the table to sort, the fronts drawn, every disputed text."""
        from textwright.experiment.table.page import table_page

        return table_page(self)

    def __str__(self) -> str:
        """Return the tables as Markdown, so that `print` shows what a notebook does."""
        return self.to_markdown()

    def _repr_markdown_(self) -> str:
        return self.to_markdown()


def table_of(
    experiment: Experiment,
    runs: Sequence[Run],
    checks: Checks | None = None,
    *,
    test: str | None = None,
    told: Sequence[str] = (),
) -> ExperimentTable:
    """Put the runs of an experiment into a table, judged on the test set `test` (None: its first).

    `checks` is what was found of texts that methods learned; `told` says what else could spoil the figures.

    Raise `DataError` when no run was judged on it, or when two were judged on different texts.
    """
    test = test if test is not None else experiment.tests[0]
    runs = with_one_whole_text(_in_order(experiment, runs))
    entries = entries_of(runs, test)
    _refuse_none(entries, experiment, runs, test)
    measure = _chosen(experiment.measure, measures_of(entries))
    measures = sorted(measures_of(entries), key=lambda each: each != measure)
    compared = _best_first(entries, measure)
    ordered = [*compared, *(each for each in entries if not has(each, measure))]
    shared = [each for each in measures if each in shared_by(entries)]
    methods = [entry.method for entry in ordered]
    checks = of_methods(checks, methods)
    ids = ordered[0].judgements[0].report["ids"]
    known = known_texts(checks, test) & set(ids)
    judged = [pair for entry in ordered for runtime in experiment.runtimes for pair in entry.pairs(test, runtime)]
    columns = _columns(columns_of(judged, measures), measure, known)
    rows = [row_of(entry, test, columns) for entry in ordered]
    spoils = [*leaks(checks, test, known, measure), *few_sources(compared[0])]
    changes = (changed_of(change, runs) for change in experiment.changes)
    return ExperimentTable(
        name=experiment.name,
        test=test,
        measure=measure,
        measures=tuple(shared),
        texts=len(ids),
        schema=experiment.schema or Schema(open=True),
        warnings=(*spoils, *told, *silent(entries), *failures(runs, test)),
        columns=tuple(columns),
        rows=tuple(rows),
        differences=differences(compared[0], compared[1:], measure),
        fronts=tuple(fronts_of([row for row, entry in zip(rows, ordered, strict=True) if _answers(entry)], measure)),
        slices=tuple(slices_of(compared, measure)),
        changes=tuple(each for each in changes if each is not None),
        across=across_of(runs, experiment.tests, methods, measure),
        disputed=tuple(disputed_of(ordered, shared)),
    )


def _best_first(entries: Iterable[Entry], measure: str) -> list[Entry]:
    """Order those that were judged by a measure, the best first."""
    return sorted((each for each in entries if has(each, measure)), key=lambda entry: -_mean_right(entry, measure))


def _columns(columns: Iterable[Column], measure: str, known: Set[str]) -> list[Column]:
    """Put the measure's own column first, with one for the texts that no method learned, where some were learned."""
    apart = [without_known(measure, known)] if known else []
    return sorted([*apart, *columns], key=lambda column: column.key != measure)


def _in_order(experiment: Experiment, runs: Iterable[Run]) -> list[Run]:
    """Order runs as the file has their methods: of two that are equally good the first one named stands first."""
    names = [method.name for method in experiment.methods]
    return sorted(runs, key=lambda run: (names.index(run.method) if run.method in names else len(names), run.seed))


def _refuse_none(entries: Sequence[Entry], experiment: Experiment, runs: Sequence[Run], test: str) -> None:
    if not entries:
        judged = dict.fromkeys(each.test for run in runs for each in run.judgements if not each.unable)
        there = f"Judged so far: {', '.join(judged)}" if judged else f"textwright experiment run {experiment.path}"
        raise DataError(f"{experiment.path}: no method was judged on {test!r}. {there}")
    first = entries[0]
    for entry in entries:
        for run, judgement in zip(entry.runs, entry.judgements, strict=True):
            if judgement.report["ids"] != first.judgements[0].report["ids"]:
                raise DataError(
                    f"{run.folder}: {entry.method} was judged on other texts of {test} than {first.method}. "
                    f"textwright experiment run {experiment.path} judges what is out of date"
                )


def _chosen(wanted: str, measures: Sequence[str]) -> str:
    if wanted in measures:
        return wanted
    choice = ", ".join(measures) or "none"
    raise DataError(f"measure is {wanted!r}, by which no method was judged. Measures: {choice}")


def _answers(entry: Entry) -> bool:
    return any(map(has_answers, entry.judgements))


def _mean_right(entry: Entry, measure: str) -> float:
    shares = [_share([right for right in rights if right is not None]) for rights in entry.rights(measure)]
    return sum(shares) / len(shares)


def _share(rights: Sequence[bool]) -> float:
    return sum(rights) / len(rights) if rights else 0.0
