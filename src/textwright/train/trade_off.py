"""What a cascade wins: exactness against the share of texts that goes on to the second model."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from textwright.dataset import Dataset
from textwright.evaluate.page import figures_page
from textwright.evaluate.report import Report, evaluate
from textwright.evaluate.tables import Table
from textwright.predictor import Predictor, Scorer
from textwright.predictors.cascade import confidence, is_empty
from textwright.train import drawing
from textwright.types import Annotation, Scores

SHARES = (0.0, 0.01, 0.02, 0.05, 0.1, 0.15, 0.2, 0.3, 0.5, 0.75, 1.0)
Rights = Sequence[bool | None]


@dataclass(frozen=True, slots=True)
class Point:
    """The share of texts that goes on, the confidence below which they do, and the share of right texts."""

    share: float
    below: float
    exact: float


@dataclass(frozen=True, slots=True)
class TradeOff:
    """Two models on the same texts, with the points of each measure."""

    first: str
    second: str
    dataset: str
    examples: int
    points: Mapping[str, Sequence[Point]]

    def to_data(self) -> dict[str, Any]:
        """Return plain data for JSON."""
        points = {measure: [asdict(point) for point in found] for measure, found in self.points.items()}
        return {"first": self.first, "second": self.second, "dataset": self.dataset, "points": points}

    def lines(self) -> list[str]:
        """Say what was measured, and what each measure wins."""
        begun = f"{self.first}, then {self.second}, on {self.examples:,} texts of {self.dataset or 'the data'}:"
        return [begun, *(self._line(measure) for measure in self.points)]

    def _line(self, measure: str) -> str:
        points = self.points[measure]
        best = max(points, key=lambda point: (round(point.exact, 9), -point.share))
        alone = (
            f"{self.first} alone {100 * points[0].exact:.1f} of 100, {self.second} alone {100 * points[-1].exact:.1f}"
        )
        return f"{measure}: {alone}; best {100 * best.exact:.1f}, with the least sure {best.share:.0%} passed on."

    def table(self) -> Table:
        """Give the share of right texts of each measure by the share that goes on."""
        shares = [point.share for point in next(iter(self.points.values()))]
        rows = [(measure, *(f"{point.exact:.3f}" for point in found)) for measure, found in self.points.items()]
        return Table("Right texts by share passed on", ("", *(f"{share:.0%}" for share in shares)), tuple(rows))

    def to_html(self) -> str:
        """Return a page that stands alone."""
        pictures = [drawing.svg(self._picture(measure)) for measure in self.points]
        return figures_page(f"{self.first}, then {self.second}", self.lines(), [self.table()], pictures)

    def _picture(self, measure: str) -> Any:
        """Draw the points, and the line on which they would lie if chance chose the texts."""
        alt, found = drawing.altair(), self.points[measure]
        rows = [{"share": 100 * point.share, "exact": 100 * point.exact} for point in found]
        x = alt.X("share:Q", title=f"passed on to {self.second}, of 100 texts")
        y = alt.Y("exact:Q", title=None, scale=alt.Scale(zero=False))
        line = alt.Chart(drawing.table(rows)).mark_line(color=drawing.COLOURS[0], point={"size": 50, "filled": True})
        chance = alt.Chart(drawing.table([rows[0], rows[-1]])).mark_line(color=drawing.INK, strokeDash=[4, 4])
        title = {"text": f"{measure}, right of 100", "subtitle": "dashed: texts chosen by chance"}
        layers = alt.layer(chance.encode(x, y), line.encode(x, y))
        return layers.properties(title=alt.TitleParams(**title, subtitleColor=drawing.INK), width=560, height=240)


def trade_off(
    first: Predictor, second: Predictor, data: Dataset, *, names: tuple[str, str] = ("first", "second")
) -> TradeOff:
    """Judge both models on the data, and both together for each share of texts that goes on.

    The least sure texts of the first go on; of a model without probabilities, those in which it found
    nothing. Raise `DataError` when there is nothing to judge by.
    """
    reports = evaluate(first, data, name=names[0]), evaluate(second, data, name=names[1])
    sure = _sure(first, reports[0])
    order = sorted(range(len(sure)), key=sure.__getitem__)
    shares = SHARES if isinstance(first, Scorer) else (0.0, sum(each == 0 for each in sure) / len(sure), 1.0)
    measures = [measure for measure in reports[0].rights if measure in reports[1].rights]
    points = {
        measure: [
            _point(share, order, sure, reports[0].rights[measure], reports[1].rights[measure]) for share in shares
        ]
        for measure in measures
    }
    return TradeOff(*names, data.name, len(sure), points)


def _sure(model: Predictor, report: Report) -> list[float]:
    """Say how sure a model is of each answer; what has no answer goes on first."""
    found = [outcome.answer.annotation for outcome in report.outcomes]
    if not isinstance(model, Scorer):
        return [0.0 if each is None or is_empty(each) else 1.0 for each in found]
    scores = model.score([outcome.example.text for outcome in report.outcomes])
    return [_confidence(each, said) for each, said in zip(found, scores, strict=True)]


def _confidence(annotation: Annotation | None, scores: Scores) -> float:
    return -1.0 if annotation is None else confidence(annotation, scores)


def _point(share: float, order: Sequence[int], sure: Sequence[float], first: Rights, second: Rights) -> Point:
    sent = round(share * len(order))
    rights = [*(second[place] for place in order[:sent]), *(first[place] for place in order[sent:])]
    known = [right for right in rights if right is not None]
    below = sure[order[sent]] if sent < len(order) else 1.0
    return Point(share, below, sum(known) / len(known) if known else 0.0)
