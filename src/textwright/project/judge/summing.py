"""From the runs of an experiment to what judging found."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from textwright.errors import TextwrightError
from textwright.experiment.methods.work import as_exportable
from textwright.experiment.table.columns import measure_figure
from textwright.experiment.table.spoils import known_texts
from textwright.experiment.table.standing import kept_checks, lacking, standing_runs
from textwright.experiment.table.table import ExperimentTable, table_of
from textwright.project.files import read_project
from textwright.project.judge.asking import DEV, TEST, TRAIN, title_of
from textwright.project.judge.judged import WHOLE, Behind, Judged, Marks, Method, Score
from textwright.project.judge.looked import seen_in
from textwright.project.judge.parts import names_in
from textwright.references import open_reference
from textwright.runs.reference import reference_of

if TYPE_CHECKING:
    from textwright.experiment.running.missing import Plan
    from textwright.experiment.table.answers import Disputed
    from textwright.experiment.table.rows import Row
    from textwright.runs.record import Run

# A page with more mistakes is read by nobody; the full report has all.
MOST_MISTAKES = 300


def table_of_plan(plan: Plan) -> ExperimentTable:
    """Make the table of what stands of a plan. Raise `DataError` when nothing does."""
    runs = standing_runs(plan)
    told = list(lacking(plan, runs, TEST))
    return table_of(plan.experiment, runs, kept_checks(plan.experiment), test=TEST, told=told)


def summed(plan: Plan, key: str) -> Judged:
    """Sum up what stands of a plan; methods without a score are named with the reason."""
    runs = {run.method: run for run in standing_runs(plan)}
    failed = {run.method: reason for run in runs.values() if (reason := _reason(run))}
    learned = len(plan.data[TRAIN]) + len(plan.data[DEV])
    if not any(run.judged(TEST) for run in runs.values()):
        return Judged(key, plan.experiment.measure, len(plan.data[TEST]), learned, (), failed)
    table, checks = table_of_plan(plan), kept_checks(plan.experiment)
    ranked = [row for row in table.rows if table.measure in row.figures]
    methods = tuple(_method(row, runs[row.method], table) for row in ranked)
    test, scored = plan.data[TEST], plan.experiment.labels
    there, tasks = names_in(test), _tasks_of(plan)
    return Judged(
        key=key,
        measure=table.measure,
        texts=table.texts,
        learned=learned,
        methods=methods,
        failed=failed,
        partial=tuple(row.method for row in table.rows if row not in ranked),
        silent=tuple(name for name in _looked_for(plan) if name not in plan.experiment.labels),
        labels=tuple(name for name in scored if name not in tasks),
        questions=tuple(name for name in scored if name in tasks),
        absent=tuple(name for name in scored if name not in there),
        seen=seen_in(read_project(plan.experiment.path.parent), [each.id for each in test]),
        repeats=len(known_texts(checks, TEST)),
        unseen={} if checks is None else dict(checks.elsewhere),
        mistakes=tuple(_mistake(each, table) for each in table.disputed[:MOST_MISTAKES]),
    )


def _looked_for(plan: Plan) -> Iterator[str]:
    schema = plan.experiment.schema
    if schema is not None:
        yield from (*schema.spans, *_tasks_of(plan))


def _tasks_of(plan: Plan) -> list[str]:
    schema = plan.experiment.schema
    return [] if schema is None else [task.name for task in schema.tasks]


def _reason(run: Run) -> str | None:
    """Say why a run has no score, or that it gave no answer to some texts."""
    found = run.judged(TEST)
    if run.failed or found is None:
        return run.failed or run.not_judged.get(f"{TEST}.python", "it was not judged")
    unanswered = found.report.get("failed", 0)
    return f"it gave no answer to {unanswered} of {len(found.report['ids'])} texts" if unanswered else None


def _method(row: Row, run: Run, table: ExperimentTable) -> Method:
    main = row.figures[table.measure]
    size = row.value("size_bytes")
    reference = reference_of(run)
    return Method(
        name=row.method,
        title=title_of(row.method),
        run=run.id,
        reference=reference,
        right=main.value,
        low=main.value if main.low is None else main.low,
        high=main.value if main.high is None else main.high,
        texts=table.texts,
        size_bytes=None if size is None else round(size),
        ms=row.value("latency_ms_p50"),
        shippable=_can_be_taken(reference),
        scores=dict(_scores(run, table.measures)),
        behind=_behind(row.method, table),
        marks=_marks(run),
    )


def _marks(run: Run) -> Marks | None:
    judgement = run.judged(TEST)
    micro = judgement.report.get("spans", {}).get("micro") if judgement else None
    return Marks(micro["recall"] or 0.0, micro["precision"] or 0.0) if micro else None


def _can_be_taken(reference: str) -> bool:
    try:
        return as_exportable(open_reference(reference)) is not None
    except TextwrightError:
        return False


def _scores(run: Run, measures: Sequence[str]) -> Iterator[tuple[str, Score]]:
    """Give the score of each label and task."""
    judgement = run.judged(TEST)
    assert judgement is not None
    report = judgement.report
    for measure in (each for each in measures if each != WHOLE):
        found, name = measure_figure(report, measure), measure.partition(":")[2]
        if found is not None and found.value is not None:
            low, high = found.low or 0.0, 1.0 if found.high is None else found.high
            yield name, Score(found.value, low, high, _occurs(report, measure))


def _occurs(report: Mapping[str, Any], measure: str) -> int | None:
    kind, _, name = measure.partition(":")
    support = report["exact"][name].get("support") if kind == "exact" else None
    return None if support is None else int(support)


def _behind(method: str, table: ExperimentTable) -> Behind | None:
    found = table.differences.get(method)
    return None if found is None else Behind(-found.found.difference, found.told_apart, found.needed)


def _mistake(text: Disputed, table: ExperimentTable) -> dict[str, Any]:
    """Give a text that some method got wrong: what is right, each answer once, and for each method what is wrong."""
    methods = [row.method for row in table.rows]
    wrong = {method: list(_wrong(place, text, table)) for place, method in enumerate(methods)}
    return {**text.to_data(), "wrong": {method: names for method, names in wrong.items() if names}}


def _wrong(place: int, text: Disputed, table: ExperimentTable) -> Iterator[str]:
    """Name the labels and tasks that a method, by its place, got wrong in a text."""
    for measure in table.measures:
        if measure != WHOLE and text.verdicts[measure][place] is False:
            yield measure.partition(":")[2]


def with_forecast(found: Judged, plan: Plan) -> Judged:
    """Add what more texts would bring, or why nobody can say."""
    from textwright.project.judge.forecast import forecast_of

    forecast, doubt = forecast_of(plan, found)
    return replace(found, forecast=forecast, doubt=doubt)
