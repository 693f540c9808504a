"""`textwright export`: write a model as a folder, in as few bits as it bears, and say what that costs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from textwright.cli.options import Model
from textwright.cli.reports import check_folders, show, write_json, write_text
from textwright.cli.telling import say
from textwright.errors import DataError, MissingExtraError, ModelError

if TYPE_CHECKING:
    from textwright.bundle import Card
    from textwright.predictor import Exportable


class Precision(StrEnum):
    """In how many bits a weight is kept."""

    float32 = "float32"
    float16 = "float16"
    int8 = "int8"
    int4 = "int4"


PRICE_HELP = "Annotated texts to judge each precision on; the model must have exact weights."
SAMPLES_HELP = "Texts that parity.json is made of, as they are and varied, so that any runtime can be checked."


def export(
    model: Model,
    folder: Annotated[Path, typer.Argument(help="Where the model goes; a model that stands there is replaced.")],
    precision: Annotated[Precision | None, typer.Option(help="Keep weights so; else as they are.")] = None,
    samples: Annotated[Path | None, typer.Option(metavar="DATA", help=SAMPLES_HELP)] = None,
    name: Annotated[str | None, typer.Option(help="Another name for the model.")] = None,
    price: Annotated[Path | None, typer.Option(metavar="DATA", help=PRICE_HELP)] = None,
    unlabelled: Annotated[
        Path | None, typer.Option(metavar="DATA", help="Texts on which to count changed answers, for --price.")
    ] = None,
    json_file: Annotated[Path | None, typer.Option("--json", help="Write the prices as JSON.")] = None,
    html_file: Annotated[Path | None, typer.Option("--html", help="Write a page with the prices drawn.")] = None,
    node: Annotated[
        bool | None, typer.Option("--node/--no-node", help="Check in Node too, or not; else where there is one.")
    ] = None,
) -> None:
    """Write a model as a folder that Python and the browser open, in as few bits as it bears.

    The folder is asked its parity.json again, in Python and in Node, and written only when it gives the
    same answers. With --price, judge it in float32, float16, int8 and int4 beside each other, label by label.

    Example:
        textwright export job_titles model/ --samples titles.txt
        textwright train network --train train.jsonl --dev dev.jsonl --precision float32 -o exact/
        textwright export exact/ small/ --precision int8 --price dev.jsonl --unlabelled pool.txt --html price.html
    """
    from textwright.bundle import Renamed, exportable, refuse_other_content
    from textwright.bundle import export as write_folder
    from textwright.cli.parity import refuse_broken
    from textwright.dataset import Dataset
    from textwright.references import KINDS, open_model
    from textwright.variants import varied

    if price is None and (unlabelled or json_file or html_file):
        raise DataError("--unlabelled, --json and --html need --price DATA, the annotated texts to judge on")
    refuse_other_content(folder)
    check_folders(json_file, html_file)
    given = exportable(open_model(model), model)
    if given.config.get("kind") not in KINDS:
        raise ModelError(f"{model}: the kind is {given.config.get('kind')!r}. Known kinds: {', '.join(KINDS)}")
    if price is not None:
        _show_prices(given, price, unlabelled, json_file, html_file)
    made = given if precision is None else _in_precision(given, precision)
    if name is not None:
        made = Renamed(made, name)
    texts = Dataset.read(samples).texts if samples else []
    check = partial(refuse_broken, node=node)
    write_folder(made, folder, samples=varied(texts), card=_card(made, precision), check=check)
    say(f"{folder}: {made.size_bytes / 1e6:.2f} MB. Try it: textwright predict {folder}/ FILE")


def _in_precision(model: Exportable, precision: Precision) -> Exportable:
    from textwright.train.price import in_precision

    if not any(name.endswith(".onnx") for name in model.files):
        raise DataError(f"{model.name} has no weights that could be kept as {precision}; leave --precision out")
    return in_precision(model, precision.value)


def _card(model: Exportable, precision: Precision | None) -> Card | None:
    """Keep the card; figures that were measured before rounding say so."""
    from textwright.bundle import card_in

    card = card_in(model.config)
    if precision is None or not card.figures:
        return card
    note = f"The figures were measured before its weights were put into {precision}."
    return replace(card, limits=[*(limit for limit in card.limits if limit != note), note])


def _show_prices(
    model: Exportable, price: Path, unlabelled: Path | None, json_file: Path | None, html_file: Path | None
) -> None:
    """Judge the model in every precision; print, and write what was asked for."""
    try:
        from textwright.train.price import forms_of, parted, prices_of
    except ImportError as error:
        raise MissingExtraError(error.name or "onnx", "train") from error
    from textwright.dataset import Dataset

    data = Dataset.read(price)
    vocabulary, compared = parted(model, _texts(unlabelled))
    prices = prices_of(forms_of(model, vocabulary), data, compared, told=_told)
    show(prices.lines(), prices.tables())
    write_json(json_file, prices.to_data)
    write_text(html_file, prices.to_html)


def _told(name: str) -> None:
    say(f"{name} is judged")


def _texts(data: Path | None) -> Sequence[str]:
    from textwright.dataset import Dataset

    return list(dict.fromkeys(Dataset.read(data).texts)) if data else ()
