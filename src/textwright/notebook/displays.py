"""How plain data look in a notebook: pieces of HTML for light and dark pages, without script.

Every label stands there as a word that can be read out and copied; colour only helps.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from importlib.resources import files

from textwright.dataset import Dataset
from textwright.draw import colour_of, draw_html, escaped, style
from textwright.schema import Rule, Schema, Task
from textwright.types import Annotation, Answer, Category, Example, Span

ANY = Schema(open=True)
HEAD = 5
LONGEST = 600
NOT_ANNOTATED = {"spans": "Spans: not annotated.", "categories": "Categories: not annotated."}
NOTHING = {"spans": "Spans: none, and that was looked at.", "categories": "Categories: none, and that was looked at."}


def annotation_html(annotation: Annotation) -> str:
    """Show an annotation as a table: it has no text to be drawn on."""
    return framed(_spans(annotation.spans) + _categories(annotation.categories))


def answer_html(answer: Answer) -> str:
    """Show an answer: its annotation, or why there is none."""
    if answer.annotation is not None:
        return annotation_html(answer.annotation)
    reason = answer.problem.reason if answer.problem else "no reason is known"
    return framed(f"<p>No answer: {escaped(reason)}</p>")


def example_html(example: Example) -> str:
    """Show an example: its text with the spans drawn, and what is known of it."""
    return framed(_example(example, ANY))


def dataset_html(dataset: Dataset) -> str:
    """Show a data set: its size, its labels by number, its first examples."""
    head = "".join(_example(each, dataset.schema) for each in dataset[:HEAD])
    more = f"<p>and {len(dataset) - HEAD:,} more.</p>" if len(dataset) > HEAD else ""
    name = f"{escaped(dataset.name)}: " if dataset.name else ""
    return framed(f"<p><strong>{name}{_size(dataset)}</strong></p>{_uses(dataset)}{head}{more}")


def schema_html(schema: Schema) -> str:
    """Show a schema: labels with colour, key, parent and meaning, tasks, rules."""
    rows = (
        (
            label_html(each.name, schema),
            f"<kbd>{escaped(each.key)}</kbd>" if each.key else "",
            each.parent,
            each.meaning,
        )
        for each in schema.labels
    )
    cells = ([label, key, escaped(parent or ""), escaped(meaning)] for label, key, parent, meaning in rows)
    labels = (
        table_html(("label", "key", "inside", "meaning"), cells) if schema.labels else "<p>No labels for spans.</p>"
    )
    name = f"<p><strong>{escaped(schema.name)}</strong></p>" if schema.name else ""
    open_ = "<p>Other labels are accepted, too.</p>" if schema.open else ""
    return framed(name + labels + open_ + "".join(map(_task, schema.tasks)) + _rules(schema.rules))


def framed(body: str) -> str:
    """Put a piece of HTML with its style sheet into a frame of our own."""
    return f'<style>{style()}{_sheet()}</style><div class="tw-shown">{body}</div>'


@cache
def _sheet() -> str:
    return (files(__package__) / "displays.css").read_text(encoding="utf-8")


# --- parts ----------------------------------------------------------------------------------------


def table_html(head: Sequence[str], rows: Iterable[Iterable[str]]) -> str:
    """Draw a table of finished cells; the first of a row names it."""
    heading = "".join(f'<th scope="col">{escaped(cell)}</th>' for cell in head)
    body = "".join(f"<tr>{''.join(_row(*row))}</tr>" for row in rows)
    return f'<div class="tw-wide"><table><thead><tr>{heading}</tr></thead><tbody>{body}</tbody></table></div>'


def _row(name: str, *cells: str) -> Iterator[str]:
    yield f'<th scope="row">{name}</th>'
    yield from (f"<td>{cell}</td>" for cell in cells)


def label_html(name: str, schema: Schema) -> str:
    """Draw a label as a word beside its colour."""
    return f'<span class="tw-label" style="--c:{colour_of(name, schema)}">{escaped(name)}</span>'


def _spans(spans: Sequence[Span] | None, text: str | None = None, schema: Schema = ANY) -> str:
    if not spans:
        return f"<p>{NOT_ANNOTATED['spans'] if spans is None else NOTHING['spans']}</p>"
    scored = any(span.score is not None for span in spans)
    head = ("label", "start", "end", *(["text"] if text is not None else []), *(["score"] if scored else []))
    return table_html(head, (_span_row(span, text, schema, scored=scored) for span in spans))


def _span_row(span: Span, text: str | None, schema: Schema, *, scored: bool) -> Iterator[str]:
    yield label_html(span.label, schema)
    yield str(span.start)
    yield str(span.end)
    if text is not None:
        yield escaped(text[span.start : span.end])
    if scored:
        yield "" if span.score is None else f"{span.score:.3f}"


def _categories(categories: Sequence[Category] | None) -> str:
    if not categories:
        return f"<p>{NOT_ANNOTATED['categories'] if categories is None else NOTHING['categories']}</p>"
    rows = (
        (escaped(each.task), escaped(each.label), "" if each.score is None else f"{each.score:.3f}")
        for each in categories
    )
    return table_html(("task", "label", "score"), rows)


def _example(example: Example, schema: Schema) -> str:
    known = [f"<code>{escaped(example.id)}</code>"]
    known += [f"by {escaped(example.annotator)}"] if example.annotator else []
    known += [f"{escaped(str(key))}: {escaped(str(value))}" for key, value in example.meta.items()]
    text, gold = shortened(example.text, example.gold)
    drawing = draw_html(text, gold, schema, styled=False)
    return f'<article><p class="tw-known">{" · ".join(known)}</p>{drawing}{_listed(example, schema)}</article>'


def shortened(text: str, gold: Annotation) -> tuple[str, Annotation]:
    """Cut a long text off, with the spans that are in what stays.

    >>> text, gold = shortened("x" * 700, Annotation((Span(0, 5, "A"), Span(598, 610, "B"))))
    >>> len(text), gold.spans
    (601, (Span(start=0, end=5, label='A', score=None),))
    """
    if len(text) <= LONGEST:
        return text, gold
    kept = None if gold.spans is None else tuple(span for span in gold.spans if span.end <= LONGEST)
    return text[:LONGEST] + "…", Annotation(kept, gold.categories)


def _listed(example: Example, schema: Schema) -> str:
    """List the spans in words beneath the drawing, folded: for whoever does not see it."""
    spans = example.gold.spans
    if not spans:
        return f'<p class="tw-known">{NOT_ANNOTATED["spans"] if spans is None else NOTHING["spans"]}</p>'
    labels = ", ".join(escaped(span.label) for span in spans[:HEAD]) + (", …" if len(spans) > HEAD else "")
    count = "1 span" if len(spans) == 1 else f"{len(spans):,} spans"
    return f"<details><summary>{count}: {labels}</summary>{_spans(spans, example.text, schema)}</details>"


def _size(dataset: Dataset) -> str:
    spans = sum(example.gold.spans is not None for example in dataset)
    categories = sum(example.gold.categories is not None for example in dataset)
    layers = [f"{count:,} with {name}" for name, count in (("spans", spans), ("categories", categories)) if count]
    size = "1 example" if len(dataset) == 1 else f"{len(dataset):,} examples"
    return f"{size}, {' and '.join(layers) or 'none annotated'}"


def _uses(dataset: Dataset) -> str:
    """Count each label of the schema, those that do not occur too."""
    spans = Counter(span.label for example in dataset for span in example.gold.spans or ())
    texts = Counter(label for example in dataset for label in {span.label for span in example.gold.spans or ()})
    chosen = Counter((each.task, each.label) for example in dataset for each in example.gold.categories or ())
    labels = dict.fromkeys([*dataset.schema.spans, *spans])
    rows = [(label_html(name, dataset.schema), f"{spans[name]:,}", f"{texts[name]:,}") for name in labels]
    tasks = [(f"{escaped(task)}: {escaped(label)}", f"{count:,}") for (task, label), count in chosen.most_common()]
    shown = table_html(("label", "spans", "texts"), rows) if rows else ""
    return shown + (table_html(("task", "texts"), tasks) if tasks else "")


def _task(task: Task) -> str:
    several = "several may be chosen" if task.multiple else "one is chosen"
    meaning = f" {escaped(task.meaning)}" if task.meaning else ""
    rows = ((escaped(each.name), escaped(each.meaning)) for each in task.labels)
    return f"<p><strong>{escaped(task.name)}</strong>, {several}.{meaning}</p>{table_html(('label', 'meaning'), rows)}"


RULES = {
    "exactly_one_inside": "Each {outer} holds exactly one {inner}.",
    "inside": "Each {inner} lies in a {outer}.",
    "no_overlap": "No two {label} overlap.",
    "no_crossing": "No two spans cross: they are apart, or one holds the other.",
}


def _rules(rules: Sequence[Rule]) -> str:
    said = (RULES[rule.kind].format(outer=rule.outer, inner=rule.inner, label=rule.label) for rule in rules)
    items = "".join(f"<li>{escaped(line)}</li>" for line in said)
    return f"<p>Rules:</p><ul>{items}</ul>" if items else ""
