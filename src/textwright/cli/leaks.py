"""`textwright leaks`: texts that stand in two data sets."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from textwright.cli.telling import say

if TYPE_CHECKING:
    from textwright.leakage import Leak


def leaks(
    a: Annotated[Path, typer.Argument(metavar="A", help="Texts in any known format, as a rule those to train on.")],
    b: Annotated[Path, typer.Argument(metavar="B", help="Texts in any known format, as a rule those to judge on.")],
    near: Annotated[float, typer.Option(help="Least similarity of near-same texts; 1 finds the same ones only.")] = 0.8,
) -> None:
    """List the texts of B that are in A as well, the same or near so: a JSON line for each.

    Example:
        textwright leaks train.jsonl dev.jsonl > leaks.jsonl
    """
    from textwright.dataset import Dataset
    from textwright.leakage import leaks as find_leaks

    first, second = Dataset.read(a), Dataset.read(b)
    texts_a = {example.id: example.text for example in first}
    texts_b = {example.id: example.text for example in second}
    found = find_leaks(first, second, near=near)
    for leak in found:
        texts = {"text_a": texts_a[leak.id_a], "text_b": texts_b[leak.id_b]}
        print(json.dumps({**asdict(leak), **texts}, ensure_ascii=False))
    say(_summary(found, len(second)))


def _summary(found: Iterable[Leak], texts: int) -> str:
    """Say how many texts of B have a counterpart; one that has both kinds counts as the same."""
    pairs = list(found)
    same = {leak.id_b for leak in pairs if leak.kind == "same"}
    near = {leak.id_b for leak in pairs} - same
    return f"found {len(same)} same and {len(near)} near-same of {texts} texts"
