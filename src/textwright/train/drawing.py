"""Pictures of figures as SVG, without a browser, for pages that are read by day and by night.

Lines and letters take the colour of the text around them; the colours of the series stand out from
white as from black.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from textwright.errors import MissingExtraError

COLOURS = ("#2f7ed8", "#d9730d", "#239d60", "#b558c9", "#c8485a", "#8a8f1d", "#1c9aa8", "#8c6d5a", "#7a7fbd")
INK = "#777777"
FONT = "system-ui, sans-serif"
LETTERS = {"labelFont": FONT, "titleFont": FONT, "labelColor": INK, "titleColor": INK, "labelFontSize": 12}
STYLE: dict[str, Any] = {
    "font": FONT,
    "background": "transparent",
    "view": {"stroke": None},
    "axis": {**LETTERS, "gridColor": INK, "gridOpacity": 0.25, "domainColor": INK, "tickColor": INK},
    "legend": LETTERS,
    "title": {"font": FONT, "color": INK, "fontSize": 14, "anchor": "start"},
    "header": LETTERS,
}


def altair() -> Any:
    """Import what draws. Raise `MissingExtraError` when it is not installed."""
    try:
        import altair
    except ImportError as error:
        raise MissingExtraError("altair", "train") from error
    return altair


def table(rows: Iterable[Mapping[str, Any]]) -> Any:
    """Give rows to a chart."""
    return altair().Data(values=list(rows))


def colours(names: Sequence[str]) -> Any:
    """Give each name its colour."""
    return altair().Scale(domain=list(names), range=[COLOURS[place % len(COLOURS)] for place in range(len(names))])


def svg(chart: Any) -> str:
    """Draw a chart as SVG that can stand in a page."""
    return svg_of(chart.to_dict())


def svg_of(chart: Mapping[str, Any]) -> str:
    """Draw a chart that is written as Vega-Lite's JSON; so nothing that makes charts needs to be loaded."""
    try:
        import vl_convert
    except ImportError as error:
        raise MissingExtraError("vl-convert-python", "train") from error
    drawn: str = vl_convert.vegalite_to_svg(_styled(chart))
    return _in_the_ink_of_the_page(drawn)


def _styled(chart: Mapping[str, Any]) -> dict[str, Any]:
    own = chart.get("config", {})
    config = {name: {**own.get(name, {}), **part} if isinstance(part, dict) else part for name, part in STYLE.items()}
    return {**chart, "config": {**own, **config}}


def _in_the_ink_of_the_page(drawn: str) -> str:
    """Let letters and axes follow the page, and the picture shrink on a narrow one."""
    inked = drawn.replace(f'"{INK}"', '"currentColor"')
    width, height = (re.search(rf'<svg[^>]* {side}="([\d.]+)"', inked) for side in ("width", "height"))
    assert width
    assert height
    return inked.replace(
        f'width="{width[1]}" height="{height[1]}"', f'style="width:100%;max-width:{width[1]}px;height:auto"', 1
    )
