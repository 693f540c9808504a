"""Altair's charts as SVG in the colours of the page around them, light or dark."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from textwright.errors import MissingExtraError

FAINT = "#8884"
INK = "currentColor"
AXIS = {"labelColor": INK, "titleColor": INK, "domainColor": FAINT, "tickColor": FAINT, "gridColor": FAINT}
CONFIG: dict[str, Any] = {
    "background": "transparent",
    "axis": {**AXIS, "labelFontSize": 12, "titleFontSize": 12, "titleFontWeight": "normal"},
    "header": {"labelColor": INK, "titleColor": INK},
    "legend": {"labelColor": INK, "titleColor": INK, "labelFontSize": 12},
    "title": {"color": INK, "subtitleColor": INK, "anchor": "start"},
    "text": {"color": INK},
    "rule": {"color": INK},
    "view": {"stroke": FAINT},
}


def chart_svg(spec: Mapping[str, Any]) -> str:
    """Draw a Vega-Lite chart. Raise `MissingExtraError` without the package that draws."""
    try:
        import vl_convert
    except ModuleNotFoundError as error:
        raise MissingExtraError("vl-convert-python", "notebook") from error
    drawn: str = vl_convert.vegalite_to_svg(_in_the_pages_colours(spec))
    return f'<figure class="chart">{drawn}</figure>'


def _in_the_pages_colours(spec: Mapping[str, Any]) -> dict[str, Any]:
    """Lay the chart's own settings over ours; a background of its own would not fit a dark page."""
    own = spec.get("config", {})
    config = {name: _over(ours, own.get(name)) for name, ours in CONFIG.items()}
    return {**spec, "config": {**own, **config, "background": "transparent"}, "background": "transparent"}


def _over(ours: Any, own: Any) -> Any:
    return {**ours, **own} if isinstance(ours, dict) and isinstance(own, dict) else ours
