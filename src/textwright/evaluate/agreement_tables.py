"""The tables of an agreement, once for terminal and Markdown."""

from __future__ import annotations

from collections.abc import Iterator

from textwright.evaluate.agreement import Agreed, Agreement, AnnotatorPair, ChoiceFigures, SpanFigures
from textwright.evaluate.figure import Figure
from textwright.evaluate.tables import NOTHING, Row, Table, figure, markdown_document

FEW_TEXTS = 30
NAMED = 8


def agreement_tables(found: Agreement) -> list[Table]:
    """Return the tables in the order in which one reads them: spans, tasks, pairs of annotators."""
    spans = [] if found.spans is None else [_span_table(found.spans)]
    tasks = [_task_table(task, figures) for task, figures in found.tasks.items()]
    return [*spans, *tasks, *_pair_tables(found)]


def agreement_lines(found: Agreement) -> list[str]:
    """Say in sentences what the tables do not: who, how many texts, what was left out."""
    return [_who(found), *_left_out(found), *_cautions(found)]


def agreement_markdown(found: Agreement) -> str:
    """Write an agreement as Markdown."""
    return markdown_document("Agreement", agreement_lines(found), agreement_tables(found))


def with_ends(each: Figure) -> str:
    """Write a figure with its interval.

    >>> with_ends(Figure(0.5, 0.25, 0.75)), with_ends(Figure())
    ('0.500 (0.250 to 0.750)', '–')
    """
    if each.low is None or each.high is None:
        return figure(each.value)
    return f"{figure(each.value)} ({each.low:.3f} to {each.high:.3f})"


def _span_table(spans: Agreed[SpanFigures]) -> Table:
    rows = [(label, *_span_cells(figures)) for label, figures in spans.labels.items()]
    rows.append(("all labels", *_span_cells(spans.all)))
    head = ("spans", "same set", "F1", "gamma", "texts with it")
    return Table(f"Spans in {spans.texts} texts, with 95 % intervals", head, tuple(rows))


def _span_cells(figures: SpanFigures) -> Row:
    return (*map(with_ends, (figures.exact, figures.f1, figures.gamma)), str(figures.support))


def _task_table(task: str, found: Agreed[ChoiceFigures]) -> Table:
    rows = [(label, *_choice_cells(figures)) for label, figures in found.labels.items()]
    rows.append(("all labels", *_choice_cells(found.all)))
    head = (task, "same answer", "alpha", "texts with it")
    return Table(f"{task} in {found.texts} texts, with 95 % intervals", head, tuple(rows))


def _choice_cells(figures: ChoiceFigures) -> Row:
    return (*map(with_ends, (figures.exact, figures.alpha)), str(figures.support))


def _pair_tables(found: Agreement) -> Iterator[Table]:
    if found.spans is not None:
        rows = [(_name(pair), str(pair.texts), *_span_cells(pair.spans)[:3]) for pair in found.pairs if pair.spans]
        yield Table("Spans, two annotators at a time", ("pair", "texts", "same set", "F1", "gamma"), tuple(rows))
    for task in found.tasks:
        yield Table(f"{task}, two annotators at a time", _HEAD, tuple(_task_rows(found, task)))


_HEAD = ("pair", "texts", "same answer", "alpha", "kappa")


def _task_rows(found: Agreement, task: str) -> Iterator[Row]:
    for pair in found.pairs:
        if (each := pair.tasks.get(task)) is not None:
            kappa = NOTHING if each.kappa is None else with_ends(each.kappa)
            yield (_name(pair), str(pair.texts), with_ends(each.exact), with_ends(each.alpha), kappa)


def _name(pair: AnnotatorPair) -> str:
    return f"{pair.a}, {pair.b}"


def _who(found: Agreement) -> str:
    names = list(found.annotators)
    more = f" and {len(names) - NAMED} more" if len(names) > NAMED else ""
    return (
        f"{len(names)} annotators ({', '.join(names[:NAMED])}{more}), {found.texts:,} texts: "
        f"{found.compared:,} annotated by two or more."
    )


def _left_out(found: Agreement) -> Iterator[str]:
    if found.texts > found.compared:
        yield f"{found.texts - found.compared:,} texts annotated by fewer than two are left out."
    if found.unfinished:
        yield f"{found.unfinished:,} annotations that were not handed in (begun or skipped) are left out."


def _cautions(found: Agreement) -> Iterator[str]:
    if found.compared < FEW_TEXTS:
        yield f"{found.compared} texts are few: the intervals by resampling are too narrow."
    figures = [] if found.spans is None else [found.spans.all.gamma]
    figures += [each.all.alpha for each in found.tasks.values()]
    if any(each.value is None for each in figures):
        yield "Agreement beyond chance cannot be told where all annotations are alike, or of one text only."
