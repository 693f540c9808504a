"""`textwright clusters`: texts that belong together, as lines or as a map."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from textwright.cli.options import Column
from textwright.cli.output import refuse_same
from textwright.cli.reports import check_folders, write_text
from textwright.cli.telling import say
from textwright.cli.texts import Data, print_json, texts_of
from textwright.errors import DataError
from textwright.types import Example
from textwright.wrangle.counted import counted

if TYPE_CHECKING:
    from textwright.wrangle import Cluster


def clusters(
    data: Data,
    k: Annotated[int | None, typer.Option("-k", min=1, metavar="N", help="How many; else it is chosen.")] = None,
    words: Annotated[
        bool, typer.Option("--words/--meaning", help="Compare the words that texts share, or what they mean.")
    ] = False,
    seed: Annotated[int, typer.Option(help="Where chance begins.")] = 0,
    html_file: Annotated[
        Path | None, typer.Option("--html", metavar="FILE", help="Write a map to look at, which needs no network.")
    ] = None,
    column: Column = "text",
) -> None:
    """Part texts into clusters: a JSON line for each, the largest first, with typical words and examples.

    With --html, a page with the texts as points: select some, and read them.

    Example:
        textwright clusters titles.txt -k 8
        textwright clusters titles.txt --words --html map.html > clusters.jsonl
    """
    from textwright.wrangle import clusters as find
    from textwright.wrangle import points

    check_folders(html_file)
    refuse_same(data, html_file)
    with texts_of(data, column, out=html_file) as texts:
        examples = list(texts)
    if not examples:
        raise DataError(f"{data}: no texts, expected one at least")
    listed = [each.text for each in examples]
    at = points(listed, by="words" if words else "meaning", seed=seed)
    found = find(listed, k=k, seed=seed, at=at)
    print_json(_line(each, examples) for each in found)
    if html_file is not None:
        from textwright.wrangle.numbers.page import map_page

        write_text(html_file, lambda: map_page(data.name, listed, found, at=at, seed=seed))
    say(f"{counted(len(found), 'cluster')} of {counted(len(listed), 'text')}")
    texts.end()


def _line(cluster: Cluster, examples: Sequence[Example]) -> dict[str, Any]:
    return {
        "number": cluster.number,
        "size": len(cluster.places),
        "words": cluster.words,
        "examples": cluster.examples,
        "ids": [examples[place].id for place in cluster.places],
    }
