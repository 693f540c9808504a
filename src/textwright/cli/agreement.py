"""`textwright agreement`: how well annotators agree, on nested spans and on categories."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from textwright.cli.output import refuse_same
from textwright.cli.reports import check_folders, show, write_json


def agreement(
    files: Annotated[
        list[Path], typer.Argument(metavar="A B [C...]", help="A file of each annotator, or one that names them.")
    ],
    json_file: Annotated[Path | None, typer.Option("--json", metavar="FILE", help="Write all figures as JSON.")] = None,
) -> None:
    """Say how well annotators agree: exact match, span F1, gamma for nested spans, alpha and kappa.

    Texts are matched by id. A line without "annotator" has its file's name.

    Example:
        textwright agreement anna.jsonl ben.jsonl --json agreement.json
    """
    from textwright.dataset import Dataset
    from textwright.evaluate.agreement import agreement as agreement_of
    from textwright.evaluate.agreement_tables import agreement_tables

    for file in files:
        refuse_same(file, json_file)
    check_folders(json_file)
    found = agreement_of(*[Dataset.read(file) for file in files])
    show(found.notes, agreement_tables(found))
    write_json(json_file, found.to_data)
