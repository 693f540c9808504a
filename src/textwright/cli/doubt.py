"""`textwright doubt`: annotations that may be wrong."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from textwright.cli.options import Out, SchemaOption
from textwright.cli.output import refuse_same, write_lines
from textwright.cli.telling import say
from textwright.cli.train import Recipe, schema_named
from textwright.errors import DataError, MissingExtraError

if TYPE_CHECKING:
    from rich.text import Text

    from textwright.dataset import Dataset
    from textwright.schema import Schema
    from textwright.train.doubt import Doubt, Doubtful

DRAWN = 10
LIMIT_HELP = "How many texts to list, the most doubtful first; else all, and on a terminal ten."


def doubt(
    data: Annotated[Path, typer.Argument(metavar="DATA", help="Annotated texts, in any known format.")],
    recipe: Annotated[
        Recipe, typer.Option(help="How to train the judges: linear, network or transformer.")
    ] = Recipe.network,
    folds: Annotated[
        int, typer.Option(min=2, help="Into how many parts to divide the texts; each is judged once.")
    ] = 5,
    out: Out = None,
    limit: Annotated[int | None, typer.Option(min=1, help=LIMIT_HELP)] = None,
    schema: SchemaOption = None,
    epochs: Annotated[int | None, typer.Option(min=1, help="How often to go through the texts, at most.")] = None,
    seed: Annotated[int, typer.Option(help="Another seed gives other judges.")] = 0,
) -> None:
    """List the annotations that models which never saw them find unlikely, and likely ones that are missing.

    A JSON line for each doubtful text, the most doubtful first, with "doubts"; on a terminal they are drawn.

    Example:
        textwright doubt train.jsonl --schema job_titles -o doubts.jsonl --limit 200
    """
    from textwright.dataset import Dataset

    if recipe is Recipe.distil:
        raise DataError("distil needs teachers; let network judge, it learns from the texts alone")
    refuse_same(data, out)
    rules = schema_named(schema)
    texts = Dataset.read(data, schema=rules)
    found = _found(texts, recipe, folds, rules, epochs, seed)
    drawn = out is None and sys.stdout.isatty()
    listed = found[: limit or (DRAWN if drawn else None)]
    say(_summary(found, listed, len(texts)))
    if drawn:
        _draw(listed, texts.schema, error=False)
        return
    write_lines(out, iter([[each.to_example() for each in listed]]))
    if out is not None:
        _draw(listed[:DRAWN], texts.schema, error=True)


def _found(
    texts: Dataset, recipe: Recipe, folds: int, rules: Schema | None, epochs: int | None, seed: int
) -> list[Doubtful]:
    """Train the judges and let them judge."""
    try:
        from textwright.train.doubt import doubts_of
        from textwright.train.recipes import Wishes, trainer_for
    except ImportError as error:
        raise MissingExtraError(error.name or "torch", "train") from error

    def make(train: Dataset) -> Any:
        return trainer_for(recipe.value, train, Wishes(schema=rules or texts.schema, seed=seed, epochs=epochs))

    return doubts_of(texts, make, folds=folds, told=lambda fold, of: say(f"part {fold} of {of} is judged"))


def _summary(found: Sequence[Doubtful], listed: Sequence[Doubtful], texts: int) -> str:
    from textwright.train.doubt import counts

    parts = ", ".join(f"{label} {number} {kind}" for (label, kind), number in counts(found).items())
    shown = "" if len(listed) == len(found) else f"; the first {len(listed)} are listed"
    return f"{len(found)} of {texts} texts are doubtful{f' ({parts})' if parts else ''}{shown}"


def _draw(found: Sequence[Doubtful], schema: Schema, *, error: bool) -> None:
    """Draw each text as it is annotated, and under it what is doubted."""
    from rich.console import Console

    console = Console(stderr=error, emoji=False)
    for each in found:
        for line in _drawing(each, schema, console.width):
            console.print(line)
        console.print()


def _drawing(each: Doubtful, schema: Schema, width: int) -> Iterator[Text]:
    from rich.text import Text

    from textwright.draw import draw_text

    yield Text(each.example.id, style="bold")
    yield draw_text(each.example.text, each.example.gold, schema, width=width)
    for doubted in each.doubts:
        yield Text(_in_words(doubted, each.example.text), style="yellow" if doubted.kind == "unlikely" else "cyan")


def _in_words(doubted: Doubt, text: str) -> str:
    """Say what is doubted.

    >>> from textwright.train.doubt import Doubt
    >>> _in_words(Doubt("missing", "TOWN", 0.97, 0.5, start=8, end=12), "Nurse - York")
    '  missing   TOWN "York", probability 0.97'
    """
    what = doubted.task if doubted.start is None else f'"{text[doubted.start : doubted.end]}"'
    return f"  {doubted.kind:9} {doubted.label} {what}, probability {doubted.probability:.2f}"
