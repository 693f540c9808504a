"""`textwright experiment schema`: the shape of experiment files, for editors."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def schema(
    out: Annotated[Path | None, typer.Option("-o", "--out", metavar="FILE", help="Write it there.")] = None,
) -> None:
    """Print the JSON Schema of experiment files, so that an editor completes and checks them.

    Example:
        textwright experiment schema -o experiment.schema.json
    """
    from textwright.cli.reports import write_text
    from textwright.experiment.file.published import schema_text

    if out is None:
        print(schema_text(), end="")
    else:
        write_text(out, schema_text)
