"""Arguments that several commands share, so that they read and complete alike."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def complete_model(incomplete: str) -> list[str]:
    """Offer the names of the packs' models that begin with what was typed."""
    from textwright.references import model_names

    return [name for name in model_names() if name.startswith(incomplete)]


MODEL_HELP = (
    "A pack's model (textwright models lists them), a model folder, http://HOST/v1/models/NAME, "
    "prompt:FILE.toml, cascade:FILE.toml, run:ID or python:module:name, a predictor or what makes one "
    "when it is called without arguments."
)
Model = Annotated[str, typer.Argument(metavar="MODEL", help=MODEL_HELP, autocompletion=complete_model)]
File = Annotated[Path, typer.Argument(metavar="[FILE|-]", help="Texts; - is standard input.")]
Column = Annotated[str, typer.Option("--column", help="The column of a table that holds the text.")]
Reject = Annotated[
    Path | None, typer.Option(metavar="FILE", help="Where lines that cannot be read go, with number and reason.")
]
SchemaOption = Annotated[
    str | None, typer.Option(metavar="PACK_OR_FILE", help="Labels and rules; else the labels that occur.")
]
TrainData = Annotated[Path, typer.Option("--train", metavar="DATA", help="Annotated texts to learn from.")]
TrainingSeed = Annotated[int, typer.Option(help="Another seed gives another model, the same one the same.")]
ModelFolder = Annotated[Path, typer.Option("-o", "--out", metavar="FOLDER", help="Where the model goes.")]
Port = Annotated[int, typer.Option(help="Port to listen on; 0 takes any free one.", min=0, max=65535)]
NoBrowser = Annotated[bool, typer.Option("--no-browser", help="Do not open the page.")]
RawCells = Annotated[
    bool, typer.Option("--raw-cells", help="Read and write cells of CSV as they stand, what would be a formula too.")
]
Out = Annotated[Path | None, typer.Option("-o", "--out", metavar="OUT", help="Where to write; else standard output.")]


def names_of(listed: list[str] | None) -> list[str] | None:
    """Part the names of `--labels A,B --labels C`; None stays None, and a list of nothing is empty.

    >>> names_of(["TOWN, ROLE", "RANK"]), names_of([","]), names_of(None)
    (['TOWN', 'ROLE', 'RANK'], [], None)
    """
    if listed is None:
        return None
    return [name.strip() for names in listed for name in names.split(",") if name.strip()]
