"""A map of texts: what is alike lies together, and one sees the texts of what one selects."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal, get_args

import numpy as np

from textwright.errors import DataError, MissingExtraError
from textwright.wrangle.numbers.clusters import Cluster
from textwright.wrangle.numbers.clusters import clusters as clusters_of
from textwright.wrangle.numbers.similar import By, Points, points

How = Literal["tsne", "pca"]
MOST, LISTED = 2000, 25
PERPLEXITY, FEW = 30, 5
SIDE = 480
# Vega's tableau20: ten hues that one can tell apart in the light and in the dark, then the same, paler.
COLOURS = tuple(
    f"#{hue}"
    for hue in (
        *("4c78a8", "f58518", "54a24b", "b79a20", "439894", "e45756", "79706e", "d67195", "b279a2", "9e765f"),
        *("9ecae9", "ffbf79", "88d27a", "f2cf5b", "83bcb6", "ff9d98", "bab0ac", "fcbfd2", "d6a5c9", "d8b5a5"),
    )
)
# Clusters beyond the colours take them again in the next of these shapes.
SHAPES = ("circle", "square", "diamond", "triangle-up", "triangle-down", "cross")
GREY = "#8884"
CLEAR, FAINT = 0.85, 0.06


def scatter(
    texts: Sequence[str],
    *,
    how: How = "tsne",
    by: By = "meaning",
    seed: int = 0,
    most: int = MOST,
    at: Points | None = None,
    clusters: Sequence[Cluster] | None = None,
) -> Any:
    """Draw texts as points, near in the plane where they are alike, coloured by cluster; an Altair chart.

    Drag a rectangle over points to list their texts beside; click a cluster in the legend to see it
    alone. `how` is t-SNE, which keeps neighbours together, or PCA, quicker and truer to great
    distances. Of more than `most` texts a sample is drawn. `at` are the rows of the texts and
    `clusters` their clusters, where they are known already. The same seed gives the same map.
    Raise `DataError` when `how` is neither.
    """
    altair = altair_library()
    rows = map_rows(texts, how=how, by=by, seed=seed, most=most, at=at, clusters=clusters)
    brush, chosen = altair.selection_interval(name="brush"), altair.selection_point(fields=["cluster"], bind="legend")
    opacity = altair.condition(chosen, altair.value(CLEAR), altair.value(FAINT))
    drawn = points_chart(rows, brush).encode(opacity=opacity).add_params(chosen)
    listed = altair.Chart(altair.Data(values=rows), title="Texts of the points under the rectangle")
    listed = listed.transform_filter(brush).transform_filter(chosen).transform_window(row="row_number()")
    listed = listed.transform_filter(f"datum.row <= {LISTED}").mark_text(align="left", limit=SIDE, baseline="middle")
    listed = listed.encode(x=altair.value(0), y=altair.Y("row:O", axis=None), text="text:N")
    listed = listed.properties(width=SIDE, height=SIDE)
    return altair.hconcat(drawn.properties(width=SIDE, height=SIDE), listed).configure_view(stroke=None)


def points_chart(rows: Sequence[dict[str, Any]], brush: Any, *, legend: bool = True) -> Any:
    """Draw the points alone, with a rectangle to select some."""
    altair = altair_library()
    names = {row["number"]: row["cluster"] for row in sorted(rows, key=lambda row: row["number"])}
    colours, shapes = (
        altair.Scale(domain=list(names.values()), range=[of(number) for number in names])
        for of in (colour_of, shape_of)
    )
    shown = altair.Legend(title=None, labelLimit=260) if legend else None
    chart = altair.Chart(altair.Data(values=list(rows))).mark_point(filled=True, size=45)
    return chart.encode(
        x=altair.X("x:Q", axis=None, scale=altair.Scale(zero=False)),
        y=altair.Y("y:Q", axis=None, scale=altair.Scale(zero=False)),
        color=altair.condition(brush, altair.Color("cluster:N", scale=colours, legend=shown), altair.value(GREY)),
        shape=altair.Shape("cluster:N", scale=shapes, legend=shown),
        tooltip=["text:N", "cluster:N"],
    ).add_params(brush)


def colour_of(number: int) -> str:
    """Return the colour of a cluster by its number, from 1."""
    return COLOURS[(number - 1) % len(COLOURS)]


def shape_of(number: int) -> str:
    """Return the shape of a cluster's points by its number, from 1; it tells apart clusters of one colour.

    >>> shape_of(2), shape_of(22), shape_of(42)
    ('circle', 'square', 'diamond')
    """
    return SHAPES[(number - 1) // len(COLOURS) % len(SHAPES)]


def map_rows(
    texts: Sequence[str],
    *,
    how: How = "tsne",
    by: By = "meaning",
    seed: int = 0,
    most: int = MOST,
    at: Points | None = None,
    clusters: Sequence[Cluster] | None = None,
) -> list[dict[str, Any]]:
    """Return what a map shows of each text: `place`, `text`, `x`, `y`, and the `number` and `cluster` that it is in."""
    _refuse_other(how)
    texts = list(texts)
    table = points(texts, by=by, seed=seed) if at is None else np.asarray(at, np.float32)
    parted = clusters_of(texts, seed=seed, at=table) if clusters is None else clusters
    of = {place: each for each in parted for place in each.places}
    shown = _sample(len(texts), most, seed)
    flat = flattened(table[shown], how=how, seed=seed)
    return [
        {"place": p, "text": texts[p], "x": x, "y": y, "number": of[p].number, "cluster": of[p].name}
        for p, (x, y) in zip(shown, flat.round(3).tolist(), strict=True)
    ]


def flattened(rows: Points, *, how: How = "tsne", seed: int = 0) -> Points:
    """Bring the rows of a table into the plane, (n, 2): by t-SNE (van der Maaten and Hinton 2008) or PCA."""
    if len(rows) < 2 or not np.ptp(rows, axis=0).any():
        return np.zeros((len(rows), 2), np.float32)
    main = _decomposition().PCA(min(2, *rows.shape), random_state=seed).fit_transform(rows)
    flat: Points = np.pad(main, ((0, 0), (0, 2 - main.shape[1]))).astype(np.float32)
    if how == "pca" or len(rows) < FEW:
        return flat
    return _tsne(rows, seed)


def _tsne(rows: Points, seed: int) -> Points:
    from sklearn.manifold import TSNE
    from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]  # scikit-learn's own

    perplexity = min(PERPLEXITY, (len(rows) - 1) / 3)
    init = "pca" if min(rows.shape) >= 2 else "random"
    # Several threads wait for each other most of the time: on two busy cores they took eight times as long.
    with threadpool_limits(1):
        found: Points = TSNE(2, perplexity=perplexity, init=init, random_state=seed, n_jobs=1).fit_transform(rows)
    return found


def _sample(count: int, most: int, seed: int) -> list[int]:
    """Choose at most so many places, in order."""
    if count <= most:
        return list(range(count))
    return sorted(np.random.default_rng(seed).permutation(count)[:most].tolist())


def _refuse_other(how: str) -> None:
    if how not in get_args(How):
        raise DataError(f"how is {how!r}, must be one of: {', '.join(get_args(How))}")


def _decomposition() -> Any:
    try:
        import sklearn.decomposition
    except ImportError as error:
        raise MissingExtraError("scikit-learn", "wrangle") from error
    return sklearn.decomposition


def altair_library() -> Any:
    """Return Altair. Raise `MissingExtraError` when it is not installed."""
    try:
        import altair
    except ImportError as error:
        raise MissingExtraError("altair", "wrangle") from error
    return altair
