"""Seeing what a text is: source, tokens, tree, tables, numbers, profile. Each name is loaded when it is first used."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textwright.lazy import fetch_names
from textwright.wrangle import tree  # a package of light, lazy names: `wrangle.tree.parse`

if TYPE_CHECKING:
    from textwright.wrangle.clean import Mapped, clean
    from textwright.wrangle.features.table import features
    from textwright.wrangle.features.words import STOP_WORDS, stem
    from textwright.wrangle.numbers.clusters import Cluster, clusters
    from textwright.wrangle.numbers.counting import WordTable, counts, tf_idf
    from textwright.wrangle.numbers.duplicates import Deduped, Group, Taken, dedupe, duplicates
    from textwright.wrangle.numbers.meaning import vectors
    from textwright.wrangle.numbers.scatter import scatter
    from textwright.wrangle.numbers.similar import Neighbour, points, similar
    from textwright.wrangle.profile import Profile, Unread, profile
    from textwright.wrangle.source.html import from_html
    from textwright.wrangle.source.markdown import from_markdown
    from textwright.wrangle.source.repair import repair
    from textwright.wrangle.tokens.simple import simple_words
    from textwright.wrangle.tokens.subwords import subwords
    from textwright.wrangle.tokens.token import Token
    from textwright.wrangle.tokens.tokenize import tokenize

__all__ = [
    "STOP_WORDS",
    "Cluster",
    "Deduped",
    "Group",
    "Mapped",
    "Neighbour",
    "Profile",
    "Taken",
    "Token",
    "Unread",
    "WordTable",
    "clean",
    "clusters",
    "counts",
    "dedupe",
    "duplicates",
    "features",
    "from_html",
    "from_markdown",
    "points",
    "profile",
    "repair",
    "scatter",
    "similar",
    "simple_words",
    "stem",
    "subwords",
    "tf_idf",
    "tokenize",
    "tree",
    "vectors",
]

fetch_names(
    __name__,
    {
        "clean": ("Mapped", "clean"),
        "source.html": ("from_html",),
        "source.markdown": ("from_markdown",),
        "source.repair": ("repair",),
        "features.table": ("features",),
        "features.words": ("STOP_WORDS", "stem"),
        "profile": ("Profile", "Unread", "profile"),
        "tokens.simple": ("simple_words",),
        "tokens.subwords": ("subwords",),
        "tokens.token": ("Token",),
        "tokens.tokenize": ("tokenize",),
        "numbers.counting": ("WordTable", "counts", "tf_idf"),
        "numbers.meaning": ("vectors",),
        "numbers.similar": ("Neighbour", "points", "similar"),
        "numbers.duplicates": ("Deduped", "Group", "Taken", "dedupe", "duplicates"),
        "numbers.clusters": ("Cluster", "clusters"),
        "numbers.scatter": ("scatter",),
    },
)
