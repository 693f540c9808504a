"""Altair's charts as SVG in the colours of the page around them, light or dark, and without what asks for a mouse."""

from __future__ import annotations

from collections.abc import Mapping, Set
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


CHOOSING = '<p class="aside">Open the lesson to choose points with a rectangle and see what they are.</p>'
BENEATH = {"orient": "bottom", "direction": "vertical", "columns": 1, "labelFontSize": 14}
HELD = {"data", "datasets"}
Spec = Mapping[str, Any]


def chart_svg(spec: Spec) -> str:
    """Draw a Vega-Lite chart as it is before anybody chooses anything in it, and say where one could.

    Raise `MissingExtraError` without the package that draws.
    """
    try:
        import vl_convert
    except ModuleNotFoundError as error:
        raise MissingExtraError("vl-convert-python", "notebook") from error
    drawn: str = vl_convert.vegalite_to_svg(_in_the_pages_colours(_still(spec)))
    return f'<figure class="chart">{drawn}</figure>{CHOOSING if _asks_for_a_rectangle(spec) else ""}'


def _asks_for_a_rectangle(spec: Spec) -> bool:
    return any(_kind(each) == "interval" and each.get("bind") != "scales" for each in spec.get("params", ()))


def _kind(param: Spec) -> str | None:
    """Return how a parameter chooses; `None` for one that does not."""
    select = param.get("select")
    return select["type"] if isinstance(select, Mapping) else select


def _still(spec: Spec) -> Spec:
    """Leave out what chooses, and the views that only show what is chosen.

    The rectangle of a choice would be a mark without a name, and such a view an empty one, or one of everything
    that makes the rest small. So does a legend beside a wide chart: it goes beneath.
    """
    chosen = {each["name"] for each in spec.get("params", ()) if _kind(each)}
    if not chosen:
        return spec
    still: dict[str, Any] = _without(spec, chosen)
    if not _asks_for_a_rectangle(spec):
        return still
    config = still.get("config", {})
    return {**still, "config": {**config, "legend": {**config.get("legend", {}), **BENEATH}}}


def _without(value: Any, chosen: Set[str]) -> Any:
    """Copy a part of a chart as it is while nothing is chosen, which counts as everything."""
    if isinstance(value, list):
        return [_without(each, chosen) for each in value if not _shows_chosen(each, chosen)]
    if not isinstance(value, Mapping):
        return value
    condition = value.get("condition")
    if isinstance(condition, Mapping) and condition.get("param") in chosen:
        return {name: each for name, each in condition.items() if name not in {"param", "empty"}}
    return {name: each if name in HELD else _without(each, chosen) for name, each in value.items()}


def _shows_chosen(part: Any, chosen: Set[str]) -> bool:
    """Say whether a part is one of the choices, or a view that is filtered by one."""
    if not isinstance(part, Mapping):
        return False
    filters = [each.get("filter") for each in part.get("transform", ()) if isinstance(each, Mapping)]
    filtered = any(isinstance(each, Mapping) and each.get("param") in chosen for each in filters)
    return filtered or ("select" in part and part.get("name") in chosen)


def _in_the_pages_colours(spec: Spec) -> dict[str, Any]:
    """Lay the chart's own settings over ours; a background of its own would not fit a dark page."""
    own = spec.get("config", {})
    config = {name: _over(ours, own.get(name)) for name, ours in CONFIG.items()}
    return {**spec, "config": {**own, **config, "background": "transparent"}, "background": "transparent"}


def _over(ours: Any, own: Any) -> Any:
    return {**ours, **own} if isinstance(ours, dict) and isinstance(own, dict) else ours
