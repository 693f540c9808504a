"""A learning curve as a picture: each training a point, the law with its band, and what twice the texts would bring."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from textwright.train import drawing
from textwright.train.power_law import Fit

if TYPE_CHECKING:
    from textwright.train.curve import Curve

# The curve is drawn up to so many times the texts that there are.
BEYOND = 2.0


def picture_of(curve: Curve, measure: str) -> Any:
    """Draw the runs of a measure (Altair), and where they bear it the law with its band up to twice the texts."""
    alt = drawing.altair()
    points = [{"texts": run.texts, "score": 100 * run.scores[measure]} for run in curve.runs if measure in run.scores]
    places = alt.Axis(labelOverlap="greedy", labelSeparation=8, format=",d")
    x = alt.X("texts:Q", title="annotated texts", axis=places, scale=alt.Scale(type="log", nice=False, padding=12))
    y = alt.Y("score:Q", title=None, scale=alt.Scale(zero=False))
    seen = alt.Chart(drawing.table(points)).mark_point(filled=True, size=50, color=drawing.COLOURS[0], opacity=0.7)
    layers = [seen.encode(x, y)]
    if measure in curve.fits and not curve.fits[measure].doubt:
        layers = [*_law(curve, curve.fits[measure], x, y), *layers]
    return alt.layer(*layers).properties(title=f"{measure}, of 100", width=560, height=280)


def _law(curve: Curve, fit: Fit, x: Any, y: Any) -> list[Any]:
    alt, rows = drawing.altair(), list(_steps(curve, fit))
    band = alt.Chart(drawing.table(rows)).mark_area(color=drawing.COLOURS[0], opacity=0.18)
    known = [row for row in rows if row["texts"] <= curve.texts]
    ahead = [row for row in rows if row["texts"] >= curve.texts]
    line = alt.Chart(drawing.table(known)).mark_line(color=drawing.COLOURS[0])
    dashed = alt.Chart(drawing.table(ahead)).mark_line(color=drawing.COLOURS[0], strokeDash=[5, 4])
    last = {**rows[-1], "said": f"{rows[-1]['score']:.1f} with {rows[-1]['texts']:,.0f}"}
    forecast = alt.Chart(drawing.table([last]))
    point = forecast.mark_point(size=90, strokeWidth=2, color=drawing.COLOURS[1], fill="transparent")
    said = forecast.mark_text(dy=-14, align="right", fontSize=12, fill=drawing.INK).encode(x, y, text="said:N")
    ends = alt.Y("low:Q", title=None, scale=alt.Scale(zero=False))
    return [band.encode(x, ends, y2="high:Q"), line.encode(x, y), dashed.encode(x, y), point.encode(x, y), said]


def _steps(curve: Curve, fit: Fit) -> Iterator[dict[str, float]]:
    """Yield places along the curve with their band."""
    least = min(run.texts for run in curve.runs if not run.failed)
    steps = [least * (curve.texts / least) ** (step / 30) for step in range(31)]
    for texts in [*steps, *(curve.texts * BEYOND ** (step / 10) for step in range(1, 11))]:
        low, high = fit.band(texts)
        yield {
            "texts": texts,
            "score": 100 * (1 - fit.error(texts)),
            "low": 100 * (1 - high),
            "high": 100 * (1 - low),
        }
