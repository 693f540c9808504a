"""The map of texts as a page that stands alone: one file, and no address in it that anything is fetched from."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cache
from html import escape
from importlib.resources import files
from typing import Any

from textwright.errors import MissingExtraError
from textwright.wrangle.numbers.clusters import Cluster
from textwright.wrangle.numbers.scatter import CLEAR, FAINT, altair_library, colour_of, map_rows, points_chart, shape_of
from textwright.wrangle.numbers.similar import Points

HEIGHT = 460
HEAD = ("Cluster", "Texts", "Typical words", "Nearest to the centre")
# Vega makes functions of its expressions; nothing may be fetched.
POLICY = "default-src 'none'; script-src 'unsafe-inline' 'unsafe-eval'; style-src 'unsafe-inline'; img-src data:"
# What the page's search and choice leave clear.
SHOWN = "(picked === '' || datum.cluster === picked) && (sought === '' || indexof(lower(datum.text), sought) >= 0)"


def map_page(
    name: str, texts: Sequence[str], clusters: Sequence[Cluster], *, at: Points | None = None, seed: int = 0
) -> str:
    """Return a page with a map to select texts in, the texts selected, and a table of the clusters."""
    rows = map_rows(texts, at=at, clusters=clusters, seed=seed)
    body = _BODY.format(
        title=escape(name),
        said=_said(len(texts), len(rows), len(clusters)),
        choices="".join(f"<option>{escape(each.name)}</option>" for each in clusters),
        head="".join(f'<th role="columnheader">{name}</th>' for name in HEAD),
        table="".join(map(_row, clusters)),
    )
    style, script = (files(__package__).joinpath(file).read_text("utf-8") for file in ("page.css", "page.js"))
    head = f'<meta http-equiv="Content-Security-Policy" content="{POLICY}"><title>{escape(name)}</title>'
    return (
        f'<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">{head}'
        f'<meta name="viewport" content="width=device-width"><style>{style}</style></head><body>{body}'
        f'<script type="application/json" id="spec">{_safe(_spec(rows, name))}</script>'
        f"<script>{_vega()}</script><script>{script}</script></body></html>\n"
    )


_BODY = """<main><h1>{title}</h1>
<p>{said} Drag a rectangle over points, choose a cluster or search, and read the texts.</p>
<form id="filters"><label>Search <input type="search" id="sought"></label>
<label>Cluster <select id="picked"><option value="">all</option>{choices}</select></label>
<button type="button" id="clear">Clear the rectangle</button></form>
<div class="both"><div id="map"></div>
<section aria-labelledby="texts"><h2 id="texts">Texts <output id="count"></output></h2>
<ol id="list" tabindex="0"></ol></section></div>
<h2>Clusters</h2><div class="scroll" tabindex="0" role="region" aria-label="Clusters"><table role="table">
<thead role="rowgroup"><tr role="row">{head}</tr></thead>
<tbody role="rowgroup">{table}</tbody></table></div></main>"""


def _said(texts: int, drawn: int, clusters: int) -> str:
    some = "" if drawn == texts else f", of which {drawn:,} are drawn"
    return f"{texts:,} texts{some}, in {clusters:,} {'cluster' if clusters == 1 else 'clusters'}."


def _row(cluster: Cluster) -> str:
    mark = f'<i class="{shape_of(cluster.number)}" style="background:{colour_of(cluster.number)}"></i>'
    examples = "".join(f"<li>{escape(text[:200])}</li>" for text in cluster.examples)
    words = escape(", ".join(cluster.words))
    return (
        f'<tr role="row"><th role="rowheader">{mark}{cluster.number}</th><td role="cell">{len(cluster.places):,}</td>'
        f'<td role="cell">{words}</td><td role="cell"><ul>{examples}</ul></td></tr>'
    )


def _spec(rows: Sequence[dict[str, Any]], name: str) -> dict[str, Any]:
    altair = altair_library()
    chart = points_chart(rows, altair.selection_interval(name="brush"), legend=False)
    opacity = altair.condition(SHOWN, altair.value(CLEAR), altair.value(FAINT))
    chart = chart.encode(opacity=opacity).add_params(
        altair.param(name="picked", value=""), altair.param(name="sought", value="")
    )
    said = f"A map of the texts of {name}"
    chart = chart.properties(width="container", height=HEIGHT, description=said, background="transparent")
    spec: dict[str, Any] = chart.configure_view(stroke=None).to_dict()
    return spec


def _safe(data: Any) -> str:
    """Write JSON that ends no script element."""
    return json.dumps(data, ensure_ascii=True).replace("<", "\\u003c")


@cache
def _vega() -> str:
    """Return Vega, Vega-Lite and Vega-Embed as one script; it takes seconds to make."""
    try:
        import vl_convert
    except ImportError as error:
        raise MissingExtraError("vl-convert-python", "wrangle") from error
    return vl_convert.javascript_bundle("window.vegaEmbed = vegaEmbed;").replace("</script", "<\\/script")
