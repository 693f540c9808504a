"""What a smaller file costs: size against exactness, label by label, and how many answers change."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from textwright.bundle import reopened
from textwright.dataset import Dataset
from textwright.evaluate.page import figures_page
from textwright.evaluate.report import Report, evaluate
from textwright.evaluate.tables import Table, figure
from textwright.predictor import Exportable, Predictor
from textwright.predictors import transformer
from textwright.predictors.joint import JointPredictor
from textwright.train import drawing
from textwright.train.quantise import PRECISIONS, Precision, quantised
from textwright.types import Annotation

WHOLE = "whole text"


@dataclass(frozen=True, slots=True)
class Price:
    """What a model is worth in one form.

    `exact` has the share of right texts for each label, `whole text` and each task; `changed` the share
    of other texts that get another answer than from the first form, and `changed_by` that of each label
    and task. They are None and empty without such texts.
    """

    name: str
    size_bytes: int
    exact: Mapping[str, float]
    changed: float | None
    changed_by: Mapping[str, float]

    def to_data(self) -> dict[str, Any]:
        """Return plain data for JSON."""
        return {
            "name": self.name,
            "size_bytes": self.size_bytes,
            "exact": dict(self.exact),
            "changed": self.changed,
            "changed_by": dict(self.changed_by),
        }


@dataclass(frozen=True, slots=True)
class Prices:
    """The forms of one model beside each other, the exact one first."""

    model: str
    dataset: str
    fingerprint: str
    examples: int
    unlabelled: int
    forms: Sequence[Price]

    def to_data(self) -> dict[str, Any]:
        """Return plain data for JSON."""
        return {
            "model": self.model,
            "dataset": {"name": self.dataset, "fingerprint": self.fingerprint, "examples": self.examples},
            "unlabelled": self.unlabelled,
            "prices": [each.to_data() for each in self.forms],
        }

    def lines(self) -> list[str]:
        """Say what was measured, and what each form costs."""
        first, *others = self.forms
        measured = f"{self.model} on {self.examples:,} texts of {self.dataset or 'the data'}"
        asked = f", answers compared on {self.unlabelled:,} texts" if self.unlabelled else ""
        return [f"{measured}{asked}. Against {first.name} ({first.size_bytes / 1e6:.2f} MB):", *map(self._line, others)]

    def _line(self, form: Price) -> str:
        first = self.forms[0]
        main = WHOLE if WHOLE in form.exact else next(iter(form.exact))
        lost = 100 * (form.exact[main] - first.exact[main])
        changed = f", {form.changed:.2%} of the answers change" if form.changed is not None else ""
        size = f"{form.size_bytes / 1e6:.2f} MB ({form.size_bytes / first.size_bytes:.0%})"
        return f"{form.name}: {size}, {main} {lost:+.2f} points{changed}."

    def tables(self) -> list[Table]:
        """Give exactness label by label, and the shares of changed answers."""
        head = tuple(each.name for each in self.forms)
        sizes = ("size, MB", *(f"{each.size_bytes / 1e6:.2f}" for each in self.forms))
        exact = [(what, *(figure(each.exact[what]) for each in self.forms)) for what in self.forms[0].exact]
        made = [Table("Exactness", ("", *head), (sizes, *exact))]
        if self.unlabelled:
            whole = ("any", *(f"{each.changed or 0.0:.2%}" for each in self.forms))
            parts = [(what, *(f"{each.changed_by[what]:.2%}" for each in self.forms)) for what in self._asked()]
            made.append(Table("Changed answers", ("", *head), (whole, *parts)))
        return made

    def _asked(self) -> list[str]:
        return list(self.forms[0].changed_by)

    def pictures(self) -> list[str]:
        """Draw size against exactness, what each label loses, and the changed answers, as SVG."""
        first = drawing.altair().hconcat(self._sizes(), *([self._changes()] if self.unlabelled else []))
        return [drawing.svg(first), drawing.svg(self._losses())]

    def to_html(self) -> str:
        """Return a page that stands alone."""
        return figures_page(f"{self.model}: what size costs", self.lines(), self.tables(), self.pictures())

    def _colour(self) -> Any:
        names = [each.name for each in self.forms]
        return drawing.altair().Color("form:N", scale=drawing.colours(names), sort=names, legend=None)

    def _sizes(self) -> Any:
        alt, main = drawing.altair(), WHOLE if WHOLE in self.forms[0].exact else next(iter(self.forms[0].exact))
        rows = [
            {"form": each.name, "size": each.size_bytes / 1e6, "exact": 100 * each.exact[main]} for each in self.forms
        ]
        span = [min(row["exact"] for row in rows) - 1, max(row["exact"] for row in rows) + 1]  # type: ignore[type-var, operator]
        chart = alt.Chart(drawing.table(rows), title=f"{main}: right texts of 100", width=330, height=240)
        x = alt.X("size:Q", title="size, MB", scale=alt.Scale(type="log", nice=False, padding=30))
        y = alt.Y("exact:Q", title=None, scale=alt.Scale(domain=span, zero=False))
        points = chart.mark_point(filled=True, size=110, opacity=1).encode(x, y, self._colour())
        names = chart.mark_text(dy=-14, fontSize=12, fill=drawing.INK).encode(x, y, text="form:N")
        return chart.mark_line(color=drawing.INK, opacity=0.5, strokeDash=[4, 3]).encode(x, y) + points + names

    def _changes(self) -> Any:
        alt = drawing.altair()
        rows = [
            {"form": each.name, "changed": 100 * (each.changed or 0.0), "said": f"{each.changed or 0.0:.2%}"}
            for each in self.forms[1:]
        ]
        title = f"Changed answers, of 100 ({self.unlabelled:,} texts)"
        chart = alt.Chart(drawing.table(rows), title=title, width=300, height=240)
        x = alt.X("form:N", title=None, sort=[row["form"] for row in rows], axis=alt.Axis(labelAngle=0))
        y = alt.Y("changed:Q", title=None)
        said = chart.mark_text(dy=-8, fontSize=12, fill=drawing.INK).encode(x, y, text="said:N")
        return chart.mark_bar(width=46).encode(x, y, self._colour()) + said

    def _losses(self) -> Any:
        alt, first = drawing.altair(), self.forms[0]
        rows = [
            {"form": each.name, "what": what, "lost": 100 * (share - first.exact[what])}
            for each in self.forms[1:]
            for what, share in each.exact.items()
        ]
        names = [each.name for each in self.forms]
        legend = alt.Legend(title=None, values=names[1:], orient="top")
        colour = alt.Color("form:N", scale=drawing.colours(names), legend=legend)
        furthest = max(
            1.0, *(100 * abs(each.exact[what] - first.exact[what]) for each in self.forms for what in first.exact)
        )
        x = alt.X("lost:Q", title=None, scale=alt.Scale(domain=[-furthest, furthest]))
        y = alt.Y("what:N", title=None, sort=list(first.exact), axis=alt.Axis(grid=True, labelLimit=220))
        height = alt.Step(**{"step": 28, "for": "position"})
        chart = alt.Chart(
            drawing.table(rows), title=f"Points won or lost against {first.name}", width=560, height=height
        )
        return chart.mark_point(filled=True, size=80, opacity=0.85).encode(x, y, colour, yOffset="form:N")


def in_precision(model: Exportable, precision: Precision) -> Exportable:
    """Give the model with its graphs in that precision. Raise `ModelError` when its weights were rounded before."""
    if isinstance(model, JointPredictor):
        spans, categories = in_precision(model.spans, precision), in_precision(model.categories, precision)
        return replace(model, spans=spans, categories=categories)
    files = {
        name: quantised(content, precision) if name.endswith(".onnx") else content
        for name, content in model.files.items()
    }
    return reopened(model, config={**model.config, "precision": precision}, files=files)


def forms_of(model: Exportable, vocabulary: Sequence[str] = ()) -> dict[str, Exportable]:
    """Give a model in every precision, the exact one first.

    One that reads pieces of words comes in int8 with the pieces alone that the texts of `vocabulary` need, too.
    """
    forms: dict[str, Exportable] = {precision: in_precision(model, precision) for precision in PRECISIONS}
    if not vocabulary or model.config.get("kind") != transformer.KIND:
        return forms
    from textwright.train.prune import pruned_model

    return {**forms, "int8, pruned": in_precision(pruned_model(model, vocabulary), "int8")}


def parted(model: Exportable, texts: Sequence[str]) -> tuple[Sequence[str], Sequence[str]]:
    """Part texts into those that choose a vocabulary and those on which answers are compared.

    A model without a vocabulary needs none of the first.
    """
    if model.config.get("kind") != transformer.KIND:
        return (), texts
    return texts[::2], texts[1::2]


def _say_nothing(name: str) -> None:
    """Tell nobody."""


def prices_of(
    forms: Mapping[str, Exportable],
    data: Dataset,
    unlabelled: Sequence[str] = (),
    *,
    told: Callable[[str], None] = _say_nothing,
) -> Prices:
    """Judge each form on the data, and compare its answers to other texts with those of the first.

    `told` hears the name of each form that is judged. Raise `DataError` when there is nothing to judge by.
    """
    first = next(iter(forms.values()))
    told_first = first.predict(unlabelled)
    labels = _names(first)
    found = []
    for name, form in forms.items():
        found.append(_price(name, form, evaluate(form, data), told_first, form.predict(unlabelled), labels))
        told(name)
    return Prices(first.name, data.name, data.fingerprint, len(data), len(unlabelled), found)


def _names(model: Predictor) -> list[str]:
    return [*model.schema.spans, *(task.name for task in model.schema.tasks)]


def _price(
    name: str,
    form: Exportable,
    report: Report,
    told: Sequence[Annotation],
    given: Sequence[Annotation],
    labels: Sequence[str],
) -> Price:
    pairs = [(_parts(one), _parts(other)) for one, other in zip(told, given, strict=True)]
    changed = sum(one != other for one, other in pairs) / len(pairs) if pairs else None
    by = (
        {label: sum(one.get(label) != other.get(label) for one, other in pairs) / len(pairs) for label in labels}
        if pairs
        else {}
    )
    return Price(name, form.size_bytes, dict(_exact(report)), changed, by)


def _exact(report: Report) -> Iterator[tuple[str, float]]:
    """Yield the share of right texts for each label, for all labels together, and for each task."""
    for label, exact in report.score.exact.items():
        yield label, exact.all.accuracy or 0.0
    if report.score.exact:
        yield WHOLE, report.score.whole_text.accuracy or 0.0
    for task, score in report.score.categories.items():
        yield task, score.sets.accuracy or 0.0
        yield f"{task}, macro F1", score.labels.macro("f1") or 0.0


def _parts(annotation: Annotation) -> dict[str, set[object]]:
    """Sort what is said of a text by label and by task."""
    parts: dict[str, set[object]] = {}
    for span in annotation.spans or ():
        parts.setdefault(span.label, set()).add((span.start, span.end))
    for category in annotation.categories or ():
        parts.setdefault(category.task, set()).add(category.label)
    return parts
