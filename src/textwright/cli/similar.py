"""`textwright similar`: the texts that are nearest to one."""

from __future__ import annotations

import time
from typing import Annotated

import typer

from textwright.cli.options import Column
from textwright.cli.telling import say
from textwright.cli.texts import Data, print_json, texts_of
from textwright.wrangle.counted import counted


def similar(
    text: Annotated[str, typer.Argument(metavar="TEXT", help="What the texts should be like.")],
    data: Data,
    top: Annotated[int, typer.Option(min=1, metavar="N", help="How many texts to name.")] = 10,
    words: Annotated[
        bool, typer.Option("--words/--meaning", help="Compare the words that texts share, or what they mean.")
    ] = False,
    column: Column = "text",
) -> None:
    """Find the texts of DATA that are nearest to TEXT: a JSON line for each, the nearest first.

    By meaning, a small network gives each text a vector: some hundred texts a second. By words it
    takes no time, and finds only what shares a word. Equal texts are named once, with their number.

    Example:
        textwright similar "ward nurse" titles.txt --top 5
        textwright similar "C++ developer" train.jsonl --words
    """
    from textwright.wrangle import similar as find

    started = time.perf_counter()
    with texts_of(data, column) as texts:
        named = [(example.id, example.text) for example in texts]
    found = find(text, [each for _, each in named], top=top, by="words" if words else "meaning")
    print_json(
        {"id": named[each.place][0], "text": each.text, "similarity": each.similarity, "copies": each.copies}
        for each in found
    )
    say(f"looked at {counted(len(named), 'text')} in {time.perf_counter() - started:.1f} s")
    texts.end()
